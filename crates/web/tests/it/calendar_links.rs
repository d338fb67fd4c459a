//! The addresses under which others read our calendar.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::desk_harness::Desk;

async fn opens(desk: &Desk, url: &str) -> bool {
    desk.send(desk.http.get(url)).await.status == StatusCode::OK
}

#[tokio::test]
async fn each_reader_has_an_address_that_can_be_replaced_and_withdrawn() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let links = format!("/api/v1/accommodations/{cabin}/calendar-links");
        let (airbnb, booking) =
            (desk.calendar_link(&cabin, "Airbnb.com").await, desk.calendar_link(&cabin, "booking.com").await);
        assert_eq!(desk.calendar_link(&cabin, "airbnb").await, airbnb, "one for each reader");
        assert!(opens(desk, &airbnb).await && opens(desk, &booking).await);
        let token = airbnb.rsplit('/').next().unwrap().trim_end_matches(".ics");
        assert!(token.len() * 6 >= 128, "{token}");

        let list = async || desk.staff(Method::GET, &links, None).await.json();
        let listed = list().await;
        assert_eq!(listed[0]["reader"], "airbnb");
        assert!(listed[0]["read_at"].is_string());
        let rotate = async |reader: &str, body: Option<Value>| {
            desk.staff(Method::POST, &format!("{links}/{reader}/rotate"), body).await
        };
        let fresh = rotate("airbnb", None).await.json()["url"].as_str().unwrap().to_owned();
        assert_ne!(fresh, airbnb);
        assert!(opens(desk, &airbnb).await && opens(desk, &fresh).await, "both, for a while");
        assert_eq!(list().await[1]["ends_at"], "2027-01-04T12:00:00Z");
        desk.test.advance(SignedDuration::from_hours(72));
        assert!(!opens(desk, &airbnb).await && opens(desk, &fresh).await);

        let last = rotate("airbnb", Some(json!({ "at_once": true }))).await.json();
        assert!(!opens(desk, &fresh).await && opens(desk, last["url"].as_str().unwrap()).await);
        assert_eq!(rotate("vrbo", None).await.status, StatusCode::NOT_FOUND);
        let withdraw = async || desk.staff(Method::DELETE, &format!("{links}/booking"), None).await.status;
        assert_eq!((withdraw().await, withdraw().await), (StatusCode::NO_CONTENT, StatusCode::NOT_FOUND));
        assert!(!opens(desk, &booking).await);
        assert_eq!(desk.get(&links).await.status, StatusCode::UNAUTHORIZED, "staff only");
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn addresses_are_replaced_by_themselves_at_an_age_and_the_host_is_told() {
    let monthly = |config: &mut app::config::Config| config.ical.link_rotate_days = 30;
    Desk::each_with(monthly, async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let first = desk.calendar_link(&cabin, "airbnb").await;
        desk.after_minutes(29 * 24 * 60).await;
        assert_eq!(desk.calendar_link(&cabin, "airbnb").await, first);
        desk.after_minutes(2 * 24 * 60).await;
        let second = desk.calendar_link(&cabin, "airbnb").await;
        assert!(second != first && opens(desk, &first).await && opens(desk, &second).await);
        assert_eq!(desk.waiting().await, ["calendar_link_replaced"]);
        desk.after_minutes(3 * 24 * 60).await;
        assert!(!opens(desk, &first).await);
        assert_eq!(desk.waiting().await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn addresses_that_are_tried_out_are_counted_and_told_once_a_day() {
    let few = |config: &mut app::config::Config| config.ical.refusals_per_day = 3;
    Desk::each_with(few, async |desk| {
        for number in 0..5 {
            let path = format!("/api/v1/ical/export/guess-{number}.ics");
            assert_eq!(desk.get(&path).await.status, StatusCode::NOT_FOUND);
            let told = usize::from(number >= 3);
            assert_eq!(desk.waiting().await.len(), told, "{number}");
        }
        assert!(desk.get("/metrics").await.text.contains("ical_exports_total{outcome=\"refused\"} 5"));
        desk.after_minutes(25 * 60).await;
        assert_eq!(desk.waiting().await, Vec::<String>::new(), "a quiet day");
    })
    .await;
}

#[tokio::test]
async fn one_address_is_not_read_without_end() {
    let limited = |config: &mut app::config::Config| {
        config.rate_limit.enabled = true;
        config.ical.export_requests = 3;
        config.server.trusted_proxies = "127.0.0.1".to_owned();
    };
    Desk::each_with(limited, async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let url = desk.calendar_link(&cabin, "airbnb").await;
        let read = async |client: &str| {
            desk.send(desk.http.get(&url).header("x-forwarded-for", client)).await.status.as_u16()
        };
        // Each from another client: the address itself is counted.
        for client in ["203.0.113.1", "203.0.113.2", "203.0.113.3"] {
            assert_eq!(read(client).await, 200);
        }
        assert_eq!(read("203.0.113.4").await, 429);
        desk.test.advance(SignedDuration::from_mins(1));
        assert_eq!(read("203.0.113.4").await, 200);
        desk.settle().await;
    })
    .await;
}
