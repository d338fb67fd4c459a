//! Faults of the webhooks that are sent.

use serde::{Deserialize, Serialize};

use super::fault_queue::{FaultQueue, Planned};

/// What goes wrong with one webhook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WebhookFault {
    /// Nothing: lets one webhook through, so that a later one can be hit.
    None,
    /// Comes again, byte for byte, though it was accepted.
    Duplicate {
        #[serde(default = "one")]
        copies: u32,
    },
    /// Waits until another webhook has gone out, at most this long.
    Reorder {
        #[serde(default = "reorder_wait_ms")]
        at_most_ms: u64,
    },
    /// Goes out this late; others overtake it.
    Delay { delay_ms: u64 },
    /// Signed with a secret that nobody has, once and without retries: a forgery.
    WrongSignature,
    /// Without the signature header, once and without retries.
    NoSignature,
    /// Never goes out.
    Drop,
    /// From this webhook on, signs with this secret.
    RotateSecret { secret: String },
    /// From this webhook on, signs with this secret and the one before it, as Stripe does for a day after a change.
    /// Vendors that write one signature use the new secret alone.
    RollSecret { secret: String },
}

/// A fault that waits for its webhook.
pub type PlannedWebhookFault = Planned<String, WebhookFault>;

pub(crate) type WebhookFaults = FaultQueue<String, WebhookFault>;

impl WebhookFault {
    /// Only for webhooks whose name in the log begins so.
    pub fn on(self, name: &str) -> PlannedWebhookFault {
        Planned::on(self, name.to_owned())
    }
}

fn one() -> u32 {
    1
}

fn reorder_wait_ms() -> u64 {
    300
}
