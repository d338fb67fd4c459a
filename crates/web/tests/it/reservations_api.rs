//! The contract of the reservations API.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::desk_harness::{Desk, STAFF, hold_body};

const HOLDS: &str = "/api/v1/reservations/pre-reserve";

#[tokio::test]
async fn a_hold_has_everything_that_the_guest_needs() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        // Friday to Monday: one plain night, two of the weekend.
        let held = desk.hold(&cabin, "2027-01-08", "2027-01-11").await;
        assert_eq!(held.status, StatusCode::CREATED, "{}", held.text);
        let held = held.json();
        assert_eq!(held["total_price"], "51000.00");
        assert_eq!(held["deposit_amount"], "15300.00");
        assert_eq!(held["currency"], "ARS");
        assert_eq!(held["nights"], 3);
        assert_eq!(held["expires_at"], "2027-01-01T12:30:00Z");
        let token = held["token"].as_str().unwrap();
        assert_eq!(held["manage_url"], format!("{}/stay/{token}", desk.url));
        assert_eq!(held["payment_url"], format!("{}/pay/{token}", desk.url));
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn who_may_see_and_change_a_reservation() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        let (code, token) = (held["code"].as_str().unwrap(), held["token"].as_str().unwrap());
        let path = format!("/api/v1/reservations/{code}");
        for (bearer, want) in [(None, 401), (Some("a-stranger"), 404), (Some(token), 200), (Some(STAFF), 200)]
        {
            let got = desk.call(Method::GET, &path, bearer, None).await;
            assert_eq!(got.status.as_u16(), want, "{bearer:?}");
        }
        let encoded: String = token.bytes().map(|byte| format!("%{byte:02x}")).collect();
        for token in [token, &encoded] {
            assert_eq!(desk.get(&format!("{path}?token={token}")).await.status, StatusCode::OK);
        }
        let confirm = format!("{path}/confirm");
        for (bearer, want) in [(None, 401), (Some(token), 403), (Some(STAFF), 200), (Some(STAFF), 409)] {
            let got = desk.call(Method::POST, &confirm, bearer, None).await;
            assert_eq!(got.status.as_u16(), want, "{bearer:?}");
        }
        let cancel = format!("{path}/cancel");
        assert_eq!(desk.call(Method::POST, &cancel, None, None).await.status.as_u16(), 401);
        let cancelled =
            desk.call(Method::POST, &cancel, Some(token), Some(json!({ "reason": "lluvia" }))).await;
        assert_eq!(cancelled.json()["status"], "cancelled");
        assert_eq!(desk.call(Method::POST, &cancel, Some(token), None).await.code(), "invalid_state");
        // Free again at once.
        assert_eq!(desk.hold(&cabin, "2027-01-08", "2027-01-11").await.status, StatusCode::CREATED);
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn an_ended_hold_blocks_nobody_and_cannot_be_confirmed() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let first = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        let code = first["code"].as_str().unwrap();
        let confirm = format!("/api/v1/reservations/{code}/confirm");
        desk.test.advance(SignedDuration::from_mins(30));
        // No job has run: the clock alone ended it.
        let late = desk.staff(Method::POST, &confirm, None).await;
        assert_eq!((late.status, late.code().as_str()), (StatusCode::GONE, "expired"));
        assert_eq!(desk.status_of(code).await, "expired");
        assert_eq!(desk.hold(&cabin, "2027-01-09", "2027-01-10").await.status, StatusCode::CREATED);
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_hold_is_extended_once() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        let (code, token) = (held["code"].as_str().unwrap(), held["token"].as_str());
        let extend = format!("/api/v1/reservations/{code}/extend");
        let longer = desk.call(Method::POST, &extend, token, None).await;
        assert_eq!(longer.json()["expires_at"], "2027-01-01T13:00:00Z");
        assert_eq!(desk.call(Method::POST, &extend, token, None).await.code(), "invalid_state");
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn dates_change_when_they_are_free_and_the_difference_is_told() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let mine = desk.hold(&cabin, "2027-01-11", "2027-01-13").await.json();
        desk.hold(&cabin, "2027-01-15", "2027-01-17").await;
        let dates = format!("/api/v1/reservations/{}/dates", mine["code"].as_str().unwrap());
        let to =
            |check_in: &str, check_out: &str| Some(json!({ "check_in": check_in, "check_out": check_out }));
        let taken = desk.staff(Method::POST, &dates, to("2027-01-14", "2027-01-16")).await;
        assert_eq!(taken.code(), "date_overlap");
        let moved = desk.staff(Method::POST, &dates, to("2027-01-12", "2027-01-15")).await;
        assert_eq!(moved.status, StatusCode::OK, "{}", moved.text);
        assert_eq!(moved.json()["price_difference"], "15000.00");
        assert_eq!(moved.json()["reservation"]["check_in"], "2027-01-12");
        // What it left is free.
        assert_eq!(desk.hold(&cabin, "2027-01-11", "2027-01-12").await.status, StatusCode::CREATED);
        desk.settle().await;
    })
    .await;
}

/// The guest is inside and stays two nights longer, or leaves sooner.
#[tokio::test]
async fn a_stay_that_has_begun_moves_its_departure_and_not_its_arrival() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let mine = desk.hold(&cabin, "2027-01-05", "2027-01-08").await.json();
        let path = format!("/api/v1/reservations/{}", mine["code"].as_str().unwrap());
        desk.staff(Method::POST, &format!("{path}/confirm"), None).await;
        desk.settle().await;
        desk.test.advance(SignedDuration::from_hours(5 * 24));
        let change = async |check_in: &str, check_out: &str| {
            let to = json!({ "check_in": check_in, "check_out": check_out });
            desk.staff(Method::POST, &format!("{path}/dates"), Some(to)).await
        };
        let longer = change("2027-01-05", "2027-01-10").await;
        assert_eq!(longer.status, StatusCode::OK, "{}", longer.text);
        // Friday's night, and Saturday's with what the weekend costs more.
        assert_eq!(longer.json()["price_difference"], "33000.00");
        assert_eq!(longer.json()["reservation"]["check_out"], "2027-01-10");
        for (check_in, check_out, pointer) in [
            ("2027-01-04", "2027-01-10", "/check_in"),
            ("2027-01-03", "2027-01-10", "/check_in"),
            ("2027-01-05", "2027-01-05", "/check_in"),
        ] {
            let refused = change(check_in, check_out).await;
            assert_eq!(refused.code(), "invalid_dates", "{check_in} to {check_out}");
            assert_eq!(refused.json()["errors"][0]["pointer"], pointer);
        }
        desk.test.advance(SignedDuration::from_hours(2 * 24));
        let gone = change("2027-01-05", "2027-01-07").await;
        assert_eq!(gone.json()["errors"][0]["pointer"], "/check_out", "{}", gone.text);
        let sooner = change("2027-01-05", "2027-01-08").await;
        assert_eq!(sooner.json()["price_difference"], "-33000.00");
        // What it left is free again.
        assert_eq!(desk.hold(&cabin, "2027-01-09", "2027-01-10").await.status, StatusCode::CREATED);
        desk.settle().await;
    })
    .await;
}

/// Dates, guests, accommodation; then the contact; then whether the nights are free.
#[tokio::test]
async fn refusals_come_in_their_order() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        desk.hold(&cabin, "2027-01-08", "2027-01-11").await;
        let mut body = hold_body("nowhere", "2026-12-30", "2026-12-29", "x");
        body["guests"] = json!(0);
        for (member, right, code) in [
            ("check_in", json!("2027-01-09"), "invalid_dates"),
            ("check_out", json!("2027-01-10"), "invalid_dates"),
            ("guests", json!(9), "invalid_guests"),
            ("accommodation_id", json!(cabin), "accommodation_not_found"),
            ("guests", json!(2), "capacity_exceeded"),
            ("contact_phone", json!("+5493515550111"), "invalid_contact"),
            ("check_in", json!("2027-01-11"), "date_overlap"),
        ] {
            assert_eq!(desk.post(HOLDS, body.clone()).await.code(), code, "before {member} was mended");
            body[member] = right;
        }
        desk.settle().await;
    })
    .await;
}

/// A public request is the guest's own doing, whatever channel it names; with the staff token it is staff's.
#[tokio::test]
async fn the_audit_trail_says_who_asked_for_a_hold() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        for (token, day, actor) in [(None, 8, "guest"), (Some(STAFF), 9, "staff")] {
            let (check_in, check_out) = (format!("2027-01-0{day}"), format!("2027-01-{:02}", day + 1));
            let body = hold_body(&cabin, &check_in, &check_out, "+5493515550999");
            let held = desk.call(Method::POST, HOLDS, token, Some(body)).await.json();
            let code = domain::ids::StayCode::parse(held["code"].as_str().unwrap()).unwrap();
            let mut session = desk.test.app.read().await.unwrap();
            let stay = store::stay::find_by_code(&mut session, &code).await.unwrap().unwrap();
            let past = store::audit::list(&mut session, stay.terms().id.as_str()).await.unwrap();
            assert_eq!((past[0].actor.as_str(), past[0].action.as_str()), (actor, "hold"));
        }
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_reservation_that_is_over_says_so_before_it_looks_at_dates() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let gone = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        let ended = desk.hold(&cabin, "2027-01-11", "2027-01-13").await.json();
        let path =
            |stay: &serde_json::Value| format!("/api/v1/reservations/{}", stay["code"].as_str().unwrap());
        desk.staff(Method::POST, &format!("{}/cancel", path(&gone)), None).await;
        desk.hold(&cabin, "2027-01-09", "2027-01-10").await;
        desk.test.advance(SignedDuration::from_mins(40));
        for (stay, code) in [(&gone, "invalid_state"), (&ended, "expired")] {
            for (check_in, check_out) in [("2026-01-08", "2026-01-09"), ("2027-01-09", "2027-01-10")] {
                let to = json!({ "check_in": check_in, "check_out": check_out });
                let refused = desk.staff(Method::POST, &format!("{}/dates", path(stay)), Some(to)).await;
                assert_eq!(refused.code(), code, "{check_in}: {}", refused.text);
            }
        }
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_no_show_frees_the_nights_from_the_day_of_arrival_on() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-01-02", "2027-01-05").await.json();
        let path = format!("/api/v1/reservations/{}", held["code"].as_str().unwrap());
        desk.staff(Method::POST, &format!("{path}/confirm"), None).await;
        let no_show = format!("{path}/no-show");
        assert_eq!(desk.staff(Method::POST, &no_show, None).await.code(), "invalid_state");
        desk.test.advance(SignedDuration::from_hours(30));
        assert_eq!(desk.staff(Method::POST, &no_show, None).await.json()["status"], "no_show");
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_named() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let good = hold_body(&cabin, "2027-01-08", "2027-01-11", "+5493515550999");
        let with = |field: &str, value: serde_json::Value| {
            let mut body = good.clone();
            body[field] = value;
            body
        };
        for (body, status, code) in [
            (with("check_in", json!("2026-12-31")), 422, "invalid_dates"),
            (with("check_out", json!("2027-01-08")), 422, "invalid_dates"),
            (with("check_in", json!("08/01/2027")), 422, "invalid_dates"),
            (with("check_out", json!("2027-07-01")), 422, "invalid_dates"),
            (with("check_in", json!("2029-01-08")), 422, "invalid_dates"),
            (with("guests", json!(0)), 422, "invalid_guests"),
            (with("guests", json!(-3)), 422, "invalid_guests"),
            (with("guests", json!(5)), 422, "capacity_exceeded"),
            (with("guests", json!(4_000_000_000_u64)), 422, "capacity_exceeded"),
            (with("guests", json!("dos")), 422, "invalid_request"),
            (with("accommodation_id", json!("nope")), 404, "accommodation_not_found"),
            (with("contact_name", json!("x".repeat(5_000))), 422, "invalid_contact"),
            (with("contact_name", json!("")), 422, "invalid_contact"),
            (with("contact_phone", json!("llamame")), 422, "invalid_contact"),
            (with("contact_email", json!("nadie")), 422, "invalid_contact"),
            (with("channel", json!("paloma")), 422, "invalid_request"),
            (json!([]), 422, "invalid_request"),
        ] {
            let got = desk.post(HOLDS, body.clone()).await;
            assert_eq!((got.status.as_u16(), got.code().as_str()), (status, code), "{body}");
            let problem = got.json();
            assert_eq!(got.header("content-type"), "application/problem+json");
            assert_eq!(
                (problem["status"].as_u64(), &problem["error"]),
                (Some(u64::from(status)), &problem["code"])
            );
            assert_eq!(problem["request_id"], got.header("x-request-id"));
            assert_eq!(problem["instance"], HOLDS);
        }
        let url = format!("{}{HOLDS}", desk.url);
        let raw =
            |kind: &'static str, body: Vec<u8>| desk.http.post(&url).header("content-type", kind).body(body);
        for (request, status) in [
            (raw("application/json", b"{nope".to_vec()), 400),
            (raw("text/plain", b"{}".to_vec()), 415),
            (raw("application/json", vec![b' '; 300_000]), 413),
        ] {
            assert_eq!(desk.send(request).await.status.as_u16(), status);
        }
        assert_eq!(desk.call(Method::DELETE, HOLDS, None, None).await.status.as_u16(), 405);
        assert_eq!(desk.get("/api/v1/nothing").await.code(), "not_found");
        // After all that the nights are still free.
        assert_eq!(desk.post(HOLDS, good).await.status, StatusCode::CREATED);
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn every_change_leaves_an_audit_row() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        let code = domain::ids::StayCode::parse(held["code"].as_str().unwrap()).unwrap();
        let path = format!("/api/v1/reservations/{code}");
        desk.staff(Method::POST, &format!("{path}/extend"), None).await;
        desk.staff(Method::POST, &format!("{path}/confirm"), None).await;
        desk.call(Method::POST, &format!("{path}/cancel"), held["token"].as_str(), None).await;
        let mut session = desk.test.app.read().await.unwrap();
        let stay = store::stay::find_by_code(&mut session, &code).await.unwrap().unwrap();
        let past = store::audit::list(&mut session, stay.terms().id.as_str()).await.unwrap();
        let told: Vec<_> = past.iter().map(|entry| (entry.actor.as_str(), entry.action.as_str())).collect();
        assert_eq!(told, [("guest", "hold"), ("staff", "extend"), ("staff", "confirm"), ("guest", "cancel")]);
        let last = past.last().unwrap();
        assert_eq!(last.before.as_ref().unwrap()["status"], "confirmed");
        assert_eq!(last.after.as_ref().unwrap()["status"], "cancelled");
        let written = format!("{past:?}");
        assert!(!written.contains("Ana") && !written.contains("5550999"), "the audit trail names nobody");
        drop(session);
        desk.settle().await;
    })
    .await;
}
