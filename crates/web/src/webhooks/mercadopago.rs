//! Mercado Pago's webhook: it says which payment to look at.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
};
use kernel::App;
use kernel::stored_webhooks;
use payments::PaymentRef;
use payments::delivery_of;
use providers::payments::mercadopago::{
    notification::{self, Query},
    webhook_signature::{self, Signed},
};

use super::{count, header, not_stored, raw_body};
use crate::problem::{Problem, Result};

const SOURCE: &str = "mercadopago";

/// Answers 200 only after the notice is stored; the payment itself is read back by a job.
#[utoipa::path(post, path = "/api/v1/mercadopago/webhook", tag = "webhooks", operation_id = "receive_mercadopago",
    params(("x-signature" = Option<String>, Header), ("data.id" = Option<String>, Query)),
    request_body = serde_json::Value, responses((status = 200, description = "stored")))]
pub async fn receive(State(app): State<Arc<App>>, request: Request) -> Result<StatusCode> {
    let query = Query::parse(request.uri().query().unwrap_or_default());
    let headers = request.headers().clone();
    let raw = raw_body(&app, SOURCE, request).await?;
    verify(&app, &query, &headers).inspect_err(|_| count(&app, SOURCE, "bad_signature"))?;
    let Ok(notice) = notification::parse(&query, &raw) else {
        count(&app, SOURCE, "not_understood");
        return Err(Problem::new(StatusCode::BAD_REQUEST, "not_json", "the notification is not understood"));
    };
    let Some(payment_id) = notice.payment_id else {
        // Another topic: nothing to look at, and no reason for them to come again.
        count(&app, SOURCE, "ignored");
        return Ok(StatusCode::OK);
    };
    let told =
        serde_json::json!({ "topic": notice.topic, "action": notice.action, "live_mode": notice.live_mode });
    let look = PaymentRef::Payment(payment_id);
    let delivery = delivery_of(&app, SOURCE, look, header(&headers, "x-request-id"), told);
    let accepted = stored_webhooks::accept(&app, delivery).await.map_err(not_stored)?;
    count(&app, SOURCE, if accepted.new > 0 { "accepted" } else { "duplicate" });
    Ok(StatusCode::OK)
}

fn verify(app: &App, query: &Query, headers: &HeaderMap) -> Result<()> {
    let secrets = payments::room(app).settings.mercadopago.webhook_secret.each();
    if secrets.is_empty() && !app.settings.is_production() {
        return Ok(());
    }
    let signed = Signed {
        data_id: query.data_id(),
        request_id: header(headers, "x-request-id"),
        signature: header(headers, "x-signature"),
    };
    match webhook_signature::verify(&secrets, &signed) {
        Ok(_) => Ok(()),
        Err(error) => {
            tracing::warn!(%error, "a payment notification was not signed by the provider");
            Err(Problem::invalid_signature())
        }
    }
}
