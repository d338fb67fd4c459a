//! When a calendar is read anew as a whole, and when it is stale.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;
use simulators::calendars::{FeedFault, Platform};

use crate::{desk_harness::Desk, simulated_platforms::Platforms};

/// Half past midnight in Tokyo is another night than in Córdoba.
#[tokio::test]
async fn another_zone_reads_the_same_calendar_again() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
        assert_eq!(desk.sync(&airbnb.feed).await["outcome"], "unchanged");
        let zone = json!({ "timezone": "Asia/Tokyo" });
        desk.staff(Method::PATCH, &format!("/api/v1/accommodations/{cabin}"), Some(zone)).await;
        assert_eq!(desk.sync(&airbnb.feed).await["outcome"], "read", "as a whole");
        platforms.stop().await;
    })
    .await;
}

/// A feed whose interval is long is not stale between two readings, and one that could not be read for a while because
/// the desk was off is read and not told of.
#[tokio::test]
async fn only_a_feed_that_fails_goes_stale() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
        let told = async || {
            let mut session = desk.test.app.read().await.unwrap();
            let sql = "select count(*) as told from incident where kind = 'calendar_stale'";
            session.first(sql, vec![], |row| row.int("told")).await.unwrap().unwrap()
        };
        desk.after_minutes(600).await;
        assert_eq!(told().await, 0, "the desk was off");
        let path = format!("/api/v1/ical/feeds/{}", airbnb.feed);
        desk.staff(Method::PATCH, &path, Some(json!({ "interval_seconds": 7200 }))).await;
        desk.after_minutes(100).await;
        assert_eq!((told().await, desk.feed(&airbnb.feed).await["stale"].as_bool()), (0, Some(false)));
        platforms.control.misbehave(&airbnb.listing, FeedFault::Html.until_off()).unwrap();
        for _ in 0..40 {
            desk.after_minutes(31).await;
        }
        assert_eq!(told().await, 1);
        desk.test.advance(SignedDuration::from_mins(1));
        platforms.stop().await;
    })
    .await;
}
