//! Platforms whose calendars say only that nights are closed: not by whom, not since when, under no lasting name.

use reqwest::Method;
use serde_json::{Value, json};
use simulators::calendars::Platform;

use crate::{
    desk_harness::Desk,
    simulated_platforms::{Linked, Platforms},
};

/// Two of them, which read the desk and are read by it, and have sold the same nights before either knew.
async fn sold_twice(desk: &Desk, platforms: &Platforms) -> (String, [Linked; 2], [String; 2]) {
    let cabin = desk.cabin("El Sauce").await;
    let one = platforms.linked(desk, &cabin, Platform::Booking, "booking").await;
    let two = platforms.linked(desk, &cabin, Platform::Booking, "booking-2").await;
    let stays =
        [&one, &two].map(|linked| platforms.book(&linked.listing, "2027-03-10", "2027-03-13").unwrap());
    (cabin, [one, two], stays)
}

/// Everybody reads everybody, some times.
async fn rounds(desk: &Desk, platforms: &Platforms, linked: &[Linked; 2], times: usize) {
    for _ in 0..times {
        for one in linked {
            platforms.control.poll(&one.listing).await.unwrap();
        }
        desk.after_minutes(7).await;
    }
}

/// Nobody can tell a closure from a stay there, so both count.
#[tokio::test]
async fn nights_that_both_have_closed_are_a_conflict() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let (_, linked, _) = sold_twice(desk, &platforms).await;
        desk.after_minutes(7).await;
        let found = desk.conflicts().await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((&found[0]["from"], &found[0]["to"]), (&json!("2027-03-10"), &json!("2027-03-13")));
        assert!(found[0]["other_source"].is_string(), "{found:?}");
        rounds(desk, &platforms, &linked, 2).await;
        assert_eq!((desk.conflicts().await.len(), desk.waiting().await.len()), (1, 1), "told once");
        platforms.stop().await;
    })
    .await;
}

/// Each shows what it read of the other through the desk, and the desk takes it for theirs, because it once was: that
/// does not end by itself. The host, who knows that the guests are gone, ends it.
#[tokio::test]
async fn what_they_keep_alive_between_them_ends_with_a_word_of_the_host() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let (cabin, linked, stays) = sold_twice(desk, &platforms).await;
        // So that one stay less is no shrinking calendar.
        platforms.book(&linked[0].listing, "2027-05-01", "2027-05-20").unwrap();
        platforms.book(&linked[1].listing, "2027-06-01", "2027-06-20").unwrap();
        desk.after_minutes(7).await;
        rounds(desk, &platforms, &linked, 2).await;
        let conflict = desk.conflicts().await[0]["id"].as_str().unwrap().to_owned();
        desk.staff(Method::POST, &format!("/api/v1/conflicts/{conflict}/resolve"), None).await;
        for (one, stay) in linked.iter().zip(&stays) {
            platforms.control.cancel(&one.listing, stay).unwrap();
        }
        rounds(desk, &platforms, &linked, 8).await;
        assert_eq!(desk.night(&cabin, "2027-03-11").await, "blocked", "nobody has it");

        let release = async |body: Value| {
            let path = format!("/api/v1/ical/feeds/{}/release", linked[0].feed);
            desk.staff(Method::POST, &path, Some(body)).await
        };
        assert_eq!(release(json!({ "came_back": true })).await.code(), "invalid_dates");
        let plain = release(json!({ "from": "2027-03-10", "to": "2027-03-13" })).await;
        assert_eq!(plain.json()["released"], 0, "the calendar has them");
        // A stay of theirs was never shown to them, so it did not come back from us.
        let wide = json!({ "from": "2027-03-01", "to": "2027-07-01", "came_back": true });
        assert_eq!(release(wide).await.json()["released"], 3);
        assert_eq!(desk.night(&cabin, "2027-05-02").await, "blocked");
        assert_eq!(desk.night(&cabin, "2027-03-11").await, "blocked", "the other one has it still");
        rounds(desk, &platforms, &linked, 6).await;
        assert_eq!(desk.night(&cabin, "2027-03-11").await, "free");
        for one in &linked {
            assert!(!platforms.control.feed(&one.listing).unwrap().contains("202703"), "no echo is left");
        }
        assert_eq!(desk.night(&cabin, "2027-05-02").await, "blocked");
        assert_eq!(desk.night(&cabin, "2027-06-02").await, "blocked");
        platforms.stop().await;
    })
    .await;
}

/// The host was wrong about one of them, or it was sold again: it does not stay free.
#[tokio::test]
async fn a_word_of_the_host_does_not_hide_a_stay() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let (cabin, linked, stays) = sold_twice(desk, &platforms).await;
        platforms.book(&linked[1].listing, "2027-06-01", "2027-06-20").unwrap();
        desk.after_minutes(7).await;
        rounds(desk, &platforms, &linked, 2).await;
        let path = format!("/api/v1/ical/feeds/{}/release", linked[0].feed);
        let body = json!({ "from": "2027-03-10", "to": "2027-03-13", "came_back": true });
        assert_eq!(desk.staff(Method::POST, &path, Some(body)).await.json()["released"], 3);
        rounds(desk, &platforms, &linked, 2).await;
        assert_eq!(desk.night(&cabin, "2027-03-11").await, "blocked", "the second has it");
        platforms.control.cancel(&linked[1].listing, &stays[1]).unwrap();
        rounds(desk, &platforms, &linked, 6).await;
        assert_eq!(desk.night(&cabin, "2027-03-11").await, "blocked", "the first had it all the time");
        platforms.stop().await;
    })
    .await;
}
