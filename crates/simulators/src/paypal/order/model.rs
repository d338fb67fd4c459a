//! An order as PayPal keeps it.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::validation::OrderRequest;
use crate::paypal::{capture::Capture, currency_amount::Money};

/// What a seller wants to be paid for.
#[derive(Clone)]
pub(crate) struct Order {
    /// Seventeen letters and digits.
    pub(crate) id: String,
    pub(crate) request: OrderRequest,
    pub(crate) status: OrderStatus,
    /// How the buyer chose to pay, once he has approved.
    pub(crate) instrument: Instrument,
    pub(crate) amount: Money,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) capture: Option<Capture>,
    /// What so many reads still see.
    pub(crate) stale: Option<(Value, u32)>,
}

/// <https://developer.paypal.com/docs/api/orders/v2/#orders_get>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderStatus {
    /// Made in the old way, with an application context.
    Created,
    /// Waiting for the buyer.
    PayerActionRequired,
    /// The buyer has agreed; nothing is paid until the seller captures.
    Approved,
    /// Captured, which does not say that the money is there.
    Completed,
}

impl OrderStatus {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Created => "CREATED",
            Self::PayerActionRequired => "PAYER_ACTION_REQUIRED",
            Self::Approved => "APPROVED",
            Self::Completed => "COMPLETED",
        }
    }
}

/// What becomes of the capture of an approved order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Instrument {
    /// The money comes at once.
    Good,
    /// The capture is pending.
    Slow,
    /// The capture is refused, and the buyer may choose another way to pay.
    Refused,
    /// The order is completed with a capture that is declined.
    Declined,
}

impl Order {
    /// How it waits for the buyer, which depends on how it was made.
    pub(crate) fn waiting(request: &OrderRequest) -> OrderStatus {
        if request.uses_payment_source { OrderStatus::PayerActionRequired } else { OrderStatus::Created }
    }

    /// Whether the buyer has stayed away too long: PayPal then forgets the order, and tells nobody.
    pub(crate) fn is_forgotten(&self, now: Timestamp, order_seconds: i64) -> bool {
        let waits = matches!(self.status, OrderStatus::Created | OrderStatus::PayerActionRequired);
        waits && now.duration_since(self.created_at) >= SignedDuration::from_secs(order_seconds)
    }
}
