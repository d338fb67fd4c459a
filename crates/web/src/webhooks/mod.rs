//! Webhooks of providers: check the signature over the raw bytes, store a row, answer. A job does the rest.

/// Mercado Pago: "look at this payment".
pub mod mercadopago;
/// PayPal: events.
pub mod paypal;
/// Stripe: events.
pub mod stripe;
/// WhatsApp: messages and statuses.
pub mod whatsapp;

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::Request,
    http::{HeaderMap, StatusCode},
};
use kernel::App;
use kernel::metrics::WebhookLabels;
use kernel::stored_webhooks;
use kernel::stored_webhooks::AcceptError;
use payments::PaymentRef;
use providers::payments::{Notice, NoticeError};

use crate::{
    parse_request,
    problem::{Problem, Result},
};

/// Stores what a payment provider's event points at, with the job that looks there.
async fn accept_notice(
    app: &Arc<App>,
    source: &'static str,
    notice: std::result::Result<Notice, NoticeError>,
    look: impl FnOnce(&Notice) -> Option<PaymentRef>,
) -> Result<StatusCode> {
    let notice = notice.map_err(|error| {
        count(app, source, "not_understood");
        Problem::new(StatusCode::BAD_REQUEST, "not_json", error.to_string())
    })?;
    let Some(look) = look(&notice) else {
        // Nothing to look at, and no reason for them to come again.
        count(app, source, "ignored");
        return Ok(StatusCode::OK);
    };
    let told = serde_json::json!({ "kind": notice.kind, "live_mode": notice.live_mode });
    let delivery = payments::delivery_of(app, source, look, Some(&notice.event_id), told);
    let accepted = stored_webhooks::accept(app, delivery).await.map_err(not_stored)?;
    count(app, source, if accepted.new > 0 { "accepted" } else { "duplicate" });
    Ok(StatusCode::OK)
}

/// The body as it came, which the signature covers.
async fn raw_body(app: &Arc<App>, source: &'static str, request: Request) -> Result<Bytes> {
    parse_request::raw(request, app).await.inspect_err(|problem| {
        let is_too_large = problem.status == StatusCode::PAYLOAD_TOO_LARGE;
        count(app, source, if is_too_large { "too_large" } else { "broken_off" });
    })
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn count(app: &App, source: &'static str, verdict: &'static str) {
    app.metrics.webhooks.get_or_create(&WebhookLabels { source, verdict }).inc();
}

/// Not stored is not accepted: the provider will come again.
fn not_stored(error: AcceptError) -> Problem {
    match error {
        AcceptError::Database(error) => error.into(),
        AcceptError::NotDone(_) => Problem::unavailable(),
    }
}
