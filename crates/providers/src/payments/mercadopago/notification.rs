//! Webhook and IPN notifications: a hint that something changed, never a fact.
//!
//! Source: mercadopago.com/developers/en/docs/your-integrations/notifications (webhooks, ipn). Ids come as number
//! or string; IPN names a resource, sometimes as a URL.

use serde_json::Value;

use super::path_id;
use crate::{
    lenient_json::{text, text_at},
    payments::About,
};

/// The query of a notification, decoded.
#[derive(Clone, Default)]
pub struct Query(Vec<(String, String)>);

/// What a notification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// `payment`, `merchant_order`, `topic_chargebacks_wh`…; empty where none is named.
    pub topic: String,
    /// `payment.created`, `payment.updated`… Not to be relied on: they come in any order.
    pub action: Option<String>,
    /// Their id of this message, where it has one: the same in every delivery.
    pub event_id: Option<String>,
    /// The payment to read back; only for topic `payment`.
    pub payment_id: Option<String>,
    /// The id of whatever the topic is about.
    pub resource_id: Option<String>,
    pub live_mode: Option<bool>,
    /// The account it is about.
    pub user_id: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotificationError {
    #[error("the notification holds neither a query nor a JSON object")]
    Empty,
    #[error("the notification's id holds characters that no id of theirs has")]
    BadId,
}

impl Query {
    /// Reads what stands after the `?` of the request's URL.
    pub fn parse(raw: &str) -> Self {
        let Ok(mut url) = reqwest::Url::parse("http://localhost/") else { return Self::default() };
        url.set_query(Some(raw));
        Self(url.query_pairs().map(|(key, value)| (key.into_owned(), value.into_owned())).collect())
    }

    /// The first value under `key` that is not empty.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(name, value)| name == key && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// The parameter that `x-signature` covers.
    pub fn data_id(&self) -> Option<&str> {
        self.get("data.id")
    }
}

/// Reads a notification. The query goes before the body: it is the part that a signature covers.
///
/// # Errors
/// `BadId` for an id with slashes, dots or other signs: it would end up in the path of a call.
pub fn parse(query: &Query, body: &[u8]) -> Result<Notice, NotificationError> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    if query.0.is_empty() && !body.is_object() {
        return Err(NotificationError::Empty);
    }
    let from_query = |key: &str| query.get(key).map(str::to_owned);
    let topic = from_query("type")
        .or_else(|| from_query("topic"))
        .or_else(|| text_at(&body, "/type"))
        .or_else(|| text_at(&body, "/topic"))
        .unwrap_or_default();
    let named = from_query("data.id")
        .or_else(|| from_query("id"))
        .or_else(|| text_at(&body, "/data/id"))
        .or_else(|| text_at(&body, "/resource"));
    let resource_id = named.map(|named| resource_id(&named)).transpose()?;
    let payment_id = resource_id.clone().filter(|_| topic == "payment");
    Ok(Notice {
        topic,
        action: text_at(&body, "/action"),
        event_id: text_at(&body, "/id"),
        payment_id,
        resource_id,
        live_mode: body.get("live_mode").and_then(flag),
        user_id: text_at(&body, "/user_id"),
    })
}

impl Notice {
    /// What to look at, in the words that all vendors share.
    pub fn about(&self) -> About {
        match &self.payment_id {
            Some(id) => About::Payment(id.clone()),
            None => About::Ignored(self.topic.clone()),
        }
    }
}

/// The id itself, or the last segment of a URL. The rest of the URL is not used: we know where to ask.
fn resource_id(named: &str) -> Result<String, NotificationError> {
    let last = match named.split_once("://") {
        Some(("http" | "https", rest)) => {
            let path = rest.split(['?', '#']).next().unwrap_or_default();
            path.trim_end_matches('/').rsplit_once('/').map(|(_, last)| last).unwrap_or_default()
        }
        _ => named,
    };
    if path_id::is_sound(last) { Ok(last.to_owned()) } else { Err(NotificationError::BadId) }
}

fn flag(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| text(value)?.parse().ok())
}

impl std::fmt::Debug for Query {
    /// Guests' browsers return with a query too; values stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(key, _)| key)).finish()
    }
}

#[cfg(test)]
mod tests;
