use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::courier::Courier;

/// Reading the log of webhooks, holding them back and letting them go.
pub(crate) fn webhooks(courier: Arc<Courier>) -> Router {
    Router::new()
        .route("/sim/webhooks", get(list))
        .route("/sim/webhooks/hold", post(hold))
        .route("/sim/webhooks/release", post(release))
        .route("/sim/webhooks/settle", post(settle))
        .with_state(courier)
}

/// A control handle of which faults and settings can be steered over HTTP.
pub(crate) trait Steered: Clone + Send + Sync + 'static {
    type Settings: Serialize;
    type Faults: Serialize + DeserializeOwned;

    /// What is planned and has not happened yet.
    fn planned(&self) -> Self::Faults;
    /// Plans more.
    fn plan(&self, faults: Self::Faults);
    /// Plans nothing any more.
    fn forget(&self);
    /// The settings now.
    fn current(&self) -> Self::Settings;
    /// Changes the settings that the object names.
    fn patch(&self, changes: &Value) -> Result<Self::Settings, String>;
}

/// `/sim/faults` and `/sim/settings`.
pub(crate) fn steering<C: Steered>(control: C) -> Router {
    Router::new()
        .route("/sim/faults", get(planned::<C>).post(plan::<C>).delete(forget::<C>))
        .route("/sim/settings", get(current::<C>).patch(patch::<C>))
        .with_state(control)
}

/// The control side's own error: what was wrong, in one sentence.
pub(crate) struct Refused(StatusCode, String);

impl Refused {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self(status, message.into())
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
    serde_json::from_slice(bytes)
        .map_err(|error| Refused::unusable(format!("this body cannot be used: {error}")))
}

async fn planned<C: Steered>(State(control): State<C>) -> Response {
    Json(control.planned()).into_response()
}

async fn plan<C: Steered>(State(control): State<C>, body: Bytes) -> Result<StatusCode, Refused> {
    control.plan(read(&body)?);
    Ok(StatusCode::NO_CONTENT)
}

async fn forget<C: Steered>(State(control): State<C>) -> StatusCode {
    control.forget();
    StatusCode::NO_CONTENT
}

async fn current<C: Steered>(State(control): State<C>) -> Response {
    Json(control.current()).into_response()
}

async fn patch<C: Steered>(State(control): State<C>, body: Bytes) -> Result<Response, Refused> {
    let settings = control.patch(&read(&body)?).map_err(Refused::unusable)?;
    Ok(Json(settings).into_response())
}

async fn list(State(courier): State<Arc<Courier>>) -> Response {
    Json(courier.log()).into_response()
}

async fn hold(State(courier): State<Arc<Courier>>) -> StatusCode {
    courier.hold();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Release {
    #[serde(default)]
    newest_first: bool,
}

async fn release(State(courier): State<Arc<Courier>>, body: Bytes) -> Result<Response, Refused> {
    let release: Release = read(&body)?;
    Ok(Json(json!({ "released": courier.release(release.newest_first) })).into_response())
}

async fn settle(State(courier): State<Arc<Courier>>) -> StatusCode {
    courier.settle().await;
    StatusCode::NO_CONTENT
}
