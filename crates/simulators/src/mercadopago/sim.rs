//! The paths under `/sim`.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use serde_json::Value;

use super::{MercadoPagoControl, Notification};
use crate::sim_routes::{Refused, read};

/// The paths under `/sim`, one per method of the control handle.
pub(crate) fn router() -> Router<MercadoPagoControl> {
    Router::new()
        .route("/sim/payments", get(payments).post(create_payment))
        .route("/sim/payments/{id}", get(payment).post(change_payment))
        .route("/sim/preferences", get(preferences))
        .route("/sim/notifications", post(notify))
}

async fn payments(State(control): State<MercadoPagoControl>) -> Json<Vec<Value>> {
    Json(control.payments())
}

async fn payment(
    State(control): State<MercadoPagoControl>,
    Path(id): Path<u64>,
) -> Result<Json<Value>, Refused> {
    control.payment(id).map(Json).ok_or_else(|| Refused::missing("payment"))
}

async fn create_payment(
    State(control): State<MercadoPagoControl>,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Refused> {
    let id = control.create_payment(read(&body)?).map_err(Refused::unusable)?;
    Ok((StatusCode::CREATED, Json(control.payment(id).unwrap_or_default())))
}

async fn change_payment(
    State(control): State<MercadoPagoControl>,
    Path(id): Path<u64>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    if !control.change_payment(id, read(&body)?) {
        return Err(Refused::missing("payment"));
    }
    control.payment(id).map(Json).ok_or_else(|| Refused::missing("payment"))
}

async fn preferences(State(control): State<MercadoPagoControl>) -> Json<Vec<Value>> {
    Json(control.preferences())
}

async fn notify(State(control): State<MercadoPagoControl>, body: Bytes) -> Result<StatusCode, Refused> {
    let notification: Notification = read(&body)?;
    if control.notify(&notification) {
        Ok(StatusCode::ACCEPTED)
    } else {
        Err(Refused::unusable("there is no address to notify"))
    }
}
