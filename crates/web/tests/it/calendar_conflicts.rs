//! Nights that another calendar has sold over ours: told each time that it happens, and never taken for our own echo.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use simulators::calendars::Platform;

use crate::{
    calendar_export_and_import::{calendar, event},
    desk_harness::Desk,
    simulated_platforms::Platforms,
};

async fn cabin_with_stay(desk: &Desk) -> String {
    let cabin = desk.cabin("El Sauce").await;
    let held = desk.hold(&cabin, "2027-03-10", "2027-03-13").await.json();
    let path = format!("/api/v1/reservations/{}/confirm", held["code"].as_str().unwrap());
    assert_eq!(desk.staff(Method::POST, &path, None).await.status, StatusCode::OK);
    desk.settle().await;
    cabin
}

async fn import(desk: &Desk, cabin: &str, source: &str, text: &str) -> Value {
    let body = json!({ "accommodation_id": cabin, "source": source, "ical_text": text, "confirm": true });
    let imported = desk.staff(Method::POST, "/api/v1/ical/import", Some(body)).await;
    assert_eq!(imported.status, StatusCode::OK, "{}", imported.text);
    imported.json()
}

async fn resolve_all(desk: &Desk) {
    for conflict in desk.conflicts().await {
        let path = format!("/api/v1/conflicts/{}/resolve", conflict["id"].as_str().unwrap());
        assert_eq!(desk.staff(Method::POST, &path, None).await.status, StatusCode::OK);
    }
}

/// Whoever opens the common link may be anybody: it explains nothing that a platform has closed.
#[tokio::test]
async fn the_common_link_hides_no_conflict() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = cabin_with_stay(desk).await;
        let booking = platforms.read_by(desk, &cabin, Platform::Booking, "booking").await;
        let shown = desk.staff(Method::GET, &format!("/api/v1/accommodations/{cabin}"), None).await.json();
        let url = shown["ical_export_url"].as_str().unwrap();
        assert!(desk.get(url.strip_prefix(&desk.url).unwrap()).await.text.contains("20270310"));
        platforms.book(&booking.listing, "2027-03-10", "2027-03-13").unwrap();
        desk.after_minutes(7).await;
        assert_eq!(desk.conflicts().await.len(), 1);
        platforms.stop().await;
    })
    .await;
}

/// A platform that reads us no more has closed what it shows for its own reasons.
#[tokio::test]
async fn a_link_that_was_withdrawn_explains_nothing() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = cabin_with_stay(desk).await;
        let booking = platforms.read_by(desk, &cabin, Platform::Booking, "booking").await;
        let url = desk.calendar_link(&cabin, "booking").await;
        assert!(desk.get(url.strip_prefix(&desk.url).unwrap()).await.text.contains("20270310"));
        let path = format!("/api/v1/accommodations/{cabin}/calendar-links/booking");
        assert_eq!(desk.staff(Method::DELETE, &path, None).await.status, StatusCode::NO_CONTENT);
        platforms.book(&booking.listing, "2027-03-10", "2027-03-13").unwrap();
        desk.after_minutes(7).await;
        assert_eq!(desk.conflicts().await.len(), 1);
        platforms.stop().await;
    })
    .await;
}

/// The first guest there was moved; another one takes the same nights.
#[tokio::test]
async fn the_same_nights_sold_there_once_more_are_another_conflict() {
    Desk::each(async |desk| {
        let cabin = cabin_with_stay(desk).await;
        let stay = |uid: &str| calendar(&event(uid, "20270310", "20270313"));
        assert_eq!(import(desk, &cabin, "airbnb", &stay("guest-1")).await["clashes"], 1);
        resolve_all(desk).await;
        assert_eq!(import(desk, &cabin, "airbnb", &stay("guest-1")).await["clashes"], 0, "seen to");
        assert_eq!(import(desk, &cabin, "airbnb", &stay("guest-2")).await["clashes"], 1);
        assert_eq!(desk.waiting().await, ["calendar_clash"]);
        resolve_all(desk).await;
        // By nights alone it is told once more only after the nights were let go.
        assert_eq!(import(desk, &cabin, "booking", &stay("a")).await["clashes"], 2, "over ours and Airbnb's");
        resolve_all(desk).await;
        import(desk, &cabin, "booking", &calendar("")).await;
        assert_eq!(import(desk, &cabin, "booking", &stay("b")).await["clashes"], 2);
        desk.settle().await;
    })
    .await;
}

/// Booking.com cuts a stay that runs at today, and says its ranges by nights alone.
#[tokio::test]
async fn a_part_of_a_known_conflict_is_no_news() {
    Desk::each(async |desk| {
        let cabin = cabin_with_stay(desk).await;
        let range = |from: &str| calendar(&event(&format!("u-{from}"), from, "20270313"));
        assert_eq!(import(desk, &cabin, "booking", &range("20270310")).await["clashes"], 1);
        resolve_all(desk).await;
        for from in ["20270311", "20270312"] {
            assert_eq!(import(desk, &cabin, "booking", &range(from)).await["clashes"], 0, "{from}");
        }
        desk.settle().await;
    })
    .await;
}

/// What has come back of ours does not become theirs when their link is made anew.
#[tokio::test]
async fn a_link_that_is_made_anew_declares_no_conflict() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = cabin_with_stay(desk).await;
        let booking = platforms.linked(desk, &cabin, Platform::Booking, "booking").await;
        platforms.control.poll(&booking.listing).await.unwrap();
        desk.after_minutes(7).await;
        assert_eq!(desk.conflicts().await.len(), 0);
        let path = format!("/api/v1/accommodations/{cabin}/calendar-links/booking");
        assert_eq!(desk.staff(Method::DELETE, &path, None).await.status, StatusCode::NO_CONTENT);
        desk.calendar_link(&cabin, "booking").await;
        for _ in 0..3 {
            desk.after_minutes(7).await;
            desk.sync(&booking.feed).await;
        }
        assert_eq!(desk.conflicts().await.len(), 0);
        platforms.stop().await;
    })
    .await;
}

/// Closed over ours is no sale; booked is, under whatever name.
#[tokio::test]
async fn closed_nights_that_become_a_stay_are_a_conflict() {
    Desk::each(async |desk| {
        let cabin = cabin_with_stay(desk).await;
        let named = |summary: &str| {
            calendar(&event("v-1", "20270310", "20270313"))
                .replace("SUMMARY:Reserved", &format!("SUMMARY:{summary}"))
        };
        assert_eq!(import(desk, &cabin, "vrbo", &named("Blocked")).await["clashes"], 0);
        assert_eq!(import(desk, &cabin, "vrbo", &named("Reserved - Bob")).await["clashes"], 1);
        desk.settle().await;
    })
    .await;
}
