//! The paths under `/sim` that all vendors share.

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use crate::{
    control::{Control, FaultQueues, Simulated},
    faults::{PlannedCallFault, PlannedWebhookFault},
};

/// `/sim/faults`, `/sim/settings` and `/sim/webhooks`, which all vendors have.
pub(crate) fn common<S: Simulated>() -> Router<Control<S>> {
    Router::new()
        .route("/sim/faults", get(planned::<S>).post(plan::<S>).delete(forget::<S>))
        .route("/sim/settings", get(settings::<S>).patch(patch::<S>))
        .route("/sim/webhooks", get(list::<S>))
        .route("/sim/webhooks/hold", post(hold::<S>))
        .route("/sim/webhooks/release", post(release::<S>))
        .route("/sim/webhooks/settle", post(settle::<S>))
}

/// The control side's own error: what was wrong, in one sentence.
pub(crate) struct Refused(StatusCode, String);

impl Refused {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self(status, message.into())
    }

    /// There is no such thing with the id in the path.
    pub(crate) fn missing(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("there is no {what} with this id"))
    }

    /// The order was understood and cannot be followed.
    pub(crate) fn unusable(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, message)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

/// Reads a control body. An empty one counts as `{}`, and the content type does not matter: people use `curl -d`.
pub(crate) fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refused> {
    let bytes: &[u8] = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(bytes).map_err(unusable_body)
}

fn parse<T: DeserializeOwned>(value: Value) -> Result<T, Refused> {
    serde_json::from_value(value).map_err(unusable_body)
}

fn unusable_body(error: serde_json::Error) -> Refused {
    Refused::unusable(format!("this body cannot be used: {error}"))
}

/// 202 for what was done, 404 for what there is not.
pub(crate) fn accepted(is_done: bool, what: &str) -> Result<StatusCode, Refused> {
    if is_done { Ok(StatusCode::ACCEPTED) } else { Err(Refused::missing(what)) }
}

/// What is planned and has not happened yet. Each list is a queue.
#[derive(Serialize)]
struct Planned<F> {
    calls: Vec<PlannedCallFault>,
    webhooks: Vec<PlannedWebhookFault>,
    /// The vendor's own.
    #[serde(flatten)]
    own: F,
}

async fn planned<S: Simulated>(State(control): State<Control<S>>) -> Response {
    let (calls, webhooks) = (control.works().call_faults.list(), control.works().courier.faults.list());
    let own = control.shared.steer(|_, faults| faults.clone());
    Json(Planned { calls, webhooks, own }).into_response()
}

async fn plan<S: Simulated>(State(control): State<Control<S>>, body: Bytes) -> Result<StatusCode, Refused> {
    let mut queues: Map<String, Value> = read(&body)?;
    let calls: Vec<PlannedCallFault> = parse(queues.remove("calls").unwrap_or_else(|| json!([])))?;
    let webhooks: Vec<PlannedWebhookFault> = parse(queues.remove("webhooks").unwrap_or_else(|| json!([])))?;
    // What is left is the vendor's own, which refuses names that it does not know.
    let own: S::Faults = parse(Value::Object(queues))?;
    control.works().call_faults.add(calls);
    control.works().courier.faults.add(webhooks);
    control.shared.steer(|_, faults| faults.plan(own));
    Ok(StatusCode::NO_CONTENT)
}

async fn forget<S: Simulated>(State(control): State<Control<S>>) -> StatusCode {
    control.clear_faults();
    StatusCode::NO_CONTENT
}

async fn settings<S: Simulated>(State(control): State<Control<S>>) -> Response {
    Json(control.settings()).into_response()
}

async fn patch<S: Simulated>(State(control): State<Control<S>>, body: Bytes) -> Result<Response, Refused> {
    let settings = control.patch_settings(&read(&body)?).map_err(Refused::unusable)?;
    Ok(Json(settings).into_response())
}

async fn list<S: Simulated>(State(control): State<Control<S>>) -> Response {
    Json(control.webhooks()).into_response()
}

async fn hold<S: Simulated>(State(control): State<Control<S>>) -> StatusCode {
    control.hold_webhooks();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Release {
    #[serde(default)]
    newest_first: bool,
}

async fn release<S: Simulated>(State(control): State<Control<S>>, body: Bytes) -> Result<Response, Refused> {
    let release: Release = read(&body)?;
    Ok(Json(json!({ "released": control.release_webhooks(release.newest_first) })).into_response())
}

async fn settle<S: Simulated>(State(control): State<Control<S>>) -> StatusCode {
    control.settle().await;
    StatusCode::NO_CONTENT
}
