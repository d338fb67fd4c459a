//! Recurring jobs: what they tidy up, and what they leave alone.

use jiff::SignedDuration;
use reqwest::Method;

use crate::desk_harness::{Desk, PHONE};

#[tokio::test]
async fn a_guest_is_reminded_once_and_told_when_the_hold_ends() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        desk.guest_says(PHONE, "del 5 al 8 de enero para 4").await;
        desk.guest_says(PHONE, "sí").await;
        let code = desk.only_code(PHONE).await;
        let mut counts = Vec::new();
        for minutes in [10, 6, 2, 5, 8, 10] {
            let before = desk.heard(PHONE).len();
            desk.test.advance(SignedDuration::from_mins(minutes));
            desk.settle().await;
            counts.push(desk.heard(PHONE).len() - before);
        }
        // Silence until 15 minutes before the end, one reminder, silence, one farewell, silence.
        assert_eq!(counts, [0, 1, 0, 0, 1, 0]);
        assert_eq!(desk.status_of(&code).await, "expired");
        let said = desk.heard(PHONE);
        assert!(said[said.len() - 2].contains(&code) && said[said.len() - 1].contains(&code), "{said:?}");
    })
    .await;
}

#[tokio::test]
async fn a_hold_that_is_no_longer_than_the_notice_is_not_reminded_of() {
    let short = |config: &mut app::config::Config| config.booking.hold_minutes = 15;
    Desk::each_with(short, async |desk| {
        desk.cabin("El Sauce").await;
        desk.guest_says(PHONE, "del 5 al 8 de enero para 4").await;
        assert_eq!(desk.guest_says(PHONE, "sí").await.len(), 1, "the hold, and nothing that hurries");
        let mut counts = Vec::new();
        for _ in 0..4 {
            let before = desk.heard(PHONE).len();
            desk.test.advance(SignedDuration::from_mins(5));
            desk.settle().await;
            counts.push(desk.heard(PHONE).len() - before);
        }
        assert_eq!(counts, [0, 0, 1, 0], "one farewell");
    })
    .await;
}

#[tokio::test]
async fn expiry_ends_holds_and_leaves_confirmed_stays_alone() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        let sure = desk.hold(&cabin, "2027-01-11", "2027-01-12").await.json();
        let confirm = format!("/api/v1/reservations/{}/confirm", sure["code"].as_str().unwrap());
        desk.staff(Method::POST, &confirm, None).await;
        desk.test.advance(SignedDuration::from_hours(2));
        desk.settle().await;
        assert_eq!(desk.status_of(held["code"].as_str().unwrap()).await, "expired");
        assert_eq!(desk.status_of(sure["code"].as_str().unwrap()).await, "confirmed");
        let metrics = desk.get("/metrics").await.text;
        assert!(metrics.contains("prereservations_expired_total 1"), "{metrics}");
        assert!(metrics.contains("reservations_created_total{channel=\"direct\"} 2"), "{metrics}");
        assert!(metrics.contains("reservations_confirmed_total{channel=\"direct\"} 1"), "{metrics}");
    })
    .await;
}

#[tokio::test]
async fn a_stay_completes_after_its_departure_day() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let stay = desk.hold(&cabin, "2027-01-02", "2027-01-03").await.json();
        let code = stay["code"].as_str().unwrap();
        desk.staff(Method::POST, &format!("/api/v1/reservations/{code}/confirm"), None).await;
        for (hours, status) in [(48, "confirmed"), (24, "completed")] {
            desk.test.advance(SignedDuration::from_hours(hours));
            desk.settle().await;
            assert_eq!(desk.status_of(code).await, status);
        }
        let month = format!("/api/v1/accommodations/{cabin}/calendar?from=2027-01-02&to=2027-01-03");
        assert_eq!(desk.get(&month).await.json()["nights"][0]["status"], "booked", "the past is shown");
    })
    .await;
}
