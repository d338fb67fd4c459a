//! The paths under `/sim`.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::Value;

use super::{DisputeStatus, NewEvent, Outcome, RefundStatus, StripeControl};
use crate::sim_routes::{Refused, accepted, read};

/// The paths under `/sim`, one per method of the control handle.
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
) -> Result<Json<Value>, Refused> {
    control.session(&id).map(Json).ok_or_else(|| Refused::missing("session"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    outcome: Outcome,
}

async fn act(
    State(control): State<StripeControl>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let act: Act = read(&body)?;
    control.act(&id, act.outcome).map_err(Refused::unusable)?;
    control.session(&id).map(Json).ok_or_else(|| Refused::missing("session"))
}

async fn payments(State(control): State<StripeControl>) -> Json<Vec<Value>> {
    Json(control.payments())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dispute {
    #[serde(default = "fraudulent")]
    reason: String,
}

fn fraudulent() -> String {
    "fraudulent".to_owned()
}

async fn dispute(
    State(control): State<StripeControl>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let dispute: Dispute = read(&body)?;
    accepted(control.dispute(&id, &dispute.reason), "payment")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DisputeChange {
    status: DisputeStatus,
}

async fn end_dispute(
    State(control): State<StripeControl>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let change: DisputeChange = read(&body)?;
    accepted(control.end_dispute(&id, change.status), "disputed payment")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefundChange {
    status: RefundStatus,
}

async fn change_refund(
    State(control): State<StripeControl>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let change: RefundChange = read(&body)?;
    accepted(control.change_refund(&id, change.status), "refund")
}

async fn send_event(State(control): State<StripeControl>, body: Bytes) -> Result<StatusCode, Refused> {
    let event: NewEvent = read(&body)?;
    if control.send_event(&event) {
        Ok(StatusCode::ACCEPTED)
    } else {
        Err(Refused::unusable("there is no address, or it is not subscribed to this event"))
    }
}

async fn expire_due(State(control): State<StripeControl>) -> StatusCode {
    control.expire_due();
    StatusCode::NO_CONTENT
}
