//! `/v1/refunds`: giving money back, and reading what was given back.

use serde_json::Value;

use super::{
    RefundStatus,
    account::{AccountState, ApiCall, Sim},
    api_call::ok,
    api_error::ApiError,
    bracket_form, currencies,
    disputes::Dispute,
    list_pagination::{self, Row},
    metadata_validation,
    payment::{IntentStatus, Payment, Refund, api_handlers::unknown, json as payment_json},
    webhook_events,
};
use crate::core::Reply;

/// `POST /v1/refunds`: all that is left, or `amount` of it.
pub(crate) fn create(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    call.once(state, |state, form| refund(call.sim, state, form))
}

/// `GET /v1/refunds/{id}`.
pub(crate) fn get(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    call.query()?;
    let found = all(state).find(|(_, refund)| refund.id == call.id());
    let (payment, refund) = found.ok_or_else(|| ApiError::unknown("refund", "id", call.id()))?;
    Ok(ok(&payment_json::refund(payment, refund, &state.settings.payloads)))
}

/// `GET /v1/refunds`: by payment, charge and time.
pub(crate) fn list(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let form = call.query()?;
    let (intent, charge) = (bracket_form::text(&form, "payment_intent"), bracket_form::text(&form, "charge"));
    let is_wanted = |(payment, _): &(&Payment, &Refund)| {
        intent.is_none_or(|id| payment.id == id)
            && charge.is_none_or(|id| payment.charge.as_deref() == Some(id))
    };
    let row = |(payment, refund): (&Payment, &Refund)| Row {
        id: refund.id.clone(),
        created_at: refund.created_at,
        value: payment_json::refund(payment, refund, &state.settings.payloads),
    };
    let mut rows: Vec<Row> = all(state).filter(is_wanted).map(row).collect();
    rows.sort_by_key(|row| row.created_at);
    list_pagination::page("/v1/refunds", &form, rows)
}

pub(crate) fn all(state: &AccountState) -> impl Iterator<Item = (&Payment, &Refund)> {
    state
        .model
        .payments
        .iter()
        .flat_map(|payment| payment.refunds.iter().map(move |refund| (payment, refund)))
}

fn refund(sim: &Sim, state: &mut AccountState, form: &Value) -> Result<Reply, ApiError> {
    let now = sim.now();
    let metadata = metadata_validation::read(&form["metadata"], "metadata")?;
    let reason = bracket_form::text(form, "reason");
    if reason.is_some_and(|reason| !matches!(reason, "duplicate" | "fraudulent" | "requested_by_customer")) {
        let message = "Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer";
        return Err(ApiError::invalid(Some("reason"), message));
    }
    let asked = bracket_form::integer(form, "amount", "amount")?;
    if asked.is_some_and(|amount| amount < 1) {
        let message = "This value must be greater than or equal to 1.";
        return Err(ApiError::invalid(Some("amount"), message).coded("parameter_invalid_integer"));
    }
    let payment = find(state, form)?;
    let amount = check(payment, asked)?;
    let id = format!("re_3{}", sim.core.ids.hex(23));
    let payment_id = payment.id.clone();
    let status = state.faults.refunds.pop_front().map_or(RefundStatus::Succeeded, |fault| fault.status);
    let refund = Refund { id, amount, status, reason: reason.map(str::to_owned), metadata, created_at: now };
    let payment = state.find_payment(&payment_id).ok_or_else(|| unknown(&payment_id))?;
    payment.refunds.push(refund.clone());
    let payment = payment.clone();
    webhook_events::refunded(sim, state, &payment, &refund);
    Ok(ok(&payment_json::refund(&payment, &refund, &state.settings.payloads)))
}

fn find<'a>(state: &'a mut AccountState, form: &Value) -> Result<&'a Payment, ApiError> {
    match (bracket_form::text(form, "payment_intent"), bracket_form::text(form, "charge")) {
        (Some(id), _) => state
            .find_payment(id)
            .map(|payment| &*payment)
            .ok_or_else(|| ApiError::unknown("payment_intent", "payment_intent", id)),
        (None, Some(id)) => state
            .model
            .payments
            .iter()
            .find(|payment| payment.charge.as_deref() == Some(id))
            .ok_or_else(|| ApiError::unknown("charge", "charge", id)),
        (None, None) => {
            let message =
                "One of the following params should be provided for this request: payment_intent or charge.";
            Err(ApiError::invalid(None, message))
        }
    }
}

/// How much goes back.
fn check(payment: &Payment, asked: Option<i64>) -> Result<i64, ApiError> {
    let charge = payment.charge.as_deref().filter(|_| payment.status == IntentStatus::Succeeded);
    let Some(charge) = charge else {
        let message =
            format!("This PaymentIntent ({}) does not have a successful charge to refund.", payment.id);
        return Err(ApiError::refused(message).about("payment_intent"));
    };
    if payment.disputes.iter().any(Dispute::bars_refunds) {
        let message = format!("Charge {charge} has been charged back; cannot issue a refund.");
        return Err(ApiError::refused(message).coded("charge_disputed"));
    }
    let left = payment.amount - payment.refunded();
    if left <= 0 {
        let message = format!("Charge {charge} has already been refunded.");
        return Err(ApiError::refused(message).coded("charge_already_refunded"));
    }
    let amount = asked.unwrap_or(left);
    if amount > left {
        let shown = |minor| currencies::decimal(minor, payment.decimals);
        let message = format!(
            "Refund amount ({}) is greater than unrefunded amount on charge ({})",
            shown(amount),
            shown(left)
        );
        return Err(ApiError::refused(message).about("amount"));
    }
    Ok(amount)
}
