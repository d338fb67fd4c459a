//! Any body at all is answered at once, and not by a fault of ours. The item in a comment is the number in the list of
//! faults of older booking systems from which this program was planned.

use std::time::Duration;

use serde_json::{Value, json};
use store::db::Engine;
use testkit::TestDb;

use crate::support::{
    api_client::Answer,
    holds::{HOLDS, hold, wish, with_cabin},
    serve_process::{Desk, STAFF},
    wait_until::within,
};

/// Nothing here is worth a longer wait; the time limit of a request is ten seconds.
const AT_ONCE: Duration = Duration::from_secs(5);

/// Item 1: an exception in a handler made the request hang for ever. These three did it.
#[tokio::test(flavor = "multi_thread")]
async fn what_made_requests_hang_is_answered_at_once() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[]).await;
    let cabin = with_cabin(&desk).await;

    let mut long_name = wish(&cabin, 10, 2, 1);
    long_name["contact_name"] = json!("x".repeat(101));
    let refused = within("a name of 101 characters", AT_ONCE, hold(&desk, &long_name)).await.expect(422);
    assert_eq!(refused.json()["errors"][0]["pointer"], "/contact_name");

    let event =
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20300105T140000Z\r\nDTEND:20300107T100000Z\r\nEND:VEVENT\r\n";
    let calendar = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{event}END:VCALENDAR\r\n");
    let import = json!({ "accommodation_id": cabin, "source": "airbnb", "ical_text": calendar });
    let imported = desk.http.post("/api/v1/ical/import", Some(STAFF), &import);
    let imported = within("an event with a time of day", AT_ONCE, imported).await.expect(200);
    assert_eq!(imported.json()["created"], 1);

    let held = hold(&desk, &wish(&cabin, 10, 2, 1)).await.expect(201);
    let path = format!("/api/v1/reservations/{}/cancel", held.text("code"));
    let body = json!({ "reason": "flooded", "refund_amount": "0" });
    let cancelled =
        within("a cancellation by staff", AT_ONCE, desk.http.post(&path, Some(STAFF), &body)).await;
    assert_eq!(cancelled.expect(200).text("status"), "cancelled");
}

/// Item 1, the rest: any body at all is answered, and the desk goes on.
#[tokio::test(flavor = "multi_thread")]
async fn no_body_makes_a_request_hang_or_fail_by_our_fault() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[]).await;
    let good = wish(&with_cabin(&desk).await, 10, 2, 1);
    let odd = [
        Value::Null,
        json!(-1),
        json!(1e300),
        json!(""),
        json!("\u{0}"),
        json!("9999-99-99"),
        json!("-000001-01-01"),
        json!("x".repeat(10_000)),
        json!([]),
        json!({}),
        json!(true),
    ];
    let members: Vec<String> = good.as_object().expect("an object").keys().cloned().collect();
    for member in &members {
        for value in &odd {
            let mut wish = good.clone();
            wish[member] = value.clone();
            let answer = within(member, AT_ONCE, hold(&desk, &wish)).await;
            let fine = answer.status == 201 || (400..500).contains(&answer.status);
            assert!(fine, "{member} = {value}: {answer:?}");
            assert_ne!(answer.status, 429, "these are no attempts that count");
            cancel_if_held(&desk, &answer).await;
        }
    }
    let deep = "[".repeat(50_000);
    for body in ["", "{", "null", "\u{feff}{}", &deep] {
        let json = [("content-type", "application/json")];
        let sent = desk.http.try_send(reqwest::Method::POST, HOLDS, None, &json, Some(body.into()));
        let answer = within("a body that is no JSON", AT_ONCE, sent).await.expect("an answer");
        assert!((400..500).contains(&answer.status), "{answer:?}");
    }
    hold(&desk, &good).await.expect(201);
}

async fn cancel_if_held(desk: &Desk, answer: &Answer) {
    if answer.status == 201 {
        let path = format!("/api/v1/reservations/{}/cancel", answer.text("code"));
        desk.http.post(&path, Some(STAFF), &json!({})).await.expect(200);
    }
}
