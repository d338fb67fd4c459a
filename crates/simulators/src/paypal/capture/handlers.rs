//! `/v2/payments/captures` and `/v2/payments/refunds`.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde_json::Value;

use super::refund;
use crate::{
    core::{Incoming, Reply},
    faults::Call,
    paypal::{
        api_error::ApiError,
        json,
        model::{AccountState, Sim},
    },
};

/// `GET /v2/payments/captures/{id}`.
pub(crate) async fn get(State(sim): State<Arc<Sim>>, Path(id): Path<String>, incoming: Incoming) -> Response {
    let work = |state: &mut AccountState| {
        let settings = state.settings.clone();
        let capture = state.find_capture(&id).ok_or_else(ApiError::not_found)?;
        if capture.hidden_for_gets > 0 {
            capture.hidden_for_gets -= 1;
            return Err(ApiError::not_found());
        }
        Ok(Reply::plain_json(StatusCode::OK, &json::capture(capture, &settings)))
    };
    sim.respond(Call::GetCapture, &incoming, work).await
}

/// `POST /v2/payments/captures/{id}/refund`: all that is left, or `{"amount": …}`.
pub(crate) async fn refund(
    State(sim): State<Arc<Sim>>,
    Path(id): Path<String>,
    incoming: Incoming,
) -> Response {
    let work = |state: &mut AccountState, body: &Value| {
        let value = refund::refund(&sim, state, &id, body)?;
        Ok(Reply::plain_json(StatusCode::CREATED, &value))
    };
    sim.write(Call::CreateRefund, &incoming, work).await
}

/// `GET /v2/payments/refunds/{id}`.
pub(crate) async fn get_refund(
    State(sim): State<Arc<Sim>>,
    Path(id): Path<String>,
    incoming: Incoming,
) -> Response {
    let work = |state: &mut AccountState| {
        let mut all =
            state.captures().flat_map(|capture| capture.refunds.iter().map(move |refund| (capture, refund)));
        let found = all.find(|(_, refund)| refund.id == id);
        let (capture, refund) = found.ok_or_else(ApiError::not_found)?;
        Ok(Reply::plain_json(StatusCode::OK, &json::refund(capture, refund, &state.settings)))
    };
    sim.respond(Call::GetRefund, &incoming, work).await
}
