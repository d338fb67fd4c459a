//! What every simulator is made of. A new vendor is a folder with its account and its handlers, and one `Vendor`.

mod background_tasks;
mod bounded_log;
mod control_handle;
mod control_routes;
mod cuttable_connection;
mod error_dialect;
mod faulty_answer;
mod http_reply;
mod idempotent_answers;
mod incoming_request;
mod patch_settings;
mod repeatable_ids;
mod running_simulator;
mod stop_signal;
mod vendor;
mod vendor_call;
pub(crate) mod webhook_client;
mod webhooks;

use jiff::{SignedDuration, Timestamp};
use tokio::net::TcpListener;

pub(crate) use background_tasks::Tasks;
pub(crate) use bounded_log::Log;
pub use control_handle::Control;
pub(crate) use control_routes::{
    ControlBody, ControlError, NewOutcome, NewReason, NewStatus, accepted, found, sent,
};
pub use error_dialect::{Dialect, ErrorCode, PlannedError};
pub(crate) use faulty_answer::pause;
pub use http_reply::Reply;
pub(crate) use http_reply::status;
pub(crate) use idempotent_answers::KeptAnswers;
pub use incoming_request::Incoming;
pub(crate) use patch_settings::apply as patch;
pub(crate) use repeatable_ids::{Ids, digest};
pub(crate) use running_simulator::base_url;
pub use running_simulator::{Clock, Running, StartError};
pub(crate) use stop_signal::Lifecycle;
pub use vendor::{SimState, Vendor, VendorError, VendorSim};
pub use vendor_call::{CallRecord, Route, VendorCall};
pub(crate) use webhooks::{Delivery, Headers};
pub use webhooks::{Retry, WebhookAttempt};

/// What every simulator that answers HTTP has: an address, a client of its own, time, ids and a way to stop.
pub struct SimulatorCore {
    /// The listener's own address, without a final slash.
    pub(crate) base_url: String,
    pub(crate) client: reqwest::Client,
    pub(crate) ids: Ids,
    pub(crate) clock: Clock,
    pub(crate) lifecycle: Lifecycle,
}

impl SimulatorCore {
    /// Must be called inside a Tokio runtime.
    pub(crate) fn new(listener: &TcpListener, clock: Clock) -> Result<Self, StartError> {
        Ok(Self {
            base_url: base_url(listener)?,
            client: webhook_client::build().map_err(StartError::Client)?,
            ids: Ids::new(clock()),
            clock,
            lifecycle: Lifecycle::new(),
        })
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Where a browser finds the vendor's pages: the wanted address, or the listener's own. Without a final slash.
    pub(crate) fn public_base_url(&self, wanted: Option<String>) -> String {
        wanted.as_ref().unwrap_or(&self.base_url).trim_end_matches('/').to_owned()
    }
}

/// The instant as a clock that is wrong by so many seconds shows it.
pub(crate) fn skewed(at: Timestamp, seconds: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(at)
}
