//! `kill -9` between the provider's doing and our writing it down: between capture and record, between refund and
//! record. The next process finds what was done, and does it once.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

use std::time::Duration;

use serde_json::{Value, json};
use simulators::faults::{Call, CallFault};
use store::db::Engine;
use testkit::TestDb;

use crate::support::{
    free_port,
    holds::{HOLDS, wish},
    payment_simulators::Till,
    serve_process::{Desk, STAFF},
    wait_until::{until, until_true, within},
};

const LIMIT: Duration = Duration::from_secs(60);
/// Longer than anybody waits here: only a living process would hear the answer.
const TOO_LATE: CallFault = CallFault::SlowAnswer { delay_ms: 20_000 };

/// Only at PayPal does the money move by a call of ours.
#[tokio::test(flavor = "multi_thread")]
async fn a_capture_that_nobody_recorded_is_found() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let house = House::open(engine, "paypal").await;
        let desk = house.desk().await;
        let (held, page) = house.hold(&desk).await;
        house.till.fail_call(TOO_LATE.on(Call::CaptureOrder));
        house.till.pay(&page);
        until("the money has moved", LIMIT, async || house.till.payments().pop()).await;
        desk.kill().await;
        let desk = house.desk().await;
        until_confirmed(&desk, &held).await;
        house.until_all_is_read().await;
        assert_eq!(house.till.payments().len(), 1, "the money was taken once");
        desk.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_nobody_recorded_is_found_on_sqlite() {
    for name in Till::NAMES {
        killed_between_refund_and_record(Engine::Sqlite, name).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_nobody_recorded_is_found_on_postgres() {
    for name in Till::NAMES {
        killed_between_refund_and_record(Engine::Postgres, name).await;
    }
}

/// A part goes back: of the whole, a provider would refuse the second refund by itself.
async fn killed_between_refund_and_record(engine: Engine, name: &str) {
    println!("{name} on {engine:?}");
    let house = House::open(engine, name).await;
    let desk = house.desk().await;
    let (held, page) = house.hold(&desk).await;
    house.till.pay(&page);
    until_confirmed(&desk, &held).await;

    // The money goes back, and the process that sent it dies before it hears of it.
    house.till.fail_call(TOO_LATE.on(Call::CreateRefund));
    let code = held["code"].as_str().unwrap();
    let part = json!({ "amount": "10.00" });
    desk.http.post(&format!("/api/v1/reservations/{code}/refunds"), Some(STAFF), &part).await.expect(201);
    until("the money has gone back", LIMIT, async || house.till.refunds().pop()).await;
    desk.kill().await;
    let desk = house.desk().await;
    let done = until("the refund is recorded", LIMIT, async || {
        let ledger = ledger(&desk, code).await;
        let is_done = ledger["refunds"][0]["status"] == "done" && ledger["lines"].as_array()?.len() == 2;
        is_done.then_some(ledger)
    })
    .await;
    house.until_all_is_read().await;
    assert_eq!(house.till.refunds().len(), 1, "the money went back once");
    let left = minor(&held["deposit_amount"]) - 1_000;
    assert_eq!((minor(&done["paid"]), minor(&done["refunds_pending"])), (left, 0));
    let open = desk.http.get("/api/v1/attention", Some(STAFF)).await.json();
    assert_eq!(open, json!([]), "it is known as our own");
    desk.stop().await;
}

/// A database and a provider, which outlive the desks.
struct House {
    db: TestDb,
    till: Till,
    settings: Vec<(&'static str, String)>,
}

impl House {
    async fn open(engine: Engine, provider: &str) -> Self {
        let port = free_port::free();
        let till = Till::start(provider, port).await;
        let mut settings = till.settings();
        settings.extend([
            ("PORT", port.to_string()),
            ("PROPERTY_CURRENCY", till.currency().to_owned()),
            // The shortest there is: what a dead process had begun is taken over soon.
            ("JOB_LEASE_SECONDS", "5".to_owned()),
        ]);
        Self { db: TestDb::empty(engine).await, till, settings }
    }

    async fn desk(&self) -> Desk {
        let settings: Vec<_> = self.settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Desk::serve(self.db.url(), &settings).await
    }

    /// Until the provider has said all that it has to say, and it was looked at: an event that comes late must not
    /// change what a test is about to see.
    async fn until_all_is_read(&self) {
        within("the last event", LIMIT, self.till.settle()).await;
        until_true("each event is looked at", LIMIT, async || {
            let sql = "select count(*) as n from inbox where handled_at is null";
            let mut session = self.db.db.read().await.expect("the test's database is read");
            let count = session.first(sql, vec![], |row| row.int("n")).await;
            count.expect("events can be counted") == Some(0)
        })
        .await;
    }

    /// Holds nights, and opens the page to pay on: the hold and the page's id.
    async fn hold(&self, desk: &Desk) -> (Value, String) {
        let cabin = json!({
            "name": "La Piedra", "capacity": 4, "base_price": "90.00", "currency": self.till.currency(),
        });
        let cabin =
            desk.http.post("/api/v1/accommodations", Some(STAFF), &cabin).await.expect(201).text("id");
        let held = desk.http.post(HOLDS, None, &wish(&cabin, 30, 2, 1)).await.expect(201).json();
        let page = until("the page is open", LIMIT, async || self.till.page()).await;
        (held, page)
    }
}

async fn until_confirmed(desk: &Desk, held: &Value) {
    let code = held["code"].as_str().unwrap();
    until("the stay is confirmed", LIMIT, async || {
        (ledger(desk, code).await["paid"] == held["deposit_amount"]).then_some(())
    })
    .await;
}

async fn ledger(desk: &Desk, code: &str) -> Value {
    desk.http.get(&format!("/api/v1/reservations/{code}/ledger"), Some(STAFF)).await.json()
}

/// Hundredths of `"54.00"`.
fn minor(amount: &Value) -> i64 {
    amount.as_str().unwrap().replace('.', "").parse().unwrap()
}
