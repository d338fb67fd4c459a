//! Calendars that mean harm: refused in bounded time and memory, with a sentence, and every night stays as it was.

use std::time::{Duration, Instant};

use simulators::calendars::{FeedFault, Platform};

use crate::{desk::Desk, platforms::Platforms};

/// Longer than one reading may take, with room for a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn bad_calendars_are_refused_in_bounded_time() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
        platforms.book(&airbnb.listing, "2027-03-01", "2027-03-04").unwrap();
        desk.sync(&airbnb.feed).await;
        let to = |to: &str| FeedFault::Redirect { to: to.to_owned(), http_status: 302 };
        for (fault, word) in [
            (FeedFault::EndlessBody, "larger than"),
            (FeedFault::GzipBomb { unpacked_bytes: 1 << 30 }, "larger than"),
            (FeedFault::EndlessRedirect, "redirects too often"),
            (to("file:///etc/passwd"), "not a web address"),
            (FeedFault::ManyEvents { count: 100_000 }, "larger than"),
            (FeedFault::ManyEvents { count: 12_000 }, "more than 10000 events"),
            (FeedFault::EndlessRule { rrule: "FREQ=SECONDLY".to_owned() }, ""),
            (FeedFault::ManyFolds { count: 2_000_000 }, "larger than"),
        ] {
            platforms.control.misbehave(&airbnb.listing, fault.clone()).unwrap();
            let begun = Instant::now();
            let synced = desk.sync(&airbnb.feed).await;
            assert!(begun.elapsed() < PATIENCE, "{fault:?} took {:?}", begun.elapsed());
            let error = synced["error"].as_str().unwrap_or_default();
            assert!(error.contains(word), "{fault:?}: {synced}");
            // An endless rule may be cut and read; whatever it is, what was known stays blocked.
            assert!(synced["outcome"] == "failed" || word.is_empty(), "{fault:?}: {synced}");
            assert_eq!(desk.night(&cabin, "2027-03-02").await, "blocked", "{fault:?}");
        }
        platforms.stop().await;
    })
    .await;
}

/// Ten seconds, whatever comes by drips; once, because it takes them.
#[tokio::test]
async fn a_slow_drip_is_given_up() {
    let desk = Desk::start(store::db::Engine::Sqlite, |_| {}).await;
    let platforms = Platforms::start(&desk).await;
    let cabin = desk.cabin("El Sauce").await;
    let airbnb = platforms.read_by(&desk, &cabin, Platform::Airbnb, "airbnb").await;
    platforms.control.misbehave(&airbnb.listing, FeedFault::SlowDrip { ms_per_byte: 1_000 }).unwrap();
    let begun = Instant::now();
    let synced = desk.sync(&airbnb.feed).await;
    assert!(synced["error"].as_str().unwrap().contains("too long"), "{synced}");
    assert!(begun.elapsed() < PATIENCE);
    platforms.stop().await;
    desk.finish().await;
}

/// With the network as it is outside of tests.
#[tokio::test]
async fn private_networks_are_not_called() {
    let public = |config: &mut app::config::Config| config.ical.allow_private_networks = false;
    Desk::each_with(public, async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        for (url, code) in [
            ("https://127.0.0.1/calendar.ics", "calendar_unreachable"),
            ("https://localhost/calendar.ics", "calendar_unreachable"),
            ("https://[::ffff:10.0.0.1]/calendar.ics", "calendar_unreachable"),
            ("webcal://169.254.169.254/latest", "calendar_unreachable"),
            ("http://calendar.example/calendar.ics", "invalid_request"),
        ] {
            let body = serde_json::json!({ "accommodation_id": cabin, "source": "airbnb", "url": url });
            let refused = desk.staff(reqwest::Method::POST, "/api/v1/ical/feeds", Some(body)).await;
            assert_eq!((refused.status.as_u16(), refused.code().as_str()), (422, code), "{url}");
            if code == "calendar_unreachable" {
                assert!(refused.text.contains("private network"), "{}", refused.text);
            }
        }
    })
    .await;
}
