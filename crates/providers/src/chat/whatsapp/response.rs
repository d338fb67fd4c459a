//! What WhatsApp's answer to a call means.

use serde_json::Value;

use super::error_codes;
use crate::{
    chat::{Pace, SendError},
    http::Answer,
    lenient_json,
};

/// Graph's `error_subcode` for "Object with ID … does not exist, cannot be loaded due to missing permissions".
const NO_SUCH_OBJECT: u32 = 33;

/// The id of the accepted message.
///
/// # Errors
/// By error code where the body has one (with any status, 200 too), else by status. An answer of success that
/// names no message, or broke off, is `Unknown`.
pub fn sent(answer: &Answer) -> Result<String, SendError> {
    let body = parse(answer);
    match (body.get("error"), lenient_json::text_at(&body, "/messages/0/id")) {
        (Some(error), _) => Err(refusal(answer, error)),
        (None, Some(external_id)) if answer.is_success() => Ok(external_id),
        _ => Err(without_error(answer, &body)),
    }
}

/// # Errors
/// As `sent`; what would be `Unknown` is a `Retry` here, because marking twice is harmless.
pub fn marked_read(answer: &Answer) -> Result<(), SendError> {
    let body = parse(answer);
    let result = match body.get("error") {
        Some(error) => Err(refusal(answer, error)),
        None if answer.is_success() => Ok(()),
        None => Err(without_error(answer, &body)),
    };
    result.map_err(|error| match error {
        SendError::Unknown => SendError::Retry { after: answer.retry_after, pace: Pace::Soon },
        other => other,
    })
}

/// The body, or null where it is HTML or broke off.
fn parse(answer: &Answer) -> Value {
    serde_json::from_slice(answer.bytes()).unwrap_or_default()
}

/// An answer that names no error of theirs, such as the page of a gateway.
fn without_error(answer: &Answer, body: &Value) -> SendError {
    match error_codes::verdict_of_status(answer.status, None, answer.retry_after) {
        // Meta refuses in JSON: a page with 404 is not its verdict on this message.
        SendError::DeadLetter { .. } if body.is_null() => {
            SendError::Retry { after: answer.retry_after, pace: Pace::Soon }
        }
        verdict => verdict,
    }
}

/// `error` is Graph's object; `code` comes as a number, and as a string through some partners.
fn refusal(answer: &Answer, error: &Value) -> SendError {
    let code = error.get("code").and_then(code);
    let subcode = error.get("error_subcode").and_then(self::code);
    if (code, subcode) == (Some(100), Some(NO_SUCH_OBJECT)) {
        // Our number's id does not exist or is not ours: no message will get through.
        return SendError::StopChannel { code };
    }
    if let Some(verdict) = code.and_then(|code| error_codes::verdict(code, answer.retry_after)) {
        return verdict;
    }
    if error.get("is_transient") == Some(&Value::Bool(true)) {
        return SendError::Retry { after: answer.retry_after, pace: Pace::Soon };
    }
    // An error within a 200 is a refusal all the same; an error without a code is one too.
    let status = if answer.is_success() { 400 } else { answer.status };
    match error_codes::verdict_of_status(status, code, answer.retry_after) {
        SendError::Unknown => SendError::Retry { after: answer.retry_after, pace: Pace::Soon },
        verdict => verdict,
    }
}

/// An error code as a number, whatever JSON type it came as.
pub fn code(value: &Value) -> Option<u32> {
    lenient_json::text(value)?.trim().parse().ok()
}

#[cfg(test)]
mod tests;
