//! What can go wrong with a capture at PayPal.

use serde::{Deserialize, Serialize};

use super::RefundStatus;
use crate::{exact_amount::Amount, faults::PaymentFaults};

/// What waits to go wrong with payments and refunds.
pub type PayPalFaults = PaymentFaults<PayPalPaymentFault, RefundStatus>;

/// What is wrong with one capture. The oldest planned one meets the next capture.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PayPalPaymentFault {
    /// So many reads of the order still show it approved, and so many reads of the capture find nothing, though the
    /// event has gone out.
    pub stale_for_gets: u32,
    /// Paid more or less than asked.
    pub amount: Option<Amount>,
    /// Paid in another currency.
    pub currency_code: Option<String>,
    /// Of another order.
    pub custom_id: Option<String>,
    /// No event is ever sent for it.
    pub silent: bool,
}
