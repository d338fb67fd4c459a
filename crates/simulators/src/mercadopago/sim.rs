use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{MercadoPagoControl, MercadoPagoSettings, Notification, PaymentFault};
use crate::{
    faults::{PlannedCallFault, PlannedWebhookFault},
    sim_routes::{Refused, read},
};

/// The paths under `/sim`, one per method of the control handle.
pub(crate) fn router(control: MercadoPagoControl) -> Router {
    Router::new()
        .route("/sim/payments", get(payments).post(create_payment))
        .route("/sim/payments/{id}", get(payment).post(change_payment))
        .route("/sim/preferences", get(preferences))
        .route("/sim/notifications", post(notify))
        .route("/sim/faults", get(faults).post(plan_faults).delete(clear_faults))
        .route("/sim/settings", get(settings).patch(patch_settings))
        .with_state(control)
}

/// Faults to plan, and what is left of them. Each list is a queue.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MercadoPagoFaults {
    /// For the next calls of the desk.
    #[serde(default)]
    pub calls: Vec<PlannedCallFault>,
    /// For the next notifications.
    #[serde(default)]
    pub webhooks: Vec<PlannedWebhookFault>,
    /// For the next payments.
    #[serde(default)]
    pub payments: Vec<PaymentFault>,
}

async fn payments(State(control): State<MercadoPagoControl>) -> Json<Vec<Value>> {
    Json(control.payments())
}

async fn payment(
    State(control): State<MercadoPagoControl>,
    Path(id): Path<u64>,
) -> Result<Json<Value>, Refused> {
    control.payment(id).map(Json).ok_or_else(no_payment)
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
        return Err(no_payment());
    }
    control.payment(id).map(Json).ok_or_else(no_payment)
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

async fn faults(State(control): State<MercadoPagoControl>) -> Json<MercadoPagoFaults> {
    Json(MercadoPagoFaults {
        calls: control.shared.faults.list(),
        webhooks: control.shared.courier.faults.list(),
        payments: control.shared.book().payment_faults.iter().cloned().collect(),
    })
}

async fn plan_faults(State(control): State<MercadoPagoControl>, body: Bytes) -> Result<StatusCode, Refused> {
    let faults: MercadoPagoFaults = read(&body)?;
    control.shared.faults.add(faults.calls);
    control.shared.courier.faults.add(faults.webhooks);
    control.shared.book().payment_faults.extend(faults.payments);
    Ok(StatusCode::NO_CONTENT)
}

async fn clear_faults(State(control): State<MercadoPagoControl>) -> StatusCode {
    control.clear_faults();
    StatusCode::NO_CONTENT
}

async fn settings(State(control): State<MercadoPagoControl>) -> Json<MercadoPagoSettings> {
    Json(control.settings())
}

async fn patch_settings(
    State(control): State<MercadoPagoControl>,
    body: Bytes,
) -> Result<Json<MercadoPagoSettings>, Refused> {
    control.patch_settings(&read(&body)?).map(Json).map_err(Refused::unusable)
}

fn no_payment() -> Refused {
    Refused::new(StatusCode::NOT_FOUND, "there is no payment with this id")
}
