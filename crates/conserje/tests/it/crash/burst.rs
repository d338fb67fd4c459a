//! The database stops for ten seconds in the middle of a thousand payment webhooks: none is lost, none counts twice.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use app::clock::Clock;
use futures_util::{StreamExt as _, stream};
use serde_json::{Value, json};
use simulators::{StripeControl, signatures::stripe_header, stripe::Outcome};
use store::db::Db;

use crate::support::{
    desk::{Desk, STAFF},
    house::{HOLDS, wish},
    port,
    postgres::OwnPostgres,
    tills::{STRIPE_SECRET, start_stripe, stripe_settings},
    wait::{until, until_true},
};

const LIMIT: Duration = Duration::from_secs(120);
const STAYS: usize = 25;
/// Events per stay; each comes twice, as providers repeat them: a thousand webhooks.
const EVENTS: usize = 20;
const OUTAGE: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_webhooks_survive_ten_seconds_without_a_database() {
    let mut postgres = OwnPostgres::start().await;
    let port = port::free();
    let stripe = start_stripe(port).await;
    let mut settings = stripe_settings(&stripe.base_url);
    settings.extend([
        ("PORT", port.to_string()),
        ("PROPERTY_CURRENCY", "USD".to_owned()),
        ("REQUEST_TIMEOUT_SECONDS", "2".to_owned()),
    ]);
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let desk = Desk::serve(&postgres.url(), &settings).await;
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
        postgres.kill();
        // How long it lasts is what is tried here.
        tokio::time::sleep(OUTAGE).await;
        let in_the_middle = accepted.load(Ordering::Relaxed);
        postgres.start_again().await;
        in_the_middle
    };
    let ((), in_the_middle) = tokio::join!(burst, outage);
    assert!(in_the_middle < STAYS * EVENTS * 2, "the outage met the burst: {in_the_middle}");

    let db = Db::open(&postgres.url(), 2).await.unwrap();
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
async fn send_all(desk: &Desk, events: Vec<(String, Vec<u8>)>, accepted: &AtomicUsize) {
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
                match sent.await {
                    Ok(answer) if answer.status == 200 => Some(()),
                    Ok(answer) => {
                        assert_eq!(answer.status, 503, "{answer:?}");
                        None
                    }
                    Err(_) => None,
                }
            })
            .await;
            accepted.fetch_add(1, Ordering::Relaxed);
        })
        .await;
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
