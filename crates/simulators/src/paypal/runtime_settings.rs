//! What can be changed while PayPal's simulator runs.

use serde::{Deserialize, Serialize};

use super::Certificate;
use crate::core::Retry;

/// What can be changed while the simulator runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayPalSettings {
    /// Where events go; nowhere when absent.
    pub webhook_url: Option<String>,
    /// Where a buyer's browser finds the approval page, without a final slash.
    pub public_base_url: String,
    /// Where links and certificates are said to be, without a final slash: the simulator's own address unless changed.
    pub api_base_url: String,
    /// When to try again.
    pub retry: Retry,
    /// The beginnings of the names of the events that the endpoint is subscribed to; `*` for all.
    pub enabled_events: Vec<String>,
    /// The certificate that events name.
    pub certificate: Certificate,
    /// How long a token is good.
    pub token_seconds: i64,
    /// How long an order waits for the buyer.
    pub order_seconds: i64,
    /// How long the transaction search does not show what has just happened; three hours at the real one.
    pub reporting_delay_seconds: i64,
    /// How what is read looks.
    pub payloads: PayPalPayloads,
    /// Added to the time of signing and to dates of events, as a wrong clock would.
    pub clock_skew_seconds: i64,
}

impl Default for PayPalSettings {
    fn default() -> Self {
        Self {
            webhook_url: None,
            public_base_url: String::new(),
            api_base_url: String::new(),
            retry: Retry::default(),
            enabled_events: vec!["*".to_owned()],
            certificate: Certificate::Current,
            token_seconds: 32_400,
            order_seconds: 10_800,
            reporting_delay_seconds: 0,
            payloads: PayPalPayloads::default(),
            clock_skew_seconds: 0,
        }
    }
}

/// How what is read looks, in answers and in events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PayPalPayloads {
    /// Members and values that nobody has heard of.
    pub unknown_fields: bool,
    /// `"value": 10.5`.
    pub values_as_numbers: bool,
    /// `[]` where an object belongs.
    pub empty_lists_for_objects: bool,
    /// A capture names its order in `links` alone, as older events do.
    pub order_id_in_links_only: bool,
}
