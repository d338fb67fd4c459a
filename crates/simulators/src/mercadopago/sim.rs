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
    sim_routes::{self, Refused, Steered, read},
};

/// The paths under `/sim`, one per method of the control handle.
pub(crate) fn router(control: MercadoPagoControl) -> Router {
    Router::new()
        .route("/sim/payments", get(payments).post(create_payment))
        .route("/sim/payments/{id}", get(payment).post(change_payment))
        .route("/sim/preferences", get(preferences))
        .route("/sim/notifications", post(notify))
        .with_state(control.clone())
        .merge(sim_routes::steering(control))
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

impl Steered for MercadoPagoControl {
    type Settings = MercadoPagoSettings;
    type Faults = MercadoPagoFaults;

    fn planned(&self) -> MercadoPagoFaults {
        MercadoPagoFaults {
            calls: self.shared.faults.list(),
            webhooks: self.shared.courier.faults.list(),
            payments: self.shared.book().payment_faults.iter().cloned().collect(),
        }
    }

    fn plan(&self, faults: MercadoPagoFaults) {
        self.shared.faults.add(faults.calls);
        self.shared.courier.faults.add(faults.webhooks);
        self.shared.book().payment_faults.extend(faults.payments);
    }

    fn forget(&self) {
        self.clear_faults();
    }

    fn current(&self) -> MercadoPagoSettings {
        self.settings()
    }

    fn patch(&self, changes: &Value) -> Result<MercadoPagoSettings, String> {
        self.patch_settings(changes)
    }
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

fn no_payment() -> Refused {
    Refused::new(StatusCode::NOT_FOUND, "there is no payment with this id")
}
