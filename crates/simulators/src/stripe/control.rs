//! What the tests and the demo steer.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Outcome, RefundStatus, StripePaymentFault, StripeRefundFault, buyer,
    events::{self, Event},
    payment_json::{self, Charge},
    refunds,
    shared::Shared,
};
use crate::control::Control;

/// Steers a running simulator: plays the buyers, plans faults, reads what happened.
pub type StripeControl = Control<Shared>;

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

impl Control<Shared> {
    /// Does what a buyer does on the page of a session, or ends a delayed payment. An error says why it cannot be done.
    pub fn act(&self, session_id: &str, outcome: Outcome) -> Result<(), String> {
        let mut book = self.shared.book();
        buyer::act(&self.shared, &mut book, session_id, outcome).map_err(str::to_owned)
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
        let book = self.shared.book();
        book.sessions.iter().map(|session| session.to_json(&book.settings.payloads)).collect()
    }

    /// All payments with their charges, oldest first, also while they are hidden.
    pub fn payments(&self) -> Vec<Value> {
        let book = self.shared.book();
        let payments = book.payments.iter();
        payments
            .map(|payment| payment_json::intent(payment, Charge::Whole, &book.settings.payloads))
            .collect()
    }

    /// All refunds, also while their payments are hidden.
    pub fn refunds(&self) -> Vec<Value> {
        let book = self.shared.book();
        let write = |(payment, refund)| payment_json::refund(payment, refund, &book.settings.payloads);
        refunds::all(&book).map(write).collect()
    }

    /// Ends the sessions whose time has come, which any call does too. Nothing runs by itself.
    pub fn expire_due(&self) {
        drop(self.shared.book());
    }

    /// A refund goes into another state, and is told of. False when there is none with this id.
    pub fn change_refund(&self, id: &str, status: RefundStatus) -> bool {
        let mut book = self.shared.book();
        let has =
            |payment: &&mut super::payment::Payment| payment.refunds.iter().any(|refund| refund.id == id);
        let Some(payment) = book.payments.iter_mut().find(has) else { return false };
        let Some(refund) = payment.refunds.iter_mut().find(|refund| refund.id == id) else { return false };
        let previous = json!({ "status": std::mem::replace(&mut refund.status, status).as_str() });
        let (refund, payment) = (refund.clone(), payment.clone());
        events::refund(&self.shared, &book, &payment, &refund, "refund.updated", Some(previous));
        if refund.status == RefundStatus::Failed {
            events::refund(&self.shared, &book, &payment, &refund, "refund.failed", None);
        }
        true
    }

    /// Sends any event. False when nobody is subscribed to it.
    pub fn send_event(&self, new: &NewEvent) -> bool {
        let book = self.shared.book();
        let (object, livemode) = (new.object.clone(), book.settings.livemode);
        let event = Event { kind: &new.kind, object, previous: None, livemode, lane: &new.kind };
        events::send(&self.shared, &book, &event)
    }

    /// Something is wrong with the next payment.
    pub fn fail_payment(&self, fault: StripePaymentFault) {
        self.shared.book().faults.payments.push_back(fault);
    }

    /// The next refund does not succeed at once.
    pub fn fail_refund(&self, status: RefundStatus) {
        self.shared.book().faults.refunds.push_back(StripeRefundFault { status });
    }
}
