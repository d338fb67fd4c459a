//! Rate limits, and limits on the number of holds.

use jiff::SignedDuration;
use reqwest::StatusCode;

use crate::desk_harness::{Desk, STAFF, hold_body};

const HOLDS: &str = "/api/v1/reservations/pre-reserve";

#[tokio::test]
async fn nobody_empties_a_calendar_by_holding_it() {
    Desk::everywhere(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let mut answers = Vec::new();
        for day in 10..15 {
            // Written differently each time, it is the same phone.
            let phone = if day % 2 == 0 { "+54 9 351 555-0999" } else { "5493515550999" };
            let body = hold_body(&cabin, &format!("2027-01-{day}"), &format!("2027-01-{}", day + 1), phone);
            answers.push(desk.post(HOLDS, body).await);
        }
        let statuses: Vec<_> = answers.iter().map(|answer| answer.status.as_u16()).collect();
        assert_eq!(statuses, [201, 201, 201, 429, 429]);
        assert!(!answers[3].header("retry-after").is_empty());
        // An ended hold counts no more.
        desk.test.advance(SignedDuration::from_mins(31));
        let body = hold_body(&cabin, "2027-01-20", "2027-01-21", "+5493515550999");
        assert_eq!(desk.post(HOLDS, body).await.status, StatusCode::CREATED);
        desk.settle().await;
    })
    .await;
}

/// A guest whose answer was lost on the way asks again, as often as it takes.
#[tokio::test]
async fn a_repeated_request_does_not_count_as_another_attempt() {
    let limited = |config: &mut app::config::Config| {
        config.rate_limit.enabled = true;
        config.rate_limit.contact_requests = 2;
    };
    Desk::each_with(limited, async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let hold = async |key: &str, check_in: &str, check_out: &str| {
            let body = hold_body(&cabin, check_in, check_out, "+5493515550999");
            let request = desk.http.post(format!("{}{HOLDS}", desk.url)).header("idempotency-key", key);
            desk.send(request.json(&body)).await
        };
        let first = hold("one", "2027-01-10", "2027-01-11").await;
        for _ in 0..5 {
            let again = hold("one", "2027-01-10", "2027-01-11").await;
            assert_eq!((again.status, &again.text), (StatusCode::CREATED, &first.text));
            assert_eq!(again.header("idempotent-replayed"), "true");
        }
        assert_eq!(hold("two", "2027-01-11", "2027-01-12").await.status, StatusCode::CREATED);
        let third = hold("three", "2027-01-12", "2027-01-13").await;
        assert_eq!(third.status, StatusCode::TOO_MANY_REQUESTS);
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_client_may_ask_so_often_and_staff_as_often_as_they_like() {
    let limited = |config: &mut app::config::Config| {
        config.rate_limit.enabled = true;
        config.rate_limit.requests = 5;
    };
    Desk::everywhere_with(limited, async |desk| {
        let list = |token| desk.call(reqwest::Method::GET, "/api/v1/accommodations", token, None);
        for _ in 0..5 {
            assert_eq!(list(None).await.status, StatusCode::OK);
        }
        let refused = list(None).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (StatusCode::TOO_MANY_REQUESTS, "rate_limited")
        );
        assert_eq!(refused.header("retry-after"), "60");
        assert_eq!(list(Some(STAFF)).await.status, StatusCode::OK);
        // Health is never limited, and neither is another route.
        for _ in 0..8 {
            assert_eq!(desk.get("/api/v1/healthz").await.status, StatusCode::OK);
        }
        assert_eq!(desk.get("/api/v1/openapi.json").await.status, StatusCode::OK);
        desk.test.advance(SignedDuration::from_secs(60));
        assert_eq!(list(None).await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn one_phone_may_try_so_often() {
    let limited = |config: &mut app::config::Config| {
        config.rate_limit.enabled = true;
        config.rate_limit.contact_requests = 2;
    };
    Desk::everywhere_with(limited, async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        for want in [201, 409, 429] {
            let got = desk.hold(&cabin, "2027-01-08", "2027-01-11").await;
            assert_eq!(got.status.as_u16(), want, "{}", got.text);
        }
        desk.settle().await;
    })
    .await;
}
