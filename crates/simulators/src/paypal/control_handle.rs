//! What the tests and the demo steer at PayPal: buyers, banks, tokens, events.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Outcome, RefundStatus,
    account::Account,
    capture::Refund,
    json,
    order::{Order, OrderStatus, buyer_outcome},
    webhook_events::{self, Event},
};
use crate::core::Control;

/// Steers a running simulator: plays the buyers, plans faults, reads what happened.
pub type PayPalControl = Control<Account>;

/// Any event, for kinds that do not come about by themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewEvent {
    /// Such as `CUSTOMER.DISPUTE.RESOLVED`.
    pub event_type: String,
    /// Such as `dispute`.
    #[serde(default)]
    pub resource_type: String,
    /// What it is about.
    #[serde(default)]
    pub resource: Value,
}

impl Control<Account> {
    /// Does what a buyer does on the page of an order, or ends a pending capture. An error says why it cannot be done.
    pub fn act(&self, order_id: &str, outcome: Outcome) -> Result<(), String> {
        buyer_outcome::act(&self.sim, &mut self.sim.state(), order_id, outcome).map_err(str::to_owned)
    }

    /// The newest order with this `custom_id`.
    pub fn find_order(&self, custom_id: &str) -> Option<Value> {
        let mut orders = self.orders().into_iter().rev();
        orders.find(|order| order["purchase_units"][0]["custom_id"] == custom_id)
    }

    /// An order as it is, also while reads still show it as it was and when it has been forgotten.
    pub fn order(&self, id: &str) -> Option<Value> {
        self.orders().into_iter().find(|order| order["id"] == id)
    }

    /// All orders with their captures and refunds, oldest first.
    pub fn orders(&self) -> Vec<Value> {
        let state = self.sim.state();
        state.model.orders.iter().map(|order| json::order(order, &state.settings)).collect()
    }

    /// A refund goes into another state, and is told of. False when there is none with this id.
    pub fn change_refund(&self, id: &str, status: RefundStatus) -> bool {
        let now = self.sim.now();
        let mut state = self.sim.state();
        let mut captures = state.model.orders.iter_mut().filter_map(|order| order.capture.as_mut());
        let has = |refund: &Refund| refund.id == id;
        let Some(capture) = captures.find(|capture| capture.refunds.iter().any(has)) else { return false };
        for refund in capture.refunds.iter_mut().filter(|refund| refund.id == id) {
            refund.status = status.clone();
        }
        capture.recount(now);
        let capture = capture.clone();
        for refund in capture.refunds.iter().filter(|refund| refund.id == id) {
            webhook_events::refund(&self.sim, &state, &capture, refund);
        }
        true
    }

    /// The buyer's bank takes the money of a capture back. False when there is none with this id.
    pub fn reverse(&self, capture_id: &str) -> bool {
        let now = self.sim.now();
        let mut state = self.sim.state();
        let Some(capture) = state.find_capture(capture_id) else { return false };
        let refund = Refund {
            id: self.sim.id(),
            status: RefundStatus::Completed,
            amount: capture.amount.with(capture.amount.value.minus(capture.refunded())),
            note_to_payer: None,
            invoice_id: None,
            created_at: now,
            is_reversal: true,
        };
        capture.refunds.push(refund.clone());
        capture.recount(now);
        let capture = capture.clone();
        webhook_events::refund(&self.sim, &state, &capture, &refund);
        true
    }

    /// The buyer's bank gives back what [`Self::reverse`] took: no notice of its own tells of it. False when there is
    /// no such capture.
    pub fn cancel_reversal(&self, capture_id: &str) -> bool {
        let now = self.sim.now();
        let mut state = self.sim.state();
        let Some(capture) = state.find_capture(capture_id) else { return false };
        for refund in capture.refunds.iter_mut().filter(|refund| refund.is_reversal) {
            refund.status = RefundStatus::Cancelled;
        }
        if let Some(dispute) = &mut capture.dispute {
            dispute.decide(false);
        }
        capture.recount(now);
        let capture = capture.clone();
        webhook_events::capture(&self.sim, &state, &capture);
        true
    }

    /// PayPal takes an approval back that nobody has captured. False when there is none.
    pub fn reverse_approval(&self, order_id: &str) -> bool {
        let now = self.sim.now();
        let mut state = self.sim.state();
        let order = state.find_order(order_id, now).filter(|order| order.status == OrderStatus::Approved);
        let Some(order) = order else { return false };
        order.status = Order::waiting(&order.request);
        let request = &order.request;
        let unit = json!({
            "reference_id": request.reference_id,
            "custom_id": request.custom_id,
            "invoice_id": request.invoice_id,
        });
        let source = json!({ "paypal": { "email_address": "comprador@example.com" } });
        let resource = json!({ "order_id": order.id, "purchase_units": [unit], "payment_source": source });
        let summary = "A payment has been reversed after approval.";
        let kind = "CHECKOUT.PAYMENT-APPROVAL.REVERSED";
        let event =
            Event { kind, resource_type: "checkout-order", summary, resource, ordering_key: order_id };
        webhook_events::send(&self.sim, &state, &event);
        true
    }

    /// Sends any event. False when nobody is subscribed to it.
    pub fn send_event(&self, new: &NewEvent) -> bool {
        let event = Event {
            kind: &new.event_type,
            resource_type: &new.resource_type,
            summary: "An event of the simulator's",
            resource: new.resource.clone(),
            ordering_key: &new.event_type,
        };
        webhook_events::send(&self.sim, &self.sim.state(), &event)
    }

    /// Every token that was given out is refused from now on.
    pub fn revoke_tokens(&self) {
        self.sim.state().model.tokens.revoke();
    }
}
