//! Errors as Mercado Pago writes them.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use serde_json::{Value, json};

use super::account::{Account, Sim};
use crate::core::{Dialect, Incoming, PlannedError, Reply, VendorError, status};

/// An error of Mercado Pago's: `{"message","error","status","cause":[{"code","description","data"}]}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    status: u16,
    code: i64,
    error: &'static str,
    message: String,
}

impl ApiError {
    /// A request that cannot be done. `error` is Mercado Pago's short name for the kind.
    pub(crate) fn invalid(error: &'static str, message: impl Into<String>) -> Self {
        Self { status: 400, code: 0, error, message: message.into() }
    }

    /// A request that the state of the payment does not allow; the codes are in Mercado Pago's table of causes.
    pub(crate) fn refused(code: i64, message: &str) -> Self {
        Self { status: 400, code, error: "bad_request", message: message.to_owned() }
    }

    pub(crate) fn not_found(code: i64, message: &str) -> Self {
        Self { status: 404, code, error: "not_found", message: message.to_owned() }
    }
}

impl VendorError for ApiError {
    fn reply(&self) -> Reply {
        let code = Some(self.code).filter(|code| *code != 0).map(|code| json!(code));
        write(self.status, self.error, &self.message, code)
    }
}

/// How Mercado Pago writes its errors.
pub(crate) struct MercadoPagoDialect;

impl Dialect for MercadoPagoDialect {
    fn error(&self, planned: &PlannedError<'_>) -> Reply {
        let code = planned.number();
        let number = planned.http_status.unwrap_or(if code == 2000 { 404 } else { 400 });
        let message = planned.text().unwrap_or(match code {
            2000 => "Payment not found",
            2006 => "Card Token not found",
            2063 => "The action requested is not valid for the current payment state",
            _ => "Something is wrong with the request",
        });
        write(number, kind(number), message, Some(planned.number_on_the_wire()))
    }

    fn rate_limited(&self) -> Reply {
        write(429, "too_many_requests", "Too many requests", None)
    }

    fn server_error(&self, http_status: u16) -> Reply {
        write(http_status, "internal_error", "Internal server error", None)
    }
}

/// Refuses a caller without the right token.
pub(crate) fn check_token(account: &Account, incoming: &Incoming) -> Result<(), ApiError> {
    if incoming.bearer() == Some(&account.access_token) {
        return Ok(());
    }
    Err(ApiError { status: 401, code: 0, error: "unauthorized", message: "invalid access token".into() })
}

/// Anything that is not a path of the simulator.
pub(crate) async fn unknown_path(State(_): State<Arc<Sim>>, uri: Uri) -> Response {
    let message = format!("Resource {} not found.", uri.path());
    write(404, "not_found", &message, None).into_response()
}

fn write(number: u16, error: &str, message: &str, code: Option<Value>) -> Reply {
    let cause: Vec<_> =
        code.map(|code| json!({ "code": code, "description": message, "data": null })).into_iter().collect();
    let body = json!({ "message": message, "error": error, "status": number, "cause": cause });
    Reply::json(status(number), &body)
}

fn kind(number: u16) -> &'static str {
    match StatusCode::from_u16(number) {
        Ok(StatusCode::UNAUTHORIZED) => "unauthorized",
        Ok(StatusCode::FORBIDDEN) => "forbidden",
        Ok(StatusCode::NOT_FOUND) => "not_found",
        Ok(status) if status.is_server_error() => "internal_error",
        _ => "bad_request",
    }
}
