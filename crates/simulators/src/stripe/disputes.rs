//! `/v1/disputes`: questions of buyers' banks, how they begin and end.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    StripeControl,
    account::{AccountState, ApiCall, Sim},
    api_error::ApiError,
    bracket_form,
    list_pagination::{self, Row},
    payment::Payment,
    webhook_events::{self, Event},
};
use crate::core::Reply;

/// The question of a buyer's bank about a payment.
#[derive(Clone)]
pub(crate) struct Dispute {
    /// `du_…`
    id: String,
    reason: String,
    status: DisputeStatus,
    created_at: Timestamp,
}

/// <https://docs.stripe.com/api/disputes/object#dispute_object-status>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeStatus {
    /// A question before any money moves.
    WarningNeedsResponse,
    /// The money is withdrawn until there is an answer.
    NeedsResponse,
    /// The seller gets it back.
    Won,
    /// The buyer keeps it.
    Lost,
}

impl DisputeStatus {
    fn as_str(self) -> &'static str {
        match self {
            Self::WarningNeedsResponse => "warning_needs_response",
            Self::NeedsResponse => "needs_response",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }
}

impl Dispute {
    /// What the bank has, or may yet take, cannot be given back.
    pub(crate) fn bars_refunds(&self) -> bool {
        matches!(self.status, DisputeStatus::NeedsResponse | DisputeStatus::Lost)
    }
}

impl StripeControl {
    /// The buyer's bank takes the money of a payment until the question is answered. False when there is none with
    /// this id.
    pub fn dispute(&self, payment_intent: &str, reason: &str) -> bool {
        let mut state = self.sim.state();
        let id = format!("du_1{}", self.sim.core.ids.hex(23));
        let created_at = self.sim.now();
        let Some(payment) = state.find_payment(payment_intent) else { return false };
        let status = DisputeStatus::NeedsResponse;
        let dispute = Dispute { id, reason: reason.to_owned(), status, created_at };
        payment.disputes.push(dispute.clone());
        let payment = payment.clone();
        send(&self.sim, &state, &payment, &dispute, "created");
        send(&self.sim, &state, &payment, &dispute, "funds_withdrawn");
        true
    }

    /// The bank decides the last dispute of a payment. False when there is none.
    pub fn end_dispute(&self, payment_intent: &str, status: DisputeStatus) -> bool {
        let mut state = self.sim.state();
        let Some(payment) = state.find_payment(payment_intent) else { return false };
        let Some(dispute) = payment.disputes.last_mut() else { return false };
        dispute.status = status;
        let (dispute, payment) = (dispute.clone(), payment.clone());
        if status == DisputeStatus::Won {
            send(&self.sim, &state, &payment, &dispute, "funds_reinstated");
        }
        send(&self.sim, &state, &payment, &dispute, "closed");
        true
    }
}

/// `GET /v1/disputes`, by payment.
pub(crate) fn list(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let form = call.query()?;
    let intent = bracket_form::text(&form, "payment_intent");
    let asked = state.model.payments.iter().filter(|payment| intent.is_none_or(|id| payment.id == id));
    let row = |payment: &Payment, dispute: &Dispute| Row {
        id: dispute.id.clone(),
        created_at: dispute.created_at,
        value: to_json(payment, dispute),
    };
    let mut rows: Vec<Row> =
        asked.flat_map(|payment| payment.disputes.iter().map(move |dispute| row(payment, dispute))).collect();
    rows.sort_by_key(|row| row.created_at);
    list_pagination::page("/v1/disputes", &form, rows)
}

fn send(sim: &Sim, state: &AccountState, payment: &Payment, dispute: &Dispute, what: &str) {
    let event = Event {
        kind: &format!("charge.dispute.{what}"),
        object: to_json(payment, dispute),
        previous: None,
        livemode: payment.livemode,
        ordering_key: &payment.session_id,
    };
    webhook_events::send(sim, state, &event);
}

fn to_json(payment: &Payment, dispute: &Dispute) -> Value {
    json!({
        "id": dispute.id,
        "object": "dispute",
        "amount": payment.amount,
        "balance_transactions": [],
        "charge": payment.charge,
        "created": dispute.created_at.as_second(),
        "currency": payment.currency,
        "evidence": {},
        "evidence_details": { "due_by": null, "has_evidence": false, "past_due": false, "submission_count": 0 },
        "is_charge_refundable": false,
        "livemode": payment.livemode,
        "metadata": {},
        "payment_intent": payment.id,
        "reason": dispute.reason,
        "status": dispute.status.as_str(),
    })
}
