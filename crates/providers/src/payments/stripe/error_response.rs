//! Reading errors: `{"error": {"type", "code", "message", …}}`.
//!
//! Source: docs.stripe.com/api/errors, docs.stripe.com/error-low-level.

use crate::{
    http::{Answer, CallError, Effect},
    lenient_json::Fields,
    payments::refusal::{not_theirs, plain, plain_code},
};

/// The object in an answer of success.
///
/// # Errors
/// By status, and by `Stripe-Should-Retry` where they say it; an error within a 200 counts by its type. An answer that
/// is not an object, or broke off, may follow an effect: `CallError::lost`.
pub fn fields(answer: &Answer, effect: Effect) -> Result<Fields, CallError> {
    let Some(fields) = Fields::parse(answer.bytes()) else { return Err(not_theirs(answer, effect)) };
    let error = fields.object("error");
    if answer.is_success() && error.is_empty() {
        return Ok(fields);
    }
    let status = if answer.is_success() { status_of(&error) } else { answer.status };
    Err(refusal(status, effect, answer, &error))
}

fn refusal(status: u16, effect: Effect, answer: &Answer, error: &Fields) -> CallError {
    let kind = error.text("type");
    let code = error.text("code").or_else(|| kind.clone()).and_then(plain_code);
    // The decline code says more than "your card was declined", and the message may hold ids.
    let words = error.text("decline_code").or_else(|| error.text("message"));
    let detail = plain(&words.unwrap_or_else(|| "no reason given".to_owned()));
    // The key was used with other words before: repeating it will never help, whatever the status.
    let again = if kind.as_deref() == Some("idempotency_error") && status == 400 {
        Some(false)
    } else {
        answer.should_retry
    };
    match (CallError::from_status(status, effect, answer.retry_after, code.clone(), &*detail), again) {
        (CallError::Refused { .. }, Some(true)) => CallError::Retry { after: answer.retry_after, detail },
        // A 5xx that is not to be repeated has no answer to give; its effect must be looked up.
        (CallError::Retry { .. }, Some(false)) if status < 500 => CallError::Refused { status, code, detail },
        (error, _) => error,
    }
}

fn status_of(error: &Fields) -> u16 {
    match error.text("type").as_deref() {
        Some("authentication_error") => 401,
        Some("card_error") => 402,
        Some("rate_limit_error") => 429,
        Some("invalid_request_error" | "idempotency_error") => match error.text("code").as_deref() {
            Some("rate_limit" | "lock_timeout") => 429,
            Some("resource_missing") => 404,
            _ => 400,
        },
        _ => 500,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn error(status: u16, should_retry: Option<bool>, body: &str, effect: Effect) -> CallError {
        let after = Some(Duration::from_secs(7));
        let body = Ok(body.as_bytes().to_vec());
        fields(&Answer { status, retry_after: after, should_retry, body }, effect).err().unwrap()
    }

    fn kind(error: &CallError) -> &'static str {
        match error {
            CallError::Refused { .. } => "refused",
            CallError::Denied { .. } => "denied",
            CallError::Retry { .. } => "retry",
            CallError::Unknown { .. } => "unknown",
        }
    }

    #[test]
    fn errors_go_by_status_and_by_their_advice() {
        let body = |kind: &str, code: &str| {
            format!(r#"{{"error":{{"type":"{kind}","code":"{code}","message":"No such thing"}}}}"#)
        };
        let invalid = body("invalid_request_error", "resource_missing");
        let idempotency = body("idempotency_error", "");
        let api = body("api_error", "");
        let busy = body("invalid_request_error", "lock_timeout");
        for (status, advice, text, read, write) in [
            (400, None, &invalid, "refused", "refused"),
            (400, Some(true), &invalid, "retry", "retry"),
            (404, Some(false), &invalid, "refused", "refused"),
            (400, Some(true), &idempotency, "refused", "refused"),
            (409, None, &idempotency, "retry", "retry"),
            (401, None, &invalid, "denied", "denied"),
            (403, None, &invalid, "denied", "denied"),
            (402, None, &body("card_error", "card_declined"), "refused", "refused"),
            (429, None, &busy, "retry", "retry"),
            (429, Some(false), &busy, "refused", "refused"),
            (500, None, &api, "retry", "unknown"),
            (500, Some(true), &api, "retry", "unknown"),
            (500, Some(false), &api, "retry", "unknown"),
            (503, Some(false), &api, "retry", "retry"),
            (200, None, &api, "retry", "unknown"),
            (200, None, &busy, "retry", "retry"),
            (200, None, &invalid, "refused", "refused"),
            (502, None, &"<html>".to_owned(), "retry", "unknown"),
            (404, None, &"<html>".to_owned(), "retry", "unknown"),
            (200, None, &r#"{"id":"#.to_owned(), "retry", "unknown"),
            (200, None, &"[]".to_owned(), "retry", "unknown"),
        ] {
            assert_eq!(kind(&error(status, advice, text, Effect::Read)), read, "{status} {advice:?} {text}");
            assert_eq!(
                kind(&error(status, advice, text, Effect::Write)),
                write,
                "{status} {advice:?} {text}"
            );
        }
    }

    #[test]
    fn the_code_is_kept_and_nothing_secret_is_repeated() {
        let body = r#"{"error":{"type":"invalid_request_error","code":"charge_already_refunded",
            "message":"Charge ch_3MmlLrLkdIwHu7ix0snN0B15 of guest@example.com has already been refunded."}}"#;
        let error = error(400, None, body, Effect::Write);
        let detail = "Charge … of … has already been refunded.".to_owned();
        let code = Some("charge_already_refunded".to_owned());
        assert_eq!(error, CallError::Refused { status: 400, code, detail });
        assert!(crate::payments::is_already_refunded(&error));
    }
}
