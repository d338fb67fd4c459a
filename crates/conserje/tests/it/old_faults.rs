//! Faults of older booking systems that can be seen from outside. The item in a comment is its number in the list from
//! which this program was planned. Others are in the file of their subject: item 3 in `redis.rs`, item 15 in
//! `cli/migrate.rs`.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use store::db::Engine;
use testkit::TestDb;

use crate::support::{
    desk::{Desk, STAFF},
    house::{self, HOLDS, hold, wish, with_cabin},
    http::Answer,
    wait::within,
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

/// Item 2: their cache answered {"cached": true} and forgot the code.
#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_request_gets_the_same_bytes_even_after_a_restart() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[]).await;
    let wish = wish(&with_cabin(&desk).await, 10, 2, 1);
    let first = ask(&desk, "the-key", "first browser", &wish).await.expect(201);
    // Another User-Agent made it another request for them.
    let again = ask(&desk, "the-key", "second browser", &wish).await.expect(201);
    assert_eq!(again.body, first.body);
    desk.kill().await;
    let desk = Desk::serve(db.url(), &[]).await;
    let later = ask(&desk, "the-key", "second browser", &wish).await.expect(201);
    assert_eq!(later.body, first.body);
    assert_eq!(house::stays(&db.db).await.len(), 1);
}

/// Item 2: two identical requests in flight both ran.
#[tokio::test(flavor = "multi_thread")]
async fn identical_requests_in_flight_through_two_processes_run_once() {
    let db = TestDb::empty(Engine::Postgres).await;
    let desks = [Desk::serve(db.url(), &[]).await, Desk::serve(db.url(), &[]).await];
    let cabin = with_cabin(&desks[0]).await;
    for round in 0..4 {
        let (wish, key) = (wish(&cabin, 10 + 3 * round, 2, 100), format!("round-{round}"));
        let asked = (0..16).map(|number| ask(&desks[number % 2], &key, "browser", &wish));
        let answers = join_all(asked).await;
        let done: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
        assert!(!done.is_empty(), "one of them was carried out: {answers:?}");
        assert!(done.iter().all(|answer| answer.body == done[0].body), "and all see the same");
        for answer in answers.iter().filter(|answer| answer.status != 201) {
            assert_eq!((answer.status, answer.code().as_str()), (409, "idempotency_key_busy"));
        }
        let path = format!("/api/v1/reservations/{}/cancel", done[0].text("code"));
        desks[0].http.post(&path, Some(STAFF), &json!({})).await.expect(200);
    }
    assert_eq!(house::stays(&db.db).await.len(), 4);
}

/// Item 2: a refusal was cached for 48 hours, even after the dates were free.
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_not_kept() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[]).await;
    let cabin = with_cabin(&desk).await;
    let taken = hold(&desk, &wish(&cabin, 10, 2, 1)).await.expect(201);
    let mine = wish(&cabin, 10, 2, 2);
    assert_eq!(ask(&desk, "mine", "browser", &mine).await.expect(409).code(), "date_overlap");
    cancel_if_held(&desk, &taken).await;
    ask(&desk, "mine", "browser", &mine).await.expect(201);
}

/// Item 2: a second confirm or cancel got an answer without a status.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_confirm_and_a_second_cancel_say_what_is() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[]).await;
    let held = hold(&desk, &wish(&with_cabin(&desk).await, 10, 2, 1)).await.expect(201);
    let post = async |action: &str| {
        let path = format!("/api/v1/reservations/{}/{action}", held.text("code"));
        desk.http.post(&path, Some(STAFF), &json!({})).await
    };
    assert_eq!(post("confirm").await.expect(200).text("status"), "confirmed");
    assert_eq!(post("confirm").await.expect(409).code(), "invalid_state");
    assert_eq!(post("cancel").await.expect(200).text("status"), "cancelled");
    assert_eq!(post("cancel").await.expect(409).code(), "invalid_state");
}

/// Item 14: an e-mail address alone, known to everybody, opened everything.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_in_by_an_address_or_by_default() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[("ADMIN_ALLOWED_EMAILS", "admin@example.com")]).await;
    let cabin = with_cabin(&desk).await;
    let held = hold(&desk, &wish(&cabin, 10, 2, 1)).await.expect(201);
    let code = held.text("code");
    for path in ["/api/v1/admin/login", "/admin/login", "/login"] {
        let answer = desk.http.post(path, None, &json!({ "email": "admin@example.com" })).await;
        assert!([401, 403, 404, 405].contains(&answer.status), "{path}: {answer:?}");
    }
    assert_closed(&desk, &code, None, 401).await;
    for guess in ["admin", "admin@example.com", "dummy", "changeme", "null", "undefined", &code] {
        assert_closed(&desk, &code, Some(guess), 403).await;
    }
}

/// Item 14: a program that was given no staff token has no staff, rather than staff with an empty token.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_staff_token_nobody_is_staff() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[("API_TOKEN", "")]).await;
    for guess in [None, Some(""), Some(" "), Some("null"), Some(STAFF)] {
        let body = json!({ "name": "A cabin", "base_price": "1.00" });
        let answer = desk.http.post("/api/v1/accommodations", guess, &body).await;
        assert!([401, 403].contains(&answer.status), "{guess:?}: {answer:?}");
    }
}

/// Item 14: the key to everything stood in an address, and so in the logs of every proxy.
#[tokio::test(flavor = "multi_thread")]
async fn a_staff_token_in_the_address_opens_nothing() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[]).await;
    let held = hold(&desk, &wish(&with_cabin(&desk).await, 10, 2, 1)).await.expect(201);
    let path = format!("/api/v1/reservations/{}", held.text("code"));
    let look = desk.http.get(&format!("{path}?token={STAFF}"), None).await;
    assert!([401, 403, 404].contains(&look.status), "{look:?}");
    let cancel = desk.http.post(&format!("{path}/cancel?token={STAFF}"), None, &json!({})).await;
    assert!([401, 403, 404].contains(&cancel.status), "{cancel:?}");
}

async fn assert_closed(desk: &Desk, code: &str, token: Option<&str>, status: u16) {
    let posts = [
        "/api/v1/accommodations".to_owned(),
        "/api/v1/ical/import".to_owned(),
        "/api/v1/ical/feeds".to_owned(),
        format!("/api/v1/reservations/{code}/confirm"),
        format!("/api/v1/reservations/{code}/dates"),
        format!("/api/v1/reservations/{code}/no-show"),
    ];
    for path in posts {
        let answer = desk.http.post(&path, token, &json!({})).await;
        assert_eq!(answer.status, status, "{path} with {token:?}: {answer:?}");
    }
    let list = desk.http.get("/api/v1/attention", token).await;
    assert_eq!(list.status, status, "{list:?}");
    // Whether it exists is not told to strangers either.
    let look = desk.http.get(&format!("/api/v1/reservations/{code}"), token).await;
    assert_eq!(look.status, if token.is_some() { 404 } else { 401 }, "{look:?}");
}

async fn ask(desk: &Desk, key: &str, browser: &str, wish: &Value) -> Answer {
    let headers = [("idempotency-key", key), ("user-agent", browser)];
    desk.http.try_post(HOLDS, None, &headers, wish).await.expect("the desk answers")
}
