//! A capture at PayPal, its states and its refunds.

use crate::{
    exact_amount::Amount,
    paypal::{currency_amount::Money, disputes::Dispute},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Money taken for an order.
#[derive(Clone)]
pub(crate) struct Capture {
    pub(crate) id: String,
    pub(crate) order_id: String,
    pub(crate) status: CaptureStatus,
    pub(crate) amount: Money,
    pub(crate) custom_id: Option<String>,
    pub(crate) invoice_id: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    /// Where the buyer has complained.
    pub(crate) dispute: Option<Dispute>,
    /// Oldest first.
    pub(crate) refunds: Vec<Refund>,
    pub(crate) silent: bool,
    /// So many reads still find nothing.
    pub(crate) hidden_for_gets: u32,
}

/// <https://developer.paypal.com/docs/api/payments/v2/#captures_get>
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CaptureStatus {
    /// The money is there.
    Completed,
    /// It is on its way, or looked into.
    Pending,
    /// It does not come.
    Declined,
    /// Some of it was given back.
    PartiallyRefunded,
    /// All of it was given back, or taken back.
    Refunded,
    /// Something went wrong.
    Failed,
    /// Something that nobody has heard of.
    #[serde(untagged)]
    Other(String),
}

impl CaptureStatus {
    /// As on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Completed => "COMPLETED",
            Self::Pending => "PENDING",
            Self::Declined => "DECLINED",
            Self::PartiallyRefunded => "PARTIALLY_REFUNDED",
            Self::Refunded => "REFUNDED",
            Self::Failed => "FAILED",
            Self::Other(name) => name,
        }
    }
}

/// Money given back, or taken back by a bank.
#[derive(Clone)]
pub(crate) struct Refund {
    pub(crate) id: String,
    pub(crate) status: RefundStatus,
    pub(crate) amount: Money,
    pub(crate) note_to_payer: Option<String>,
    pub(crate) invoice_id: Option<String>,
    pub(crate) created_at: Timestamp,
    /// Taken by the bank, not given by the seller.
    pub(crate) is_reversal: bool,
}

/// <https://developer.paypal.com/docs/api/payments/v2/#refunds_get>
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RefundStatus {
    /// Done.
    Completed,
    /// On its way.
    Pending,
    /// It came back to the seller.
    Failed,
    /// Called off.
    Cancelled,
    /// Something that nobody has heard of.
    #[serde(untagged)]
    Other(String),
}

impl RefundStatus {
    /// As on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Completed => "COMPLETED",
            Self::Pending => "PENDING",
            Self::Failed => "FAILED",
            Self::Cancelled => "CANCELLED",
            Self::Other(name) => name,
        }
    }
}

impl Capture {
    /// What has been given back in all; what failed has not.
    pub(crate) fn refunded(&self) -> Amount {
        let counts =
            |refund: &&Refund| !matches!(refund.status, RefundStatus::Failed | RefundStatus::Cancelled);
        self.refunds
            .iter()
            .filter(counts)
            .fold(Amount::default(), |total, refund| total.plus(refund.amount.value))
    }

    /// Puts the state in step with what has been given back.
    pub(crate) fn recount(&mut self, now: Timestamp) {
        let refunded = self.refunded();
        self.status = match refunded {
            none if !none.is_positive() => CaptureStatus::Completed,
            all if all >= self.amount.value => CaptureStatus::Refunded,
            _ => CaptureStatus::PartiallyRefunded,
        };
        self.updated_at = now;
    }
}
