//! Calendars that are fetched: what they block, what is held back and why, what comes back of ours.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use simulators::calendars::{FeedFault, Platform, RetryAfter};

use crate::{desk_harness::Desk, simulated_platforms::Platforms};

/// Additions act at once, what is gone waits, what fails keeps everything.
#[tokio::test]
async fn a_fetched_feed_frees_with_patience() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
        let mut stays = Vec::new();
        for n in 1..=8 {
            let (from, to) = (format!("2027-03-{:02}", n * 3), format!("2027-03-{:02}", n * 3 + 2));
            stays.push(platforms.book(&airbnb.listing, &from, &to).unwrap());
        }
        desk.after_minutes(6).await;
        assert_eq!(desk.night(&cabin, "2027-03-03").await, "blocked", "at the poll that brings it");

        for fault in [FeedFault::EmptyBody, FeedFault::Html, FeedFault::Truncated, FeedFault::JsonError] {
            platforms.control.misbehave(&airbnb.listing, fault.clone()).unwrap();
            desk.after_minutes(7).await;
            assert_eq!(desk.night(&cabin, "2027-03-03").await, "blocked", "{fault:?}");
            let shown = desk.feed(&airbnb.feed).await;
            assert_eq!((shown["failures"].as_i64(), shown["last_error"].is_string()), (Some(1), true));
            desk.after_minutes(7).await;
            assert_eq!(desk.feed(&airbnb.feed).await["failures"], 0);
        }

        platforms.control.cancel(&airbnb.listing, &stays[0]).unwrap();
        desk.after_minutes(7).await;
        assert_eq!(desk.night(&cabin, "2027-03-03").await, "blocked", "gone for one poll");
        let held = desk.feed(&airbnb.feed).await["held_back"].clone();
        assert_eq!(
            (held[0]["from"].as_str(), held[0]["to"].as_str()),
            (Some("2027-03-03"), Some("2027-03-05"))
        );
        assert_eq!(held[0]["reason"], "one_stay");
        desk.after_minutes(7).await;
        assert_eq!(desk.night(&cabin, "2027-03-03").await, "blocked");
        desk.after_minutes(9).await;
        assert_eq!(desk.night(&cabin, "2027-03-03").await, "free", "gone for the waiting time");

        // A black-out frees nothing, is told, and is over when the nights come back.
        platforms.control.misbehave(&airbnb.listing, FeedFault::EmptyCalendar.times(2)).unwrap();
        desk.after_minutes(7).await;
        assert_eq!(desk.waiting().await, ["calendar_shrunk"]);
        desk.after_minutes(7).await;
        assert_eq!(desk.night(&cabin, "2027-03-06").await, "blocked");
        assert_eq!(desk.feed(&airbnb.feed).await["held_back"][0]["reason"], "everything");
        desk.after_minutes(7).await;
        assert_eq!(desk.feed(&airbnb.feed).await["held_back"], json!([]));
        assert_eq!(desk.waiting().await, Vec::<String>::new());
        assert_eq!(desk.night(&cabin, "2027-03-06").await, "blocked");
        platforms.stop().await;
    })
    .await;
}

/// A moved stay blocks its new nights at once; the ones it left wait like any others.
#[tokio::test]
async fn a_stay_that_moves_keeps_its_old_nights_for_a_while() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
        platforms.book(&airbnb.listing, "2027-05-01", "2027-05-30").unwrap();
        let stay = platforms.book(&airbnb.listing, "2027-03-01", "2027-03-03").unwrap();
        desk.after_minutes(7).await;
        let day = |text: &str| text.parse().unwrap();
        platforms.control.move_stay(&airbnb.listing, &stay, day("2027-04-01"), day("2027-04-03")).unwrap();
        desk.after_minutes(7).await;
        assert_eq!(desk.night(&cabin, "2027-04-01").await, "blocked");
        assert_eq!(desk.night(&cabin, "2027-03-01").await, "blocked");
        desk.after_minutes(7).await;
        desk.after_minutes(10).await;
        assert_eq!(desk.night(&cabin, "2027-04-01").await, "blocked");
        assert_eq!(desk.night(&cabin, "2027-03-01").await, "free");
        platforms.stop().await;
    })
    .await;
}

/// The host knows better, for some nights or for all.
#[tokio::test]
async fn held_back_nights_are_released_by_hand() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
        for (from, to) in [("2027-03-01", "2027-03-04"), ("2027-04-01", "2027-04-05")] {
            platforms.book(&airbnb.listing, from, to).unwrap();
        }
        desk.after_minutes(7).await;
        platforms.control.misbehave(&airbnb.listing, FeedFault::EmptyCalendar.until_off()).unwrap();
        desk.after_minutes(7).await;
        assert_eq!(desk.waiting().await, ["calendar_shrunk"]);
        let release = async |body: Value| {
            let path = format!("/api/v1/ical/feeds/{}/release", airbnb.feed);
            desk.staff(Method::POST, &path, Some(body)).await
        };
        let some = release(json!({ "from": "2027-03-01", "to": "2027-03-03" })).await;
        assert_eq!(some.json()["released"], 2, "{}", some.text);
        assert_eq!(desk.night(&cabin, "2027-03-02").await, "free");
        assert_eq!(desk.night(&cabin, "2027-03-03").await, "blocked");
        assert_eq!(release(json!({ "from": "2027-03-01" })).await.code(), "invalid_dates");
        assert_eq!(release(json!({})).await.json()["released"], 5);
        assert_eq!(desk.night(&cabin, "2027-04-01").await, "free");
        assert_eq!(desk.waiting().await, Vec::<String>::new());
        // What the calendar has is not the host's to release here.
        platforms.control.behave(&airbnb.listing).unwrap();
        desk.after_minutes(7).await;
        assert_eq!(release(json!({})).await.json()["released"], 0);
        assert_eq!(desk.night(&cabin, "2027-04-01").await, "blocked");
        platforms.stop().await;
    })
    .await;
}

/// Three calendars that read each other through the desk: nothing comes back as a block of its own.
#[tokio::test]
async fn what_we_exported_comes_back_without_echo() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.linked(desk, &cabin, Platform::Airbnb, "airbnb").await;
        let booking = platforms.linked(desk, &cabin, Platform::Booking, "booking").await;
        let theirs = platforms.book(&airbnb.listing, "2027-03-10", "2027-03-12").unwrap();
        let code =
            desk.hold(&cabin, "2027-03-12", "2027-03-15").await.json()["code"].as_str().unwrap().to_owned();
        let confirm = format!("/api/v1/reservations/{code}/confirm");
        assert_eq!(desk.staff(Method::POST, &confirm, None).await.status, StatusCode::OK);
        for _ in 0..3 {
            platforms.control.poll(&airbnb.listing).await.unwrap();
            platforms.control.poll(&booking.listing).await.unwrap();
            desk.after_minutes(7).await;
        }
        // Booking.com shows 10 to 15 as one closed stretch, all of it ours.
        let feed = platforms.control.feed(&booking.listing).unwrap();
        assert!(
            feed.contains("DTSTART;VALUE=DATE:20270310") && feed.contains("DTEND;VALUE=DATE:20270315"),
            "{feed}"
        );
        assert_eq!(desk.feed(&booking.feed).await["blocked_nights"], 0);
        assert_eq!(desk.feed(&airbnb.feed).await["blocked_nights"], 2);
        assert_eq!(desk.conflicts().await, Vec::<Value>::new());

        // Ours and theirs go: free here when the waiting time is over, though both platforms still show them.
        desk.staff(Method::POST, &format!("/api/v1/reservations/{code}/cancel"), None).await;
        platforms.control.cancel(&airbnb.listing, &theirs).unwrap();
        assert_eq!(desk.night(&cabin, "2027-03-13").await, "free");
        desk.after_minutes(7).await;
        assert_eq!(desk.night(&cabin, "2027-03-13").await, "free", "its echo at Booking.com is no block");
        assert_eq!(desk.night(&cabin, "2027-03-10").await, "blocked", "everything is gone from Airbnb");
        for _ in 0..60 {
            desk.after_minutes(7).await;
        }
        assert_eq!(desk.night(&cabin, "2027-03-10").await, "free");
        for _ in 0..2 {
            platforms.control.poll(&airbnb.listing).await.unwrap();
            platforms.control.poll(&booking.listing).await.unwrap();
            desk.after_minutes(7).await;
        }
        for listing in [&airbnb.listing, &booking.listing] {
            assert!(!platforms.control.feed(listing).unwrap().contains("202703"), "no echo is left anywhere");
        }
        assert_eq!(desk.night(&cabin, "2027-03-10").await, "free");
        platforms.stop().await;
    })
    .await;
}

/// Nights that were sold there before we showed them are theirs.
#[tokio::test]
async fn a_night_sold_before_the_platform_read_us_is_a_conflict() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let booking = platforms.linked(desk, &cabin, Platform::Booking, "booking").await;
        let airbnb = platforms.linked(desk, &cabin, Platform::Airbnb, "airbnb").await;
        let held = desk.hold(&cabin, "2027-03-10", "2027-03-12").await.json();
        let code = held["code"].as_str().unwrap();
        platforms.book(&booking.listing, "2027-03-11", "2027-03-14").unwrap();
        desk.after_minutes(7).await;
        let found = desk.conflicts().await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0]["source"].as_str(), found[0]["reservation_code"].as_str()),
            (Some("booking"), Some(code))
        );
        assert_eq!(
            (found[0]["from"].as_str(), found[0]["to"].as_str()),
            (Some("2027-03-11"), Some("2027-03-12"))
        );
        // It is not confirmed behind anybody's back, until somebody has seen to it.
        let confirm = format!("/api/v1/reservations/{code}/confirm");
        assert_eq!(desk.staff(Method::POST, &confirm, None).await.code(), "date_overlap");

        // The same nights at two platforms, none of them ours.
        platforms.book(&airbnb.listing, "2027-03-12", "2027-03-13").unwrap();
        desk.after_minutes(7).await;
        assert_eq!(desk.conflicts().await.len(), 2);
        platforms.control.poll(&booking.listing).await.unwrap();
        platforms.control.poll(&airbnb.listing).await.unwrap();
        desk.after_minutes(7).await;
        let found = desk.conflicts().await;
        assert_eq!(found.len(), 2, "told once: {found:?}");
        assert!(found[1]["other_source"].is_string(), "{found:?}");
        assert_eq!(desk.waiting().await, ["calendar_clash", "calendar_clash"]);

        for conflict in &found {
            let path = format!("/api/v1/conflicts/{}/resolve", conflict["id"].as_str().unwrap());
            let resolved = desk.staff(Method::POST, &path, Some(json!({ "note": "moved" }))).await;
            assert_eq!((resolved.status, resolved.json()["note"].as_str()), (StatusCode::OK, Some("moved")));
            assert_eq!(desk.staff(Method::POST, &path, None).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!((desk.conflicts().await, desk.waiting().await), (vec![], vec![]));
        desk.after_minutes(7).await;
        assert_eq!(desk.conflicts().await, Vec::<Value>::new(), "what was seen to is not told again");
        assert_eq!(desk.staff(Method::POST, &confirm, None).await.status, StatusCode::OK);
        platforms.stop().await;
    })
    .await;
}

/// Airbnb's own rules close nights that slide every day: blocks, and no stays.
#[tokio::test]
async fn blocks_that_slide_are_no_conflicts() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.linked(desk, &cabin, Platform::Airbnb, "airbnb").await;
        platforms
            .control
            .change_settings(&airbnb.listing, |settings| settings.advance_notice_days = 2)
            .unwrap();
        desk.after_minutes(7).await;
        assert_eq!(desk.hold(&cabin, "2027-01-03", "2027-01-06").await.status, StatusCode::CREATED);
        for _ in 0..4 {
            desk.after_minutes(24 * 60).await;
        }
        assert_eq!(desk.conflicts().await, Vec::<Value>::new());
        platforms.stop().await;
    })
    .await;
}

/// A server that answers slowly is told.
#[tokio::test]
async fn a_slow_calendar_is_told() {
    let impatient = |config: &mut app::config::Config| config.ical.slow_poll_ms = 100;
    Desk::each_with(impatient, async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
        let slow = FeedFault::SlowDrip { ms_per_byte: 3 };
        platforms.control.misbehave(&airbnb.listing, slow).unwrap();
        assert_eq!(desk.sync(&airbnb.feed).await["outcome"], "unchanged");
        assert_eq!(desk.waiting().await, ["calendar_slow"]);
        desk.sync(&airbnb.feed).await;
        assert_eq!(desk.waiting().await, Vec::<String>::new());
        platforms.stop().await;
    })
    .await;
}

/// Only what changed is read, and no server is pressed.
#[tokio::test]
async fn feeds_are_asked_politely() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
        let icloud = platforms.read_by(desk, &cabin, Platform::Icloud, "icloud").await;
        desk.after_minutes(7).await;
        desk.after_minutes(7).await;
        let fetches = platforms.control.fetches(&icloud.listing).unwrap();
        let last = fetches.last().unwrap();
        assert_eq!((last.was_conditional, last.takes_gzip, last.http_status), (true, true, Some(304)));
        assert!(last.user_agent.as_deref().unwrap_or_default().starts_with("Conserje/"));
        let page = desk.get("/metrics").await.text;
        let count = |outcome: &str| {
            let line = format!("ical_fetches_total{{outcome=\"{outcome}\"}} ");
            let found = page.lines().find_map(|shown| shown.strip_prefix(&line)?.parse::<u64>().ok());
            found.unwrap_or_default()
        };
        assert!(count("not_modified") >= 2 && count("same_body") >= 2, "{page}");

        // Asked to wait, in seconds or until a date; refused without a word.
        let reads = || platforms.control.fetches(&airbnb.listing).unwrap().len();
        for retry_after in [RetryAfter::Seconds(1_800), RetryAfter::DateInSeconds(1_800)] {
            let busy = FeedFault::Status { http_status: 429, retry_after: Some(retry_after) };
            platforms.control.misbehave(&airbnb.listing, busy).unwrap();
            desk.after_minutes(7).await;
            let before = reads();
            for _ in 0..4 {
                desk.after_minutes(7).await;
            }
            assert_eq!(reads(), before, "28 minutes later");
            desk.after_minutes(3).await;
            assert_eq!(reads(), before + 1);
        }
        for http_status in [403, 503] {
            let refused = FeedFault::Status { http_status, retry_after: None };
            platforms.control.misbehave(&airbnb.listing, refused.times(2)).unwrap();
            desk.after_minutes(7).await;
            let before = reads();
            desk.after_minutes(7).await;
            assert_eq!(reads(), before, "twice the interval, then four times");
            desk.after_minutes(4).await;
            assert_eq!(reads(), before + 1);
            desk.after_minutes(15).await;
            assert_eq!(reads(), before + 1);
            desk.after_minutes(10).await;
            assert_eq!(reads(), before + 2);
        }
        // What is not let is not read.
        let path = format!("/api/v1/accommodations/{cabin}");
        desk.staff(Method::PATCH, &path, Some(json!({ "active": false }))).await;
        let before = reads();
        desk.after_minutes(60).await;
        assert_eq!(reads(), before);
        platforms.stop().await;
    })
    .await;
}

#[tokio::test]
async fn feeds_are_registered_changed_and_forgotten() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let (listing, url) = platforms.listing(Platform::Vrbo);
        platforms.book(&listing, "2027-03-10", "2027-03-12").unwrap();
        let body = |url: &str| json!({ "accommodation_id": cabin, "source": "Vrbo", "url": url });
        let create = async |url: &str| desk.staff(Method::POST, "/api/v1/ical/feeds", Some(body(url))).await;
        for bad in ["ftp://x/y.ics", "javascript:alert(1)", "", "file:///etc/passwd"] {
            assert_eq!(create(bad).await.status.as_u16(), 422, "{bad}");
        }
        let wrong = create(&url.replace(".ics", "0.ics")).await;
        assert_eq!((wrong.status.as_u16(), wrong.code().as_str()), (422, "calendar_unreachable"));
        platforms.control.misbehave(&listing, FeedFault::Html).unwrap();
        assert_eq!(create(&url).await.code(), "invalid_calendar");
        let listed = desk.staff(Method::GET, "/api/v1/ical/feeds", None).await;
        assert_eq!(listed.json(), json!([]), "what cannot be read is not kept");

        let made = create(&url).await.json();
        assert_eq!(
            (made["reading"]["provider"].as_str(), made["reading"]["stays"].as_i64()),
            (Some("vrbo"), Some(1))
        );
        assert_eq!(made["reading"]["nights"], 2);
        let id = made["id"].as_str().unwrap();
        desk.settle().await;
        let path = format!("/api/v1/ical/feeds/{id}");
        let shown = desk.feed(id).await;
        assert_eq!((shown["source"].as_str(), shown["stale"].as_bool()), (Some("vrbo"), Some(false)));
        assert_eq!((shown["blocked_nights"].as_i64(), shown["age_minutes"].as_i64()), (Some(2), Some(0)));
        assert_eq!(desk.get(&path).await.status, StatusCode::UNAUTHORIZED);

        let edit = async |body: Value| desk.staff(Method::PATCH, &path, Some(body)).await;
        assert_eq!(edit(json!({ "interval_seconds": 1 })).await.status.as_u16(), 422);
        assert_eq!(edit(json!({ "interval_seconds": 3600 })).await.json()["interval_seconds"], 3600);
        let reads = || platforms.control.fetches(&listing).unwrap().len();
        let before = reads();
        desk.after_minutes(45).await;
        assert_eq!(reads(), before, "its own interval counts");
        desk.after_minutes(25).await;
        assert_eq!(reads(), before + 1);
        // Another address: what the old one had is gone, and waits.
        let (other, address) = platforms.listing(Platform::Vrbo);
        platforms.book(&other, "2027-05-10", "2027-05-12").unwrap();
        assert_eq!(edit(json!({ "url": address })).await.status, StatusCode::OK);
        desk.settle().await;
        assert_eq!(desk.night(&cabin, "2027-05-10").await, "blocked");
        assert_eq!(desk.night(&cabin, "2027-03-10").await, "blocked");

        assert_eq!(desk.staff(Method::DELETE, &path, None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(desk.staff(Method::DELETE, &path, None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk.night(&cabin, "2027-05-10").await, "free");
        platforms.stop().await;
    })
    .await;
}

/// So that a question can be answered later, and no longer than that.
#[tokio::test]
async fn bodies_that_differ_are_kept_for_a_while() {
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
        let kept = async || {
            let mut session = desk.test.app.read().await.unwrap();
            store::feed_body::list(&mut session, &airbnb.feed).await.unwrap().len()
        };
        assert_eq!(kept().await, 1);
        desk.after_minutes(7).await;
        assert_eq!(kept().await, 1, "the moment of the reading is no news");
        platforms.book(&airbnb.listing, "2027-06-10", "2027-06-12").unwrap();
        desk.after_minutes(7).await;
        assert_eq!(kept().await, 2);
        platforms.control.misbehave(&airbnb.listing, FeedFault::Html.times(2)).unwrap();
        desk.after_minutes(7).await;
        desk.after_minutes(7).await;
        assert_eq!(kept().await, 3, "what could not be read is kept too, once");
        for _ in 0..2 {
            desk.after_minutes(31 * 24 * 60).await;
        }
        assert_eq!(kept().await, 1, "the last stands for what the calendar is");
        platforms.stop().await;
    })
    .await;
}
