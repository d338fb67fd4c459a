//! Stripe's webhook: events about pages, payments, refunds and disputes.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::StatusCode,
};
use kernel::App;
use payments::PaymentRef;
use providers::payments::stripe::{notification, webhook_signature};

use super::{accept_notice, count, header, raw_body};
use crate::problem::{Problem, Result};

const SOURCE: &str = "stripe";

/// Answers 200 only after the event is stored; what it points at is read back by a job.
#[utoipa::path(post, path = "/api/v1/stripe/webhook", tag = "webhooks", operation_id = "receive_stripe",
    params(("Stripe-Signature" = Option<String>, Header)), request_body = serde_json::Value,
    responses((status = 200, description = "stored")))]
pub async fn receive(State(app): State<Arc<App>>, request: Request) -> Result<StatusCode> {
    let headers = request.headers().clone();
    let raw = raw_body(&app, SOURCE, request).await?;
    let secrets = payments::room(&app).settings.stripe.webhook_secret.each();
    let unsigned_is_fine = secrets.is_empty() && !app.settings.is_production();
    if !unsigned_is_fine {
        let signed =
            webhook_signature::verify(&secrets, header(&headers, "stripe-signature"), &raw, app.now());
        signed.map_err(|error| {
            tracing::warn!(%error, "an event was not signed by Stripe");
            count(&app, SOURCE, "bad_signature");
            Problem::invalid_signature()
        })?;
    }
    accept_notice(&app, SOURCE, notification::parse(&raw), |notice| PaymentRef::of(&notice.about)).await
}
