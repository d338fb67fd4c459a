use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

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
