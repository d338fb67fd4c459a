//! PayPal's webhook: events about orders, captures, refunds and disputes.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
};
use kernel::App;
use payments::PaymentRef;
use providers::payments::paypal::{WebhookError, notification, webhook_signature::Signed};

use super::{accept_notice, count, header, raw_body};
use crate::problem::{Problem, Result};

const SOURCE: &str = "paypal";

/// Answers 200 only after the event is stored; what it points at is read back by a job.
#[utoipa::path(post, path = "/api/v1/paypal/webhook", tag = "webhooks", operation_id = "receive_paypal",
    params(("PAYPAL-TRANSMISSION-SIG" = Option<String>, Header)), request_body = serde_json::Value,
    responses((status = 200, description = "stored")))]
pub async fn receive(State(app): State<Arc<App>>, request: Request) -> Result<StatusCode> {
    let headers = request.headers().clone();
    let raw = raw_body(&app, SOURCE, request).await?;
    verify(&app, &headers, &raw).await?;
    accept_notice(&app, SOURCE, notification::parse(&raw), |notice| PaymentRef::of(&notice.about)).await
}

/// The one place where a request may wait for a provider: for a certificate that was never seen, or where the
/// settings say that PayPal is to be asked about each event.
async fn verify(app: &App, headers: &HeaderMap, raw: &[u8]) -> Result<()> {
    let Some(client) = payments::paypal(app) else {
        return Err(Problem::not_found("PayPal is not configured"));
    };
    if payments::room(app).settings.paypal.webhook_id.is_empty() && !app.settings.is_production() {
        return Ok(());
    }
    let signed = Signed {
        transmission_id: header(headers, "paypal-transmission-id"),
        transmission_time: header(headers, "paypal-transmission-time"),
        transmission_sig: header(headers, "paypal-transmission-sig"),
        cert_url: header(headers, "paypal-cert-url"),
        auth_algo: header(headers, "paypal-auth-algo"),
    };
    match client.verify_webhook(&signed, raw, app.now()).await {
        Ok(()) => Ok(()),
        Err(error @ WebhookError::Refused(_)) => {
            tracing::warn!(%error, "an event was not signed by PayPal");
            count(app, SOURCE, "bad_signature");
            Err(Problem::invalid_signature())
        }
        // They send it again.
        Err(error @ WebhookError::Undecided(_)) => {
            tracing::warn!(%error, "it could not be told whether an event is PayPal's");
            count(app, SOURCE, "undecided");
            Err(Problem::unavailable())
        }
    }
}
