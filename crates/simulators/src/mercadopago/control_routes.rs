//! The paths under `/sim` of Mercado Pago, one per method of the control handle.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use serde_json::Value;

use super::{MercadoPagoControl, NewPayment, Notification, PaymentChange};
use crate::core::{ControlBody, ControlError, found};

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
) -> Result<Json<Value>, ControlError> {
    found(control.payment(id), "payment")
}

async fn create_payment(
    State(control): State<MercadoPagoControl>,
    ControlBody(new): ControlBody<NewPayment>,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    let id = control.create_payment(new).map_err(ControlError::unusable)?;
    Ok((StatusCode::CREATED, Json(control.payment(id).unwrap_or_default())))
}

async fn change_payment(
    State(control): State<MercadoPagoControl>,
    Path(id): Path<u64>,
    ControlBody(change): ControlBody<PaymentChange>,
) -> Result<Json<Value>, ControlError> {
    if !control.change_payment(id, change) {
        return Err(ControlError::missing("payment"));
    }
    found(control.payment(id), "payment")
}

async fn preferences(State(control): State<MercadoPagoControl>) -> Json<Vec<Value>> {
    Json(control.preferences())
}

async fn notify(
    State(control): State<MercadoPagoControl>,
    ControlBody(notification): ControlBody<Notification>,
) -> Result<StatusCode, ControlError> {
    if control.notify(&notification) {
        Ok(StatusCode::ACCEPTED)
    } else {
        Err(ControlError::unusable("there is no address to notify"))
    }
}
