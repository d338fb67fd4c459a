//! The machinery that is the same for every vendor.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::net::TcpListener;

use crate::{
    answer::{Answering, Dialect},
    courier::Courier,
    faults::CallFaults,
    http_client,
    ids::Ids,
    line::Line,
    running::{self, Clock, Parts, StartError},
};

/// What every vendor that sends webhooks is made of.
pub struct Works {
    /// The listener's own address, without a final slash.
    pub(crate) base_url: String,
    pub(crate) client: reqwest::Client,
    pub(crate) courier: Arc<Courier>,
    pub(crate) call_faults: CallFaults,
    pub(crate) ids: Ids,
    pub(crate) clock: Clock,
    pub(crate) parts: Parts,
}

/// How a vendor signs its webhooks, and what it takes for an acknowledgement.
pub(crate) struct Webhooks {
    pub(crate) accepts: fn(u16) -> bool,
    pub(crate) signature_header: &'static str,
    pub(crate) secret: String,
}

impl Works {
    pub(crate) fn new(listener: &TcpListener, clock: Clock, webhooks: Webhooks) -> Result<Self, StartError> {
        let client = http_client::build().map_err(StartError::Client)?;
        let parts = Parts::new();
        let courier = Courier::new(client.clone(), parts.clone(), Arc::clone(&clock), webhooks);
        let base_url = running::base_url(listener)?;
        let ids = Ids::new(clock());
        Ok(Self { base_url, client, courier, call_faults: CallFaults::default(), ids, clock, parts })
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Answers a call in the vendor's words, or as a planned fault has it.
    pub(crate) fn answering<'a>(
        &'a self,
        dialect: &'a (dyn Dialect + Sync),
        line: &'a Line,
    ) -> Answering<'a> {
        Answering { faults: &self.call_faults, dialect, line, stop: &self.parts.stop }
    }

    /// Where a browser finds the vendor's pages: the wanted address, or the listener's own. Without a final slash.
    pub(crate) fn public_base_url(&self, wanted: Option<String>) -> String {
        wanted.as_ref().unwrap_or(&self.base_url).trim_end_matches('/').to_owned()
    }
}
