//! Requests that come twice with the same Idempotency-Key.

use futures_util::future::join_all;
use reqwest::StatusCode;
use serde_json::Value;

use crate::desk_harness::{Answer, Desk, STAFF, hold_body};

async fn post(desk: &Desk, path: &str, key: &str, body: &Value) -> Answer {
    let request = desk.http.post(format!("{}{path}", desk.url)).bearer_auth(STAFF);
    desk.send(request.header("idempotency-key", key).json(body)).await
}

const HOLDS: &str = "/api/v1/reservations/pre-reserve";

#[tokio::test]
async fn the_same_request_gets_the_same_answer_byte_for_byte() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let body = hold_body(&cabin, "2027-01-08", "2027-01-11", "+5493515550999");
        let first = post(desk, HOLDS, "key-1", &body).await;
        let again = post(desk, HOLDS, "\"key-1\"", &body).await;
        assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::CREATED));
        assert_eq!(first.text, again.text);
        assert_eq!(again.header("idempotent-replayed"), "true");
        let other = hold_body(&cabin, "2027-02-08", "2027-02-11", "+5493515550999");
        assert_eq!(post(desk, HOLDS, "key-1", &other).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(post(desk, HOLDS, "", &other).await.status, StatusCode::BAD_REQUEST);
        desk.settle().await;
    })
    .await;
}

/// A refusal is not kept: once the nights are free, the same request with the same key succeeds.
#[tokio::test]
async fn a_refusal_is_not_remembered() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let taken = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        let body = hold_body(&cabin, "2027-01-08", "2027-01-11", "+5493515550777");
        assert_eq!(post(desk, HOLDS, "key-2", &body).await.code(), "date_overlap");
        let cancel = format!("/api/v1/reservations/{}/cancel", taken["code"].as_str().unwrap());
        desk.call(reqwest::Method::POST, &cancel, taken["token"].as_str(), None).await;
        assert_eq!(post(desk, HOLDS, "key-2", &body).await.status, StatusCode::CREATED);
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_request_in_flight_runs_once() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let body = hold_body(&cabin, "2027-01-08", "2027-01-11", "+5493515550999");
        let together = (0..8).map(|_| post(desk, HOLDS, "key-3", &body));
        let mut codes = std::collections::HashSet::new();
        for answer in join_all(together).await {
            match answer.status.as_u16() {
                201 => drop(codes.insert(answer.code())),
                409 => assert_eq!(answer.code(), "idempotency_key_busy"),
                other => panic!("{other}: {}", answer.text),
            }
        }
        assert_eq!(codes.len(), 1, "one hold, one code");
        desk.settle().await;
    })
    .await;
}

/// One key holds one stay, whatever else comes with it at the same moment.
#[tokio::test(flavor = "multi_thread")]
async fn one_key_with_many_bodies_holds_once() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        for round in 0..5 {
            let body = |n: usize| {
                let day = format!("2027-0{}-{:02}", round + 2, n + 1);
                let next = format!("2027-0{}-{:02}", round + 2, n + 2);
                hold_body(&cabin, &day, &next, &format!("+54935155{round}{n:04}"))
            };
            let bodies: Vec<_> = (0..12).map(body).collect();
            let key = format!("many-{round}");
            let answers = join_all(bodies.iter().map(|body| post(desk, HOLDS, &key, body))).await;
            let held = answers.iter().filter(|answer| answer.status == StatusCode::CREATED).count();
            assert_eq!(held, 1, "round {round}");
            assert!(answers.iter().all(|answer| matches!(answer.status.as_u16(), 201 | 409 | 422)));
        }
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn accommodations_and_imports_are_made_once_too() {
    Desk::each(async |desk| {
        let body = serde_json::json!({ "name": "La Piedra", "base_price": 62000 });
        let first = post(desk, "/api/v1/accommodations", "key-4", &body).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
        assert_eq!(first.text, post(desk, "/api/v1/accommodations", "key-4", &body).await.text);
        let import = serde_json::json!({ "accommodation_id": first.json()["id"], "source": "airbnb",
            "ical_text": crate::calendar_export_and_import::one_event("u1", "20270201", "20270204") });
        let imported = post(desk, "/api/v1/ical/import", "key-5", &import).await;
        assert_eq!(imported.json()["created"], 1, "{}", imported.text);
        assert_eq!(imported.text, post(desk, "/api/v1/ical/import", "key-5", &import).await.text);
    })
    .await;
}
