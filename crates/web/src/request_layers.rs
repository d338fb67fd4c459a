//! What every request passes through: an id, a time limit, the catching of panics, a log line, a counter, and the
//! writing out of problems.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use domain::cause::Cause;
use kernel::App;
use kernel::current_cause;
use kernel::metrics::HttpLabels;
use kernel::metrics::{LimitLabels, RouteLabels};
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

use tracing::Instrument as _;

use crate::{
    auth, client_address,
    problem::{Problem, ProblemDocument},
    render_templates,
};

pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

pub fn around(router: Router, app: Arc<App>) -> Router {
    let limit = Duration::from_secs(u64::from(app.settings.server.request_timeout_seconds.max(1)));
    router
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, limit))
        .layer(from_fn_with_state(app, observe))
}

fn after_panic(_panic: Box<dyn std::any::Any + Send>) -> Response {
    // The panic itself was logged where it happened.
    let detail = "something went wrong on our side; the request id helps to find it";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", detail).into_response()
}

/// The outermost layer: it sees every request, and every answer as it leaves.
async fn observe(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let request_id = request_id(&app, &request);
    let method = closed_set(request.method());
    let path = request.uri().path().to_owned();
    let wants_page = wants_page(&request);
    let client = client_address::address(&app, &request);
    request.extensions_mut().insert(client);
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();

    let span = tracing::info_span!("request", request_id, method, route);
    let answering = current_cause::scope(Cause::of_request(&request_id), next.run(request));
    let mut response = answering.instrument(span.clone()).await;
    let is_bare = !response.headers().contains_key(header::CONTENT_TYPE)
        && response.extensions().get::<Problem>().is_none();
    if response.status() == StatusCode::SERVICE_UNAVAILABLE && is_bare {
        // The time limit answers with a bare status.
        response = Problem::out_of_time().into_response();
    }
    // A path that is no text is refused by the router itself, in words of its own.
    if response.status() == StatusCode::BAD_REQUEST && response.extensions().get::<Problem>().is_none() {
        let detail = "the address cannot be read";
        response = Problem::new(StatusCode::BAD_REQUEST, "invalid_request", detail).into_response();
    }
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response = write_out(&app, &problem, &redacted(&route, &path), &request_id, wants_page, response);
    }
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));

    let status = response.status().as_u16();
    let took = begun.elapsed();
    app.metrics.http_requests.get_or_create(&HttpLabels { method, route: route.clone(), status }).inc();
    let labels = RouteLabels { route: route.clone() };
    app.metrics.http_request_duration.get_or_create(&labels).observe(took.as_secs_f64());
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::info!(request_id, method, route, status, millis, "answered a request"));
    response
}

/// The methods of RFC 9110 and PATCH by their names; whatever else a caller writes is one label.
fn closed_set(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

/// The caller's own id when it is a sound one, so that a trace crosses systems.
fn request_id(app: &App, request: &Request) -> String {
    let given = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok());
    let sound = |id: &&str| {
        (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    given.filter(sound).map_or_else(|| app.rng.id(app.now()), str::to_owned)
}

fn wants_page(request: &Request) -> bool {
    let accepts =
        request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    !request.uri().path().starts_with("/api/") && accepts.contains("text/html")
}

/// Paths of guests' pages hold tokens: their pattern is shown instead.
fn redacted(route: &str, path: &str) -> String {
    if route.contains("{token}") || route.contains("{file}") { route.to_owned() } else { path.to_owned() }
}

fn write_out(
    app: &App,
    problem: &Problem,
    instance: &str,
    request_id: &str,
    wants_page: bool,
    bare: Response,
) -> Response {
    let (mut parts, _) = bare.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    if wants_page {
        return (parts, render_templates::problem(app, problem, request_id)).into_response();
    }
    let document = ProblemDocument {
        r#type: "about:blank",
        title: problem.status.canonical_reason().unwrap_or("Problem"),
        status: problem.status.as_u16(),
        detail: &problem.detail,
        instance,
        code: problem.code,
        error: problem.code,
        request_id,
        errors: &problem.errors,
    };
    let body = serde_json::to_vec(&document).expect("a problem is plain data");
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    Response::from_parts(parts, Body::from(body))
}

/// So many requests of one client to one route in a window. Staff and exempt routes are not counted.
pub async fn limit_rate(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let settings = &app.settings.rate_limit;
    let token = auth::bearer(request.headers());
    if !settings.enabled || auth::is_secret(token, &app.settings.security.api_token) {
        return next.run(request).await;
    }
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str);
    let who = format!(
        "{}|{}|{route}",
        client_address::network(client_address::address(&app, &request)),
        request.method()
    );
    match app.limiter.check(&who, settings.requests, app.now()).await {
        Ok(()) => next.run(request).await,
        Err(too_many) => {
            app.metrics.rate_limit_requests_blocked.get_or_create(&LimitLabels { limit: "client" }).inc();
            Problem::rate_limited(too_many.retry_after_seconds).into_response()
        }
    }
}
