//! Making a payment at Mercado Pago.

use jiff::SignedDuration;

use super::Payment;
use crate::mercadopago::{
    PaymentChange, PaymentStatus,
    account::{AccountState, Sim},
    dates, notifications,
    preference::Preference,
};

/// Makes a payment with the next planned fault, and notifies.
pub(crate) fn start(
    sim: &Sim,
    state: &mut AccountState,
    preference: &Preference,
    first: PaymentChange,
    currency_id: Option<String>,
) -> Payment {
    let now = sim.now();
    let live_mode = state.settings.live_mode;
    let mut payment =
        Payment::new(sim.core.ids.number(), preference, sim.account.collector_id, live_mode, now);
    payment.amount = first.amount.unwrap_or(payment.amount);
    payment.currency_id = currency_id.unwrap_or(payment.currency_id);
    if first.status == PaymentStatus::Pending {
        // Three days to pay in cash, unless the seller set a limit.
        let limit = preference.text("date_of_expiration").and_then(dates::parse);
        payment.expires_at = limit.or_else(|| now.saturating_add(SignedDuration::from_hours(72)).ok());
    }
    payment.corrupt(state.faults.payments.pop_front().unwrap_or_default());
    payment.enter(first.status, first.status_detail, now);
    state.model.payments.insert(payment.id, payment.clone());
    notifications::created(sim, state, &payment);
    payment
}
