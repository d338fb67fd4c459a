//! The paths under `/sim` of PayPal, one per method of the control handle.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{delete, get, post},
};
use serde::Deserialize;
use serde_json::Value;

use super::{NewEvent, Outcome, PayPalControl, RefundStatus};
use crate::core::{ControlBody, ControlError, NewOutcome, NewReason, NewStatus, accepted, found, sent};

pub(crate) fn router() -> Router<PayPalControl> {
    Router::new()
        .route("/sim/orders", get(orders))
        .route("/sim/orders/{id}", get(order).post(act))
        .route("/sim/orders/{id}/reverse_approval", post(reverse_approval))
        .route("/sim/captures/{id}/reverse", post(reverse).delete(cancel_reversal))
        .route("/sim/captures/{id}/dispute", post(dispute).put(resolve_dispute))
        .route("/sim/refunds/{id}", post(change_refund))
        .route("/sim/events", post(send_event))
        .route("/sim/tokens", delete(revoke_tokens))
}

async fn orders(State(control): State<PayPalControl>) -> Json<Vec<Value>> {
    Json(control.orders())
}

async fn order(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ControlError> {
    found(control.order(&id), "order")
}

async fn act(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
    ControlBody(body): ControlBody<NewOutcome<Outcome>>,
) -> Result<Json<Value>, ControlError> {
    control.act(&id, body.outcome).map_err(ControlError::unusable)?;
    found(control.order(&id), "order")
}

async fn reverse_approval(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
) -> Result<StatusCode, ControlError> {
    accepted(control.reverse_approval(&id), "approved order")
}

async fn reverse(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
) -> Result<StatusCode, ControlError> {
    accepted(control.reverse(&id), "capture")
}

async fn cancel_reversal(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
) -> Result<StatusCode, ControlError> {
    accepted(control.cancel_reversal(&id), "capture")
}

async fn dispute(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
    ControlBody(body): ControlBody<NewReason>,
) -> Result<StatusCode, ControlError> {
    let reason = body.reason.as_deref().unwrap_or("MERCHANDISE_OR_SERVICE_NOT_RECEIVED");
    accepted(control.dispute(&id, reason), "capture")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resolution {
    for_buyer: bool,
}

async fn resolve_dispute(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
    ControlBody(resolution): ControlBody<Resolution>,
) -> Result<StatusCode, ControlError> {
    accepted(control.resolve_dispute(&id, resolution.for_buyer), "disputed capture")
}

async fn change_refund(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
    ControlBody(body): ControlBody<NewStatus<RefundStatus>>,
) -> Result<StatusCode, ControlError> {
    accepted(control.change_refund(&id, body.status), "refund")
}

async fn send_event(
    State(control): State<PayPalControl>,
    ControlBody(event): ControlBody<NewEvent>,
) -> Result<StatusCode, ControlError> {
    sent(control.send_event(&event))
}

async fn revoke_tokens(State(control): State<PayPalControl>) -> StatusCode {
    control.revoke_tokens();
    StatusCode::NO_CONTENT
}
