//! Errors as PayPal writes them.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use serde_json::{Value, json};

use super::account::{AccountState, ApiCall, Sim};
use crate::core::{Dialect, PlannedError, Reply, VendorError, status};

const DEBUG_ID: &str = "f90757cfa6182";

/// An error of PayPal's: `{"name","message","debug_id","details":[{"issue","description","field"}],"links"}`.
///
/// <https://developer.paypal.com/api/rest/responses/>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    status: u16,
    name: &'static str,
    message: &'static str,
    /// The one entry of `details`; none when null.
    detail: Value,
    /// Where to go instead.
    links: Vec<Value>,
}

impl ApiError {
    /// A request that is wrong in itself.
    pub(crate) fn invalid(issue: &str, description: &str) -> Self {
        Self {
            status: 400,
            name: "INVALID_REQUEST",
            message: "Request is not well-formed, syntactically incorrect, or violates schema.",
            detail: json!({ "issue": issue, "description": description }),
            links: Vec::new(),
        }
    }

    /// A request that business rules or the state of things do not allow.
    pub(crate) fn refused(issue: &str, description: &str) -> Self {
        Self {
            status: 422,
            name: "UNPROCESSABLE_ENTITY",
            message: "The requested action could not be performed, semantically incorrect, or failed business \
                      validation.",
            ..Self::invalid(issue, description)
        }
    }

    pub(crate) fn missing(field: &str) -> Self {
        Self::invalid("MISSING_REQUIRED_PARAMETER", "A required field / parameter is missing.").at(field)
    }

    pub(crate) fn not_found() -> Self {
        let description = "Specified resource ID does not exist. Please check the resource ID and try again.";
        Self {
            status: 404,
            name: "RESOURCE_NOT_FOUND",
            message: "The specified resource does not exist.",
            ..Self::invalid("INVALID_RESOURCE_ID", description)
        }
    }

    /// The member of the body that is meant.
    pub(crate) fn at(mut self, field: &str) -> Self {
        self.detail["field"] = json!(field);
        self.detail["location"] = json!("body");
        self
    }

    /// Where the buyer can be sent.
    pub(crate) fn linked(self, links: Vec<Value>) -> Self {
        Self { links, ..self }
    }

    /// A body in another format than JSON.
    pub(crate) fn wrong_type() -> Self {
        Self {
            status: 415,
            name: "UNSUPPORTED_MEDIA_TYPE",
            message: "The server does not support the request payload's media type.",
            detail: Value::Null,
            links: Vec::new(),
        }
    }

    fn unauthorized() -> Self {
        Self {
            status: 401,
            name: "AUTHENTICATION_FAILURE",
            message: "Authentication failed due to invalid authentication credentials or a missing Authorization \
                      header.",
            ..Self::wrong_type()
        }
    }
}

impl VendorError for ApiError {
    fn reply(&self) -> Reply {
        let details = if self.detail.is_null() { &[][..] } else { std::slice::from_ref(&self.detail) };
        write(self.status, self.name, self.message, details, &self.links)
    }
}

/// How PayPal writes its errors.
pub(crate) struct PayPalDialect;

impl Dialect for PayPalDialect {
    fn error(&self, planned: &PlannedError<'_>) -> Reply {
        let error = match planned.name().as_str() {
            "INVALID_RESOURCE_ID" => ApiError::not_found(),
            issue => ApiError::refused(issue, planned.details.unwrap_or("Something is wrong")),
        };
        ApiError { status: planned.http_status.unwrap_or(error.status), ..error }.reply()
    }

    fn rate_limited(&self) -> Reply {
        write(429, "RATE_LIMIT_REACHED", "Too many requests. Blocked due to rate limiting.", &[], &[])
    }

    fn server_error(&self, http_status: u16) -> Reply {
        let (name, message) = match http_status {
            503 => ("SERVICE_UNAVAILABLE", "Service Unavailable."),
            _ => ("INTERNAL_SERVER_ERROR", "An internal server error has occurred."),
        };
        write(http_status, name, message, &[], &[])
    }
}

/// Refuses a caller without a token that is still good.
pub(crate) fn check_token(call: &ApiCall<'_>, state: &AccountState) -> Result<(), ApiError> {
    let tokens = &state.model.tokens;
    let is_good = call.incoming.bearer().is_some_and(|token| tokens.is_good(token, call.sim.now()));
    if is_good { Ok(()) } else { Err(ApiError::unauthorized()) }
}

/// Anything that is not a path of the simulator.
pub(crate) async fn unknown_path(State(_): State<Arc<Sim>>) -> Response {
    ApiError::not_found().reply().into_response()
}

fn write(number: u16, name: &str, message: &str, details: &[Value], links: &[Value]) -> Reply {
    let body = json!({
        "name": name,
        "message": message,
        "debug_id": DEBUG_ID,
        "details": details,
        "links": links,
    });
    Reply::plain_json(status(number), &body).with_header("paypal-debug-id", DEBUG_ID)
}
