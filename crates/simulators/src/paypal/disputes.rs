//! `/v1/customer/disputes`: complaints of buyers, how they begin and end.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    PayPalControl,
    account::{AccountState, ApiCall, Sim},
    api_error::ApiError,
    capture::Capture,
    json,
    webhook_events::{self, Event},
};
use crate::core::Reply;

/// A buyer's complaint about a capture.
#[derive(Clone)]
pub(crate) struct Dispute {
    id: String,
    reason: String,
    /// <https://developer.paypal.com/api/customer-disputes/v1/>, `dispute_outcome.outcome_code`.
    outcome: Option<&'static str>,
    created_at: Timestamp,
}

impl Dispute {
    pub(crate) fn decide(&mut self, for_buyer: bool) {
        self.outcome = Some(if for_buyer { FOR_BUYER } else { FOR_SELLER });
    }

    /// While it lasts, and when the buyer has won, nothing can be given back.
    pub(crate) fn bars_refunds(&self) -> bool {
        self.outcome.is_none_or(|outcome| outcome == FOR_BUYER)
    }
}

const FOR_BUYER: &str = "RESOLVED_BUYER_FAVOUR";
const FOR_SELLER: &str = "RESOLVED_SELLER_FAVOUR";

impl PayPalControl {
    /// The buyer complains. False when there is no capture with this id.
    pub fn dispute(&self, capture_id: &str, reason: &str) -> bool {
        let mut state = self.sim.state();
        let id = format!("PP-D-{}", self.sim.core.ids.hex(8));
        let created_at = self.sim.now();
        let Some(capture) = state.find_capture(capture_id) else { return false };
        capture.dispute = Some(Dispute { id, reason: reason.to_owned(), outcome: None, created_at });
        let capture = capture.clone();
        send(&self.sim, &state, &capture, "CUSTOMER.DISPUTE.CREATED");
        true
    }

    /// The dispute about a capture is decided, for the buyer, who gets the money, or for the seller. False when there is
    /// none.
    pub fn resolve_dispute(&self, capture_id: &str, for_buyer: bool) -> bool {
        let mut state = self.sim.state();
        let Some(capture) = state.find_capture(capture_id) else { return false };
        let Some(dispute) = &mut capture.dispute else { return false };
        dispute.decide(for_buyer);
        let capture = capture.clone();
        send(&self.sim, &state, &capture, "CUSTOMER.DISPUTE.RESOLVED");
        drop(state);
        !for_buyer || self.reverse(capture_id)
    }
}

#[derive(Deserialize)]
struct DisputedTransaction {
    disputed_transaction_id: String,
}

/// `GET /v1/customer/disputes?disputed_transaction_id=…`: a summary of each, without its outcome.
pub(crate) fn list(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let asked: Option<DisputedTransaction> = call.incoming.query();
    let asked = asked.ok_or_else(|| ApiError::missing("disputed_transaction_id"))?;
    let settings = state.settings.clone();
    let capture = state.find_capture(&asked.disputed_transaction_id);
    let found = capture.and_then(|capture| Some((&*capture, capture.dispute.as_ref()?)));
    let items: Vec<Value> = found
        .map(|(capture, dispute)| {
            let mut item = to_json(capture, dispute, dispute.created_at, &settings.payloads);
            if let Some(fields) = item.as_object_mut() {
                fields.remove("dispute_outcome");
            }
            item
        })
        .into_iter()
        .collect();
    Ok(Reply::plain_json(StatusCode::OK, &json!({ "items": items, "links": [] })))
}

/// `GET /v1/customer/disputes/{id}`.
pub(crate) fn get(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let has = |dispute: &&Dispute| dispute.id == call.id();
    let mut all =
        state.captures().filter_map(|capture| Some((capture, capture.dispute.as_ref().filter(has)?)));
    let (capture, dispute) = all.next().ok_or_else(ApiError::not_found)?;
    let value = to_json(capture, dispute, dispute.created_at, &state.settings.payloads);
    Ok(Reply::plain_json(StatusCode::OK, &value))
}

/// It stands nowhere else: the capture does not show it.
fn send(sim: &Sim, state: &AccountState, capture: &Capture, kind: &str) {
    let Some(dispute) = &capture.dispute else { return };
    let resource = to_json(capture, dispute, sim.now(), &state.settings.payloads);
    let summary = "A dispute with PayPal";
    let ordering_key = &*capture.order_id;
    webhook_events::send(
        sim,
        state,
        &Event { kind, resource_type: "dispute", summary, resource, ordering_key },
    );
}

fn to_json(
    capture: &Capture,
    dispute: &Dispute,
    updated_at: Timestamp,
    payloads: &super::PayPalPayloads,
) -> Value {
    let mut value = json!({
        "id": null,
        "dispute_id": dispute.id,
        "create_time": json::instant(dispute.created_at),
        "update_time": json::instant(updated_at),
        "disputed_transactions": [{
            "seller_transaction_id": capture.id,
            "seller": { "merchant_id": json::MERCHANT_ID },
            "custom": capture.custom_id,
        }],
        "reason": dispute.reason,
        "status": if dispute.outcome.is_some() { "RESOLVED" } else { "OPEN" },
        "dispute_amount": capture.amount.to_json(payloads),
        "dispute_life_cycle_stage": "INQUIRY",
    });
    if let Some(outcome) = dispute.outcome {
        value["dispute_outcome"] = json!({ "outcome_code": outcome });
    }
    value
}
