//! The smallest vendor that there can be: what it gets from the core without a line of its own.

use std::sync::Arc;

use axum::{Router, http::StatusCode, routing::get};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::support::{Caller, Desk, MovableClock, SECRET, TOKEN, listener};
use crate::{
    Control, Retry, Running,
    core::{
        Delivery, Dialect, PlannedError, Reply, Route, SimState, SimulatorCore, Vendor, VendorCall,
        VendorError, VendorSim, status,
    },
    faults::{Call, CallFault, FaultQueues},
};

/// Keeps notes, and tells of each.
struct Notebook;

#[derive(Clone, Serialize, Deserialize)]
struct Settings {
    webhook_url: String,
    retry: Retry,
}

#[derive(Clone, Default, Serialize, Deserialize)]
struct NoFaults {}

impl FaultQueues for NoFaults {
    fn plan(&mut self, _: Self) {}
}

struct Refusal(u16);

impl VendorError for Refusal {
    fn reply(&self) -> Reply {
        Reply::json(status(self.0), &json!({ "refused": self.0 }))
    }
}

struct Numbers;

impl Dialect for Numbers {
    fn error(&self, planned: &PlannedError<'_>) -> Reply {
        Refusal(planned.http_status.unwrap_or(400)).reply()
    }

    fn rate_limited(&self) -> Reply {
        Refusal(429).reply()
    }

    fn server_error(&self, http_status: u16) -> Reply {
        Refusal(http_status).reply()
    }
}

impl Vendor for Notebook {
    type Settings = Settings;
    type Faults = NoFaults;
    type Model = Vec<String>;
    type Error = Refusal;

    const SIGNATURE_HEADER: &'static str = "x-secret";

    fn retry(settings: &Settings) -> Retry {
        settings.retry.clone()
    }

    fn dialect() -> &'static (dyn Dialect + Sync) {
        &Numbers
    }

    fn authorize(call: &VendorCall<'_, Self>, _: &SimState<Self>) -> Result<(), Refusal> {
        if call.incoming.bearer() == Some(TOKEN) { Ok(()) } else { Err(Refusal(401)) }
    }

    fn routes() -> Vec<Route<Self>> {
        vec![
            Route::post("/notes/{id}", Call::CreateOrder, write),
            Route::get("/notes/{id}", Call::GetOrder, read),
        ]
    }

    fn other_paths() -> Router<Arc<VendorSim<Self>>> {
        Router::new().route("/", get(async || "notes"))
    }

    fn control_routes() -> Router<Control<Self>> {
        Router::new()
    }
}

fn write(call: &VendorCall<'_, Notebook>, state: &mut SimState<Notebook>) -> Result<Reply, Refusal> {
    let key = call.incoming.header("x-idempotency-key").map(str::to_owned);
    state.once(key, call.sim.now(), SignedDuration::from_hours(1), |state| {
        state.model.push(call.id().to_owned());
        call.sim.webhooks.send(Delivery {
            ordering_key: String::new(),
            url: state.settings.webhook_url.clone(),
            what: "note".to_owned(),
            subject: call.id().to_owned(),
            body: b"{}".to_vec(),
            headers: Arc::new(|secrets, _| vec![(Notebook::SIGNATURE_HEADER, secrets.newest.clone())]),
        });
        Ok(Reply::json(StatusCode::CREATED, &json!({ "notes": state.model.len() })))
    })
}

fn read(call: &VendorCall<'_, Notebook>, state: &mut SimState<Notebook>) -> Result<Reply, Refusal> {
    let note = state.model.iter().find(|note| *note == call.id()).ok_or(Refusal(404))?;
    Ok(Reply::json(StatusCode::OK, &json!({ "note": note })))
}

async fn start(desk: &Desk, clock: &MovableClock) -> (Running<Control<Notebook>>, Caller) {
    let listener = listener().await;
    let core = SimulatorCore::new(&listener, clock.clock()).unwrap();
    let settings = Settings { webhook_url: desk.url.clone(), retry: Retry::default() };
    let running = VendorSim::start(listener, core, Notebook, settings, SECRET.to_owned());
    let caller = Caller::new(&running.base_url);
    (running, caller)
}

#[tokio::test]
async fn callers_are_let_in_and_answered_and_webhooks_are_signed() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let (running, caller) = start(&desk, &clock).await;
    assert_eq!(Caller::stranger(&running.base_url).get("/notes/a").await.status, 401);
    assert_eq!(caller.get("/notes/a").await.status, 404);
    assert_eq!(caller.post("/notes/a", &json!({})).await.status, 201);
    assert_eq!(caller.get("/notes/a").await.json(), json!({ "note": "a" }));
    running.control.settle().await;
    let received = desk.received();
    assert_eq!((received.len(), received[0].header("x-secret")), (1, SECRET));
}

#[tokio::test]
async fn a_key_is_good_for_its_lifetime() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let (_running, caller) = start(&desk, &clock).await;
    let write = async || caller.post_once("/notes/a", "key", &json!({})).await.json()["notes"].clone();
    assert_eq!((write().await, write().await), (json!(1), json!(1)));
    clock.forward(SignedDuration::from_hours(1));
    assert_eq!(write().await, json!(2));
}

#[tokio::test]
async fn calls_are_logged_with_the_faults_that_they_met() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let (running, caller) = start(&desk, &clock).await;
    running.control.fail_call(CallFault::LostAnswer { http_status: 502 }.on(Call::CreateOrder));
    running.control.fail_call(CallFault::DropConnection { after_effect: false }.on(Call::GetOrder));
    assert_eq!(caller.post("/notes/a", &json!({})).await.status, 502);
    let cut = caller.request(reqwest::Method::GET, "/notes/a").send().await;
    assert!(cut.is_err(), "the connection was cut");
    assert_eq!(caller.get("/notes/a?shown=not").await.status, 200);

    let calls = caller.get("/sim/calls").await.json();
    let told = |call: &Value| {
        let text = |name: &str| call[name].as_str().unwrap().to_owned();
        (text("method"), text("path"), call["http_status"].clone(), call["fault"]["kind"].clone())
    };
    let row = |method: &str, status: Value, fault: &str| {
        (method.to_owned(), "/notes/a".to_owned(), status, json!(fault))
    };
    let expected = [
        row("POST", json!(502), "lost_answer"),
        row("GET", Value::Null, "drop_connection"),
        row("GET", json!(200), "none"),
    ];
    assert_eq!(calls.as_array().unwrap().iter().map(told).collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn a_reset_forgets_all_but_the_settings() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let (running, caller) = start(&desk, &clock).await;
    caller.post_once("/notes/a", "key", &json!({})).await;
    running.control.settle().await;
    running.control.hold_webhooks();
    caller.post("/notes/b", &json!({})).await;
    running.control.fail_call(CallFault::RateLimited { retry_after_seconds: None });
    running.control.change_settings(|settings| settings.retry.tries = 3);

    assert_eq!(caller.post("/sim/reset", &json!({})).await.status, 204);
    assert_eq!((running.control.webhooks(), running.control.calls()), (Vec::new(), Vec::new()));
    assert_eq!(running.control.release_webhooks(false), 0, "the held one is forgotten");
    assert_eq!(caller.get("/notes/a").await.status, 404, "no note, and no fault");
    let again = caller.post_once("/notes/a", "key", &json!({})).await;
    assert_eq!(again.json()["notes"], 1, "the key is forgotten");
    assert_eq!(running.control.settings().retry.tries, 3);
}
