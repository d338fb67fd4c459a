//! Turns a planned fault of a call into what goes over the wire.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::StatusCode,
    response::Response,
};
use tokio_util::sync::CancellationToken;

use super::{Dialect, ErrorCode, PlannedError, Reply, cuttable_connection::Connection, status};
use crate::faults::CallFault;

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

fn html(http_status: u16) -> Reply {
    let page = "<!DOCTYPE html>\n<html><head><title>Service Unavailable</title></head>\
                <body><h1>We'll be right back</h1></body></html>\n";
    Reply::bytes(status(http_status), "text/html; charset=utf-8", page.into())
}
