//! A webhook to deliver, and what became of it.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::faults::WebhookFault;

/// How often and how soon a webhook that was not accepted is tried again.
///
/// The vendors go on for days; a simulator stops early, and a test sees the end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retry {
    /// Tries in all, the first one included.
    pub tries: u32,
    /// Pause before the second try; each further pause is twice as long, up to a hundred times this.
    pub step_ms: u64,
    /// How long the program may take to answer. Mercado Pago waits 22 s.
    pub timeout_ms: u64,
}

impl Default for Retry {
    fn default() -> Self {
        Self { tries: 6, step_ms: 50, timeout_ms: 22_000 }
    }
}

impl Retry {
    pub(super) fn pause_before(&self, attempt: u32) -> Duration {
        let doubled = 2u64.saturating_pow(attempt.saturating_sub(2)).min(100);
        Duration::from_millis(self.step_ms.saturating_mul(doubled))
    }
}

/// One attempt to deliver a webhook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WebhookAttempt {
    /// When the attempt began, by the simulator's clock.
    pub at: Timestamp,
    /// What it says, such as `message text`, `status delivered` or `payment.created`.
    pub what: String,
    /// The message or payment that it is about.
    pub subject: String,
    /// From 1; 0 for a webhook that was dropped on purpose.
    pub attempt: u32,
    /// The address with its query.
    pub url: String,
    /// What the program answered; absent when nothing came.
    pub http_status: Option<u16>,
    /// Why nothing came.
    pub error: Option<String>,
    /// From the first byte sent to the status received.
    pub latency_ms: f64,
    /// Whether the vendor would now stop trying.
    pub accepted: bool,
    /// The fault that it met.
    pub fault: WebhookFault,
    /// The body as sent.
    pub body: String,
}

/// The headers of one attempt: given the secrets and the body, made anew each time because some vendors sign the time.
pub(crate) type Headers = Arc<dyn Fn(&Secrets, &[u8]) -> Vec<(&'static str, String)> + Send + Sync>;

/// What webhooks are signed with.
#[derive(Clone)]
pub(crate) struct Secrets {
    pub(crate) newest: String,
    /// Those that are still good beside it. Vendors that write one signature do not use them.
    pub(crate) older: Vec<String>,
}

impl Secrets {
    pub(crate) fn only(secret: impl Into<String>) -> Self {
        Self { newest: secret.into(), older: Vec::new() }
    }

    /// The newest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.newest).chain(&self.older).map(String::as_str)
    }
}

/// A webhook to send.
#[derive(Clone)]
pub(crate) struct Delivery {
    /// Webhooks with the same key go out in order.
    pub(crate) ordering_key: String,
    pub(crate) url: String,
    pub(crate) what: String,
    pub(crate) subject: String,
    pub(crate) body: Vec<u8>,
    pub(crate) headers: Headers,
}

/// A webhook with what has been decided about it.
#[derive(Clone)]
pub(crate) struct DecidedDelivery {
    pub(crate) delivery: Delivery,
    pub(crate) secrets: Secrets,
    pub(crate) fault: WebhookFault,
}

impl DecidedDelivery {
    pub(super) fn is_forged(&self) -> bool {
        matches!(self.fault, WebhookFault::WrongSignature | WebhookFault::NoSignature)
    }

    /// The record of a webhook that does not go out.
    pub(super) fn unsent(&self, at: Timestamp) -> WebhookAttempt {
        WebhookAttempt {
            at,
            what: self.delivery.what.clone(),
            subject: self.delivery.subject.clone(),
            attempt: 0,
            url: self.delivery.url.clone(),
            http_status: None,
            error: None,
            latency_ms: 0.0,
            accepted: false,
            fault: self.fault.clone(),
            body: String::from_utf8_lossy(&self.delivery.body).into_owned(),
        }
    }
}
