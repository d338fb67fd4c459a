//! Health checks: liveness, readiness, metrics.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::App;
use kernel::health_checks;
use kernel::health_checks::State as Health;

use crate::{
    auth::{self, Viewer},
    problem::{Problem, Result},
};

/// Says how things are; 503 only when the program cannot work. Staff see a row per check, and everybody where
/// HEALTH_DETAILS says so.
#[utoipa::path(get, path = "/api/v1/healthz", tag = "health", responses((status = 200), (status = 503)))]
pub async fn get_health(State(app): State<Arc<App>>, viewer: Result<Viewer>) -> Response {
    let found = health_checks::check(&app).await;
    let status =
        if found.status == Health::Unhealthy { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    // Where the database is away nobody's key can be looked up, and the whole is told all the same.
    if app.settings.shows_health_to_all() || viewer.is_ok_and(Viewer::is_staff) {
        (status, axum::Json(found)).into_response()
    } else {
        (status, axum::Json(serde_json::json!({ "status": found.status }))).into_response()
    }
}

/// Says whether requests may be sent here.
#[utoipa::path(get, path = "/api/v1/readyz", tag = "health", responses((status = 200), (status = 503)))]
pub async fn get_readiness(State(app): State<Arc<App>>) -> Response {
    let ready = health_checks::is_ready(&app).await;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, axum::Json(serde_json::json!({ "ready": ready }))).into_response()
}

/// The page that Prometheus reads; in production it takes the metrics token.
pub async fn get_metrics(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response> {
    let allowed = auth::is_secret(auth::bearer(&headers), &app.settings.security.metrics_token);
    if app.settings.is_production() && !allowed {
        return Err(Problem::unauthorized());
    }
    health_checks::measure(&app).await;
    let kind = [(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")];
    Ok((kind, app.metrics.render()).into_response())
}
