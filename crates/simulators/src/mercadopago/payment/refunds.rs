//! `/v1/payments/{id}/refunds`.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde_json::Value;

use super::{PaymentStatus, handlers as payments, json as payment_json};
use crate::{
    core::{Incoming, Reply},
    faults::Call,
    mercadopago::{
        Amount,
        api_error::ApiError,
        model::{AccountState, KEY_LIFETIME, Sim, idempotency_key},
        notify,
    },
};

/// `POST /v1/payments/{id}/refunds`: all that is left, or `{"amount": …}`.
pub(crate) async fn create(
    State(sim): State<Arc<Sim>>,
    Path(id): Path<String>,
    incoming: Incoming,
) -> Response {
    let work = |state: &mut AccountState| {
        let Some(key) = idempotency_key(&incoming) else {
            return Err(ApiError::refused(4292, "Header X-Idempotency-Key can't be null"));
        };
        state.once(Some(key), sim.now(), KEY_LIFETIME, |state| refund(&sim, state, &id, &incoming))
    };
    sim.respond(Call::CreateRefund, &incoming, work).await
}

/// `GET /v1/payments/{id}/refunds`.
pub(crate) async fn list(
    State(sim): State<Arc<Sim>>,
    Path(id): Path<String>,
    incoming: Incoming,
) -> Response {
    let work = |state: &mut AccountState| Ok(Reply::json(StatusCode::OK, &Value::Array(read(state, &id)?)));
    sim.respond(Call::GetRefund, &incoming, work).await
}

/// `GET /v1/payments/{id}/refunds/{refund_id}`.
pub(crate) async fn get(
    State(sim): State<Arc<Sim>>,
    Path((id, refund_id)): Path<(String, String)>,
    incoming: Incoming,
) -> Response {
    let work = |state: &mut AccountState| {
        let mut refunds = read(state, &id)?.into_iter();
        let refund = refunds.find(|refund| refund["id"].as_u64() == refund_id.parse().ok());
        let refund = refund.ok_or_else(|| ApiError::not_found(2024, "Payment refund not found"))?;
        Ok(Reply::json(StatusCode::OK, &refund))
    };
    sim.respond(Call::GetRefund, &incoming, work).await
}

fn read(state: &mut AccountState, id: &str) -> Result<Vec<Value>, ApiError> {
    let payment = payments::find(state, id)?;
    Ok(payment.refunds.iter().map(|refund| payment_json::write_refund(payment, refund)).collect())
}

fn refund(sim: &Sim, state: &mut AccountState, id: &str, incoming: &Incoming) -> Result<Reply, ApiError> {
    let now = sim.now();
    let payment = payments::find(state, id)?;
    let left = payment.amount.minus(payment.refunded());
    let amount = asked(incoming, left)?;
    if payment.status != PaymentStatus::Approved {
        return Err(payments::wrong_state());
    }
    if amount > left {
        return Err(ApiError::refused(2017, "The refund amount is larger than what is left of the payment"));
    }
    payment.refund(sim.core.ids.number(), amount, now);
    let payment = payment.clone();
    notify::updated(sim, state, &payment);
    let last = payment.refunds.last().map(|refund| payment_json::write_refund(&payment, refund));
    Ok(Reply::json(StatusCode::CREATED, &last.unwrap_or_default()))
}

/// The amount that the caller names, or all that is left.
fn asked(incoming: &Incoming, left: Amount) -> Result<Amount, ApiError> {
    // A body that is empty or cannot be read names none.
    let body: Value = incoming.json().unwrap_or_default();
    match &body["amount"] {
        Value::Null => Ok(left),
        value => Amount::read(value)
            .filter(|amount| amount.is_positive())
            .ok_or_else(|| ApiError::refused(2020, "The refund amount must be a positive number")),
    }
}
