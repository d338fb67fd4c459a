//! What can be changed while WhatsApp's simulator runs.

use serde::{Deserialize, Serialize};

use super::Status;
use crate::core::Retry;

/// What can be changed while the simulator runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatsAppSettings {
    /// Where webhooks go.
    pub webhook_url: String,
    /// When to try again.
    pub retry: Retry,
    /// Which statuses follow a message, in this order; one webhook each.
    pub statuses: Vec<Status>,
    /// How a message outside the 24-hour window is refused. Meta does both.
    pub window_error: WindowError,
    /// The limit of messages to one guest; none unless set.
    pub pair_rate: Option<PairRate>,
    /// Added to every timestamp in a webhook, as a wrong clock would.
    pub clock_skew_seconds: i64,
    /// Webhooks carry members that nobody has heard of.
    pub unknown_fields: bool,
    /// The templates that Meta has approved; any name is taken while this is absent.
    pub templates: Option<Vec<Template>>,
}

/// A template that Meta has approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Lower-case letters, digits and underscores.
    pub name: String,
    /// Such as `es_AR`.
    pub language: String,
    /// How many parameters its body takes.
    pub body_parameters: usize,
}

impl WhatsAppSettings {
    pub(super) fn new(webhook_url: String) -> Self {
        Self {
            webhook_url,
            retry: Retry::default(),
            statuses: vec![Status::Sent, Status::Delivered, Status::Read],
            window_error: WindowError::Http,
            pair_rate: None,
            clock_skew_seconds: 0,
            unknown_fields: false,
            templates: None,
        }
    }
}

/// Where error 131047 appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowError {
    /// In the answer to the call, with status 400.
    Http,
    /// In a `failed` status, after the call was answered with 200.
    Status,
}

/// A bucket of messages to one guest: 45 at once and one more every 6 s, says Meta's overview.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairRate {
    /// How many messages may go at once after a pause.
    pub burst: u32,
    /// How long it takes to earn one more.
    pub seconds_per_message: u32,
}

impl Default for PairRate {
    fn default() -> Self {
        Self { burst: 45, seconds_per_message: 6 }
    }
}
