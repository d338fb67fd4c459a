//! Errors as Stripe writes them.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use serde_json::{Map, Value, json};

use super::account::{Account, Sim};
use crate::core::{Dialect, Incoming, PlannedError, Reply, VendorError, status};

/// An error of Stripe's: `{"error":{"type","code","param","message","doc_url"}}` (<https://docs.stripe.com/api/errors>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    status: u16,
    kind: &'static str,
    code: Option<&'static str>,
    param: Option<String>,
    message: String,
    /// A repeated key gets it again. What fails before anything is done is not kept.
    pub(crate) is_kept: bool,
}

impl ApiError {
    /// A request that is wrong in itself.
    pub(crate) fn invalid(param: Option<&str>, message: impl Into<String>) -> Self {
        Self {
            status: 400,
            kind: "invalid_request_error",
            code: None,
            param: param.map(str::to_owned),
            message: message.into(),
            is_kept: false,
        }
    }

    /// A request that the state of things does not allow.
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self { is_kept: true, ..Self::invalid(None, message) }
    }

    pub(crate) fn missing(param: &str) -> Self {
        Self::invalid(Some(param), format!("Missing required param: {param}.")).coded("parameter_missing")
    }

    /// There is no such thing.
    pub(crate) fn unknown(what: &str, param: &str, id: &str) -> Self {
        let error = Self::invalid(Some(param), format!("No such {what}: '{id}'")).coded("resource_missing");
        Self { status: 404, ..error }
    }

    /// A key that came before with something else.
    pub(crate) fn idempotency(message: impl Into<String>) -> Self {
        Self { kind: "idempotency_error", ..Self::invalid(None, message) }
    }

    pub(crate) fn coded(self, code: &'static str) -> Self {
        Self { code: Some(code), ..self }
    }

    pub(crate) fn about(self, param: &str) -> Self {
        Self { param: Some(param.to_owned()), ..self }
    }
}

impl VendorError for ApiError {
    fn reply(&self) -> Reply {
        write(self.status, self.kind, self.code, self.param.as_deref(), &self.message)
    }
}

/// How Stripe writes its errors.
pub(crate) struct StripeDialect;

impl Dialect for StripeDialect {
    fn error(&self, planned: &PlannedError<'_>) -> Reply {
        let name = planned.name();
        let (usual, kind) = match name.as_str() {
            "card_declined" | "expired_card" | "incorrect_cvc" => (402, "card_error"),
            "resource_missing" => (404, "invalid_request_error"),
            "lock_timeout" => (429, "invalid_request_error"),
            "idempotency_key_in_use" => (409, "idempotency_error"),
            _ => (400, "invalid_request_error"),
        };
        let message = planned.details.unwrap_or("Something is wrong");
        write(planned.http_status.unwrap_or(usual), kind, Some(&name), None, message)
    }

    fn rate_limited(&self) -> Reply {
        let message = "Request rate limit exceeded. Learn more about rate limits here \
                       https://stripe.com/docs/rate-limits.";
        write(429, "invalid_request_error", Some("rate_limit"), None, message)
            .with_header("stripe-should-retry", "true")
    }

    fn server_error(&self, http_status: u16) -> Reply {
        let message = "An unknown error occurred";
        // After a 500 Stripe's own libraries repeat only when this header says so.
        write(http_status, "api_error", None, None, message)
            .with_header("stripe-should-retry", if http_status == 500 { "false" } else { "true" })
    }
}

/// Refuses a caller without the right key.
pub(crate) fn check_key(account: &Account, incoming: &Incoming) -> Result<(), ApiError> {
    let message = match incoming.bearer() {
        Some(key) if key == account.api_key => return Ok(()),
        Some(key) => format!("Invalid API Key provided: {}", masked(key)),
        None => {
            "You did not provide an API key. You need to provide your API key in the Authorization header, \
                 using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
                .to_owned()
        }
    };
    Err(ApiError { status: 401, ..ApiError::invalid(None, message) })
}

/// Anything that is not a path of the simulator.
pub(crate) async fn unknown_path(State(_): State<Arc<Sim>>, incoming: Incoming) -> Response {
    let message = format!("Unrecognized request URL ({}).", incoming.path);
    ApiError { status: 404, ..ApiError::invalid(None, message) }.reply().into_response()
}

fn write(number: u16, kind: &str, code: Option<&str>, param: Option<&str>, message: &str) -> Reply {
    let mut error = Map::new();
    error.insert("message".to_owned(), json!(message));
    error.insert("type".to_owned(), json!(kind));
    // Members without a value are left out rather than null.
    if let Some(code) = code {
        error.insert("code".to_owned(), json!(code));
        error.insert("doc_url".to_owned(), json!(format!("https://stripe.com/docs/error-codes/{code}")));
    }
    if let Some(param) = param {
        error.insert("param".to_owned(), json!(param));
    }
    Reply::plain_json(status(number), &json!({ "error": Value::Object(error) }))
}

/// The first and last characters of a key, as Stripe repeats it.
fn masked(key: &str) -> String {
    let characters: Vec<char> = key.chars().collect();
    let end: String = characters[characters.len().saturating_sub(4)..].iter().collect();
    format!("{}{end}", "*".repeat(characters.len().saturating_sub(4)))
}
