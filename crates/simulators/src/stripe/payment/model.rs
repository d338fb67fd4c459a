//! A payment at Stripe, its states and its refunds.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::stripe::disputes::Dispute;

/// Money on its way from a buyer: Stripe's PaymentIntent, with its charge.
#[derive(Clone)]
pub(crate) struct Payment {
    /// `pi_…`
    pub(crate) id: String,
    /// `ch_…`, of the last try that came to a charge.
    pub(crate) charge: Option<String>,
    pub(crate) session_id: String,
    pub(crate) status: IntentStatus,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) decimals: u32,
    /// Such as `card`.
    pub(crate) method: &'static str,
    pub(crate) metadata: Value,
    pub(crate) livemode: bool,
    pub(crate) created_at: Timestamp,
    /// Oldest first.
    pub(crate) disputes: Vec<Dispute>,
    /// Oldest first.
    pub(crate) refunds: Vec<Refund>,
    pub(crate) silent: bool,
    /// So many reads still find nothing.
    pub(crate) hidden_for_gets: u32,
}

/// <https://docs.stripe.com/payments/paymentintents/lifecycle>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IntentStatus {
    /// The last try failed.
    RequiresPaymentMethod,
    /// A delayed method is under way.
    Processing,
    Succeeded,
}

impl IntentStatus {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::RequiresPaymentMethod => "requires_payment_method",
            Self::Processing => "processing",
            Self::Succeeded => "succeeded",
        }
    }
}

/// Money given back.
#[derive(Clone)]
pub(crate) struct Refund {
    /// `re_…`
    pub(crate) id: String,
    pub(crate) amount: i64,
    pub(crate) status: RefundStatus,
    pub(crate) reason: Option<String>,
    pub(crate) metadata: Value,
    pub(crate) created_at: Timestamp,
}

/// <https://docs.stripe.com/api/refunds/object#refund_object-status>
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    /// On its way.
    Pending,
    /// The customer has to say where the money goes.
    RequiresAction,
    /// Done.
    Succeeded,
    /// It came back to the seller.
    Failed,
    /// Called off while it was pending.
    Canceled,
    /// Something that nobody has heard of.
    #[serde(untagged)]
    Other(String),
}

impl RefundStatus {
    /// As on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::RequiresAction => "requires_action",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Other(name) => name,
        }
    }
}

impl Payment {
    /// What has been given back in all; what failed has not.
    pub(crate) fn refunded(&self) -> i64 {
        let counts =
            |refund: &&Refund| !matches!(refund.status, RefundStatus::Failed | RefundStatus::Canceled);
        self.refunds.iter().filter(counts).map(|refund| refund.amount).sum()
    }
}
