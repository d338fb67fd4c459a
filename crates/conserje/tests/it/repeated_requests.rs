//! Requests that come again, through another process and after a restart too. The item in a comment is the number in the
//! list of faults of older booking systems from which this program was planned.

use futures_util::future::join_all;
use serde_json::{Value, json};
use store::db::Engine;
use testkit::TestDb;

use crate::support::{
    api_client::Answer,
    holds::{self, HOLDS, hold, wish, with_cabin},
    serve_process::{Desk, STAFF},
};

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
    assert_eq!(holds::stays(&db.db).await.len(), 1);
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
    assert_eq!(holds::stays(&db.db).await.len(), 4);
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
    let path = format!("/api/v1/reservations/{}/cancel", taken.text("code"));
    desk.http.post(&path, Some(STAFF), &json!({})).await.expect(200);
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

async fn ask(desk: &Desk, key: &str, browser: &str, wish: &Value) -> Answer {
    let headers = [("idempotency-key", key), ("user-agent", browser)];
    desk.http.try_post(HOLDS, None, &headers, wish).await.expect("the desk answers")
}
