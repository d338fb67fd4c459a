//! Hostile calendars: refused in bounded time and memory, with a sentence, and every night stays as it was.

use std::time::{Duration, Instant};

use serde_json::Value;
use simulators::calendars::{FeedFault, Platform};

use crate::{
    desk_harness::Desk,
    simulated_platforms::{Linked, Platforms},
};

/// Longer than one reading may take, with room for a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// What is seen to be too much before it has come takes no time.
const AT_ONCE: Duration = Duration::from_secs(4);
/// A quarter of what the largest of these would fill. The simulator that makes them is within it.
const MOST_MEMORY_MB: u64 = 256;

/// A cabin whose calendar was read once, on each engine, and then does this. Returns what the reading answered.
async fn check(fault: FeedFault, within: Duration, look: impl Fn(&Value)) {
    let memory_before_mb = peak_memory_mb();
    Desk::each(async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
        platforms.book(&airbnb.listing, "2027-03-01", "2027-03-04").unwrap();
        desk.sync(&airbnb.feed).await;
        platforms.control.misbehave(&airbnb.listing, fault.clone()).unwrap();
        let begun = Instant::now();
        let synced = desk.sync(&airbnb.feed).await;
        assert!(begun.elapsed() < within, "{fault:?} took {:?}", begun.elapsed());
        look(&synced);
        stays_as_it_was(desk, &cabin, &airbnb, &synced).await;
        platforms.stop().await;
    })
    .await;
    let grown_mb = peak_memory_mb() - memory_before_mb;
    assert!(grown_mb < MOST_MEMORY_MB, "{fault:?} took {grown_mb} MB");
}

/// The same for what is refused with a sentence in which `words` stand.
async fn refused(fault: FeedFault, within: Duration, words: &str) {
    check(fault, within, |synced| {
        assert_eq!(synced["outcome"], "failed", "{synced}");
        assert!(synced["error"].as_str().unwrap().contains(words), "{synced}");
    })
    .await;
}

async fn stays_as_it_was(desk: &Desk, cabin: &str, airbnb: &Linked, synced: &Value) {
    assert_eq!(desk.night(cabin, "2027-03-02").await, "blocked", "{synced}");
    let feed = desk.feed(&airbnb.feed).await;
    assert_eq!(feed["last_error"], synced["error"], "the host sees why");
    // The next good reading is as any other.
    assert_ne!(desk.sync(&airbnb.feed).await["outcome"], "failed");
    assert_eq!(desk.night(cabin, "2027-03-02").await, "blocked", "{synced}");
    desk.settle().await;
}

/// The most memory that this process ever had.
fn peak_memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
}

#[tokio::test]
async fn a_body_without_end_is_cut() {
    refused(FeedFault::EndlessBody, PATIENCE, "larger than 5242880 bytes").await;
}

#[tokio::test]
async fn a_gigabyte_that_is_announced_is_not_awaited() {
    let fault = FeedFault::Announced { announced_bytes: 1 << 30 };
    refused(fault, AT_ONCE, "larger than 5242880 bytes").await;
}

#[tokio::test]
async fn a_gzip_bomb_is_not_unpacked() {
    refused(FeedFault::GzipBomb { unpacked_bytes: 1 << 30 }, PATIENCE, "larger than 5242880 bytes").await;
}

#[tokio::test]
async fn redirects_without_end_are_not_followed() {
    refused(FeedFault::EndlessRedirect, AT_ONCE, "redirects too often").await;
}

#[tokio::test]
async fn a_redirect_into_a_private_network_is_not_followed() {
    let to = "http://169.254.169.254/latest/meta-data".to_owned();
    refused(FeedFault::Redirect { to, http_status: 302 }, AT_ONCE, "private network").await;
}

#[tokio::test]
async fn a_redirect_to_a_file_is_not_followed() {
    let to = "file:///etc/passwd".to_owned();
    refused(FeedFault::Redirect { to, http_status: 302 }, AT_ONCE, "not a web address").await;
}

#[tokio::test]
async fn a_hundred_thousand_events_are_too_many_bytes() {
    refused(FeedFault::ManyEvents { count: 100_000 }, PATIENCE, "larger than").await;
}

#[tokio::test]
async fn events_that_are_small_are_counted() {
    refused(FeedFault::ManyEvents { count: 12_000 }, PATIENCE, "more than 10000 events").await;
}

#[tokio::test]
async fn two_million_folds_are_too_many_bytes() {
    refused(FeedFault::ManyFolds { count: 2_000_000 }, PATIENCE, "larger than").await;
}

/// As many as go into the bytes that are taken: one line, and no more than that.
#[tokio::test]
async fn a_line_of_a_million_folds_is_read() {
    check(FeedFault::ManyFolds { count: 1_000_000 }, PATIENCE, |synced| {
        assert_eq!((&synced["outcome"], &synced["created"]), (&"read".into(), &1.into()), "{synced}");
    })
    .await;
}

/// A rule may go on for ever; what is read of it ends, three years ahead, and a rule that is none of ours blocks its
/// first night.
#[tokio::test]
async fn a_rule_without_end_is_followed_for_three_years() {
    for (rrule, nights) in [
        ("FREQ=DAILY", 1_000..=1_100),
        ("FREQ=SECONDLY", 1..=1),
        // A day that never comes.
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 1..=1),
    ] {
        check(FeedFault::EndlessRule { rrule: rrule.to_owned() }, PATIENCE, |synced| {
            assert_eq!(synced["outcome"], "read", "{rrule}: {synced}");
            assert!(nights.contains(&synced["created"].as_u64().unwrap()), "{rrule}: {synced}");
        })
        .await;
    }
}

/// Ten seconds, whatever comes by drips.
#[tokio::test]
async fn a_slow_drip_is_given_up() {
    refused(FeedFault::SlowDrip { ms_per_byte: 1_000 }, PATIENCE, "too long").await;
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    refused(FeedFault::NeverAnswers, PATIENCE, "too long").await;
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
