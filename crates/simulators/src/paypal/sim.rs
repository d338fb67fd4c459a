use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    NewEvent, Outcome, PayPalControl, PayPalPaymentFault, PayPalRefundFault, PayPalSettings, RefundStatus,
};
use crate::{
    faults::{PlannedCallFault, PlannedWebhookFault},
    sim_routes::{self, Refused, Steered, read},
};

/// The paths under `/sim`, one per method of the control handle.
pub(crate) fn router(control: PayPalControl) -> Router {
    Router::new()
        .route("/sim/orders", get(orders))
        .route("/sim/orders/{id}", get(order).post(act))
        .route("/sim/orders/{id}/reverse_approval", post(reverse_approval))
        .route("/sim/captures/{id}/reverse", post(reverse))
        .route("/sim/captures/{id}/dispute", post(dispute))
        .route("/sim/refunds/{id}", post(change_refund))
        .route("/sim/events", post(send_event))
        .route("/sim/tokens", axum::routing::delete(revoke_tokens))
        .with_state(control.clone())
        .merge(sim_routes::steering(control))
}

/// Faults to plan, and what is left of them. Each list is a queue.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayPalFaults {
    /// For the next calls of the desk.
    #[serde(default)]
    pub calls: Vec<PlannedCallFault>,
    /// For the next events.
    #[serde(default)]
    pub webhooks: Vec<PlannedWebhookFault>,
    /// For the next captures.
    #[serde(default)]
    pub payments: Vec<PayPalPaymentFault>,
    /// For the next refunds.
    #[serde(default)]
    pub refunds: Vec<PayPalRefundFault>,
}

impl Steered for PayPalControl {
    type Settings = PayPalSettings;
    type Faults = PayPalFaults;

    fn planned(&self) -> PayPalFaults {
        let book = self.shared.book();
        PayPalFaults {
            calls: self.shared.faults.list(),
            webhooks: self.shared.courier.faults.list(),
            payments: book.payment_faults.iter().cloned().collect(),
            refunds: book.refund_faults.iter().cloned().collect(),
        }
    }

    fn plan(&self, faults: PayPalFaults) {
        self.shared.faults.add(faults.calls);
        self.shared.courier.faults.add(faults.webhooks);
        let mut book = self.shared.book();
        book.payment_faults.extend(faults.payments);
        book.refund_faults.extend(faults.refunds);
    }

    fn forget(&self) {
        self.clear_faults();
    }

    fn current(&self) -> PayPalSettings {
        self.settings()
    }

    fn patch(&self, changes: &Value) -> Result<PayPalSettings, String> {
        self.patch_settings(changes)
    }
}

async fn orders(State(control): State<PayPalControl>) -> Json<Vec<Value>> {
    Json(control.orders())
}

async fn order(State(control): State<PayPalControl>, Path(id): Path<String>) -> Result<Json<Value>, Refused> {
    control.order(&id).map(Json).ok_or_else(|| missing("order"))
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
    control.order(&id).map(Json).ok_or_else(|| missing("order"))
}

async fn reverse_approval(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refused> {
    if control.reverse_approval(&id) { Ok(StatusCode::ACCEPTED) } else { Err(missing("approved order")) }
}

async fn reverse(
    State(control): State<PayPalControl>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refused> {
    if control.reverse(&id) { Ok(StatusCode::ACCEPTED) } else { Err(missing("capture")) }
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
    if control.dispute(&id, &dispute.reason) { Ok(StatusCode::ACCEPTED) } else { Err(missing("capture")) }
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
    if control.change_refund(&id, change.status) { Ok(StatusCode::ACCEPTED) } else { Err(missing("refund")) }
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

fn missing(what: &str) -> Refused {
    Refused::new(StatusCode::NOT_FOUND, format!("there is no {what} with this id"))
}
