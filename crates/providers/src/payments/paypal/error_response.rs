//! Reading errors: `{"name", "message", "debug_id", "details": [{"issue", "description"}]}`, and of the token call
//! `{"error", "error_description"}`.
//!
//! Source: developer.paypal.com/api/rest/responses. What counts is the first `issue`; one status and one `name`
//! stand for many.

use crate::{
    http::{Answer, CallError, Effect},
    lenient_json::Fields,
    payments::refusal::{not_theirs, plain, plain_code},
};

/// The object in an answer of success.
///
/// # Errors
/// By status, with the issue as code; an error within a 200 counts by its name. An answer that is not an object, or
/// broke off, may follow an effect: `CallError::lost`.
pub fn fields(answer: &Answer, effect: Effect) -> Result<Fields, CallError> {
    let Some(fields) = Fields::parse(answer.bytes()) else { return Err(not_theirs(answer, effect)) };
    let name = fields.text("name").or_else(|| fields.text("error"));
    let status = match name.as_deref() {
        // Their token call has answered this with a 400 too.
        Some("invalid_client" | "unauthorized_client") => 401,
        Some(name) if answer.is_success() && fields.text("id").is_none() => status_of(name),
        _ if answer.is_success() => return Ok(fields),
        _ => answer.status,
    };
    Err(refusal(status, effect, answer, &fields, name))
}

fn refusal(status: u16, effect: Effect, answer: &Answer, fields: &Fields, name: Option<String>) -> CallError {
    let details = fields.objects("details");
    let issue = details.first().and_then(|detail| detail.text("issue"));
    // The same request is still being worked on over there.
    let status = if issue.as_deref() == Some("PREVIOUS_REQUEST_IN_PROGRESS") { 409 } else { status };
    let words = details.first().and_then(|detail| detail.text("description"));
    let words = words.or_else(|| fields.text("message")).or_else(|| fields.text("error_description"));
    let detail = plain(&words.unwrap_or_else(|| "no reason given".to_owned()));
    let code = issue.or(name).and_then(plain_code);
    CallError::from_status(status, effect, answer.retry_after, code, detail)
}

fn status_of(name: &str) -> u16 {
    match name {
        "AUTHENTICATION_FAILURE" | "invalid_token" => 401,
        "NOT_AUTHORIZED" => 403,
        "RESOURCE_NOT_FOUND" => 404,
        "RESOURCE_CONFLICT" => 409,
        "RATE_LIMIT_REACHED" => 429,
        "INTERNAL_SERVER_ERROR" | "INTERNAL_SERVICE_ERROR" => 500,
        "SERVICE_UNAVAILABLE" => 503,
        _ => 422,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn error(status: u16, body: &str, effect: Effect) -> CallError {
        let after = Some(Duration::from_secs(7));
        let body = Ok(body.as_bytes().to_vec());
        let answer = Answer { status, retry_after: after, should_retry: None, body };
        fields(&answer, effect).err().unwrap()
    }

    fn kind(error: &CallError) -> &'static str {
        match error {
            CallError::Refused { .. } => "refused",
            CallError::Denied { .. } => "denied",
            CallError::Retry { .. } => "retry",
            CallError::Unknown { .. } => "unknown",
        }
    }

    fn named(name: &str, issue: &str) -> String {
        let details = format!(r#"[{{"issue":"{issue}","description":"because"}},{{"issue":"SECOND"}}]"#);
        format!(r#"{{"name":"{name}","message":"words","debug_id":"90957fca61718","details":{details}}}"#)
    }

    #[test]
    fn errors_go_by_status_and_issue() {
        let entity = named("UNPROCESSABLE_ENTITY", "ORDER_NOT_APPROVED");
        for (status, body, read, write) in [
            (422, &*entity, "refused", "refused"),
            (200, &entity, "refused", "refused"),
            (400, r#"{"name":"INVALID_REQUEST","message":"x"}"#, "refused", "refused"),
            (404, &named("RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID"), "refused", "refused"),
            (200, &named("RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID"), "refused", "refused"),
            (401, r#"{"error":"invalid_client","error_description":"x"}"#, "denied", "denied"),
            (400, r#"{"error":"invalid_client","error_description":"x"}"#, "denied", "denied"),
            (403, &named("NOT_AUTHORIZED", "PERMISSION_DENIED"), "denied", "denied"),
            (422, &named("UNPROCESSABLE_ENTITY", "PREVIOUS_REQUEST_IN_PROGRESS"), "retry", "retry"),
            (429, &named("RATE_LIMIT_REACHED", ""), "retry", "retry"),
            (200, &named("RATE_LIMIT_REACHED", ""), "retry", "retry"),
            (500, &named("INTERNAL_SERVER_ERROR", ""), "retry", "unknown"),
            (200, &named("INTERNAL_SERVER_ERROR", ""), "retry", "unknown"),
            (503, &named("SERVICE_UNAVAILABLE", ""), "retry", "retry"),
            (404, "<html>", "retry", "unknown"),
            (502, "", "retry", "unknown"),
            (201, r#"{"id":"#, "retry", "unknown"),
            (201, "[]", "retry", "unknown"),
        ] {
            assert_eq!(kind(&error(status, body, Effect::Read)), read, "{status} {body}");
            assert_eq!(kind(&error(status, body, Effect::Write)), write, "{status} {body}");
        }
    }

    #[test]
    fn the_first_issue_is_the_code() {
        let body = named("UNPROCESSABLE_ENTITY", "CAPTURE_FULLY_REFUNDED");
        let error = error(422, &body, Effect::Write);
        let code = Some("CAPTURE_FULLY_REFUNDED".to_owned());
        assert_eq!(error, CallError::Refused { status: 422, code, detail: "because".to_owned() });
        assert!(crate::payments::is_already_refunded(&error));
    }

    #[test]
    fn nothing_secret_is_repeated() {
        let body =
            r#"{"name":"INVALID_REQUEST","message":"token A21AAFEpH4PsADK7qSS7pSRsgz of guest@example.com"}"#;
        let error = error(400, body, Effect::Read).to_string();
        assert_eq!(error, "the service refused the request with 400: token … of …");
    }
}
