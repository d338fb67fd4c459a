//! What the tests and the demo steer at Mercado Pago: payments, notifications, faults of payments.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Amount, Notification, PaymentFault, PaymentStatus,
    account::Account,
    notifications,
    payment::{json as payment_json, make_payment},
    preference::Preference,
};
use crate::core::Control;

/// Steers a running simulator: plays the buyers, plans faults, reads what happened.
pub type MercadoPagoControl = Control<Account>;

/// A payment to make without the checkout page. One of the first two members says for what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NewPayment {
    /// The preference's id.
    pub preference_id: Option<String>,
    /// The newest preference with this reference.
    pub external_reference: Option<String>,
    /// Approved unless given.
    pub status: Option<PaymentStatus>,
    /// The usual one for the status unless given.
    pub status_detail: Option<String>,
    /// The whole sum unless given.
    pub amount: Option<Amount>,
    /// The preference's unless given.
    pub currency_id: Option<String>,
}

/// A change of a payment that the buyer, the bank or the seller makes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentChange {
    /// Where it goes; `refunded` gives back what is left.
    pub status: PaymentStatus,
    /// The usual one for the status unless given.
    #[serde(default)]
    pub status_detail: Option<String>,
    /// The amount from now on.
    #[serde(default)]
    pub amount: Option<Amount>,
}

impl Control<Account> {
    /// Makes a payment, also for an expired preference, and notifies. Returns its id.
    pub fn create_payment(&self, new: NewPayment) -> Result<u64, String> {
        let mut state = self.sim.state();
        let is_wanted = |preference: &&Preference| match (&new.preference_id, &new.external_reference) {
            (Some(id), _) => preference.id == *id,
            (None, reference) => preference.text("external_reference") == reference.as_deref(),
        };
        let preference = state.model.preferences.iter().rev().find(is_wanted).cloned();
        let preference = preference.ok_or("there is no such preference")?;
        let status = new.status.unwrap_or(PaymentStatus::Approved);
        let change = PaymentChange { status, status_detail: new.status_detail, amount: new.amount };
        let payment = make_payment::start(&self.sim, &mut state, &preference, change, new.currency_id);
        Ok(payment.id)
    }

    /// Changes a payment and notifies. False when there is none with this id.
    pub fn change_payment(&self, id: u64, change: PaymentChange) -> bool {
        let now = self.sim.now();
        let mut state = self.sim.state();
        let Some(payment) = state.model.payments.get_mut(&id) else { return false };
        payment.amount = change.amount.unwrap_or(payment.amount);
        if change.status == PaymentStatus::Refunded {
            let left = payment.amount.minus(payment.refunded());
            payment.refund(self.sim.core.ids.number(), left, now);
        }
        payment.enter(change.status, change.status_detail, now);
        let payment = payment.clone();
        notifications::updated(&self.sim, &state, &payment);
        true
    }

    /// A payment as the API would answer it, also while it is hidden.
    pub fn payment(&self, id: u64) -> Option<Value> {
        let state = self.sim.state();
        state.model.payments.get(&id).map(|payment| payment_json::write(payment, &state.settings.payloads))
    }

    /// All payments, oldest first.
    pub fn payments(&self) -> Vec<Value> {
        let state = self.sim.state();
        let payments = state.model.payments.values();
        payments.map(|payment| payment_json::write(payment, &state.settings.payloads)).collect()
    }

    /// All preferences, oldest first.
    pub fn preferences(&self) -> Vec<Value> {
        self.sim.state().model.preferences.iter().map(|preference| preference.value.clone()).collect()
    }

    /// Sends a notification of any topic. False when there is no address for it.
    pub fn notify(&self, notification: &Notification) -> bool {
        notifications::send(&self.sim, &self.sim.state(), notification)
    }

    /// Something is wrong with the next payment.
    pub fn fail_payment(&self, fault: PaymentFault) {
        self.sim.state().faults.payments.push_back(fault);
    }
}
