//! A sentence for the host of the desk, wherever it is wanted: Slack, Discord, Telegram.

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use crate::{
    Secret,
    http::{Answer, CallError, Effect, exchange},
};

/// Discord cuts at 2,000 characters, Telegram at 4,096.
const MAX_CHARS: usize = 1_900;

/// Where an alert goes.
#[derive(Clone, Debug)]
pub enum Target {
    /// An incoming webhook, <https://api.slack.com/messaging/webhooks>. The address is the secret.
    Slack { http: Client, url: Secret },
    /// A webhook of a channel, <https://discord.com/developers/docs/resources/webhook#execute-webhook>.
    Discord { http: Client, url: Secret },
    /// A bot's `sendMessage`, <https://core.telegram.org/bots/api#sendmessage>.
    Telegram { http: Client, base_url: String, token: Secret, chat_id: String },
}

impl Target {
    /// Stable: it is kept with what is to be sent.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Slack { .. } => "slack",
            Self::Discord { .. } => "discord",
            Self::Telegram { .. } => "telegram",
        }
    }

    /// Sends plain text: nothing in it is read as markup or calls anybody.
    ///
    /// # Errors
    /// As [`exchange`] and [`CallError::from_status`]; an address that is withdrawn is `Refused`.
    pub async fn send(&self, text: &str) -> Result<(), CallError> {
        let text: String = text.chars().take(MAX_CHARS).collect();
        let answer = exchange(self.request(&text), Effect::Write).await?;
        if answer.is_success() {
            return Ok(());
        }
        let after = answer.retry_after.or_else(|| retry_after(&answer));
        Err(CallError::from_status(answer.status, Effect::Write, after, None, "the alert was not taken"))
    }

    fn request(&self, text: &str) -> RequestBuilder {
        match self {
            Self::Slack { http, url } => {
                // Three characters are special: https://api.slack.com/reference/surfaces/formatting#escaping
                let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                http.post(url.expose()).json(&json!({ "text": text }))
            }
            Self::Discord { http, url } => {
                http.post(url.expose()).json(&json!({ "content": text, "allowed_mentions": { "parse": [] } }))
            }
            Self::Telegram { http, base_url, token, chat_id } => http
                .post(format!("{}/bot{}/sendMessage", base_url.trim_end_matches('/'), token.expose()))
                .json(&json!({ "chat_id": chat_id, "text": text })),
        }
    }
}

/// Telegram and Discord say it in the body: seconds, the latter with a fraction.
fn retry_after(answer: &Answer) -> Option<std::time::Duration> {
    let body: Value = serde_json::from_slice(answer.bytes()).ok()?;
    let seconds = body.pointer("/parameters/retry_after").or_else(|| body.get("retry_after"))?.as_f64()?;
    std::time::Duration::try_from_secs_f64(seconds.clamp(0.0, 86_400.0)).ok()
}
