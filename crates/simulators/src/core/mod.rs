//! What every simulator is made of. A new vendor is a folder with its model and its handlers, and one `Vendor`.

mod answer;
mod call;
mod connection;
mod control;
mod control_routes;
mod dialect;
pub(crate) mod http_client;
mod ids;
mod incoming;
mod kept_answers;
mod lifecycle;
mod log;
mod patch;
mod reply;
mod running;
mod tasks;
mod vendor;
mod webhooks;

use jiff::{SignedDuration, Timestamp};
use tokio::net::TcpListener;

pub(crate) use answer::pause;
pub use call::{CallRecord, Route, VendorCall};
pub use control::Control;
pub(crate) use control_routes::{
    ControlBody, ControlError, NewOutcome, NewReason, NewStatus, accepted, found, sent,
};
pub use dialect::{Dialect, ErrorCode, PlannedError};
pub(crate) use ids::{Ids, digest};
pub use incoming::Incoming;
pub(crate) use kept_answers::KeptAnswers;
pub(crate) use lifecycle::Lifecycle;
pub(crate) use log::Log;
pub(crate) use patch::apply as patch;
pub use reply::Reply;
pub(crate) use reply::status;
pub(crate) use running::base_url;
pub use running::{Clock, Running, StartError};
pub(crate) use tasks::Tasks;
pub use vendor::{SimState, Vendor, VendorError, VendorSim};
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
            client: http_client::build().map_err(StartError::Client)?,
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
