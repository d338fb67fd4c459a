//! `/v1/payments/{id}/refunds`: giving money back, and reading what was given back.

use axum::http::StatusCode;
use serde_json::Value;

use super::{PaymentStatus, api_handlers as payments, json as payment_json};
use crate::{
    core::Reply,
    mercadopago::{
        Amount,
        account::{AccountState, ApiCall},
        api_error::ApiError,
        notifications,
    },
};

/// `POST /v1/payments/{id}/refunds`: all that is left, or `{"amount": …}`.
pub(crate) fn create(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    if call.idempotency_key().is_none() {
        return Err(ApiError::refused(4292, "Header X-Idempotency-Key can't be null"));
    }
    call.once(state, |state| refund(call, state))
}

/// `GET /v1/payments/{id}/refunds`.
pub(crate) fn list(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    Ok(Reply::json(StatusCode::OK, &Value::Array(read(state, call.id())?)))
}

/// `GET /v1/payments/{id}/refunds/{refund_id}`.
pub(crate) fn get(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let id: Option<u64> = call.incoming.param("refund_id").parse().ok();
    let mut refunds = read(state, call.id())?.into_iter();
    let refund = refunds.find(|refund| refund["id"].as_u64() == id);
    let refund = refund.ok_or_else(|| ApiError::not_found(2024, "Payment refund not found"))?;
    Ok(Reply::json(StatusCode::OK, &refund))
}

fn read(state: &mut AccountState, id: &str) -> Result<Vec<Value>, ApiError> {
    let payment = payments::find(state, id)?;
    Ok(payment.refunds.iter().map(|refund| payment_json::write_refund(payment, refund)).collect())
}

fn refund(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let now = call.sim.now();
    let payment = payments::find(state, call.id())?;
    let left = payment.amount.minus(payment.refunded());
    let amount = asked(call, left)?;
    if payment.status != PaymentStatus::Approved {
        return Err(payments::wrong_state());
    }
    if amount > left {
        return Err(ApiError::refused(2017, "The refund amount is larger than what is left of the payment"));
    }
    payment.refund(call.sim.core.ids.number(), amount, now);
    let payment = payment.clone();
    notifications::updated(call.sim, state, &payment);
    let last = payment.refunds.last().map(|refund| payment_json::write_refund(&payment, refund));
    Ok(Reply::json(StatusCode::CREATED, &last.unwrap_or_default()))
}

/// The amount that the caller names, or all that is left.
fn asked(call: &ApiCall<'_>, left: Amount) -> Result<Amount, ApiError> {
    // A body that is empty or cannot be read names none.
    let body: Value = call.incoming.json().unwrap_or_default();
    match &body["amount"] {
        Value::Null => Ok(left),
        value => Amount::read(value)
            .filter(|amount| amount.is_positive())
            .ok_or_else(|| ApiError::refused(2020, "The refund amount must be a positive number")),
    }
}
