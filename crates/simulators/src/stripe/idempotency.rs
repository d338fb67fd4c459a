//! Answers to repeat, by `Idempotency-Key` (<https://docs.stripe.com/api/idempotent_requests>).

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    account::{AccountState, ApiCall},
    api_error::ApiError,
    bracket_form,
};
use crate::core::{Incoming, Reply};

/// Stripe may forget a key after a day; here it does.
const KEY_LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// The key of a call, if it has one.
pub(super) fn key(incoming: &Incoming) -> Option<&str> {
    incoming.header("idempotency-key")
}

/// What must be the same with a key: the path and the parameters.
pub(super) fn request(incoming: &Incoming) -> Result<Value, ApiError> {
    let form = bracket_form::parse(&String::from_utf8_lossy(&incoming.body))?;
    Ok(json!({ "path": incoming.path, "form": form }))
}

/// The answer that this key got before.
pub(super) fn find(
    state: &AccountState,
    key: &str,
    request: &Value,
    now: Timestamp,
) -> Result<Option<Reply>, ApiError> {
    let Some(kept) = state.answers.find(key, now, KEY_LIFETIME) else { return Ok(None) };
    let path = |request: &Value| request["path"].as_str().unwrap_or_default().to_owned();
    if kept.request["path"] != request["path"] {
        let message = format!(
            "Keys for idempotent requests can only be used for the same endpoint they were first used for \
             ('{}' vs '{}'). Try using a key other than '{key}' if you meant to execute a different request.",
            path(request),
            path(&kept.request)
        );
        return Err(ApiError::idempotency(message));
    }
    if kept.request["form"] != request["form"] {
        let message = format!(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. \
             Try using a key other than '{key}' if you meant to execute a different request."
        );
        return Err(ApiError::idempotency(message));
    }
    Ok(Some(kept.reply.clone()))
}

/// Keeps an answer, as it will be repeated. Whatever was kept under the key goes.
pub(super) fn keep(call: &ApiCall<'_>, state: &mut AccountState, key: &str, request: Value, reply: Reply) {
    let repeated = reply
        .with_header("idempotent-replayed", "true")
        .with_header("original-request", format!("req_{}", call.request_id()));
    state.answers.keep(key.to_owned(), request, repeated, call.sim.now());
}

/// Keeps a failure in place of what was done, if there is a key.
pub(super) fn keep_failure(call: &ApiCall<'_>, state: &mut AccountState, reply: Reply) {
    if let (Some(key), Ok(request)) = (key(call.incoming), request(call.incoming)) {
        keep(call, state, key, request, reply);
    }
}
