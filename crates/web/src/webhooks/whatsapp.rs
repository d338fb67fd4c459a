//! WhatsApp: messages and statuses.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::StatusCode,
};
use kernel::App;
use kernel::stored_webhooks;
use providers::chat::whatsapp::{webhook, webhook_challenge, webhook_signature};

use super::{count, not_stored, raw_body};
use crate::{
    problem::{Problem, Result},
    query_string::Query,
};

const SOURCE: &str = "whatsapp";

/// Meta asks once whether this address is ours; the answer is the bare challenge.
#[utoipa::path(get, path = "/api/v1/whatsapp/webhook", tag = "webhooks", operation_id = "verify_whatsapp",
    params(("hub.mode" = Option<String>, Query), ("hub.challenge" = Option<String>, Query),
        ("hub.verify_token" = Option<String>, Query)),
    responses((status = 200, body = String, content_type = "text/plain")))]
pub async fn verify_subscription(State(app): State<Arc<App>>, request: Request) -> Result<String> {
    let query = Query::of(request.uri());
    let ours = conversations::room(&app).whatsapp.verify_token.given().unwrap_or_default();
    let challenge = webhook_challenge::challenge(
        query.get("hub.mode"),
        query.get("hub.challenge"),
        query.get("hub.verify_token"),
        ours,
    );
    challenge.map(str::to_owned).ok_or_else(Problem::forbidden)
}

/// Answers 200 only after everything new in the batch is stored.
#[utoipa::path(post, path = "/api/v1/whatsapp/webhook", tag = "webhooks", operation_id = "receive_whatsapp",
    params(("X-Hub-Signature-256" = Option<String>, Header)), request_body = serde_json::Value,
    responses((status = 200, description = "stored")))]
pub async fn receive(State(app): State<Arc<App>>, request: Request) -> Result<StatusCode> {
    let header = request.headers().get("x-hub-signature-256");
    let header = header.and_then(|value| value.to_str().ok()).map(str::to_owned);
    let raw = raw_body(&app, SOURCE, request).await?;
    let secrets = conversations::room(&app).whatsapp.app_secret.each();
    // Without a secret nothing can be told apart: only outside production.
    let unsigned_is_fine = secrets.is_empty() && !app.settings.is_production();
    if !unsigned_is_fine && webhook_signature::verify(&secrets, &raw, header.as_deref()).is_err() {
        count(&app, SOURCE, "bad_signature");
        return Err(Problem::invalid_signature());
    }
    let Ok(events) = webhook::parse(&raw) else {
        count(&app, SOURCE, "not_json");
        return Err(Problem::new(StatusCode::BAD_REQUEST, "not_json", "the body is not valid JSON"));
    };
    let accepted = stored_webhooks::accept(&app, conversations::delivery_of(&app, SOURCE, events))
        .await
        .map_err(not_stored)?;
    count(&app, SOURCE, if accepted.new > 0 { "accepted" } else { "duplicate" });
    Ok(StatusCode::OK)
}
