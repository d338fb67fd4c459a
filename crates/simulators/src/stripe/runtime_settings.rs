//! What can be changed while Stripe's simulator runs.

use serde::{Deserialize, Serialize};

use crate::core::Retry;

/// What can be changed while the simulator runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StripeSettings {
    /// Where events go; nowhere when absent.
    pub webhook_url: Option<String>,
    /// Where a buyer's browser finds the checkout page, without a final slash.
    pub public_base_url: String,
    /// When to try again.
    pub retry: Retry,
    /// What sessions and payments say about themselves.
    pub livemode: bool,
    /// What events say about their own shape.
    pub api_version: String,
    /// The events that the endpoint is subscribed to; `*` for all.
    pub enabled_events: Vec<String>,
    /// `Stripe-Signature` also carries a signature of the test scheme `v0`, which receivers must pass over.
    pub old_scheme: bool,
    /// How sessions and payments look.
    pub payloads: StripePayloads,
    /// Added to `t` of the signature and to `created` of events, as a wrong clock would.
    pub clock_skew_seconds: i64,
}

impl Default for StripeSettings {
    fn default() -> Self {
        let events = [
            "checkout.session.completed",
            "checkout.session.async_payment_succeeded",
            "checkout.session.async_payment_failed",
            "checkout.session.expired",
            "charge.refunded",
            "refund.updated",
            "charge.dispute.created",
            "charge.dispute.closed",
            "charge.dispute.funds_withdrawn",
            "charge.dispute.funds_reinstated",
        ];
        Self {
            webhook_url: None,
            public_base_url: String::new(),
            retry: Retry::default(),
            livemode: false,
            api_version: "2025-09-30.clover".to_owned(),
            enabled_events: events.map(str::to_owned).to_vec(),
            old_scheme: false,
            payloads: StripePayloads::default(),
            clock_skew_seconds: 0,
        }
    }
}

/// How what is read looks, in answers and in events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StripePayloads {
    /// Members and values that nobody has heard of.
    pub unknown_fields: bool,
    /// `"amount_total": "1500"`, and dates too.
    pub numbers_as_strings: bool,
    /// `[]` where an object belongs.
    pub empty_lists_for_objects: bool,
}
