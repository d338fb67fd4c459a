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
    NewEvent, Outcome, RefundStatus, StripeControl, StripePaymentFault, StripeRefundFault, StripeSettings,
};
use crate::{
    faults::{PlannedCallFault, PlannedWebhookFault},
    sim_routes::{self, Refused, Steered, read},
};

/// The paths under `/sim`, one per method of the control handle.
pub(crate) fn router(control: StripeControl) -> Router {
    Router::new()
        .route("/sim/sessions", get(sessions))
        .route("/sim/sessions/{id}", get(session).post(act))
        .route("/sim/payments", get(payments))
        .route("/sim/payments/{id}/dispute", post(dispute))
        .route("/sim/refunds/{id}", post(change_refund))
        .route("/sim/events", post(send_event))
        .route("/sim/expire_due", post(expire_due))
        .with_state(control.clone())
        .merge(sim_routes::steering(control))
}

/// Faults to plan, and what is left of them. Each list is a queue.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StripeFaults {
    /// For the next calls of the desk.
    #[serde(default)]
    pub calls: Vec<PlannedCallFault>,
    /// For the next events.
    #[serde(default)]
    pub webhooks: Vec<PlannedWebhookFault>,
    /// For the next payments.
    #[serde(default)]
    pub payments: Vec<StripePaymentFault>,
    /// For the next refunds.
    #[serde(default)]
    pub refunds: Vec<StripeRefundFault>,
}

impl Steered for StripeControl {
    type Settings = StripeSettings;
    type Faults = StripeFaults;

    fn planned(&self) -> StripeFaults {
        let book = self.shared.book();
        StripeFaults {
            calls: self.shared.faults.list(),
            webhooks: self.shared.courier.faults.list(),
            payments: book.payment_faults.iter().cloned().collect(),
            refunds: book.refund_faults.iter().cloned().collect(),
        }
    }

    fn plan(&self, faults: StripeFaults) {
        self.shared.faults.add(faults.calls);
        self.shared.courier.faults.add(faults.webhooks);
        let mut book = self.shared.book();
        book.payment_faults.extend(faults.payments);
        book.refund_faults.extend(faults.refunds);
    }

    fn forget(&self) {
        self.clear_faults();
    }

    fn current(&self) -> StripeSettings {
        self.settings()
    }

    fn patch(&self, changes: &Value) -> Result<StripeSettings, String> {
        self.patch_settings(changes)
    }
}

async fn sessions(State(control): State<StripeControl>) -> Json<Vec<Value>> {
    Json(control.sessions())
}

async fn session(
    State(control): State<StripeControl>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refused> {
    control.session(&id).map(Json).ok_or_else(|| missing("session"))
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
    control.session(&id).map(Json).ok_or_else(|| missing("session"))
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
    if control.dispute(&id, &dispute.reason) { Ok(StatusCode::ACCEPTED) } else { Err(missing("payment")) }
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
    if control.change_refund(&id, change.status) { Ok(StatusCode::ACCEPTED) } else { Err(missing("refund")) }
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

fn missing(what: &str) -> Refused {
    Refused::new(StatusCode::NOT_FOUND, format!("there is no {what} with this id"))
}
