//! Faults of the webhooks that are sent.

use std::{collections::VecDeque, sync::Mutex};

use serde::{Deserialize, Serialize};

use crate::sync::lock;

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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedWebhookFault {
    /// How the webhook's name in the log begins: `message`, `status read`, `payment.created`, `ipn`,
    /// `checkout.session.completed`, `PAYMENT.CAPTURE`; any when absent.
    #[serde(default)]
    pub on: Option<String>,
    /// How many webhooks to hit.
    #[serde(default = "one")]
    pub times: u32,
    /// What goes wrong.
    #[serde(flatten)]
    pub fault: WebhookFault,
}

impl WebhookFault {
    /// Only for webhooks whose name in the log begins so.
    pub fn on(self, name: &str) -> PlannedWebhookFault {
        PlannedWebhookFault { on: Some(name.to_owned()), times: 1, fault: self }
    }
}

impl From<WebhookFault> for PlannedWebhookFault {
    fn from(fault: WebhookFault) -> Self {
        Self { on: None, times: 1, fault }
    }
}

/// The faults that have not yet met their webhooks, oldest first.
#[derive(Default)]
pub(crate) struct WebhookFaults(Mutex<VecDeque<PlannedWebhookFault>>);

impl WebhookFaults {
    pub(crate) fn add(&self, planned: impl IntoIterator<Item = PlannedWebhookFault>) {
        lock(&self.0).extend(planned.into_iter().filter(|planned| planned.times > 0));
    }

    pub(crate) fn clear(&self) {
        lock(&self.0).clear();
    }

    pub(crate) fn list(&self) -> Vec<PlannedWebhookFault> {
        lock(&self.0).iter().cloned().collect()
    }

    pub(crate) fn take(&self, what: &str) -> Option<WebhookFault> {
        let mut queue = lock(&self.0);
        let is_meant =
            |planned: &PlannedWebhookFault| planned.on.as_ref().is_none_or(|on| what.starts_with(on));
        let index = queue.iter().position(is_meant)?;
        let planned = queue.get_mut(index)?;
        planned.times -= 1;
        let fault = planned.fault.clone();
        if planned.times == 0 {
            queue.remove(index);
        }
        Some(fault)
    }
}

fn one() -> u32 {
    1
}

fn reorder_wait_ms() -> u64 {
    300
}
