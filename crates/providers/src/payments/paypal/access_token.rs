//! Access tokens, kept until they end.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Mutex;

use super::{client::Config, response};
use crate::{
    Secret,
    http::{self, CallError, Effect},
};

/// A token that ends while a request is under way is refused.
const MARGIN: Duration = Duration::from_secs(60);

/// The token of one account. Whoever finds it ended fetches the next, and the others wait for that one.
#[derive(Debug, Default)]
pub struct Tokens(Mutex<Option<Held>>);

#[derive(Debug)]
struct Held {
    token: Secret,
    ends_at: Timestamp,
}

/// A token, and whether it was made for this request.
pub struct Given {
    pub token: Secret,
    pub is_new: bool,
}

impl Tokens {
    /// `POST /v1/oauth2/token`, unless the last one still holds at `now`.
    pub async fn get(
        &self,
        http: &reqwest::Client,
        config: &Config,
        now: Timestamp,
    ) -> Result<Given, CallError> {
        let mut held = self.0.lock().await;
        if let Some(held) = held.as_ref().filter(|held| now + MARGIN < held.ends_at) {
            return Ok(Given { token: held.token.clone(), is_new: false });
        }
        let call = http
            .post(config.url("v1/oauth2/token"))
            .basic_auth(&config.client_id, Some(config.client_secret.expose()))
            .form(&[("grant_type", "client_credentials")]);
        let (token, seconds) = response::token(&http::exchange(call, Effect::Read).await?)?;
        let token = Secret::new(token);
        // A lifetime beyond a day is a mistake; it could also overflow the calendar.
        let lifetime = Duration::from_secs(u64::try_from(seconds).unwrap_or(0).min(24 * 60 * 60));
        *held = Some(Held { token: token.clone(), ends_at: now + lifetime });
        Ok(Given { token, is_new: true })
    }

    /// Forgets a token that was refused before its time.
    pub async fn forget(&self, token: &Secret) {
        let mut held = self.0.lock().await;
        if held.as_ref().is_some_and(|held| held.token == *token) {
            *held = None;
        }
    }
}
