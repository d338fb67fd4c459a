//! The paths under `/sim` that all vendors share, and what the vendors' own paths there are made of.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{FromRequest, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use super::{Control, Vendor};
use crate::faults::FaultQueues as _;
use crate::faults::{PlannedCallFault, PlannedWebhookFault};

/// `/sim/faults`, `/sim/settings`, `/sim/webhooks`, `/sim/calls` and `/sim/reset`, which all vendors have.
pub(crate) fn common<V: Vendor>() -> Router<Control<V>> {
    Router::new()
        .route("/sim/faults", get(planned::<V>).post(plan::<V>).delete(forget::<V>))
        .route("/sim/settings", get(settings::<V>).patch(patch::<V>))
        .route("/sim/calls", get(calls::<V>))
        .route("/sim/reset", post(reset::<V>))
        .route("/sim/webhooks", get(list::<V>))
        .route("/sim/webhooks/hold", post(hold::<V>))
        .route("/sim/webhooks/release", post(release::<V>))
        .route("/sim/webhooks/settle", post(settle::<V>))
}

/// The control side's own error: what was wrong, in one sentence.
pub(crate) struct ControlError(StatusCode, String);

impl ControlError {
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

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

/// The body of a control call. An empty one counts as `{}`, and the content type does not matter: people use `curl -d`.
pub(crate) struct ControlBody<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for ControlBody<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let body = Bytes::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        let bytes: &[u8] = if body.is_empty() { b"{}" } else { &body };
        serde_json::from_slice(bytes).map(Self).map_err(|error| unusable_body(error).into_response())
    }
}

/// What a buyer does.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewOutcome<O> {
    pub(crate) outcome: O,
}

/// The state that something goes into.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewStatus<S> {
    pub(crate) status: S,
}

/// Why somebody complains; the vendor's usual reason unless given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReason {
    #[serde(default)]
    pub(crate) reason: Option<String>,
}

fn parse<T: DeserializeOwned>(value: Value) -> Result<T, ControlError> {
    serde_json::from_value(value).map_err(unusable_body)
}

fn unusable_body(error: serde_json::Error) -> ControlError {
    ControlError::unusable(format!("this body cannot be used: {error}"))
}

/// 200 with it, 404 for what there is not.
pub(crate) fn found(value: Option<Value>, what: &str) -> Result<Json<Value>, ControlError> {
    value.map(Json).ok_or_else(|| ControlError::missing(what))
}

/// 202 for an event that was sent, 422 where nobody wants it.
pub(crate) fn sent(is_sent: bool) -> Result<StatusCode, ControlError> {
    let nobody = || ControlError::unusable("there is no address, or it is not subscribed to this event");
    if is_sent { Ok(StatusCode::ACCEPTED) } else { Err(nobody()) }
}

/// 202 for what was done, 404 for what there is not.
pub(crate) fn accepted(is_done: bool, what: &str) -> Result<StatusCode, ControlError> {
    if is_done { Ok(StatusCode::ACCEPTED) } else { Err(ControlError::missing(what)) }
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

async fn planned<V: Vendor>(State(control): State<Control<V>>) -> Response {
    let (calls, webhooks) = (control.sim.call_faults.list(), control.sim.webhooks.faults.list());
    let own = control.sim.state().faults.clone();
    Json(Planned { calls, webhooks, own }).into_response()
}

async fn plan<V: Vendor>(
    State(control): State<Control<V>>,
    ControlBody(mut queues): ControlBody<Map<String, Value>>,
) -> Result<StatusCode, ControlError> {
    let calls: Vec<PlannedCallFault> = parse(queues.remove("calls").unwrap_or_else(|| json!([])))?;
    let webhooks: Vec<PlannedWebhookFault> = parse(queues.remove("webhooks").unwrap_or_else(|| json!([])))?;
    // What is left is the vendor's own, which refuses names that it does not know.
    let own: V::Faults = parse(Value::Object(queues))?;
    control.sim.call_faults.add(calls);
    control.sim.webhooks.faults.add(webhooks);
    control.sim.state().faults.plan(own);
    Ok(StatusCode::NO_CONTENT)
}

async fn forget<V: Vendor>(State(control): State<Control<V>>) -> StatusCode {
    control.clear_faults();
    StatusCode::NO_CONTENT
}

async fn settings<V: Vendor>(State(control): State<Control<V>>) -> Response {
    Json(control.settings()).into_response()
}

async fn patch<V: Vendor>(
    State(control): State<Control<V>>,
    ControlBody(changes): ControlBody<Value>,
) -> Result<Response, ControlError> {
    let settings = control.patch_settings(&changes).map_err(ControlError::unusable)?;
    Ok(Json(settings).into_response())
}

async fn calls<V: Vendor>(State(control): State<Control<V>>) -> Response {
    Json(control.calls()).into_response()
}

async fn reset<V: Vendor>(State(control): State<Control<V>>) -> StatusCode {
    control.reset();
    StatusCode::NO_CONTENT
}

async fn list<V: Vendor>(State(control): State<Control<V>>) -> Response {
    Json(control.webhooks()).into_response()
}

async fn hold<V: Vendor>(State(control): State<Control<V>>) -> StatusCode {
    control.hold_webhooks();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Release {
    #[serde(default)]
    newest_first: bool,
}

async fn release<V: Vendor>(
    State(control): State<Control<V>>,
    ControlBody(release): ControlBody<Release>,
) -> Json<Value> {
    Json(json!({ "released": control.release_webhooks(release.newest_first) }))
}

async fn settle<V: Vendor>(State(control): State<Control<V>>) -> StatusCode {
    control.settle().await;
    StatusCode::NO_CONTENT
}
