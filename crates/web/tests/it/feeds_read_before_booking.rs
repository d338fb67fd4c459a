//! Whatever makes a booking of something, the other calendars are read again just before: they were read long ago, and
//! somebody has just sold the same nights elsewhere.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use simulators::calendars::{FeedFault, Platform};

use crate::{
    desk_harness::{Desk, PHONE},
    equal_nights::offered,
    simulated_platforms::{Linked, Platforms},
};

/// A cabin that an Airbnb calendar is read for.
async fn cabin(desk: &Desk, platforms: &Platforms) -> (String, Linked) {
    let cabin = desk.cabin("El Sauce").await;
    let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
    (cabin, airbnb)
}

/// Nobody works in between: what was just sold there is not known here.
fn just_sold(desk: &Desk, platforms: &Platforms, airbnb: &Linked, check_in: &str, check_out: &str) {
    desk.test.advance(SignedDuration::from_mins(2));
    platforms.book(&airbnb.listing, check_in, check_out).unwrap();
}

/// Just before a hold becomes a booking.
#[tokio::test]
async fn feeds_are_read_again_before_a_hold_is_confirmed() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
        let hold = async |from: &str, to: &str| {
            let held = desk.hold(&cabin, from, to).await.json();
            format!("/api/v1/reservations/{}/confirm", held["code"].as_str().unwrap())
        };
        let (one, two) = (hold("2027-03-10", "2027-03-12").await, hold("2027-04-10", "2027-04-12").await);
        let reads = || platforms.control.fetches(&airbnb.listing).unwrap().len();
        desk.test.advance(SignedDuration::from_secs(30));
        let before = reads();
        assert_eq!(desk.staff(Method::POST, &two, None).await.status, StatusCode::OK);
        assert_eq!(reads(), before, "fresh enough");

        desk.test.advance(SignedDuration::from_secs(40));
        platforms.book(&airbnb.listing, "2027-03-11", "2027-03-13").unwrap();
        assert_eq!(desk.staff(Method::POST, &one, None).await.code(), "date_overlap");
        assert_eq!((reads(), desk.conflicts().await.len()), (before + 1, 1));
        platforms.stop().await;
    })
    .await;
}

/// Money that comes for nights which another calendar has sold meanwhile does not confirm them: it goes back.
#[tokio::test]
async fn money_does_not_confirm_nights_that_were_sold_elsewhere() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
        let held = desk.hold(&cabin, "2027-03-10", "2027-03-12").await.json();
        let code = held["code"].as_str().unwrap().to_owned();
        desk.settle().await;
        desk.test.advance(SignedDuration::from_mins(2));
        platforms.book(&airbnb.listing, "2027-03-11", "2027-03-13").unwrap();
        let preference = desk.preference();
        desk.paid(json!({ "preference_id": preference })).await;
        assert_ne!(desk.status_of(&code).await, "confirmed");
        let ledger = desk.ledger(&code).await;
        assert_eq!(desk.conflicts().await.len(), 1, "{ledger}");
        let mut waiting = desk.waiting().await;
        waiting.sort();
        assert_eq!(waiting, ["calendar_clash", "late_money_returned"]);
        desk.test.advance(SignedDuration::from_hours(1));
        desk.settle().await;
        platforms.stop().await;
    })
    .await;
}

/// What cannot be read in time does not keep the guest waiting, and the host hears of it.
#[tokio::test]
async fn a_slow_calendar_does_not_hold_up_a_booking() {
    let hasty = |config: &mut app::config::Config| config.ical.confirm_wait_ms = 200;
    Desk::each_with(hasty, async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
        let held = desk.hold(&cabin, "2027-03-10", "2027-03-12").await.json();
        desk.test.advance(SignedDuration::from_mins(2));
        platforms.control.misbehave(&airbnb.listing, FeedFault::NeverAnswers).unwrap();
        let confirm = format!("/api/v1/reservations/{}/confirm", held["code"].as_str().unwrap());
        let begun = std::time::Instant::now();
        assert_eq!(desk.staff(Method::POST, &confirm, None).await.status, StatusCode::OK);
        assert!(begun.elapsed() < std::time::Duration::from_secs(3));
        assert_eq!(desk.waiting().await, ["calendar_not_checked"]);
        platforms.stop().await;
    })
    .await;
}

#[tokio::test]
async fn cash_does_not_confirm_what_was_just_sold_elsewhere() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let (cabin, airbnb) = cabin(desk, &platforms).await;
        let held = desk.hold(&cabin, "2027-03-10", "2027-03-12").await.json();
        let code = held["code"].as_str().unwrap();
        just_sold(desk, &platforms, &airbnb, "2027-03-11", "2027-03-13");
        let body = json!({ "method": "cash", "amount": held["deposit_amount"] });
        let path = format!("/api/v1/reservations/{code}/payments");
        let taken = desk.staff(Method::POST, &path, Some(body)).await;
        assert_eq!((taken.status, taken.code().as_str()), (StatusCode::CONFLICT, "date_overlap"));
        assert_eq!((desk.status_of(code).await.as_str(), desk.conflicts().await.len()), ("held", 1));
        platforms.stop().await;
    })
    .await;
}

#[tokio::test]
async fn late_money_does_not_take_again_what_was_just_sold_elsewhere() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let (_, airbnb) = cabin(desk, &platforms).await;
        desk.guest_says(PHONE, "del 10 al 12 de marzo para 4").await;
        desk.guest_says(PHONE, "sí").await;
        let code = desk.only_code(PHONE).await;
        let preference = desk.preference();
        desk.after_minutes(45).await;
        assert_eq!(desk.status_of(&code).await, "expired");
        just_sold(desk, &platforms, &airbnb, "2027-03-11", "2027-03-13");
        desk.paid(json!({ "preference_id": preference })).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!((desk.status_of(&code).await.as_str(), &ledger["paid"]), ("expired", &json!("0.00")));
        assert_eq!(ledger["refunds"][0]["reason"], "nights_taken", "{ledger}");
        platforms.stop().await;
    })
    .await;
}

#[tokio::test]
async fn equal_nights_that_were_just_sold_elsewhere_give_the_money_back() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let (code, offer, token) = offered(desk).await;
        let cabins = desk.get("/api/v1/accommodations").await.json();
        let equal = cabins.as_array().unwrap().iter().find(|cabin| cabin["name"] == "Los Talas").unwrap();
        let airbnb = platforms.read_by(desk, equal["id"].as_str().unwrap(), Platform::Airbnb, "airbnb").await;
        just_sold(desk, &platforms, &airbnb, "2027-03-06", "2027-03-08");
        let answer = desk.call(Method::POST, &format!("/stay/{token}/accept"), None, None).await;
        assert!(answer.status.is_success() || answer.status.is_redirection(), "{}", answer.text);
        desk.settle().await;
        assert_eq!(desk.status_of(&offer).await, "cancelled");
        let back = desk.ledger(&code).await["refunds"][0].clone();
        assert_eq!((&back["reason"], &back["status"]), (&json!("nights_taken"), &json!("done")));
        assert!(desk.account("waiting:mercadopago").await.iter().all(|money| money.minor == 0));
        platforms.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_stay_is_not_moved_to_nights_that_were_just_sold_elsewhere() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let (cabin, airbnb) = cabin(desk, &platforms).await;
        let held = desk.hold(&cabin, "2027-03-10", "2027-03-12").await.json();
        let path = |what: &str| format!("/api/v1/reservations/{}/{what}", held["code"].as_str().unwrap());
        assert_eq!(desk.staff(Method::POST, &path("confirm"), None).await.status, StatusCode::OK);
        desk.settle().await;
        just_sold(desk, &platforms, &airbnb, "2027-04-01", "2027-04-04");
        let other: Value = json!({ "check_in": "2027-04-02", "check_out": "2027-04-05" });
        let moved = desk.staff(Method::POST, &path("dates"), Some(other)).await;
        assert_eq!(moved.code(), "date_overlap", "{}", moved.text);
        platforms.stop().await;
    })
    .await;
}
