//! The one way in which something is refused: RFC 9457 for programs, a page for people.
//!
//! A handler returns a [`Problem`]; the outermost layer writes it out, because only it knows the request's id
//! and whether a program or a person asks.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::staff::Scope;
use domain::{
    hold_checks::{DateProblem, Refusal},
    stay::Refused,
};
use kernel::{DbError, with_causes};
use serde::Serialize;
use stays::hold::HoldError;
use stays::stay::StayError;

#[derive(Clone, Debug)]
pub struct Problem {
    pub status: StatusCode,
    /// A word for programs, stable.
    pub code: &'static str,
    /// A sentence for people: what is wrong and what to do.
    pub detail: String,
    pub errors: Vec<FieldError>,
    pub retry_after_seconds: Option<i64>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FieldError {
    /// Where in the body: a JSON pointer such as `/check_in`.
    pub pointer: String,
    pub detail: String,
}

/// The document as it is sent.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemDocument<'a> {
    pub r#type: &'a str,
    pub title: &'a str,
    pub status: u16,
    pub detail: &'a str,
    pub instance: &'a str,
    pub code: &'a str,
    /// The same as `code`, for clients of the old systems.
    pub error: &'a str,
    pub request_id: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub errors: &'a [FieldError],
}

pub type Result<T> = std::result::Result<T, Problem>;

impl Problem {
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), errors: Vec::new(), retry_after_seconds: None }
    }

    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

    pub fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "this route does not allow the method",
        )
    }

    pub fn unauthorized() -> Self {
        let detail = "authentication required: Authorization: Bearer with a staff token or the token of the reservation";
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", detail)
    }

    /// The key is valid, and may not do this.
    pub fn scope_missing(scope: Scope) -> Self {
        let detail = format!("this key lacks the scope {}", scope.as_str());
        Self::new(StatusCode::FORBIDDEN, "forbidden", detail)
    }

    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "the token does not permit this")
    }

    pub fn invalid(code: &'static str, pointer: &str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let error = FieldError { pointer: pointer.to_owned(), detail: detail.clone() };
        Self { errors: vec![error], ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail) }
    }

    pub fn invalid_signature() -> Self {
        Self::new(StatusCode::FORBIDDEN, "invalid_signature", "Invalid signature")
    }

    pub fn rate_limited(retry_after_seconds: i64) -> Self {
        let detail = format!("too many requests; try again in {retry_after_seconds} seconds");
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail);
        Self { retry_after_seconds: Some(retry_after_seconds), ..problem }
    }

    pub fn unavailable() -> Self {
        let detail = "the service cannot do this right now; nothing was changed, try again in a moment";
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail);
        Self { retry_after_seconds: Some(2), ..problem }
    }

    /// The time limit struck, or the database was cut off in the middle. What was begun may still be carried out, or have
    /// been: nothing is claimed about it.
    pub fn out_of_time() -> Self {
        let detail = "the service has no answer in time, and may have done it or still do it: ask again in a moment, with the same \
                      Idempotency-Key if you gave one";
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail);
        Self { retry_after_seconds: Some(2), ..problem }
    }

    /// Our own fault. The cause goes into the log, once, here; the client sees a request id.
    pub fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = with_causes(error), "a request failed by our own fault");
        let detail = "something went wrong on our side; the request id helps to find it";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        if matches!(error, DbError::Unknown(_)) {
            tracing::warn!(error = with_causes(&error), "a commit was not answered");
            return Self::out_of_time();
        }
        if error.is_passing() {
            tracing::warn!(error = with_causes(&error), "the database could not do it");
            return Self::unavailable();
        }
        Self::internal(&error)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let detail = refusal.to_string();
        match refusal {
            Refusal::Dates(DateProblem::CheckOutPast) => Self::invalid("invalid_dates", "/check_out", detail),
            Refusal::Dates(_) => Self::invalid("invalid_dates", "/check_in", detail),
            Refusal::NoGuests => Self::invalid("invalid_guests", "/guests", detail),
            Refusal::CapacityExceeded { .. } => Self::invalid("capacity_exceeded", "/guests", detail),
            Refusal::AccommodationNotFound => {
                Self::new(StatusCode::NOT_FOUND, "accommodation_not_found", detail)
            }
            Refusal::DatesTaken => Self::new(StatusCode::CONFLICT, "date_overlap", detail),
            Refusal::BeingBooked => Self::new(StatusCode::CONFLICT, "processing_or_unavailable", detail),
            Refusal::TooManyHolds { .. } => {
                // Room comes back when one of the holds is paid, cancelled or over.
                Self {
                    retry_after_seconds: Some(60),
                    ..Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail)
                }
            }
        }
    }
}

impl From<HoldError> for Problem {
    fn from(error: HoldError) -> Self {
        match error {
            HoldError::Refused(refusal) => refusal.into(),
            HoldError::KeyReused => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused", error.to_string())
            }
            HoldError::KeyBusy => Self::new(StatusCode::CONFLICT, "idempotency_key_busy", error.to_string()),
            HoldError::Database(error) => error.into(),
            HoldError::NotDone(_) => Self::unavailable(),
        }
    }
}

impl From<StayError> for Problem {
    fn from(error: StayError) -> Self {
        let detail = error.to_string();
        match error {
            StayError::NotFound => Self::not_found(detail),
            StayError::Refused(Refused::HoldEnded) => Self::new(StatusCode::GONE, "expired", detail),
            StayError::Refused(_) | StayError::Changed => {
                Self::new(StatusCode::CONFLICT, "invalid_state", detail)
            }
            StayError::Dates(refusal) => refusal.into(),
            StayError::Database(error) => error.into(),
        }
    }
}
