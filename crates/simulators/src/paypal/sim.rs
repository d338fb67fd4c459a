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

use super::{NewEvent, Outcome, PayPalControl, RefundStatus};
use crate::sim_routes::{Refused, accepted, read};

/// The paths under `/sim`, one per method of the control handle.
pub(crate) fn router() -> Router<PayPalControl> {
    Router::new()
        .route("/sim/orders", get(orders))
        .route("/sim/orders/{id}", get(order).post(act))
        .route("/sim/orders/{id}/reverse_approval", post(reverse_approval))
        .route("/sim/captures/{id}/reverse", post(reverse).delete(cancel_reversal))
        .route("/sim/captures/{id}/dispute", post(dispute).put(resolve_dispute))
        .route("/sim/refunds/{id}", post(change_refund))
        .route("/sim/events", post(send_event))
        .route("/sim/tokens", axum::routing::delete(revoke_tokens))
}

async fn orders(State(control): State<PayPalControl>) -> Json<Vec<Value>> {
    Json(control.orders())
}

async fn order(State(control): State<PayPalControl>, Path(id): Path<String>) -> Result<Json<Value>, Refused> {
    control.order(&id).map(Json).ok_or_else(|| Refused::missing("order"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    outcome: Outcome,
}

async fn act(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let act: Act = read(&body)?;
    control.act(&id, act.outcome).map_err(Refused::unusable)?;
    control.order(&id).map(Json).ok_or_else(|| Refused::missing("order"))
}

async fn reverse_approval(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refused> {
    accepted(control.reverse_approval(&id), "approved order")
}

async fn reverse(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refused> {
    accepted(control.reverse(&id), "capture")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dispute {
    #[serde(default = "not_received")]
    reason: String,
}

fn not_received() -> String {
    "MERCHANDISE_OR_SERVICE_NOT_RECEIVED".to_owned()
}

async fn dispute(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let dispute: Dispute = read(&body)?;
    accepted(control.dispute(&id, &dispute.reason), "capture")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resolution {
    for_buyer: bool,
}

async fn resolve_dispute(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let resolution: Resolution = read(&body)?;
    accepted(control.resolve_dispute(&id, resolution.for_buyer), "disputed capture")
}

async fn cancel_reversal(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refused> {
    accepted(control.cancel_reversal(&id), "capture")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefundChange {
    status: RefundStatus,
}

async fn change_refund(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let change: RefundChange = read(&body)?;
    accepted(control.change_refund(&id, change.status), "refund")
}

async fn send_event(State(control): State<PayPalControl>, body: Bytes) -> Result<StatusCode, Refused> {
    let event: NewEvent = read(&body)?;
    if control.send_event(&event) {
        Ok(StatusCode::ACCEPTED)
    } else {
        Err(Refused::unusable("there is no address, or it is not subscribed to this event"))
    }
}

async fn revoke_tokens(State(control): State<PayPalControl>) -> StatusCode {
    control.revoke_tokens();
    StatusCode::NO_CONTENT
}
