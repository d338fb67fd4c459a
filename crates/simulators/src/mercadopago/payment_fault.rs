//! What can go wrong with a payment at Mercado Pago.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::Amount;
use crate::faults::FaultQueues;

/// What waits to go wrong with payments.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MercadoPagoFaults {
    /// A queue.
    pub payments: VecDeque<PaymentFault>,
}

impl FaultQueues for MercadoPagoFaults {
    fn plan(&mut self, more: Self) {
        self.payments.extend(more.payments);
    }
}

/// What is wrong with one payment. The oldest planned one meets the next payment that is created.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PaymentFault {
    /// So many reads by id find nothing, though the notification has gone out; searches find nothing meanwhile.
    pub hidden_for_gets: u32,
    /// Paid to somebody else.
    pub collector_id: Option<u64>,
    /// A test payment among real ones, or the reverse.
    pub live_mode: Option<bool>,
    /// Paid in another currency.
    pub currency_id: Option<String>,
    /// Paid more or less than asked.
    pub amount: Option<Amount>,
    /// Of another order.
    pub external_reference: Option<String>,
    /// No notification is ever sent for it.
    pub silent: bool,
}
