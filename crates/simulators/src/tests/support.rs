//! A small desk that receives webhooks, a clock that can be moved, a client.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    routing::any,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinSet};

use crate::{
    Calendars, CalendarsConfig, CalendarsControl, Clock, Control, MercadoPago, MercadoPagoConfig,
    MercadoPagoControl, PayPal, PayPalConfig, PayPalControl, Running, Stripe, StripeConfig, StripeControl,
    WhatsApp, WhatsAppConfig, WhatsAppControl,
    core::{StartError, Vendor, http_client},
    lock::lock,
};

pub(crate) const PHONE_NUMBER_ID: &str = "106540352242922";
pub(crate) const TOKEN: &str = "token-for-tests";
pub(crate) const SECRET: &str = "secret-for-tests";
pub(crate) const CLIENT_ID: &str = "client-for-tests";
pub(crate) const WEBHOOK_ID: &str = "4JH86294D6297924G";
pub(crate) const COLLECTOR_ID: u64 = 810_882_223;
pub(crate) const GUEST: &str = "5493511234567";

/// One webhook as the desk received it.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) query: HashMap<String, String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Received {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("webhooks are JSON")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("headers are ASCII"))
    }

    /// The `value` of the first change.
    pub(crate) fn value(&self) -> Value {
        self.json()["entry"][0]["changes"][0]["value"].take()
    }
}

/// A desk that notes each webhook and answers 200 unless told otherwise.
pub(crate) struct Desk {
    pub(crate) url: String,
    notes: Arc<Notes>,
    _serving: JoinSet<()>,
}

#[derive(Default)]
struct Notes {
    received: Mutex<Vec<Received>>,
    answers: Mutex<VecDeque<u16>>,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let notes = Arc::new(Notes::default());
        let listener = listener().await;
        let address = listener.local_addr().expect("a bound listener has an address");
        let router = Router::new().fallback(any(note)).with_state(Arc::clone(&notes));
        let mut serving = JoinSet::new();
        serving.spawn(async move {
            axum::serve(listener, router).await.expect("serves until it is dropped");
        });
        Self { url: format!("http://{address}/webhook"), notes, _serving: serving }
    }

    /// The statuses of the next answers.
    pub(crate) fn will_answer(&self, statuses: &[u16]) {
        lock(&self.notes.answers).extend(statuses);
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        lock(&self.notes.received).clone()
    }
}

async fn note(
    State(notes): State<Arc<Notes>>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    // Meta's proof of ownership wants the bare challenge back.
    if let Some(challenge) = query.get("hub.challenge") {
        return (StatusCode::OK, challenge.clone());
    }
    lock(&notes.received).push(Received { query, headers, body });
    let status = lock(&notes.answers).pop_front().unwrap_or(200);
    (StatusCode::from_u16(status).expect("a status"), String::new())
}

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub(crate) struct MovableClock(Arc<Mutex<Timestamp>>);

impl MovableClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new("2026-09-01T12:00:00Z".parse().expect("an instant"))))
    }

    pub(crate) fn clock(&self) -> Clock {
        let now = Arc::clone(&self.0);
        Arc::new(move || *lock(&now))
    }

    pub(crate) fn forward(&self, duration: SignedDuration) {
        *lock(&self.0) += duration;
    }
}

pub(crate) async fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.expect("a free port")
}

/// With fast retries, so that a test need not wait.
fn quick<V: Vendor>(started: Result<Running<Control<V>>, StartError>) -> Running<Control<V>> {
    let running = started.expect("starts");
    let retry = json!({ "retry": { "tries": 4, "step_ms": 1, "timeout_ms": 5000 } });
    running
        .control
        .patch_settings(&retry)
        .unwrap_or_else(|error| panic!("every vendor tries again: {error}"));
    running
}

pub(crate) async fn whatsapp(desk: &Desk, clock: &MovableClock) -> Running<WhatsAppControl> {
    quick(WhatsApp::start(WhatsAppConfig {
        listener: listener().await,
        phone_number_id: PHONE_NUMBER_ID.to_owned(),
        display_phone_number: "5493510000000".to_owned(),
        access_token: TOKEN.to_owned(),
        app_secret: SECRET.to_owned(),
        webhook_url: desk.url.clone(),
        now: clock.clock(),
    }))
}

pub(crate) async fn mercadopago(desk: &Desk, clock: &MovableClock) -> Running<MercadoPagoControl> {
    quick(MercadoPago::start(MercadoPagoConfig {
        listener: listener().await,
        access_token: TOKEN.to_owned(),
        webhook_secret: SECRET.to_owned(),
        collector_id: COLLECTOR_ID,
        webhook_url: Some(desk.url.clone()),
        public_base_url: None,
        now: clock.clock(),
    }))
}

pub(crate) async fn stripe(desk: &Desk, clock: &MovableClock) -> Running<StripeControl> {
    quick(Stripe::start(StripeConfig {
        listener: listener().await,
        api_key: TOKEN.to_owned(),
        webhook_secret: SECRET.to_owned(),
        webhook_url: Some(desk.url.clone()),
        public_base_url: None,
        now: clock.clock(),
    }))
}

pub(crate) async fn paypal(desk: &Desk, clock: &MovableClock) -> Running<PayPalControl> {
    quick(PayPal::start(PayPalConfig {
        listener: listener().await,
        client_id: CLIENT_ID.to_owned(),
        client_secret: SECRET.to_owned(),
        webhook_id: WEBHOOK_ID.to_owned(),
        webhook_url: Some(desk.url.clone()),
        public_base_url: None,
        now: clock.clock(),
    }))
}

pub(crate) async fn calendars(clock: &MovableClock) -> Running<CalendarsControl> {
    let (listener, now) = (listener().await, clock.clock());
    let config = CalendarsConfig { listener, public_base_url: None, now, look_every: None };
    Calendars::start(config).expect("starts")
}

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
            client: http_client::build().expect("a client"),
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
