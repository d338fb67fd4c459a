//! `/v1/payments/{id}/refunds`.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::Value;

use super::{
    Amount, PaymentStatus,
    api_error::{self, ApiError},
    notify, payment_json, payments,
    shared::{Book, Shared, idempotency_key},
};
use crate::{answer::Reply, faults::Call, line::Line};

/// `POST /v1/payments/{id}/refunds`: all that is left, or `{"amount": …}`.
pub(crate) async fn create(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let effect = || {
        if let Err(error) = api_error::check_token(&shared, &headers) {
            return error.reply();
        }
        let Some(key) = idempotency_key(&headers) else {
            return ApiError::refused(4292, "Header X-Idempotency-Key can't be null").reply();
        };
        let work = |book: &mut Book| refund(&shared, book, &id, &body).unwrap_or_else(|error| error.reply());
        shared.book().once(&format!("refund {id}"), Some(key), work)
    };
    shared.answering(&line).answer(Call::CreateRefund, effect).await
}

/// `GET /v1/payments/{id}/refunds`.
pub(crate) async fn list(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
) -> Response {
    let effect = || {
        let found = api_error::check_token(&shared, &headers).and_then(|()| read(&shared, &id));
        let reply = found.map(|refunds| Reply::json(StatusCode::OK, &Value::Array(refunds)));
        reply.unwrap_or_else(|error| error.reply())
    };
    shared.answering(&line).answer(Call::GetRefund, effect).await
}

/// `GET /v1/payments/{id}/refunds/{refund_id}`.
pub(crate) async fn get(
    State(shared): State<Arc<Shared>>,
    Path((id, refund_id)): Path<(String, String)>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
) -> Response {
    let effect = || {
        let found = api_error::check_token(&shared, &headers).and_then(|()| {
            let mut refunds = read(&shared, &id)?.into_iter();
            let refund = refunds.find(|refund| refund["id"].as_u64() == refund_id.parse().ok());
            refund.ok_or_else(|| ApiError::not_found(2024, "Payment refund not found"))
        });
        found.map(|refund| Reply::json(StatusCode::OK, &refund)).unwrap_or_else(|error| error.reply())
    };
    shared.answering(&line).answer(Call::GetRefund, effect).await
}

fn read(shared: &Shared, id: &str) -> Result<Vec<Value>, ApiError> {
    let mut book = shared.book();
    let payment = payments::find(&mut book, id)?;
    Ok(payment.refunds.iter().map(|refund| payment_json::write_refund(payment, refund)).collect())
}

fn refund(shared: &Shared, book: &mut Book, id: &str, body: &Bytes) -> Result<Reply, ApiError> {
    let now = shared.now();
    let payment = payments::find(book, id)?;
    let left = payment.amount.minus(payment.refunded());
    let amount = wanted(body, left)?;
    if payment.status != PaymentStatus::Approved {
        return Err(payments::wrong_state());
    }
    if amount > left {
        return Err(ApiError::refused(2017, "The refund amount is larger than what is left of the payment"));
    }
    payment.refund(shared.works.ids.number(), amount, now);
    let payment = payment.clone();
    notify::updated(shared, book, &payment);
    let last = payment.refunds.last().map(|refund| payment_json::write_refund(&payment, refund));
    Ok(Reply::json(StatusCode::CREATED, &last.unwrap_or_default()))
}

fn wanted(body: &Bytes, left: Amount) -> Result<Amount, ApiError> {
    let body: Value =
        if body.is_empty() { Value::Null } else { serde_json::from_slice(body).unwrap_or_default() };
    match &body["amount"] {
        Value::Null => Ok(left),
        value => Amount::read(value)
            .filter(|amount| amount.is_positive())
            .ok_or_else(|| ApiError::refused(2020, "The refund amount must be a positive number")),
    }
}
