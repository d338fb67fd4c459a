//! The paths under `/sim` of Stripe, one per method of the control handle.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use serde_json::Value;

use super::{DisputeStatus, NewEvent, Outcome, RefundStatus, StripeControl};
use crate::core::{ControlBody, ControlError, NewOutcome, NewReason, NewStatus, accepted, found, sent};

pub(crate) fn router() -> Router<StripeControl> {
    Router::new()
        .route("/sim/sessions", get(sessions))
        .route("/sim/sessions/{id}", get(session).post(act))
        .route("/sim/payments", get(payments))
        .route("/sim/payments/{id}/dispute", post(dispute).put(end_dispute))
        .route("/sim/refunds/{id}", post(change_refund))
        .route("/sim/events", post(send_event))
        .route("/sim/expire_due", post(expire_due))
}

async fn sessions(State(control): State<StripeControl>) -> Json<Vec<Value>> {
    Json(control.sessions())
}

async fn session(
    State(control): State<StripeControl>,
    Path(id): Path<String>,
) -> Result<Json<Value>, ControlError> {
    found(control.session(&id), "session")
}

async fn act(
    State(control): State<StripeControl>,
    Path(id): Path<String>,
    ControlBody(body): ControlBody<NewOutcome<Outcome>>,
) -> Result<Json<Value>, ControlError> {
    control.act(&id, body.outcome).map_err(ControlError::unusable)?;
    found(control.session(&id), "session")
}

async fn payments(State(control): State<StripeControl>) -> Json<Vec<Value>> {
    Json(control.payments())
}

async fn dispute(
    State(control): State<StripeControl>,
    Path(id): Path<String>,
    ControlBody(body): ControlBody<NewReason>,
) -> Result<StatusCode, ControlError> {
    accepted(control.dispute(&id, body.reason.as_deref().unwrap_or("fraudulent")), "payment")
}

async fn end_dispute(
    State(control): State<StripeControl>,
    Path(id): Path<String>,
    ControlBody(body): ControlBody<NewStatus<DisputeStatus>>,
) -> Result<StatusCode, ControlError> {
    accepted(control.end_dispute(&id, body.status), "disputed payment")
}

async fn change_refund(
    State(control): State<StripeControl>,
    Path(id): Path<String>,
    ControlBody(body): ControlBody<NewStatus<RefundStatus>>,
) -> Result<StatusCode, ControlError> {
    accepted(control.change_refund(&id, body.status), "refund")
}

async fn send_event(
    State(control): State<StripeControl>,
    ControlBody(event): ControlBody<NewEvent>,
) -> Result<StatusCode, ControlError> {
    sent(control.send_event(&event))
}

async fn expire_due(State(control): State<StripeControl>) -> StatusCode {
    control.expire_due();
    StatusCode::NO_CONTENT
}
