use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Outcome, RefundStatus, StripePaymentFault, StripeRefundFault, StripeSettings, buyer,
    events::{self, Event},
    payment_json::{self, Charge},
    shared::Shared,
};
use crate::{
    courier::WebhookAttempt,
    faults::{PlannedCallFault, PlannedWebhookFault},
    patch,
};

/// Steers a running simulator: plays the buyers, plans faults, reads what happened.
#[derive(Clone)]
pub struct StripeControl {
    pub(super) shared: Arc<Shared>,
}

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

impl StripeControl {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

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

    /// The buyer's bank takes the money of a payment back. False when there is none with this id.
    pub fn dispute(&self, payment_intent: &str, reason: &str) -> bool {
        let mut book = self.shared.book();
        let Some(payment) = book.find_payment(payment_intent) else { return false };
        payment.disputed = true;
        let payment = payment.clone();
        let object = json!({
            "id": format!("du_1{}", self.shared.ids.hex(23)),
            "object": "dispute",
            "amount": payment.amount,
            "balance_transactions": [],
            "charge": payment.charge,
            "created": self.shared.now().as_second(),
            "currency": payment.currency,
            "evidence": {},
            "evidence_details": { "due_by": null, "has_evidence": false, "past_due": false, "submission_count": 0 },
            "is_charge_refundable": false,
            "livemode": payment.livemode,
            "metadata": {},
            "payment_intent": payment.id,
            "reason": reason,
            "status": "needs_response",
        });
        let kind = "charge.dispute.created";
        let lane = &payment.session_id;
        let event = Event { kind, object, previous: None, livemode: payment.livemode, lane };
        events::send(&self.shared, &book, &event);
        true
    }

    /// Sends any event. False when nobody is subscribed to it.
    pub fn send_event(&self, new: &NewEvent) -> bool {
        let book = self.shared.book();
        let (object, livemode) = (new.object.clone(), book.settings.livemode);
        let event = Event { kind: &new.kind, object, previous: None, livemode, lane: &new.kind };
        events::send(&self.shared, &book, &event)
    }

    /// Something goes wrong with the next call, or the next of its kind (`fault.on(Call::…)`).
    pub fn fail_call(&self, fault: impl Into<PlannedCallFault>) {
        self.shared.faults.add([fault.into()]);
    }

    /// Something goes wrong with the next event, or the next of its kind (`fault.on("checkout.session.completed")`).
    pub fn fail_webhook(&self, fault: impl Into<PlannedWebhookFault>) {
        self.shared.courier.faults.add([fault.into()]);
    }

    /// Something is wrong with the next payment.
    pub fn fail_payment(&self, fault: StripePaymentFault) {
        self.shared.book().payment_faults.push_back(fault);
    }

    /// The next refund does not succeed at once.
    pub fn fail_refund(&self, status: RefundStatus) {
        self.shared.book().refund_faults.push_back(StripeRefundFault { status });
    }

    /// Forgets the planned faults.
    pub fn clear_faults(&self) {
        self.shared.faults.clear();
        self.shared.courier.faults.clear();
        let mut book = self.shared.book();
        book.payment_faults.clear();
        book.refund_faults.clear();
    }

    /// The settings now.
    pub fn settings(&self) -> StripeSettings {
        self.shared.book().settings.clone()
    }

    /// Changes the settings.
    pub fn change_settings(&self, change: impl FnOnce(&mut StripeSettings)) {
        let mut book = self.shared.book();
        change(&mut book.settings);
        self.shared.courier.set_retry(book.settings.retry.clone());
    }

    /// Changes the settings that a JSON object names.
    pub fn patch_settings(&self, changes: &Value) -> Result<StripeSettings, String> {
        let patched = patch::apply(&self.settings(), changes)?;
        self.change_settings(|settings| settings.clone_from(&patched));
        Ok(patched)
    }

    /// From now on events are signed with this secret alone.
    pub fn rotate_secret(&self, secret: &str) {
        self.shared.courier.set_secret(secret.to_owned());
    }

    /// From now on events are signed with this secret and with those before it, as for a day after a change.
    pub fn roll_secret(&self, secret: &str) {
        self.shared.courier.add_secret(secret.to_owned());
    }

    /// Keeps all events back until [`Self::release_webhooks`].
    pub fn hold_webhooks(&self) {
        self.shared.courier.hold();
    }

    /// Lets go what was kept back, all at once. Returns how many.
    pub fn release_webhooks(&self, newest_first: bool) -> usize {
        self.shared.courier.release(newest_first)
    }

    /// Every try at an event, oldest first.
    pub fn webhooks(&self) -> Vec<WebhookAttempt> {
        self.shared.courier.log()
    }

    /// Returns when no event is on its way.
    pub async fn settle(&self) {
        self.shared.courier.settle().await;
    }
}
