//! `/v2/payments/captures` and `/v2/payments/refunds`.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde_json::Value;

use super::{
    api_error::ApiError,
    json,
    orders::reply,
    refunding,
    shared::{Book, Shared},
};
use crate::{faults::Call, incoming::Incoming};

/// `GET /v2/payments/captures/{id}`.
pub(crate) async fn get(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    incoming: Incoming,
) -> Response {
    let work = |book: &mut Book| {
        let settings = book.settings.clone();
        let capture = book.find_capture(&id).ok_or_else(ApiError::not_found)?;
        if capture.hidden_for_gets > 0 {
            capture.hidden_for_gets -= 1;
            return Err(ApiError::not_found());
        }
        Ok(reply(StatusCode::OK, &json::capture(capture, &settings)))
    };
    shared.read(Call::GetCapture, &incoming, work).await
}

/// `POST /v2/payments/captures/{id}/refund`: all that is left, or `{"amount": …}`.
pub(crate) async fn refund(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    incoming: Incoming,
) -> Response {
    let work = |book: &mut Book, body: &Value| {
        let value = refunding::refund(&shared, book, &id, body)?;
        Ok(reply(StatusCode::CREATED, &value))
    };
    shared.write(Call::CreateRefund, &incoming, work).await
}

/// `GET /v2/payments/refunds/{id}`.
pub(crate) async fn get_refund(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    incoming: Incoming,
) -> Response {
    let work = |book: &mut Book| {
        let mut all =
            book.captures().flat_map(|capture| capture.refunds.iter().map(move |refund| (capture, refund)));
        let found = all.find(|(_, refund)| refund.id == id);
        let (capture, refund) = found.ok_or_else(ApiError::not_found)?;
        Ok(reply(StatusCode::OK, &json::refund(capture, refund, &book.settings)))
    };
    shared.read(Call::GetRefund, &incoming, work).await
}
