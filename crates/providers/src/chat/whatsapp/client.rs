//! The client of the WhatsApp Cloud API: sending, and marking as read.

use std::time::Duration;

use serde_json::Value;

use super::{LIMITS, request, response};
use crate::{
    Secret,
    chat::{Channel, Outgoing, Recipient, SendError, Sending, Sent, outgoing},
    http::{self, CallError, Effect},
};

/// Where and as whom to call.
#[derive(Clone, Debug)]
pub struct Config {
    /// With the version of the Graph API and without a slash at the end: `https://graph.facebook.com/v23.0`.
    pub base_url: String,
    /// Meta's id of our number, not the number itself.
    pub phone_number_id: String,
    pub access_token: Secret,
}

/// WhatsApp's customer service window.
const SERVICE_WINDOW: Duration = Duration::from_secs(24 * 60 * 60);
/// The account has no way to pay that Meta accepts.
const UNPAID: u32 = 131_042;

/// One number of the business.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    config: Config,
}

impl Client {
    pub fn new(http: reqwest::Client, config: Config) -> Self {
        Self { http, config }
    }

    /// Sends one message; one that is too long is shortened as `outgoing::fit` says. `opaque` comes back in
    /// statuses as `biz_opaque_callback_data`; Meta has no idempotency key.
    async fn send_one(&self, to: &Recipient, message: &Outgoing, opaque: &str) -> Result<Sent, SendError> {
        let message = outgoing::fit(message, &LIMITS);
        let body = request::send(to, &message, opaque).ok_or(SendError::DeadLetter { code: None })?;
        let answer = self.post(&body, Effect::Write).await?;
        match response::sent(&answer) {
            Ok(external_id) => Ok(Sent { external_id }),
            // Templates cost and answers to guests do not: an account that cannot pay still answers.
            Err(SendError::StopChannel { code: Some(UNPAID) }) if message.may_open_a_conversation() => {
                Err(SendError::DeadLetter { code: Some(UNPAID) })
            }
            Err(error) => Err(error),
        }
    }

    /// Blue ticks for the message and all before it. Repeating it is harmless, so a lost answer is a `Retry`.
    pub async fn mark_read(&self, external_id: &str) -> Result<(), SendError> {
        let answer = self.post(&request::mark_read(external_id), Effect::Read).await?;
        response::marked_read(&answer)
    }

    async fn post(&self, body: &Value, effect: Effect) -> Result<http::Answer, SendError> {
        let Config { base_url, phone_number_id, access_token } = &self.config;
        let url = format!("{}/{phone_number_id}/messages", base_url.trim_end_matches('/'));
        let request = self.http.post(url).bearer_auth(access_token.expose()).json(body);
        http::exchange(request, effect).await.map_err(not_answered)
    }
}

impl Channel for Client {
    fn name(&self) -> &'static str {
        "whatsapp"
    }

    /// The phone number id.
    fn account(&self) -> &str {
        &self.config.phone_number_id
    }

    fn split(&self, message: Outgoing) -> Vec<Outgoing> {
        outgoing::split(message, &LIMITS)
    }

    fn service_window(&self) -> Option<Duration> {
        Some(SERVICE_WINDOW)
    }

    fn send<'a>(&'a self, to: &'a Recipient, message: &'a Outgoing, opaque: &'a str) -> Sending<'a> {
        Box::pin(self.send_one(to, message, opaque))
    }
}

fn not_answered(error: CallError) -> SendError {
    match error {
        CallError::Unknown { .. } => SendError::Unknown,
        CallError::Retry { after, .. } => SendError::Retry { after, pace: crate::chat::Pace::Soon },
        // The request could not be built, so no other one can: a broken base URL or token.
        CallError::Refused { .. } | CallError::Denied { .. } => SendError::StopChannel { code: None },
    }
}
