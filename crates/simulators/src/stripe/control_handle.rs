//! What the tests and the demo steer at Stripe: buyers, refunds, events.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Outcome, RefundStatus,
    account::Account,
    payment::{
        Payment,
        json::{self as payment_json, Charge},
    },
    refunds,
    session::buyer_outcome,
    webhook_events::{self, Event},
};
use crate::core::Control;

/// Steers a running simulator: plays the buyers, plans faults, reads what happened.
pub type StripeControl = Control<Account>;

/// Any event, for kinds that do not come about by themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewEvent {
    /// Such as `charge.dispute.closed`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is about.
    #[serde(default)]
    pub object: Value,
}

impl Control<Account> {
    /// Does what a buyer does on the page of a session, or ends a delayed payment. An error says why it cannot be done.
    pub fn act(&self, session_id: &str, outcome: Outcome) -> Result<(), String> {
        let mut state = self.sim.state();
        buyer_outcome::act(&self.sim, &mut state, session_id, outcome).map_err(str::to_owned)
    }

    /// The newest session with this reference.
    pub fn find_session(&self, client_reference_id: &str) -> Option<Value> {
        let mut sessions = self.sessions().into_iter().rev();
        sessions.find(|session| session["client_reference_id"] == client_reference_id)
    }

    /// A session as it is, also while reads still show it as it was.
    pub fn session(&self, id: &str) -> Option<Value> {
        self.sessions().into_iter().find(|session| session["id"] == id)
    }

    /// All sessions, oldest first.
    pub fn sessions(&self) -> Vec<Value> {
        let state = self.sim.state();
        state.model.sessions.iter().map(|session| session.to_json(&state.settings.payloads)).collect()
    }

    /// All payments with their charges, oldest first, also while they are hidden.
    pub fn payments(&self) -> Vec<Value> {
        let state = self.sim.state();
        let payments = state.model.payments.iter();
        payments
            .map(|payment| payment_json::intent(payment, Charge::Whole, &state.settings.payloads))
            .collect()
    }

    /// All refunds, also while their payments are hidden.
    pub fn refunds(&self) -> Vec<Value> {
        let state = self.sim.state();
        let write = |(payment, refund)| payment_json::refund(payment, refund, &state.settings.payloads);
        refunds::all(&state).map(write).collect()
    }

    /// Ends the sessions whose time has come, which any call does too. Nothing runs by itself.
    pub fn expire_due(&self) {
        drop(self.sim.state());
    }

    /// A refund goes into another state, and is told of. False when there is none with this id.
    pub fn change_refund(&self, id: &str, status: RefundStatus) -> bool {
        let mut state = self.sim.state();
        let has = |payment: &&mut Payment| payment.refunds.iter().any(|refund| refund.id == id);
        let Some(payment) = state.model.payments.iter_mut().find(has) else { return false };
        let Some(refund) = payment.refunds.iter_mut().find(|refund| refund.id == id) else { return false };
        let previous = json!({ "status": std::mem::replace(&mut refund.status, status).as_str() });
        let (refund, payment) = (refund.clone(), payment.clone());
        webhook_events::refund(&self.sim, &state, &payment, &refund, "refund.updated", Some(previous));
        if refund.status == RefundStatus::Failed {
            webhook_events::refund(&self.sim, &state, &payment, &refund, "refund.failed", None);
        }
        true
    }

    /// Sends any event. False when nobody is subscribed to it.
    pub fn send_event(&self, new: &NewEvent) -> bool {
        let state = self.sim.state();
        let (object, livemode) = (new.object.clone(), state.settings.livemode);
        let event = Event { kind: &new.kind, object, previous: None, livemode, ordering_key: &new.kind };
        webhook_events::send(&self.sim, &state, &event)
    }
}
