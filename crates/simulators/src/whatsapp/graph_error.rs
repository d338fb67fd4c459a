//! Errors as the Graph API writes them.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use serde_json::{Value, json};

use super::account::{Account, Sim};
use crate::core::{Dialect, ErrorCode, Incoming, PlannedError, Reply, VendorError, status};

/// An error of the Graph API. Source of codes and statuses: Meta's error page, through `pywa`'s table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphError {
    pub(crate) code: i64,
    pub(crate) details: String,
}

impl GraphError {
    pub(crate) fn new(code: i64, details: impl Into<String>) -> Self {
        Self { code, details: details.into() }
    }

    /// A value that breaks a limit.
    pub(crate) fn invalid(details: impl Into<String>) -> Self {
        Self::new(100, details)
    }

    /// A member that must be there.
    pub(crate) fn missing(name: &str) -> Self {
        Self::new(131_008, format!("Parameter '{name}' is required."))
    }

    /// The same error as it stands in a failed status.
    pub(crate) fn in_status(&self) -> Value {
        let (_, title) = describe(self.code);
        json!({
            "code": self.code,
            "title": title,
            "message": title,
            "error_data": { "details": self.details },
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        })
    }
}

impl VendorError for GraphError {
    fn reply(&self) -> Reply {
        let code = ErrorCode::Number(self.code);
        GraphDialect.error(&PlannedError { code, http_status: None, details: Some(&self.details) })
    }
}

/// How the Graph API writes its errors.
pub(crate) struct GraphDialect;

impl Dialect for GraphDialect {
    fn error(&self, planned: &PlannedError<'_>) -> Reply {
        let code = planned.number();
        let (usual_status, title) = describe(code);
        let message = if matches!(code, 0 | 190) { title.to_owned() } else { format!("(#{code}) {title}") };
        let mut error = json!({
            "message": message,
            "type": "OAuthException",
            "code": planned.number_on_the_wire(),
            "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam",
        });
        if matches!(code, 0 | 190) {
            error["error_subcode"] = json!(463);
        } else {
            let details = planned.text().unwrap_or(title);
            error["error_data"] = json!({ "messaging_product": "whatsapp", "details": details });
        }
        if matches!(code, 1 | 2 | 131_000 | 131_016) {
            error["is_transient"] = json!(true);
        }
        Reply::json(status(planned.http_status.unwrap_or(usual_status)), &json!({ "error": error }))
    }

    fn rate_limited(&self) -> Reply {
        let details = Some("Cloud API message throughput has been reached.");
        self.error(&PlannedError { code: ErrorCode::Number(130_429), http_status: Some(429), details })
    }

    fn server_error(&self, http_status: u16) -> Reply {
        let code = ErrorCode::Number(131_000);
        self.error(&PlannedError { code, http_status: Some(http_status), details: None })
    }
}

/// Refuses a caller without the right token.
pub(crate) fn check_token(account: &Account, incoming: &Incoming) -> Result<(), GraphError> {
    if incoming.bearer() == Some(&account.access_token) { Ok(()) } else { Err(GraphError::new(190, "")) }
}

/// What the Graph API says about an object that is not there or not ours.
pub(crate) fn unknown_object(id: &str) -> Reply {
    let message = format!(
        "Unsupported request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, \
         or does not support this operation"
    );
    let error = json!({
        "message": message,
        "type": "GraphMethodException",
        "code": 100,
        "error_subcode": 33,
        "fbtrace_id": "AQeQ2ZdJ1vF0mVt0ToZ7nZD",
    });
    Reply::json(StatusCode::BAD_REQUEST, &json!({ "error": error }))
}

/// Anything that is not a path of the simulator.
pub(crate) async fn unknown_path(State(_): State<Arc<Sim>>, uri: Uri) -> Response {
    let error = json!({
        "message": format!("Unknown path components: {}", uri.path()),
        "type": "OAuthException",
        "code": 2500,
        "fbtrace_id": "ASjk4vKcJcL1zYh6b2X0gM7",
    });
    Reply::json(StatusCode::BAD_REQUEST, &json!({ "error": error })).into_response()
}

/// The usual HTTP status and the title of a code.
fn describe(code: i64) -> (u16, &'static str) {
    match code {
        0 | 190 => (401, "Error validating access token: Session has expired"),
        1 => (500, "API Unknown"),
        2 => (503, "API Service"),
        3 => (403, "API Method"),
        4 => (429, "API Too Many Calls"),
        10 | 200..=299 => (403, "Permission Denied"),
        33 => (400, "Parameter value is not valid"),
        100 => (400, "Invalid parameter"),
        368 => (403, "Temporarily blocked for policies violations"),
        80007 => (429, "Rate limit issues"),
        130_429 => (429, "Rate limit hit"),
        130_472 => (400, "User's number is part of an experiment"),
        131_000 => (500, "Something went wrong"),
        131_005 => (403, "Access denied"),
        131_008 => (400, "Required parameter is missing"),
        131_009 => (400, "Parameter value is not valid"),
        131_016 => (503, "Service unavailable"),
        131_021 => (400, "Recipient cannot be sender"),
        131_026 => (400, "Message undeliverable"),
        131_030 => (400, "Recipient phone number not in allowed list"),
        131_031 => (403, "Account has been locked"),
        131_047 => (400, "Re-engagement message"),
        131_048 => (400, "Spam rate limit hit"),
        131_049 => (400, "Meta chose not to deliver"),
        131_050 => (400, "User has stopped marketing messages from your business"),
        131_051 => (400, "Unsupported message type"),
        131_052 => (400, "Media download error"),
        131_053 => (400, "Media upload error"),
        131_056 => (400, "(Business Account, Consumer Account) pair rate limit hit"),
        131_062 => (400, "Business-scoped User ID (BSUID) recipients are not supported for this message"),
        132_000 => (400, "Template Param Count Mismatch"),
        132_001 => (404, "Template does not exist"),
        132_005 => (400, "Template Hydrated Text Too Long"),
        132_007 => (400, "Template Format Character Policy Violated"),
        132_008 | 132_012 => (400, "Template Parameter Format Mismatch"),
        132_015 => (400, "Template is Paused"),
        132_016 => (400, "Template is Disabled"),
        133_010 => (400, "Phone number not registered"),
        _ => (400, "An error of a kind not seen before"),
    }
}
