//! `/v1/notifications/verify-webhook-signature`: whether an event is really ours.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{json, value::RawValue};

use super::{
    Certificate,
    account::{AccountState, ApiCall, Sim},
    api_error::ApiError,
};
use crate::{core::Reply, webhook_signatures};

/// What somebody received and wants to be told about. The event is kept as it stands in the body, byte for byte: whoever
/// wrote it anew hears that it is not ours, as at the real one.
#[derive(Deserialize)]
struct Question<'a> {
    auth_algo: String,
    cert_url: String,
    transmission_id: String,
    transmission_sig: String,
    transmission_time: String,
    webhook_id: String,
    #[serde(borrow)]
    webhook_event: &'a RawValue,
}

/// `POST /v1/notifications/verify-webhook-signature`.
pub(crate) fn verify(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let Ok(question) = serde_json::from_slice::<Question<'_>>(&call.incoming.body) else {
        let description = "A required field / parameter is missing.";
        return Err(ApiError::invalid("MISSING_REQUIRED_PARAMETER", description));
    };
    let verdict = if is_ours(call.sim, state, &question) { "SUCCESS" } else { "FAILURE" };
    Ok(Reply::plain_json(StatusCode::OK, &json!({ "verification_status": verdict })))
}

fn is_ours(sim: &Sim, state: &AccountState, question: &Question<'_>) -> bool {
    let base = format!("{}/v1/notifications/certs/", state.settings.api_base_url);
    let good = [Certificate::Current, Certificate::Renewed, Certificate::Live];
    let certificate = question.cert_url.strip_prefix(&base);
    let message = webhook_signatures::paypal_message(
        &question.transmission_id,
        &question.transmission_time,
        &question.webhook_id,
        question.webhook_event.get().as_bytes(),
    );
    good.into_iter().any(|good| certificate == Some(good.name()))
        && question.auth_algo == "SHA256withRSA"
        && question.webhook_id == sim.webhooks.secrets().newest
        && sim.account.signing_key.has_signed(&message, &question.transmission_sig)
}
