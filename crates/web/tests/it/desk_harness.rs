//! A desk with a server before it and providers beside it.

use std::sync::Arc;

use app::config::Config;
use app::config::Secret;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use simulators::{
    MercadoPago, MercadoPagoConfig, MercadoPagoControl, Running, WhatsApp, WhatsAppConfig, WhatsAppControl,
};
use store::db::Engine;
use testkit::{TestApp, TestDb};
use tokio::net::TcpListener;
use web::serve::Limits;

pub const STAFF: &str = "staff-token-of-the-tests-0123456789";
pub const APP_SECRET: &str = "app-secret-of-the-tests";
pub const WEBHOOK_SECRET: &str = "webhook-secret-of-the-tests";
pub const VERIFY_TOKEN: &str = "verify-token-of-the-tests";
pub const NUMBER: &str = "100000000000001";
pub const COLLECTOR: u64 = 44_444;
/// A guest's phone; nobody's.
pub const PHONE: &str = "5493515550101";

pub struct Desk {
    pub test: TestApp,
    pub url: String,
    pub http: reqwest::Client,
    pub whatsapp: WhatsAppControl,
    pub mercadopago: MercadoPagoControl,
    whatsapp_server: Running<WhatsAppControl>,
    mercadopago_server: Running<MercadoPagoControl>,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    /// # Panics
    /// When it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Desk {
    /// Runs `story` on each engine and sees to it that no work is left behind.
    pub async fn each(story: impl AsyncFn(&Self)) {
        Self::each_with(|_| {}, story).await;
    }

    /// The whole matrix: each engine, without Redis and with.
    pub async fn everywhere(story: impl AsyncFn(&Self)) {
        Self::everywhere_with(|_| {}, story).await;
    }

    pub async fn everywhere_with(edit: impl Fn(&mut Config), story: impl AsyncFn(&Self)) {
        Self::each_with(&edit, &story).await;
        for engine in [Engine::Sqlite, Engine::Postgres] {
            println!("on {engine:?} with Redis");
            let redis = testkit::redis_database::redis_url().await;
            let with_redis = |config: &mut Config| {
                config.redis.url = Secret::new(&redis);
                edit(config);
            };
            let desk = Self::start(engine, with_redis).await;
            story(&desk).await;
            desk.finish().await;
        }
    }

    pub async fn each_with(edit: impl Fn(&mut Config), story: impl AsyncFn(&Self)) {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            println!("on {engine:?}");
            let desk = Self::start(engine, &edit).await;
            story(&desk).await;
            desk.finish().await;
        }
    }

    pub async fn start(engine: Engine, edit: impl Fn(&mut Config)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let db = TestDb::migrated(engine).await;
        // The simulators tell the time by the desk's clock, which exists only after the desk knows where they are.
        let clock = Arc::new(std::sync::OnceLock::<kernel::clock::Clock>::new());
        let now = {
            let clock = Arc::clone(&clock);
            Arc::new(move || clock.get().map_or(jiff::Timestamp::UNIX_EPOCH, kernel::clock::Clock::now))
                as simulators::Clock
        };
        let whatsapp_server = WhatsApp::start(WhatsAppConfig {
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
            phone_number_id: NUMBER.to_owned(),
            display_phone_number: "5493515550100".to_owned(),
            access_token: "whatsapp-token".to_owned(),
            app_secret: APP_SECRET.to_owned(),
            webhook_url: format!("{url}/api/v1/whatsapp/webhook"),
            now: Arc::clone(&now),
        })
        .unwrap();
        let mercadopago_server = MercadoPago::start(MercadoPagoConfig {
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
            access_token: "mercadopago-token".to_owned(),
            webhook_secret: WEBHOOK_SECRET.to_owned(),
            collector_id: COLLECTOR,
            webhook_url: None,
            public_base_url: None,
            now,
        })
        .unwrap();
        let (whatsapp_url, mercadopago_url) =
            (whatsapp_server.base_url.clone(), mercadopago_server.base_url.clone());
        let test = TestApp::start_with(db, |config| {
            config.server.base_url = url.clone();
            config.server.request_timeout_seconds = 30;
            config.security.api_token = Secret::new(STAFF);
            config.rate_limit.enabled = false;
            config.whatsapp.access_token = Secret::new("whatsapp-token");
            config.whatsapp.app_secret = Secret::new(APP_SECRET);
            config.whatsapp.verify_token = Secret::new(VERIFY_TOKEN);
            config.whatsapp.phone_id = NUMBER.to_owned();
            config.whatsapp.base_url = format!("{whatsapp_url}/v26.0");
            config.mercadopago.access_token = Secret::new("mercadopago-token");
            config.mercadopago.webhook_secret = Secret::new(WEBHOOK_SECRET);
            config.mercadopago.collector_id = COLLECTOR.to_string();
            config.mercadopago.base_url = mercadopago_url;
            edit(config);
        })
        .await;
        assert!(clock.set(test.app.clock.clone()).is_ok(), "the clock is set once");
        let router = web::router(Arc::clone(&test.app));
        test.app.tasks.spawn(web::serve(Arc::clone(&test.app), listener, router, Limits::default()));
        Self {
            url,
            http: providers::http::client(providers::http::Timeouts::default()).unwrap(),
            whatsapp: whatsapp_server.control.clone(),
            mercadopago: mercadopago_server.control.clone(),
            whatsapp_server,
            mercadopago_server,
            test,
        }
    }

    pub async fn finish(self) {
        self.settle().await;
        let books = payments::ledger_check::check(&self.test.app).await.unwrap();
        assert!(books.faults.is_empty(), "the books are right after every story: {:?}", books.faults);
        self.whatsapp_server.stop().await;
        self.mercadopago_server.stop().await;
        drop(self.http);
        self.test.finish().await;
    }

    /// Until nothing is on its way: no webhook in the air, no job due.
    pub async fn settle(&self) {
        loop {
            self.whatsapp.settle().await;
            self.mercadopago.settle().await;
            if self.test.drain().await == 0 {
                self.whatsapp.settle().await;
                self.mercadopago.settle().await;
                if self.test.drain().await == 0 {
                    return;
                }
            }
        }
    }

    pub async fn call(&self, method: Method, path: &str, token: Option<&str>, body: Option<Value>) -> Answer {
        let mut request = self.http.request(method, format!("{}{path}", self.url));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        self.send(request).await
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.expect("the desk answers");
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, text: response.text().await.expect("the answer has an end") }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, None, Some(body)).await
    }

    pub async fn staff(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.call(method, path, Some(STAFF), body).await
    }

    /// A cabin for four at 15000 pesos; the answer's id.
    pub async fn cabin(&self, name: &str) -> String {
        let body = json!({ "name": name, "kind": "cabin", "capacity": 4, "base_price": "15000.00", "currency": "ARS" });
        let made = self.staff(Method::POST, "/api/v1/accommodations", Some(body)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        made.json()["id"].as_str().unwrap().to_owned()
    }

    /// Holds nights for two people with their own phone.
    pub async fn hold(&self, cabin: &str, check_in: &str, check_out: &str) -> Answer {
        self.post("/api/v1/reservations/pre-reserve", hold_body(cabin, check_in, check_out, "+5493515550999"))
            .await
    }

    /// A guest writes, and everything that follows from it happens. Returns what the desk said since.
    pub async fn guest_says(&self, phone: &str, text: &str) -> Vec<String> {
        let before = self.heard(phone).len();
        self.whatsapp.guest_writes(phone, text);
        self.settle().await;
        self.heard(phone).split_off(before)
    }

    /// What the desk has said to this guest.
    pub fn heard(&self, phone: &str) -> Vec<String> {
        let transcript = self.whatsapp.transcript(phone);
        let ours = transcript
            .into_iter()
            .filter(|entry| entry.direction == simulators::whatsapp::Direction::ToGuest);
        ours.map(|entry| entry.text.unwrap_or_default()).collect()
    }

    /// The address behind the last button that the guest got.
    pub fn last_link(&self, phone: &str) -> Option<String> {
        self.whatsapp.transcript(phone).into_iter().rev().find_map(|entry| entry.link).map(|link| link.url)
    }

    /// The id of the newest checkout page.
    pub fn preference(&self) -> String {
        let newest = self.mercadopago.preferences().pop().expect("a preference was opened");
        newest["id"].as_str().expect("a preference has an id").to_owned()
    }

    /// A payment at the provider (the simulator's README lists the members), and all that follows from it.
    pub async fn paid(&self, payment: Value) -> u64 {
        let payment = serde_json::from_value(payment).expect("a payment that the simulator knows");
        let id = self.mercadopago.create_payment(payment).expect("the payment is made");
        self.settle().await;
        id
    }

    /// A payment moves on at the provider, and all that follows from it.
    pub async fn payment_becomes(&self, id: u64, status: &str) {
        let change =
            serde_json::from_value(json!({ "status": status })).expect("a status that the simulator knows");
        assert!(self.mercadopago.change_payment(id, change), "there is such a payment");
        self.settle().await;
    }

    /// A chargeback at Mercado Pago, which stands as its detail says.
    pub async fn payment_is_charged_back(&self, id: u64, detail: &str) {
        let change = json!({ "status": "charged_back", "status_detail": detail });
        let change = serde_json::from_value(change).expect("a change that the simulator knows");
        assert!(self.mercadopago.change_payment(id, change), "there is such a payment");
        self.settle().await;
    }

    /// The next payment is odd in this way.
    pub fn next_payment_is_odd(&self, fault: Value) {
        self.mercadopago
            .fail_payment(serde_json::from_value(fault).expect("a fault that the simulator knows"));
    }

    /// The next call to the provider fails in this way.
    pub fn next_call_fails(&self, fault: Value) {
        let fault: simulators::faults::PlannedCallFault =
            serde_json::from_value(fault).expect("a fault that the simulator knows");
        self.mercadopago.fail_call(fault);
    }

    /// The money of a stay.
    pub async fn ledger(&self, code: &str) -> Value {
        let found = self.staff(Method::GET, &format!("/api/v1/reservations/{code}/ledger"), None).await;
        assert_eq!(found.status, StatusCode::OK, "{}", found.text);
        found.json()
    }

    /// What an account of the ledger holds.
    pub async fn account(&self, name: &str) -> Vec<domain::money::Money> {
        let mut session = self.test.app.read().await.unwrap();
        let all = store::ledger::list_balances(&mut session).await.unwrap();
        all.into_iter().filter(|(account, _)| account == name).map(|(_, money)| money).collect()
    }

    /// The guest's token of a stay.
    pub async fn token(&self, code: &str) -> String {
        let found = self.staff(Method::GET, &format!("/api/v1/reservations/{code}"), None).await.json();
        found["manage_url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
    }

    pub async fn status_of(&self, code: &str) -> String {
        let found = self.staff(Method::GET, &format!("/api/v1/reservations/{code}"), None).await;
        found.json()["status"].as_str().unwrap_or_default().to_owned()
    }

    /// Reasons of what waits for a person.
    pub async fn waiting(&self) -> Vec<String> {
        let open = self.staff(Method::GET, "/api/v1/attention", None).await.json();
        let reasons = open.as_array().unwrap().iter().map(|item| item["reason"].as_str().unwrap().to_owned());
        reasons.collect()
    }
}

pub fn hold_body(cabin: &str, check_in: &str, check_out: &str, phone: &str) -> Value {
    json!({
        "accommodation_id": cabin, "check_in": check_in, "check_out": check_out, "guests": 2,
        "channel": "direct", "contact_name": "Ana", "contact_phone": phone,
    })
}
