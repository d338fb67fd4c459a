//! `kill -9` between the provider's doing and our writing it down: between capture and record, between refund and
//! record. The next process finds what was done, and does it once.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

use std::time::Duration;

use serde_json::{Value, json};
use simulators::{
    PayPalControl,
    faults::{Call, CallFault},
    paypal::Outcome,
};
use store::db::Engine;
use testkit::TestDb;

use crate::support::{
    desk::{Desk, STAFF},
    house::{HOLDS, wish},
    port,
    tills::{paypal_settings, start_paypal},
    wait::until,
};

const LIMIT: Duration = Duration::from_secs(60);
/// Longer than anybody waits here: only a living process would hear the answer.
const TOO_LATE: CallFault = CallFault::SlowAnswer { delay_ms: 20_000 };

#[tokio::test(flavor = "multi_thread")]
async fn a_capture_and_a_refund_that_nobody_recorded_are_found_on_sqlite() {
    killed_between_doing_and_writing(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_capture_and_a_refund_that_nobody_recorded_are_found_on_postgres() {
    killed_between_doing_and_writing(Engine::Postgres).await;
}

async fn killed_between_doing_and_writing(engine: Engine) {
    let db = TestDb::empty(engine).await;
    let port = port::free();
    let paypal = start_paypal(port).await;
    let settings = settings(&paypal.base_url, port);
    let desk = start(&db, &settings).await;
    let held = hold_in_dollars(&desk).await;
    let (code, token) = (held["code"].as_str().unwrap(), held["token"].as_str().unwrap());
    desk.http.post(&format!("/pay/{token}/paypal"), None, &json!(null)).await;
    let order = until("the order is open", LIMIT, async || paypal.control.orders().pop()).await;

    // The money moves, and the process that moved it dies before it hears of it.
    paypal.control.fail_call(TOO_LATE.on(Call::CaptureOrder));
    paypal.control.act(order["id"].as_str().unwrap(), Outcome::Approved).unwrap();
    until("the money has moved", LIMIT, async || captures(&paypal.control).pop()).await;
    desk.kill().await;
    let desk = start(&db, &settings).await;
    until("the stay is confirmed", LIMIT, async || {
        (ledger(&desk, code).await["paid"] == held["deposit_amount"]).then_some(())
    })
    .await;
    assert_eq!(captures(&paypal.control).len(), 1, "the money was taken once");

    // The same with money back.
    paypal.control.fail_call(TOO_LATE.on(Call::CreateRefund));
    let cancel = format!("/api/v1/reservations/{code}/cancel");
    desk.http.post(&cancel, Some(STAFF), &json!({})).await.expect(200);
    until("the money has gone back", LIMIT, async || refunds(&paypal.control).pop()).await;
    desk.kill().await;
    let desk = start(&db, &settings).await;
    let done = until("the refund is recorded", LIMIT, async || {
        let ledger = ledger(&desk, code).await;
        let is_done = ledger["refunds"][0]["status"] == "done" && ledger["lines"].as_array()?.len() == 2;
        is_done.then_some(ledger)
    })
    .await;
    assert_eq!(refunds(&paypal.control).len(), 1, "the money went back once");
    assert_eq!((&done["paid"], &done["refunds_pending"]), (&json!("0.00"), &json!("0.00")));
    desk.stop().await;
}

fn settings(paypal: &str, port: u16) -> Vec<(&'static str, String)> {
    let mut settings = paypal_settings(paypal);
    settings.extend([
        ("PORT", port.to_string()),
        ("PROPERTY_CURRENCY", "USD".to_owned()),
        // The shortest there is: what a dead process had begun is taken over soon.
        ("JOB_LEASE_SECONDS", "5".to_owned()),
    ]);
    settings
}

async fn start(db: &TestDb, settings: &[(&str, String)]) -> Desk {
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Desk::serve(db.url(), &settings).await
}

async fn hold_in_dollars(desk: &Desk) -> Value {
    let cabin = json!({ "name": "La Piedra", "capacity": 4, "base_price": "90.00", "currency": "USD" });
    let cabin = desk.http.post("/api/v1/accommodations", Some(STAFF), &cabin).await.expect(201).text("id");
    desk.http.post(HOLDS, None, &wish(&cabin, 30, 2, 1)).await.expect(201).json()
}

async fn ledger(desk: &Desk, code: &str) -> Value {
    desk.http.get(&format!("/api/v1/reservations/{code}/ledger"), Some(STAFF)).await.json()
}

fn captures(control: &PayPalControl) -> Vec<Value> {
    payments(control, "captures")
}

fn refunds(control: &PayPalControl) -> Vec<Value> {
    payments(control, "refunds")
}

fn payments(control: &PayPalControl, kind: &str) -> Vec<Value> {
    let orders = control.orders().into_iter();
    orders
        .flat_map(|order| {
            order["purchase_units"][0]["payments"][kind].as_array().cloned().unwrap_or_default()
        })
        .collect()
}
