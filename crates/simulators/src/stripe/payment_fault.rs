//! What can go wrong with a payment at Stripe.

use serde::{Deserialize, Serialize};

use super::RefundStatus;
use crate::faults::PaymentFaults;

/// What waits to go wrong with payments and refunds.
pub type StripeFaults = PaymentFaults<StripePaymentFault, RefundStatus>;

/// What is wrong with one payment. The oldest planned one meets the next payment that is made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StripePaymentFault {
    /// So many reads of the session still show it as it was, though the event has gone out; so many reads of the
    /// payment find nothing.
    pub stale_for_gets: u32,
    /// Paid more or less than asked, in the smallest unit.
    pub amount: Option<i64>,
    /// Paid in another currency.
    pub currency: Option<String>,
    /// A test payment among real ones, or the reverse.
    pub livemode: Option<bool>,
    /// Of another order.
    pub client_reference_id: Option<String>,
    /// No event is ever sent for it.
    pub silent: bool,
}
