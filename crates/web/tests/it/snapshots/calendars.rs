//! Feeds of others, our own calendar, nights sold twice.

use reqwest::Method;
use serde_json::{Value, json};
use simulators::calendars::{FeedFault, Platform};

use super::transcript::Transcript;
use crate::{calendar_export_and_import::one_event, desk_harness::Desk, simulated_platforms::Platforms};

const FEEDS: &str = "/api/v1/ical/feeds";

#[tokio::test]
async fn feeds() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let platforms = Platforms::start(desk).await;
        let (listing, url) = platforms.listing(Platform::Airbnb);
        platforms.book(&listing, "2027-03-01", "2027-03-04").unwrap();
        let mut told = Transcript::of(desk);
        told.call(
            url.split_inclusive('/').take(3).collect::<String>().trim_end_matches('/'),
            "http://platforms",
        );
        let feed = |url: &str| json!({ "accommodation_id": cabin, "source": "airbnb", "url": url });
        let made = told.staff("create_feed", Method::POST, FEEDS, Some(feed(&url))).await.json();
        told.staff("create_feed", Method::POST, FEEDS, Some(feed("ftp://example.com/a.ics"))).await;
        told.staff("create_feed", Method::POST, FEEDS, Some(json!({ "source": "airbnb" }))).await;
        let one = format!("{FEEDS}/{}", made["id"].as_str().unwrap());
        told.staff("sync_feed", Method::POST, &format!("{one}/sync"), None).await;
        told.staff("list_feeds", Method::GET, FEEDS, None).await;
        platforms.control.misbehave(&listing, FeedFault::EmptyCalendar.until_off()).unwrap();
        desk.after_minutes(7).await;
        told.note("The calendar comes back empty");
        told.staff("get_feed", Method::GET, &one, None).await;
        let some = json!({ "from": "2027-03-01", "to": "2027-03-03" });
        told.staff("release_nights", Method::POST, &format!("{one}/release"), Some(some)).await;
        let half = json!({ "from": "2027-03-01" });
        told.staff("release_nights", Method::POST, &format!("{one}/release"), Some(half)).await;
        told.staff("update_feed", Method::PATCH, &one, Some(json!({ "interval_seconds": 600 }))).await;
        told.staff("update_feed", Method::PATCH, &one, Some(json!({ "interval_seconds": 1 }))).await;
        told.staff("delete_feed", Method::DELETE, &one, None).await;
        told.staff("get_feed", Method::GET, &one, None).await;
        told.public("list_feeds", Method::GET, FEEDS, None).await;
        told.finish("feeds");
        platforms.stop().await;
    })
    .await;
}

#[tokio::test]
async fn calendar_blocks() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let blocks = format!("/api/v1/accommodations/{cabin}/blocks");
        let mut told = Transcript::of(desk);
        let body = json!({ "from": "2027-03-10", "to": "2027-03-12", "reason": "pintura" });
        let made = told.staff("create_block", Method::POST, &blocks, Some(body.clone())).await.json();
        let nameless = json!({ "from": "2027-03-10", "to": "2027-03-12", "reason": "" });
        told.staff("create_block", Method::POST, &blocks, Some(nameless)).await;
        told.public("create_block", Method::POST, &blocks, Some(body)).await;
        let month = format!("/api/v1/accommodations/{cabin}/calendar?from=2027-03-11&to=2027-03-13");
        told.staff("get_calendar", Method::GET, &month, None).await;
        told.public("get_calendar", Method::GET, &month, None).await;
        let one = format!("{blocks}/{}", made["id"].as_str().unwrap());
        told.staff("update_block", Method::PATCH, &one, Some(json!({ "to": "2027-03-11" }))).await;
        told.staff("update_block", Method::PATCH, &one, Some(json!({ "to": "2027-03-10" }))).await;
        told.staff("list_blocks", Method::GET, &blocks, None).await;
        told.staff("delete_block", Method::DELETE, &one, None).await;
        told.staff("delete_block", Method::DELETE, &one, None).await;
        told.finish("calendar_blocks");
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn calendar_links() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-01-08", "2027-01-11").await;
        assert!(held.status.is_success(), "{}", held.text);
        desk.settle().await;
        let links = format!("/api/v1/accommodations/{cabin}/calendar-links");
        let mut told = Transcript::of(desk);
        let reader = json!({ "reader": "airbnb" });
        let made = told.staff("create_calendar_link", Method::POST, &links, Some(reader)).await.json();
        told.staff("create_calendar_link", Method::POST, &links, Some(json!({ "reader": " " }))).await;
        let url = made["url"].as_str().unwrap().strip_prefix(&desk.url).unwrap().to_owned();
        told.public("export_calendar", Method::GET, &url, None).await;
        told.public("export_calendar", Method::GET, "/api/v1/ical/export/a-guess.ics", None).await;
        told.staff("rotate_calendar_link", Method::POST, &format!("{links}/airbnb/rotate"), None).await;
        told.staff("rotate_calendar_link", Method::POST, &format!("{links}/vrbo/rotate"), None).await;
        told.staff("list_calendar_links", Method::GET, &links, None).await;
        told.staff("delete_calendar_link", Method::DELETE, &format!("{links}/airbnb"), None).await;
        told.staff("delete_calendar_link", Method::DELETE, &format!("{links}/airbnb"), None).await;
        told.finish("calendar_links");
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn conflicts() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-02-01", "2027-02-04").await.json();
        desk.settle().await;
        let mut told = Transcript::of(desk);
        told.staff(
            "get_reservation",
            Method::GET,
            &format!("/api/v1/reservations/{}", held["code"].as_str().unwrap()),
            None,
        )
        .await;
        let import = |text: &str| -> Option<Value> {
            Some(json!({ "accommodation_id": cabin, "source": "airbnb", "ical_text": text }))
        };
        let sold = one_event("theirs", "20270203", "20270206");
        told.staff("import_calendar", Method::POST, "/api/v1/ical/import", import(&sold)).await;
        told.staff("import_calendar", Method::POST, "/api/v1/ical/import", import("<html>login</html>"))
            .await;
        let listed = told.staff("list_conflicts", Method::GET, "/api/v1/conflicts", None).await.json();
        told.staff("list_attention", Method::GET, "/api/v1/attention", None).await;
        let resolve = format!("/api/v1/conflicts/{}/resolve", listed[0]["id"].as_str().unwrap());
        let note = Some(json!({ "note": "movido a otra cabaña" }));
        told.staff("resolve_conflict", Method::POST, &resolve, note).await;
        told.staff("resolve_conflict", Method::POST, &resolve, None).await;
        told.finish("conflicts");
        desk.settle().await;
    })
    .await;
}
