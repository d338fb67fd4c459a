//! Calendars: readings that go wrong.

use std::time::Duration;

use serde_json::json;

use super::{
    calendar_feeds::{list, stay, values},
    support::{Answer, Caller, MovableClock, calendars},
};
use crate::{
    CalendarsControl, Running,
    calendars::{FeedFault, Listing, Platform, RetryAfter},
};

/// A Vrbo listing with stays of three, three and four nights.
async fn three_stays() -> (Running<CalendarsControl>, Listing) {
    let running = calendars(&MovableClock::new()).await;
    let listing = list(&running.control, Platform::Vrbo);
    for (first, last) in [(3, 6), (8, 11), (20, 24)] {
        running.control.book(&listing.id, stay(first, last)).unwrap();
    }
    (running, listing)
}

async fn get(running: &Running<CalendarsControl>, listing: &Listing, fault: FeedFault) -> Answer {
    running.control.misbehave(&listing.id, fault).unwrap();
    Caller::new("").get(&listing.url).await
}

#[tokio::test]
async fn a_feed_can_say_something_wrong() {
    let (running, listing) = three_stays().await;
    let whole = running.control.feed(&listing.id).unwrap();
    let read = async |fault| get(&running, &listing, fault).await.text;

    assert_eq!(values(&read(FeedFault::EmptyCalendar).await, "UID"), [] as [String; 0]);
    assert_eq!(values(&read(FeedFault::HalfGone).await, "DTEND;VALUE=DATE"), ["20261106", "20261110"]);
    assert_eq!(values(&read(FeedFault::FarBlockGone).await, "DTEND;VALUE=DATE"), ["20261106", "20261111"]);
    let moved = values(&read(FeedFault::MovedUids).await, "UID");
    assert!(moved.iter().all(|uid| uid.len() == 36 && !whole.contains(uid)), "{moved:?}");
    let again = values(&read(FeedFault::MovedUids).await, "UID");
    assert!(again.iter().all(|uid| !moved.contains(uid)), "{again:?}");
    let rrule = "FREQ=DAILY".to_owned();
    assert_eq!(values(&read(FeedFault::EndlessRule { rrule }).await, "RRULE"), ["FREQ=DAILY"]);
    let many = values(&read(FeedFault::ManyEvents { count: 2_500 }).await, "UID");
    assert_eq!(many.len(), 2_503);
    let folded = read(FeedFault::ManyFolds { count: 1_000 }).await;
    assert_eq!(folded.matches("\n a").count(), 1_000);
    assert!(folded.ends_with("END:VEVENT\nEND:VCALENDAR\n"));
    let truncated = read(FeedFault::Truncated).await;
    assert!(whole.starts_with(&truncated) && truncated.len() == whole.len() / 2);
    assert_eq!(read(FeedFault::None).await, whole);
}

#[tokio::test]
async fn an_answer_can_be_no_calendar() {
    let (running, listing) = three_stays().await;
    let read = async |fault| get(&running, &listing, fault).await;
    let empty = read(FeedFault::EmptyBody).await;
    assert_eq!((empty.status, empty.text.as_str()), (200, ""));
    let json = read(FeedFault::JsonError).await;
    assert_eq!((json.status, json.json()["code"].clone()), (200, json!(500)));
    let html = read(FeedFault::Html).await;
    assert_eq!(
        (html.status, html.headers["content-type"].as_bytes()),
        (200, b"text/html; charset=utf-8".as_slice())
    );
    let content_type = "application/octet-stream".to_owned();
    let wrong = read(FeedFault::WrongContentType { content_type }).await;
    assert_eq!(wrong.headers["content-type"], "application/octet-stream");
    assert_eq!(wrong.text, running.control.feed(&listing.id).unwrap());

    for (retry_after, header) in [
        (None, None),
        (Some(RetryAfter::Seconds(120)), Some("120")),
        (Some(RetryAfter::DateInSeconds(120)), Some("Tue, 01 Sep 2026 12:02:00 GMT")),
    ] {
        let limited = read(FeedFault::Status { http_status: 429, retry_after }).await;
        let said = limited.headers.get("retry-after").map(|value| value.to_str().unwrap());
        assert_eq!((limited.status, said), (429, header));
    }
    let skewed = read(FeedFault::ClockSkew { seconds: -3600 }).await;
    assert_eq!(skewed.headers["date"], "Tue, 01 Sep 2026 11:00:00 GMT");
    let away = read(FeedFault::Redirect { to: "http://169.254.169.254/".to_owned(), http_status: 307 }).await;
    assert_eq!(
        (away.status, away.headers["location"].as_bytes()),
        (307, b"http://169.254.169.254/".as_slice())
    );
    let mut next = read(FeedFault::EndlessRedirect).await;
    for turn in 1..5 {
        let location = next.headers["location"].to_str().unwrap().to_owned();
        assert_eq!(location, format!("{}/round/{turn}", running.base_url));
        next = Caller::new("").get(&location).await;
        assert_eq!(next.status, 302);
    }
}

#[tokio::test]
async fn an_answer_can_be_too_slow_or_too_large() {
    let (running, listing) = three_stays().await;
    let dripped = get(&running, &listing, FeedFault::SlowDrip { ms_per_byte: 0 }).await;
    assert_eq!(dripped.text, running.control.feed(&listing.id).unwrap());

    // The client unpacks it, and checks length and sum at the end.
    let bomb = get(&running, &listing, FeedFault::GzipBomb { unpacked_bytes: 3 << 20 }).await;
    assert!(bomb.text.starts_with("BEGIN:VCALENDAR\r\n") && bomb.text.ends_with("\r\nEND:VCALENDAR\r\n"));
    assert!((3 << 20..(3 << 20) + 200).contains(&bomb.text.len()), "{}", bomb.text.len());

    let caller = Caller::new("");
    running.control.misbehave(&listing.id, FeedFault::EndlessBody).unwrap();
    let mut endless = caller.request(reqwest::Method::GET, &listing.url).send().await.unwrap();
    let mut heard = 0;
    while heard < 4 << 20 {
        heard += endless.chunk().await.unwrap().expect("it goes on").len();
    }
    drop(endless);

    running.control.misbehave(&listing.id, FeedFault::Announced { announced_bytes: 1 << 30 }).unwrap();
    let announced = caller.request(reqwest::Method::GET, &listing.url).send().await.unwrap();
    assert_eq!(announced.content_length(), Some(1 << 30));
    drop(announced);

    running.control.misbehave(&listing.id, FeedFault::NeverAnswers).unwrap();
    let asked = caller.request(reqwest::Method::GET, &listing.url).timeout(Duration::from_millis(100));
    assert!(asked.send().await.unwrap_err().is_timeout());
    let fetches = running.control.fetches(&listing.id).unwrap();
    let last = fetches.last().unwrap();
    assert_eq!((last.http_status, &last.fault), (None, &FeedFault::NeverAnswers));
}

#[tokio::test]
async fn a_fault_lasts_for_so_many_readings_or_until_it_is_switched_off() {
    let (running, listing) = three_stays().await;
    let control = &running.control;
    let caller = Caller::new("");
    let events = async || values(&caller.get(&listing.url).await.text, "UID").len();
    control.misbehave(&listing.id, FeedFault::EmptyCalendar.times(2)).unwrap();
    control.misbehave(&listing.id, FeedFault::FarBlockGone.until_off()).unwrap();
    assert_eq!([events().await, events().await, events().await, events().await], [0, 0, 2, 2]);
    control.behave(&listing.id).unwrap();
    assert_eq!(events().await, 3);
}
