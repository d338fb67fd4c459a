//! The database stops for ten seconds in the middle of a thousand payment webhooks: none is lost, none counts twice.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use futures_util::{StreamExt as _, stream};
use kernel::clock::Clock;
use serde_json::{Value, json};
use simulators::{StripeControl, stripe::Outcome, webhook_signatures::stripe_header};
use store::db::{Db, Engine};
use testkit::TestDb;

use crate::support::{
    free_port,
    holds::{HOLDS, wish},
    own_postgres::OwnPostgres,
    payment_simulators::{STRIPE_SECRET, start_stripe, stripe_settings},
    serve_process::{Desk, STAFF},
    wait_until::{until, until_true},
};

const LIMIT: Duration = Duration::from_secs(120);
const STAYS: usize = 25;
/// Events per stay; each comes twice, as providers repeat them: a thousand webhooks.
const EVENTS: usize = 20;
const OUTAGE: Duration = Duration::from_secs(10);

/// What stops, and comes back.
enum Database {
    Postgres(OwnPostgres),
    Sqlite(TestDb),
}

impl Database {
    fn url(&self) -> String {
        match self {
            Self::Postgres(own) => own.url(),
            Self::Sqlite(db) => db.url().to_owned(),
        }
    }

    /// How long it lasts is what is tried here.
    async fn stop_for(&mut self, time: Duration) {
        match self {
            Self::Postgres(own) => {
                own.kill();
                tokio::time::sleep(time).await;
                own.start_again().await;
            }
            // Nothing can be killed there; another program keeps the file to itself, as a bad backup does.
            Self::Sqlite(db) => {
                let other = Db::open(db.url(), 1).await.unwrap();
                let session = other.begin().await.unwrap();
                tokio::time::sleep(time).await;
                drop(session);
                other.close().await;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_webhooks_survive_ten_seconds_without_postgres() {
    outage_in_a_burst(Database::Postgres(OwnPostgres::start().await)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_webhooks_survive_ten_seconds_without_sqlite() {
    outage_in_a_burst(Database::Sqlite(TestDb::empty(Engine::Sqlite).await)).await;
}

async fn outage_in_a_burst(mut database: Database) {
    let port = free_port::free();
    let stripe = start_stripe(port).await;
    let mut settings = stripe_settings(&stripe.base_url);
    settings.extend([
        ("PORT", port.to_string()),
        ("PROPERTY_CURRENCY", "USD".to_owned()),
        ("REQUEST_TIMEOUT_SECONDS", "2".to_owned()),
    ]);
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let desk = Desk::serve(&database.url(), &settings).await;
    let codes = hold_all(&desk).await;
    let sessions = until("every page is open", LIMIT, async || {
        let sessions = stripe.control.sessions();
        (sessions.len() == STAYS).then_some(sessions)
    })
    .await;
    // Everybody has paid, and the provider's own events are kept back: these are the test's to send.
    stripe.control.hold_webhooks();
    for session in &sessions {
        stripe.control.act(session["id"].as_str().unwrap(), Outcome::Paid).unwrap();
    }

    let accepted = AtomicUsize::new(0);
    let burst = send_all(&desk, events(&sessions), &accepted);
    let outage = async {
        until_true("a third is in", LIMIT, async || accepted.load(Ordering::Relaxed) > 300).await;
        database.stop_for(OUTAGE).await;
    };
    let (refused, ()) = tokio::join!(burst, outage);
    assert!(refused > 0, "no webhook met the outage: the test proves nothing");

    let db = Db::open(&database.url(), 2).await.unwrap();
    until_true("everything is read back", LIMIT, async || {
        count(&db, "inbox where handled_at is null").await == 0
    })
    .await;
    assert_eq!(count(&db, "inbox where source = 'stripe'").await, STAYS * EVENTS, "each event once");
    for code in codes {
        let ledger = desk.http.get(&format!("/api/v1/reservations/{code}/ledger"), Some(STAFF)).await.json();
        assert_eq!(ledger["paid"], ledger["deposit_amount"], "{ledger}");
        assert_eq!(ledger["lines"].as_array().unwrap().len(), 1, "one posting: {ledger}");
    }
    assert_eq!(count(&db, "stay where status = 'confirmed'").await, STAYS);
    assert_eq!(count(&db, "refund").await, 0);
    assert_eq!(count(&db, "job where state = 'dead'").await, 0);
    assert_eq!(paid(&stripe.control), STAYS);
    db.close().await;
    desk.stop().await;
}

async fn hold_all(desk: &Desk) -> Vec<String> {
    let mut codes = Vec::new();
    for guest in 0..STAYS {
        let cabin = json!({ "name": format!("Cabin {guest}"), "capacity": 4, "base_price": "90.00", "currency": "USD" });
        let cabin =
            desk.http.post("/api/v1/accommodations", Some(STAFF), &cabin).await.expect(201).text("id");
        codes.push(desk.http.post(HOLDS, None, &wish(&cabin, 30, 2, guest)).await.expect(201).text("code"));
    }
    codes
}

/// Twenty different events about each page, and each of them again.
fn events(sessions: &[Value]) -> Vec<(String, Vec<u8>)> {
    let once = (0..EVENTS).flat_map(|number| {
        sessions.iter().map(move |session| {
            let id = format!("evt_{number}_{}", session["id"].as_str().unwrap());
            let event = json!({
                "id": id, "object": "event", "type": "checkout.session.completed", "livemode": false,
                "created": Clock::System.now().as_second(), "data": { "object": session },
            });
            (id, event.to_string().into_bytes())
        })
    });
    let once: Vec<_> = once.collect();
    once.iter().cloned().chain(once.iter().cloned()).collect()
}

/// As a provider does: whatever is not answered by a 200 is sent again.
/// Returns how often that was.
async fn send_all(desk: &Desk, events: Vec<(String, Vec<u8>)>, accepted: &AtomicUsize) -> usize {
    let refused = AtomicUsize::new(0);
    let ids: BTreeSet<_> = events.iter().map(|(id, _)| id.clone()).collect();
    assert_eq!((ids.len(), events.len()), (STAYS * EVENTS, STAYS * EVENTS * 2));
    stream::iter(events)
        .for_each_concurrent(16, async |(id, body)| {
            until(&format!("{id} is accepted"), LIMIT, async || {
                let signature = stripe_header([STRIPE_SECRET], Clock::System.now().as_second(), &body);
                let headers =
                    [("content-type", "application/json"), ("stripe-signature", signature.as_str())];
                let path = "/api/v1/stripe/webhook";
                let sent =
                    desk.http.try_send(reqwest::Method::POST, path, None, &headers, Some(body.clone()));
                let status = sent.await.map_or(0, |answer| answer.status);
                assert!([0, 200, 503].contains(&status), "{status}");
                refused.fetch_add(usize::from(status != 200), Ordering::Relaxed);
                (status == 200).then_some(())
            })
            .await;
            accepted.fetch_add(1, Ordering::Relaxed);
        })
        .await;
    refused.into_inner()
}

async fn count(db: &Db, what: &str) -> usize {
    let sql = format!("select count(*) as n from {what}");
    let mut session = db.read().await.expect("the test's database is read");
    let found = session.first(sql, vec![], |row| row.int("n")).await.expect("rows can be counted");
    usize::try_from(found.expect("one row")).expect("a count is not negative")
}

fn paid(control: &StripeControl) -> usize {
    control.payments().iter().filter(|payment| payment["status"] == "succeeded").count()
}
