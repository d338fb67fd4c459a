//! A client of the vendors' side of a simulator.

use serde_json::{Value, json};

use super::{CLIENT_ID, PHONE_NUMBER_ID, SECRET, TOKEN};
use crate::core::webhook_client;

pub(crate) const GUEST: &str = "5493511234567";

/// The caller of the vendor's side.
pub(crate) struct Caller {
    base_url: String,
    token: String,
    client: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("JSON, not {}", self.text))
    }
}

impl Caller {
    pub(crate) fn new(base_url: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            token: TOKEN.to_owned(),
            client: webhook_client::build().expect("a client"),
        }
    }

    /// With a token that PayPal has just given.
    pub(crate) async fn with_paypal_token(base_url: &str) -> Self {
        let mut caller = Self::new(base_url);
        let answer = caller.ask_paypal_token(SECRET).await;
        caller.token = answer.json()["access_token"].as_str().expect("a token").to_owned();
        caller
    }

    pub(crate) async fn ask_paypal_token(&self, secret: &str) -> Answer {
        let request = self.client.post(format!("{}/v1/oauth2/token", self.base_url));
        let form = [("grant_type", "client_credentials")];
        self.send(request.basic_auth(CLIENT_ID, Some(secret)).form(&form)).await
    }

    /// Posts JSON under a `PayPal-Request-Id`.
    pub(crate) async fn post_under(&self, path: &str, id: &str, body: &Value) -> Answer {
        let request = self.request(reqwest::Method::POST, path).header("PayPal-Request-Id", id);
        self.send(request.json(body)).await
    }

    /// Somebody with a token that is not ours.
    pub(crate) fn stranger(base_url: &str) -> Self {
        Self { token: "another-token".to_owned(), ..Self::new(base_url) }
    }

    pub(crate) fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base_url)).bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(reqwest::Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(reqwest::Method::POST, path).json(body)).await
    }

    /// Posts a form, with an `Idempotency-Key` unless the key is empty.
    pub(crate) async fn form(&self, path: &str, key: &str, form: &[(&str, &str)]) -> Answer {
        let request = self.request(reqwest::Method::POST, path).form(form);
        self.send(if key.is_empty() { request } else { request.header("Idempotency-Key", key) }).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(reqwest::Method::PUT, path).json(body)).await
    }

    pub(crate) async fn post_once(&self, path: &str, key: &str, body: &Value) -> Answer {
        let request = self.request(reqwest::Method::POST, path).header("X-Idempotency-Key", key);
        self.send(request.json(body)).await
    }

    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let answer = request.send().await.expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Answer { status, headers, text: answer.text().await.expect("a whole body") }
    }

    /// Sends a text to the guest of the tests.
    pub(crate) async fn text(&self, body: &str) -> Answer {
        self.message(json!({ "type": "text", "text": { "body": body } })).await
    }

    /// Sends any message to the guest of the tests.
    pub(crate) async fn message(&self, mut message: Value) -> Answer {
        message["messaging_product"] = json!("whatsapp");
        message["recipient_type"] = json!("individual");
        if message["recipient"].is_null() {
            message["to"] = json!(GUEST);
        }
        self.post(&format!("/v23.0/{PHONE_NUMBER_ID}/messages"), &message).await
    }
}
