//! One request and its answer, and what a failure means for who wants to try again.

use std::time::Duration;
use tracing::Instrument as _;

use super::{bounded_body::BodyError, read_bounded, retry_after};

/// No answer of an API is larger; feeds have their own limit.
const MAX_ANSWER_BYTES: usize = 2 * 1024 * 1024;

/// Whether a request changes anything over there. It decides what a lost answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Read,
    Write,
}

/// How a call can fail. The texts hold no token, phone number, address or message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// They will never accept this request; trying again is useless.
    #[error("the service refused the request with {status}: {detail}")]
    Refused { status: u16, code: Option<String>, detail: String },
    /// The credentials are not accepted: a person must act, and nothing else will get through either.
    #[error("the service does not accept our credentials ({status}): {detail}")]
    Denied { status: u16, detail: String },
    /// It had no effect, or reads only: try again, not before `after`.
    #[error("the service cannot answer now: {detail}")]
    Retry { after: Option<Duration>, detail: String },
    /// The request may have taken effect. Look it up, or repeat it with the same idempotency key.
    #[error("the outcome of the request is unknown: {detail}")]
    Unknown { detail: String },
}

impl CallError {
    /// What a time-out or a broken answer means: a read can simply be repeated.
    pub fn lost(effect: Effect, detail: impl Into<String>) -> Self {
        match effect {
            Effect::Read => Self::Retry { after: None, detail: detail.into() },
            Effect::Write => Self::Unknown { detail: detail.into() },
        }
    }

    /// What an HTTP status that is no success means, for a service without rules of its own.
    ///
    /// A 5xx other than 503 may come from a gateway that lost an answer on its way back to us.
    pub fn from_status(
        status: u16,
        effect: Effect,
        after: Option<Duration>,
        code: Option<String>,
        detail: impl Into<String>,
    ) -> Self {
        let detail = detail.into();
        match status {
            401 | 403 => Self::Denied { status, detail },
            408 | 409 | 423 | 425 | 429 | 503 => Self::Retry { after, detail },
            500.. => Self::lost(effect, detail),
            _ => Self::Refused { status, code, detail },
        }
    }
}

/// An answer that arrived, whatever it says.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub retry_after: Option<Duration>,
    /// What `Stripe-Should-Retry` says. It knows better than the status whether another try is of use.
    pub should_retry: Option<bool>,
    /// The status has arrived even when the body has not.
    pub body: Result<Vec<u8>, BodyError>,
}

impl Answer {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body, or nothing where it broke off.
    pub fn bytes(&self) -> &[u8] {
        self.body.as_deref().unwrap_or_default()
    }
}

/// Sends a request and reads its answer.
///
/// # Errors
/// `Retry` when no connection came about, `Refused` when the request cannot be built, else `CallError::lost`.
pub async fn exchange(request: reqwest::RequestBuilder, effect: Effect) -> Result<Answer, CallError> {
    let (client, request) = request.build_split();
    let request = request.map_err(|error| from_transport(&error, effect))?;
    // The host alone: paths and queries of some vendors hold ids and tokens.
    let span = tracing::info_span!("call", host = request.url().host_str(), method = %request.method());
    exchange_one(client.execute(request), effect).instrument(span).await
}

async fn exchange_one(
    sent: impl Future<Output = reqwest::Result<reqwest::Response>>,
    effect: Effect,
) -> Result<Answer, CallError> {
    let response = sent.await.map_err(|error| from_transport(&error, effect))?;
    let status = response.status().as_u16();
    let retry_after = retry_after(response.headers());
    let should_retry = response.headers().get("stripe-should-retry");
    let should_retry = should_retry.and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let body = read_bounded(response, MAX_ANSWER_BYTES).await;
    tracing::debug!(status, "a provider answered");
    Ok(Answer { status, retry_after, should_retry, body })
}

/// The texts are ours: those of the library repeat the URL.
fn from_transport(error: &reqwest::Error, effect: Effect) -> CallError {
    if error.is_builder() {
        let detail = "the request cannot be built; check the service's base URL and token".to_owned();
        return CallError::Refused { status: 0, code: None, detail };
    }
    if error.is_connect() {
        return CallError::Retry { after: None, detail: "no connection".to_owned() };
    }
    if error.is_timeout() {
        return CallError::lost(effect, "no answer in time");
    }
    CallError::lost(effect, "the connection broke")
}
