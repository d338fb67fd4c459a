//! From the hold to the end of a stay.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use super::transcript::Transcript;
use crate::desk_harness::{Desk, STAFF, hold_body};

const HOLDS: &str = "/api/v1/reservations/pre-reserve";

fn path_of(held: &Value) -> String {
    format!("/api/v1/reservations/{}", held["code"].as_str().unwrap())
}

#[tokio::test]
async fn reservations() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let mut told = Transcript::of(desk);
        let wish = |check_in, check_out| hold_body(&cabin, check_in, check_out, "+5493515550999");
        let january = Some(wish("2027-01-08", "2027-01-11"));
        let held = told.public("pre_reserve", Method::POST, HOLDS, january.clone()).await.json();
        let (path, token) = (path_of(&held), held["token"].as_str().unwrap());
        told.public("pre_reserve", Method::POST, HOLDS, january).await;
        told.public("pre_reserve", Method::POST, HOLDS, Some(wish("2027-01-11", "2027-01-08"))).await;
        told.public("pre_reserve", Method::POST, HOLDS, Some(json!({ "guests": "two" }))).await;
        told.ask("get_reservation", Method::GET, &path, Some(token), None).await;
        told.public("get_reservation", Method::GET, &path, None).await;
        told.ask("get_reservation", Method::GET, &path, Some("a-stranger"), None).await;
        told.staff("extend_reservation", Method::POST, &format!("{path}/extend"), None).await;
        told.staff("extend_reservation", Method::POST, &format!("{path}/extend"), None).await;
        told.staff("confirm_reservation", Method::POST, &format!("{path}/confirm"), None).await;
        told.staff("confirm_reservation", Method::POST, &format!("{path}/confirm"), None).await;
        let dates = |check_in: &str, check_out: &str| json!({ "check_in": check_in, "check_out": check_out });
        let longer = Some(dates("2027-01-08", "2027-01-12"));
        told.staff("change_reservation_dates", Method::POST, &format!("{path}/dates"), longer).await;
        let past = Some(dates("2026-01-08", "2026-01-12"));
        told.staff("change_reservation_dates", Method::POST, &format!("{path}/dates"), past).await;
        told.staff("mark_no_show", Method::POST, &format!("{path}/no-show"), None).await;
        desk.settle().await;
        told.note("Two weeks pass; nobody came");
        let other = desk.hold(&cabin, "2027-02-01", "2027-02-03").await.json();
        let confirm = format!("{}/confirm", path_of(&other));
        assert!(desk.call(Method::POST, &confirm, Some(STAFF), None).await.status.is_success());
        desk.test.advance(SignedDuration::from_hours(24 * 7 + 12));
        desk.settle().await;
        told.staff("mark_no_show", Method::POST, &format!("{path}/no-show"), None).await;
        told.staff("get_reservation", Method::GET, &path, None).await;
        let (path, token) = (path_of(&other), other["token"].as_str().unwrap());
        let reason = Some(json!({ "reason": "lluvia" }));
        told.public("cancel_reservation", Method::POST, &format!("{path}/cancel"), None).await;
        told.ask("cancel_reservation", Method::POST, &format!("{path}/cancel"), Some(token), reason).await;
        told.staff("cancel_reservation", Method::POST, &format!("{path}/cancel"), None).await;
        told.finish("reservations");
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn idempotency() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let mut told = Transcript::of(desk);
        for (what, check_out) in
            [("first", "2027-01-11"), ("the same again", "2027-01-11"), ("another body", "2027-01-12")]
        {
            let body = hold_body(&cabin, "2027-01-08", check_out, "+5493515550999");
            let request =
                desk.http.post(format!("{}{HOLDS}", desk.url)).header("idempotency-key", "a-key-of-a-guest");
            told.send("pre_reserve", what, request.json(&body)).await;
        }
        told.finish("idempotency");
        desk.settle().await;
    })
    .await;
}
