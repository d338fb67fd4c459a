//! Faults of older booking systems, one test each. The number in a comment is that of the fault in the list from which
//! this program was planned. Faults that need a whole process (3, 15 and parts of 1, 2 and 14) are in the tests of the binary.

use std::time::Duration;

use futures_util::future::join_all;
use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::desk_harness::{Desk, PHONE, hold_body};

const HOLDS: &str = "/api/v1/reservations/pre-reserve";

/// 1. An error in a handler hung the request for ever: long names, timed events, cancelling by staff.
#[tokio::test]
async fn every_request_is_answered() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let mut body = hold_body(&cabin, "2027-01-08", "2027-01-11", "+5493515550999");
        body["contact_name"] = json!("x".repeat(101));
        let patience = Duration::from_secs(4);
        let long = tokio::time::timeout(patience, desk.post(HOLDS, body)).await.expect("an answer");
        assert_eq!(long.code(), "invalid_contact");
        let held = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        let cancel = format!("/api/v1/reservations/{}/cancel", held["code"].as_str().unwrap());
        let cancelled = tokio::time::timeout(patience, desk.staff(Method::POST, &cancel, None)).await;
        assert_eq!(cancelled.expect("an answer").status, StatusCode::OK);
        desk.settle().await;
    })
    .await;
}

/// 2. A repeated request got `{"cached":true}`; a refusal was cached for 48 hours under the client's own name.
#[tokio::test]
async fn without_a_key_nothing_is_cached() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let first = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        assert_eq!(desk.hold(&cabin, "2027-01-08", "2027-01-11").await.code(), "date_overlap");
        let cancel = format!("/api/v1/reservations/{}/cancel", first["code"].as_str().unwrap());
        desk.staff(Method::POST, &cancel, None).await;
        let second = desk.hold(&cabin, "2027-01-08", "2027-01-11").await;
        assert_eq!(second.status, StatusCode::CREATED);
        assert_ne!(second.json()["code"], first["code"]);
        desk.settle().await;
    })
    .await;
}

/// 3. After cancel, expiry or a failed confirm the same dates stayed locked for half an hour.
#[tokio::test]
async fn every_end_of_a_hold_frees_its_dates_at_once() {
    Desk::everywhere(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        for round in 0..3 {
            let held = desk.hold(&cabin, "2027-01-08", "2027-01-11").await;
            assert_eq!(held.status, StatusCode::CREATED, "round {round}: {}", held.text);
            let path = format!("/api/v1/reservations/{}", held.json()["code"].as_str().unwrap());
            match round {
                0 => drop(desk.staff(Method::POST, &format!("{path}/cancel"), None).await),
                1 => desk.test.advance(SignedDuration::from_mins(30)),
                _ => {
                    desk.test.advance(SignedDuration::from_mins(30));
                    assert_eq!(
                        desk.staff(Method::POST, &format!("{path}/confirm"), None).await.code(),
                        "expired"
                    );
                }
            }
        }
        assert_eq!(desk.hold(&cabin, "2027-01-08", "2027-01-11").await.status, StatusCode::CREATED);
        desk.settle().await;
    })
    .await;
}

/// 4. Confirm, cancel and read were public, behind a code that can be guessed.
#[tokio::test]
async fn a_code_alone_opens_nothing() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        let code = held["code"].as_str().unwrap();
        assert_eq!(code.len(), 10);
        assert!(held["token"].as_str().unwrap().len() >= 32, "at least 128 random bits");
        for (method, rest) in [
            (Method::GET, ""),
            (Method::POST, "/confirm"),
            (Method::POST, "/cancel"),
            (Method::POST, "/extend"),
            (Method::POST, "/dates"),
            (Method::POST, "/no-show"),
        ] {
            let got = desk.call(method, &format!("/api/v1/reservations/{code}{rest}"), None, None).await;
            assert_eq!(got.status, StatusCode::UNAUTHORIZED, "{rest}");
            assert!(!got.text.contains("Ana"), "{rest}");
        }
        assert_eq!(desk.status_of(code).await, "held");
        desk.settle().await;
    })
    .await;
}

/// 8. Capacity was not checked, past dates and 99 guests were taken.
#[tokio::test]
async fn past_dates_and_crowds_are_refused() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        assert_eq!(desk.hold(&cabin, "2026-12-31", "2027-01-02").await.code(), "invalid_dates");
        let mut body = hold_body(&cabin, "2027-01-08", "2027-01-11", "+5493515550999");
        body["guests"] = json!(99);
        assert_eq!(desk.post(HOLDS, body).await.code(), "capacity_exceeded");
        // Today is the property's day: at 02:00 UTC on the 2nd it is still the 1st in Córdoba.
        desk.test.advance(SignedDuration::from_hours(14));
        assert_eq!(desk.hold(&cabin, "2027-01-01", "2027-01-02").await.status, StatusCode::CREATED);
        desk.settle().await;
    })
    .await;
}

/// 9. The challenge came back in quotes, and a wrong token was a 200.
#[tokio::test]
async fn the_challenge_is_bare_and_a_wrong_token_is_refused() {
    Desk::each(async |desk| {
        let ask = |token: &str| {
            let path = format!(
                "/api/v1/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=abc&hub.verify_token={token}"
            );
            async move { desk.get(&path).await }
        };
        assert_eq!(ask(crate::desk_harness::VERIFY_TOKEN).await.text, "abc");
        assert_eq!(ask("nope").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

/// 12. The tidying job cancelled what was confirmed between its look and its write, and wiped the notes.
#[tokio::test]
async fn tidying_never_ends_what_was_confirmed_meanwhile() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        let code = held["code"].as_str().unwrap().to_owned();
        let parsed = domain::ids::StayCode::parse(&code).unwrap();
        let stale = stays::stay::find(&desk.test.app, &parsed).await.unwrap().unwrap();
        desk.staff(Method::POST, &format!("/api/v1/reservations/{code}/confirm"), None).await;
        // What a job that looked before would write now: an end over an old version.
        desk.test.advance(SignedDuration::from_mins(31));
        let now = desk.test.now();
        let ended = stale.held().unwrap().expire(now).unwrap();
        let mut session = desk.test.app.begin().await.unwrap();
        assert!(!store::stay::update(&mut session, &ended.into()).await.unwrap(), "the version has moved on");
        drop(session);
        desk.settle().await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
    })
    .await;
}

/// 14. An e-mail address alone made anybody an administrator, and a default one was known.
#[tokio::test]
async fn nobody_gets_in_by_default() {
    let without =
        |config: &mut app::config::Config| config.security.api_token = app::config::Secret::default();
    for engine in [store::db::Engine::Sqlite, store::db::Engine::Postgres] {
        let desk = Desk::start(engine, without).await;
        let body = json!({ "name": "X", "base_price": "10" });
        for token in ["", "admin@example.com", "changeme", "dummy"] {
            let got =
                desk.call(Method::POST, "/api/v1/accommodations", Some(token), Some(body.clone())).await;
            assert!(matches!(got.status.as_u16(), 401 | 403), "{token:?}: {}", got.status);
        }
        let login = desk.post("/api/v1/admin/login", json!({ "email": "admin@example.com" })).await;
        assert_eq!(login.status, StatusCode::NOT_FOUND);
        desk.finish().await;
    }
}

/// 16. The chat named another price than was charged; money went through floating point; weekends were the server's.
#[tokio::test]
async fn one_price_in_chat_quote_hold_and_checkout() {
    Desk::each(async |desk| {
        let body = json!({ "name": "La Piedra", "capacity": 4, "base_price": "10000.10", "weekend_multiplier": 1.15 });
        let made = desk.staff(Method::POST, "/api/v1/accommodations", Some(body)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        let found = desk.get("/api/v1/availability?check_in=2027-01-09&check_out=2027-01-12&guests=2").await.json();
        // Saturday and Sunday 11500.12 (from 11500.115), Monday 10000.10.
        assert_eq!(found["accommodations"][0]["quote"]["total_price"], "33000.34");
        let said = desk.guest_says(PHONE, "del 9 al 12 de enero para 2").await.join("\n");
        assert!(said.contains("33.000,34"), "{said}");
        desk.guest_says(PHONE, "sí").await;
        let code = desk.only_code(PHONE).await;
        let stay = desk.staff(Method::GET, &format!("/api/v1/reservations/{code}"), None).await.json();
        assert_eq!(stay["total_price"], "33000.34");
        assert_eq!(stay["deposit_amount"], "9900.10");
        let preference = desk.mercadopago.preferences().pop().unwrap().to_string();
        assert!(preference.contains("9900.1"), "{preference}");
    })
    .await;
}

/// The race that every one of them lost: many guests, one night, one winner.
#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_guests_want_one_night() {
    Desk::everywhere(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let bodies =
            (0..64).map(|n| hold_body(&cabin, "2027-01-08", "2027-01-11", &format!("+54935155{n:05}")));
        let answers = join_all(bodies.map(|body| desk.post(HOLDS, body))).await;
        let won = answers.iter().filter(|answer| answer.status == StatusCode::CREATED).count();
        let refused = ["date_overlap", "processing_or_unavailable"];
        let lost = answers.iter().filter(|answer| answer.status == StatusCode::CONFLICT);
        let lost = lost.filter(|answer| refused.contains(&answer.code().as_str())).count();
        let statuses: Vec<_> = answers.iter().map(|answer| answer.status.as_u16()).collect();
        assert_eq!((won, lost), (1, 63), "{statuses:?}");
        assert_eq!(desk.hold_count(&cabin).await, 1);
        desk.settle().await;
    })
    .await;
}
