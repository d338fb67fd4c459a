//! A few sentences for the host, wherever they are wanted: e-mail, Slack, Discord, Telegram.

use std::borrow::Cow;

use jiff::Timestamp;
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{
    Secret,
    http::{Answer, CallError, Effect, exchange},
    mail::{Email, Mailbox, Server},
};

/// Discord cuts at 2,000 characters, Telegram at 4,096.
const MAX_CHARS: usize = 1_900;

/// What is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The same at each try, so that a repetition can be told. ASCII without spaces.
    pub id: String,
    /// The id of the notice that this one goes on from.
    pub answers: Option<String>,
    /// When it happened.
    pub at: Timestamp,
    /// A line: what is wrong, or over.
    pub title: String,
    /// What the program did, and what a person can do.
    pub text: String,
}

/// Where an alert goes.
#[derive(Clone, Debug)]
pub enum Target {
    /// One recipient of e-mails. Each has its own target, so that one who is refused keeps it from nobody else.
    Email { server: Server, from: Mailbox, to: Mailbox },
    /// An incoming webhook, <https://api.slack.com/messaging/webhooks>. The address is the secret.
    Slack { http: Client, url: Secret },
    /// A webhook of a channel, <https://discord.com/developers/docs/resources/webhook#execute-webhook>.
    Discord { http: Client, url: Secret },
    /// A bot's `sendMessage`, <https://core.telegram.org/bots/api#sendmessage>.
    Telegram { http: Client, base_url: String, token: Secret, chat_id: String },
}

impl Target {
    /// Stable, and names nobody: it is kept with what is to be sent.
    pub fn name(&self) -> Cow<'static, str> {
        match self {
            Self::Email { to, .. } => {
                let mut digest = hex::encode(Sha256::digest(to.address().to_lowercase()));
                digest.truncate(16);
                format!("email:{digest}").into()
            }
            Self::Slack { .. } => "slack".into(),
            Self::Discord { .. } => "discord".into(),
            Self::Telegram { .. } => "telegram".into(),
        }
    }

    /// For a person who knows the settings; not for logs, because it names people.
    pub fn describe(&self) -> Cow<'static, str> {
        match self {
            Self::Email { to, .. } => format!("E-mail to {}", to.address()).into(),
            Self::Slack { .. } => "Slack".into(),
            Self::Discord { .. } => "Discord".into(),
            Self::Telegram { chat_id, .. } => format!("Telegram chat {chat_id}").into(),
        }
    }

    /// Sends plain text: nothing in it is read as markup or calls anybody.
    ///
    /// # Errors
    /// As [`Server::send`], or [`exchange`] and [`CallError::from_status`]; an address that is withdrawn is `Refused`.
    pub async fn send(&self, notice: &Notice) -> Result<(), CallError> {
        let text = || {
            let text = format!("{}\n{}", notice.title, notice.text);
            text.chars().take(MAX_CHARS).collect::<String>()
        };
        match self {
            Self::Email { server, from, to } => server.send(&email(notice), from, to).await,
            Self::Slack { http, url } => post(slack(http, url, &text())).await,
            Self::Discord { http, url } => post(discord(http, url, &text())).await,
            Self::Telegram { http, base_url, token, chat_id } => {
                post(telegram(http, base_url, token, chat_id, &text())).await
            }
        }
    }
}

fn email(notice: &Notice) -> Email<'_> {
    Email {
        id: &notice.id,
        answers: notice.answers.as_deref(),
        at: notice.at,
        subject: &notice.title,
        text: &notice.text,
    }
}

fn slack(http: &Client, url: &Secret, text: &str) -> RequestBuilder {
    // Three characters are special: https://api.slack.com/reference/surfaces/formatting#escaping
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    http.post(url.expose()).json(&json!({ "text": text }))
}

fn discord(http: &Client, url: &Secret, text: &str) -> RequestBuilder {
    http.post(url.expose()).json(&json!({ "content": text, "allowed_mentions": { "parse": [] } }))
}

fn telegram(http: &Client, base_url: &str, token: &Secret, chat_id: &str, text: &str) -> RequestBuilder {
    http.post(format!("{}/bot{}/sendMessage", base_url.trim_end_matches('/'), token.expose()))
        .json(&json!({ "chat_id": chat_id, "text": text }))
}

async fn post(request: RequestBuilder) -> Result<(), CallError> {
    let answer = exchange(request, Effect::Write).await?;
    if answer.is_success() {
        return Ok(());
    }
    let after = answer.retry_after.or_else(|| retry_after(&answer));
    Err(CallError::from_status(answer.status, Effect::Write, after, None, "the alert was not taken"))
}

/// Telegram and Discord say it in the body: seconds, the latter with a fraction.
fn retry_after(answer: &Answer) -> Option<std::time::Duration> {
    let body: Value = serde_json::from_slice(answer.bytes()).ok()?;
    let seconds = body.pointer("/parameters/retry_after").or_else(|| body.get("retry_after"))?.as_f64()?;
    std::time::Duration::try_from_secs_f64(seconds.clamp(0.0, 86_400.0)).ok()
}
