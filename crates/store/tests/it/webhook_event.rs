//! Webhook events, each stored once.

use jiff::SignedDuration;
use serde_json::json;
use store::{
    queue::{self, NewJob},
    webhook_event::{self, Event},
};
use testkit::TestDb;

use crate::shared_cabins_and_rows::now;

fn event(id: &str, external_id: &str) -> Event {
    Event {
        id: id.to_owned(),
        source: "whatsapp",
        account: "desk".to_owned(),
        external_id: external_id.to_owned(),
        payload: json!({"id": external_id}),
        to_be_handled: true,
    }
}

fn without_jobs(events: &[Event]) -> Vec<(Event, Option<NewJob>)> {
    events.iter().cloned().map(|event| (event, None)).collect()
}

#[tokio::test]
async fn an_event_is_stored_once() {
    TestDb::each(async |db| {
        let store = async |events: &[Event]| {
            let mut new = db
                .commit(async |session| webhook_event::accept(session, &without_jobs(events), now()).await)
                .await;
            new.sort();
            new
        };
        let twice_in_one_delivery = [event("1", "a"), event("2", "a"), event("3", "b")];
        assert_eq!(store(&twice_in_one_delivery).await, ["1", "3"]);
        assert_eq!(store(&[event("4", "a"), event("5", "c")]).await, ["5"]);
        let other_account = Event { account: "other".to_owned(), ..event("6", "a") };
        let other_source = Event { source: "telegram", ..event("7", "a") };
        assert_eq!(store(&[other_account, other_source]).await, ["6", "7"]);
        assert!(store(&[]).await.is_empty());

        let stored = webhook_event::find(&mut db.read().await, "1").await.unwrap().unwrap();
        assert_eq!((stored.payload, stored.received_at, stored.handled), (json!({"id": "a"}), now(), false));
        assert!(webhook_event::find(&mut db.read().await, "2").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn new_events_bring_their_jobs_in_order_and_known_ones_none() {
    TestDb::each(async |db| {
        let job = |n: i64| NewJob {
            queue: "inbox",
            kind: "handle_message",
            payload: json!({ "n": n }),
            dedupe_key: None,
            order_key: Some("guest".to_owned()),
            run_at: now(),
            cause: None,
        };
        let first =
            [(event("9", "a"), Some(job(1))), (event("8", "b"), None), (event("7", "c"), Some(job(2)))];
        let again = [(event("6", "c"), Some(job(3))), (event("5", "d"), Some(job(4)))];
        for arrivals in [&first[..], &again[..]] {
            // As the desk does it: one statement, durable on return.
            let mut session = db.begin_single().await;
            webhook_event::accept(&mut session, arrivals, now()).await.unwrap();
            session.commit().await.unwrap();
        }
        let mut done = Vec::new();
        loop {
            let mut session = db.begin().await;
            let lease = SignedDuration::from_secs(60);
            let Some(claim) = queue::claim(&mut session, "inbox", 1, "w", now(), lease).await.unwrap().pop()
            else {
                break;
            };
            assert!(queue::finish(&mut session, &claim).await.unwrap().is_ok());
            session.commit().await.unwrap();
            done.push(claim.payload["n"].as_i64().unwrap());
        }
        assert_eq!(done, [1, 2, 4]);
    })
    .await;
}

/// More than go into one statement.
#[tokio::test]
async fn a_large_delivery_is_stored_whole() {
    TestDb::each(async |db| {
        let events: Vec<_> = (0..250).map(|n| event(&format!("{n:03}"), &format!("x{n}"))).collect();
        let new = db
            .commit(async |session| webhook_event::accept(session, &without_jobs(&events), now()).await)
            .await;
        assert_eq!(new.len(), 250);
    })
    .await;
}

#[tokio::test]
async fn what_was_handled_is_forgotten_after_a_while() {
    TestDb::each(async |db| {
        let recorded = Event { to_be_handled: false, ..event("r", "r") };
        let events = [event("1", "a"), event("2", "b"), recorded];
        db.commit(async |session| webhook_event::accept(session, &without_jobs(&events), now()).await).await;
        let later = now() + SignedDuration::from_hours(1);
        db.commit(async |session| {
            webhook_event::mark_handled(session, &[], "answered", later).await?;
            webhook_event::mark_handled(session, &["1"], "answered", later).await
        })
        .await;
        let is_handled = async |id| {
            webhook_event::find(&mut db.read().await, id).await.unwrap().map(|event| event.handled)
        };
        assert_eq!((is_handled("1").await, is_handled("2").await), (Some(true), Some(false)));
        assert_eq!(is_handled("r").await, Some(true), "what is only recorded has nothing to be done");

        let forget = async |before| {
            db.commit(async |session| webhook_event::delete_handled(session, before).await).await
        };
        assert_eq!(forget(later).await, 1, "the recorded one");
        assert_eq!(forget(later + SignedDuration::from_secs(1)).await, 1);
        assert_eq!(is_handled("2").await, Some(false), "what waits is never forgotten");
    })
    .await;
}
