//! Turns a planned fault into what goes over the wire.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::connection::Connection;
use crate::faults::CallFault;

/// The answer of a vendor, before it is written.
#[derive(Clone)]
pub struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) content_type: &'static str,
    pub(crate) body: Bytes,
    pub(crate) retry_after_seconds: Option<u32>,
    /// Whatever else the vendor puts into the head.
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Reply {
    pub(crate) fn json(status: StatusCode, body: &Value) -> Self {
        Self::bytes(status, "application/json; charset=utf-8", body.to_string().into())
    }

    /// JSON from a vendor that names no character set.
    pub(crate) fn plain_json(status: StatusCode, body: &Value) -> Self {
        Self::bytes(status, "application/json", body.to_string().into())
    }

    pub(crate) fn bytes(status: StatusCode, content_type: &'static str, body: Bytes) -> Self {
        Self { status, content_type, body, retry_after_seconds: None, headers: Vec::new() }
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn into_response(self) -> Response {
        let body = Body::from(self.body.clone());
        self.with_body(body)
    }

    fn with_body(self, body: Body) -> Response {
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        for (name, value) in self.headers {
            // What cannot stand in a head, such as a key with a line break, could not have come in either.
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// An error that a test asks for.
pub struct PlannedError<'a> {
    pub(crate) code: ErrorCode<'a>,
    /// The vendor's usual one for the code unless given.
    pub(crate) http_status: Option<u16>,
    pub(crate) details: Option<&'a str>,
}

/// What the error is called. Some vendors have numbers, some have names.
#[derive(Clone, Copy)]
pub enum ErrorCode<'a> {
    Number(i64),
    /// A number that some proxy has made a text of.
    NumberAsText(i64),
    Name(&'a str),
}

impl PlannedError<'_> {
    /// For a vendor that has names.
    pub(crate) fn name(&self) -> String {
        match self.code {
            ErrorCode::Number(code) | ErrorCode::NumberAsText(code) => code.to_string(),
            ErrorCode::Name(name) => name.to_owned(),
        }
    }

    /// For a vendor that has numbers, which takes a name for a text.
    pub(crate) fn number(&self) -> i64 {
        match self.code {
            ErrorCode::Number(code) | ErrorCode::NumberAsText(code) => code,
            ErrorCode::Name(_) => 0,
        }
    }

    /// The number as it goes over the wire.
    pub(crate) fn number_on_the_wire(&self) -> Value {
        match self.code {
            ErrorCode::NumberAsText(code) => json!(code.to_string()),
            _ => json!(self.number()),
        }
    }

    /// What is said besides the code.
    pub(crate) fn text(&self) -> Option<&str> {
        match (self.details, self.code) {
            (None, ErrorCode::Name(name)) => Some(name),
            (details, _) => details,
        }
    }
}

/// How one vendor writes its errors.
pub trait Dialect {
    /// An error that a test asks for.
    fn error(&self, planned: &PlannedError<'_>) -> Reply;
    /// 429; `Retry-After` is added by the caller.
    fn rate_limited(&self) -> Reply;
    /// A failure of the vendor's own.
    fn server_error(&self, http_status: u16) -> Reply;
}

/// Who is answering, and what may go wrong.
pub(crate) struct Answering<'a> {
    pub(crate) dialect: &'a (dyn Dialect + Sync),
    pub(crate) connection: &'a Connection,
    pub(crate) stop: &'a CancellationToken,
}

impl Answering<'_> {
    /// Runs `effect` unless the planned fault says that nothing is done, and answers as the fault says.
    pub(crate) async fn answer(&self, fault: CallFault, effect: impl FnOnce() -> Reply) -> Response {
        match fault {
            CallFault::None => effect().into_response(),
            CallFault::Error { code, http_status, details, code_as_string } => {
                let code = match code_as_string {
                    true => ErrorCode::NumberAsText(code),
                    false => ErrorCode::Number(code),
                };
                self.error(code, http_status, details.as_deref())
            }
            CallFault::NamedError { name, http_status, details } => {
                self.error(ErrorCode::Name(&name), http_status, details.as_deref())
            }
            CallFault::RateLimited { retry_after_seconds } => {
                Reply { retry_after_seconds, ..self.dialect.rate_limited() }.into_response()
            }
            CallFault::ServerError { http_status } => self.dialect.server_error(http_status).into_response(),
            CallFault::LostAnswer { http_status } => {
                effect();
                self.dialect.server_error(http_status).into_response()
            }
            CallFault::SlowBody { delay_ms } => self.slow_body(effect(), Duration::from_millis(delay_ms)),
            CallFault::SlowAnswer { delay_ms } => {
                let reply = effect();
                pause(Duration::from_millis(delay_ms), self.stop).await;
                reply.into_response()
            }
            CallFault::TruncatedJson => {
                let mut reply = effect();
                reply.body.truncate(reply.body.len() / 2);
                reply.into_response()
            }
            CallFault::Html { http_status } => html(http_status).into_response(),
            CallFault::ErrorInOk { code } => self.error(ErrorCode::Number(code), Some(200), None),
            CallFault::EmptyBody => {
                Reply::bytes(StatusCode::OK, "application/json; charset=utf-8", Bytes::new()).into_response()
            }
            CallFault::DropConnection { after_effect } => {
                if after_effect {
                    effect();
                }
                self.connection.cut();
                self.dialect.server_error(500).into_response()
            }
        }
    }

    fn error(&self, code: ErrorCode<'_>, http_status: Option<u16>, details: Option<&str>) -> Response {
        self.dialect.error(&PlannedError { code, http_status, details }).into_response()
    }

    fn slow_body(&self, mut reply: Reply, delay: Duration) -> Response {
        let second = reply.body.split_off(reply.body.len() / 2);
        let first = std::mem::take(&mut reply.body);
        let stop = self.stop.clone();
        let halves = futures_util::stream::unfold((0, first, second), move |(index, first, second)| {
            let stop = stop.clone();
            async move {
                let next = match index {
                    0 => first.clone(),
                    1 => {
                        pause(delay, &stop).await;
                        second.clone()
                    }
                    _ => return None,
                };
                Some((Ok::<_, std::convert::Infallible>(next), (index + 1, first, second)))
            }
        });
        reply.with_body(Body::from_stream(halves))
    }
}

/// Waits, but not beyond the end of the simulator.
pub(crate) async fn pause(delay: Duration, stop: &CancellationToken) {
    tokio::select! {
        () = tokio::time::sleep(delay) => {}
        () = stop.cancelled() => {}
    }
}

/// The status, or 500 for a number that is none.
pub(crate) fn status(number: u16) -> StatusCode {
    StatusCode::from_u16(number).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn html(http_status: u16) -> Reply {
    let page = "<!DOCTYPE html>\n<html><head><title>Service Unavailable</title></head>\
                <body><h1>We'll be right back</h1></body></html>\n";
    Reply::bytes(status(http_status), "text/html; charset=utf-8", page.into())
}
