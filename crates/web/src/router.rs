//! The routes: which path leads to which handler.

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use kernel::App;
use kernel::metrics::HttpLabels;
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{api, guest, problem::Problem, request_layers, webhooks};

pub type Shared = Arc<App>;

/// Everything that a program, a provider or a guest can ask.
pub fn router(app: Shared) -> Router {
    router_with(app, Router::new())
}

/// The same with the pages of a room that this crate does not know.
pub fn router_with(app: Shared, more_pages: Router<Shared>) -> Router {
    let (api, document) = api_routes(&app).merge(webhook_routes(&app)).split_for_parts();
    expect_requests(&app, &document);
    let document = Arc::new(finished(document));
    let documented = Router::new()
        .route("/api/v1/openapi.json", get(api::openapi_and_docs_page::get_openapi))
        .route("/docs", get(api::openapi_and_docs_page::show_docs))
        .with_state(document);
    let pages = Router::new()
        .route("/stay/{token}", get(guest::stay_page::show_stay))
        .route("/stay/{token}/cancel", post(guest::stay_page::cancel_stay))
        .route("/stay/{token}/accept", post(guest::stay_page::accept_offer))
        .route("/stay/{token}/receipts/{number}", get(guest::receipt_page::show_receipt))
        .route("/pay/{token}", get(guest::pay::start_payment))
        .route("/pay/{token}/{provider}", post(guest::pay::choose_provider))
        .route("/metrics", get(api::health::get_metrics));
    let everything = Router::new()
        .merge(api.merge(pages).merge(more_pages).with_state(Arc::clone(&app)))
        .merge(documented);
    request_layers::around(refusing_the_rest(everything), app)
}

/// What a process that only works shows of itself: its health and its metrics.
pub fn worker_router(app: Shared) -> Router {
    let (health, _) = health_routes().split_for_parts();
    let shown = health.route("/metrics", get(api::health::get_metrics)).with_state(Arc::clone(&app));
    request_layers::around(refusing_the_rest(shown), app)
}

fn refusing_the_rest(router: Router) -> Router {
    router
        .fallback(|| async { Problem::not_found("no such route") })
        .method_not_allowed_fallback(|| async { Problem::method_not_allowed() })
}

/// A line at zero for each documented answer, and for the one that nobody wants to see.
fn expect_requests(app: &App, document: &OpenApi) {
    for (route, item) in &document.paths.paths {
        let operations =
            [("GET", &item.get), ("POST", &item.post), ("PATCH", &item.patch), ("DELETE", &item.delete)];
        let documented = operations.into_iter().filter_map(|(method, one)| Some((method, one.as_ref()?)));
        for (method, operation) in documented {
            let statuses = operation.responses.responses.keys().filter_map(|status| status.parse().ok());
            for status in statuses.chain([500]) {
                let labels = HttpLabels { method, route: route.clone(), status };
                drop(app.metrics.http_requests.get_or_create(&labels));
            }
        }
    }
}

/// The description of the API, as it is checked in.
pub fn openapi() -> OpenApi {
    finished(limited_routes().merge(health_routes()).merge(documented_webhooks()).into_openapi())
}

fn api_routes(app: &Shared) -> OpenApiRouter<Shared> {
    limited_routes()
        .layer(axum::extract::DefaultBodyLimit::max(app.settings.server.max_body_bytes))
        .route_layer(axum::middleware::from_fn_with_state(Arc::clone(app), request_layers::limit_rate))
        .merge(health_routes())
}

/// Whoever watches over us is never limited.
fn health_routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(api::health::get_health)).routes(routes!(api::health::get_readiness))
}

fn limited_routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(api::accommodations::create_accommodation, api::accommodations::list_accommodations))
        .routes(routes!(api::accommodations::get_accommodation, api::accommodations::update_accommodation))
        .routes(routes!(api::accommodation_calendar::get_calendar))
        .routes(routes!(api::availability::search_availability))
        .routes(routes!(api::reservations::pre_reserve))
        .routes(routes!(api::reservations::get_reservation))
        .routes(routes!(api::reservations::confirm_reservation))
        .routes(routes!(api::reservations::cancel_reservation))
        .routes(routes!(api::reservations::extend_reservation))
        .routes(routes!(api::reservations::change_reservation_dates))
        .routes(routes!(api::reservations::mark_no_show))
        .routes(routes!(api::reservation_ledger::get_ledger))
        .routes(routes!(
            api::reservation_money_by_staff::list_payments,
            api::reservation_money_by_staff::take_payment
        ))
        .routes(routes!(
            api::reservation_money_by_staff::list_charges,
            api::reservation_money_by_staff::add_charge
        ))
        .routes(routes!(
            api::reservation_money_by_staff::list_refunds,
            api::reservation_money_by_staff::refund
        ))
        .routes(routes!(api::reservation_money_by_staff::mark_returned))
        .routes(routes!(api::reservation_money_by_staff::accept_offer))
        .routes(routes!(api::calendar_export_and_import::export_calendar))
        .routes(routes!(api::calendar_export_and_import::import_calendar))
        .routes(routes!(api::calendar_feeds::create_feed, api::calendar_feeds::list_feeds))
        .routes(routes!(
            api::calendar_feeds::get_feed,
            api::calendar_feeds::update_feed,
            api::calendar_feeds::delete_feed
        ))
        .routes(routes!(api::calendar_feeds::sync_feed))
        .routes(routes!(api::calendar_feeds::release_nights))
        .routes(routes!(api::calendar_blocks::create_block, api::calendar_blocks::list_blocks))
        .routes(routes!(api::calendar_blocks::update_block, api::calendar_blocks::delete_block))
        .routes(routes!(api::calendar_links::create_calendar_link, api::calendar_links::list_calendar_links))
        .routes(routes!(api::calendar_links::rotate_calendar_link))
        .routes(routes!(api::calendar_links::delete_calendar_link))
        .routes(routes!(api::calendar_conflicts::list_conflicts))
        .routes(routes!(api::calendar_conflicts::resolve_conflict))
        .routes(routes!(api::staff_tasks::list_attention))
        .routes(routes!(api::staff_tasks::resolve_attention))
}

/// Webhooks are large, must not be rate limited, and answer for themselves.
fn webhook_routes(app: &Shared) -> OpenApiRouter<Shared> {
    let whatsapp = || get(webhooks::whatsapp::verify_subscription).post(webhooks::whatsapp::receive);
    documented_webhooks()
        // Where the older systems listened.
        .route("/api/v1/webhooks/whatsapp", whatsapp())
        .route("/api/webhook", whatsapp())
        .layer(axum::extract::DefaultBodyLimit::max(app.settings.server.max_webhook_bytes))
}

fn documented_webhooks() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(webhooks::whatsapp::verify_subscription, webhooks::whatsapp::receive))
        .routes(routes!(webhooks::mercadopago::receive))
        .routes(routes!(webhooks::stripe::receive))
        .routes(routes!(webhooks::paypal::receive))
}

fn finished(mut document: OpenApi) -> OpenApi {
    document.info.title = "Conserje".to_owned();
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    document.info.description = Some(
        "The booking desk. Money is a decimal string with its currency beside it; instants are RFC 3339 in UTC; \
         dates are YYYY-MM-DD in the property's zone. Errors are application/problem+json."
            .to_owned(),
    );
    // The library fills these in from its own package.
    document.info.license = None;
    document.info.contact = None;
    document
}
