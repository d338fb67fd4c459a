//! Calendars: platforms that read one another.

use std::time::Duration;

use jiff::{SignedDuration, civil::date};
use serde_json::json;

use super::{
    calendar_feeds::{list, stay, values},
    support::{MovableClock, calendars, listener},
};
use crate::{
    Calendars, CalendarsConfig,
    calendars::{FeedFault, NewImport, Nights, Platform, PollOutcome},
};

fn import(url: &str) -> NewImport {
    NewImport { url: url.to_owned(), every_minutes: None }
}

fn november(first: i8, last: i8) -> Nights {
    Nights::new(date(2026, 11, first), date(2026, 11, last)).unwrap()
}

#[tokio::test]
async fn two_platforms_that_read_each_other_keep_a_cancelled_stay_closed_for_ever() {
    let clock = MovableClock::new();
    let running = calendars(&clock).await;
    let control = &running.control;
    let (airbnb, vrbo) = (list(control, Platform::Airbnb), list(control, Platform::Vrbo));
    control.add_import(&airbnb.id, import(&vrbo.url)).unwrap();
    control.add_import(&vrbo.id, import(&airbnb.url)).unwrap();
    control.book(&airbnb.id, stay(3, 6)).unwrap();
    control.poll(&vrbo.id).await.unwrap();
    let blocked = control.feed(&vrbo.id).unwrap();
    assert!(
        values(&blocked, "UID").contains(&"11032026-1103-2026-1106-202611062026".to_owned()),
        "{blocked}"
    );
    assert_eq!(control.book(&vrbo.id, stay(5, 8)), Err("a night is taken".to_owned()));

    control.poll(&airbnb.id).await.unwrap();
    let own = control.feed(&airbnb.id).unwrap();
    assert_eq!(values(&own, "SUMMARY").iter().filter(|summary| *summary == "Reserved").count(), 1);
    assert!(!values(&own, "DTSTART;VALUE=DATE").contains(&"20261104".to_owned()));
    control.cancel(&airbnb.id, "stay-3").unwrap();
    for _ in 0..3 {
        control.poll(&vrbo.id).await.unwrap();
        control.poll(&airbnb.id).await.unwrap();
    }
    let ghost = control.feed(&airbnb.id).unwrap();
    assert!(values(&ghost, "DTSTART;VALUE=DATE").contains(&"20261103".to_owned()), "{ghost}");
    assert_eq!(values(&ghost, "SUMMARY").iter().filter(|summary| *summary == "Reserved").count(), 0);
}

#[tokio::test]
async fn a_platform_keeps_what_it_knew_when_a_calendar_cannot_be_read_but_believes_an_empty_one() {
    let clock = MovableClock::new();
    let running = calendars(&clock).await;
    let control = &running.control;
    let (vrbo, booking) = (list(control, Platform::Vrbo), list(control, Platform::Booking));
    control.add_import(&booking.id, import(&vrbo.url)).unwrap();
    control.book(&vrbo.id, stay(3, 6)).unwrap();
    assert_eq!(control.poll(&booking.id).await.unwrap()[0].outcome, PollOutcome::Read(1));
    let refused = FeedFault::Status { http_status: 503, retry_after: None };
    for (fault, outcome) in [
        (FeedFault::EmptyBody, PollOutcome::Unreadable),
        (FeedFault::Html, PollOutcome::Unreadable),
        (FeedFault::Truncated, PollOutcome::Unreadable),
        (refused, PollOutcome::Refused(503)),
        (FeedFault::EndlessRedirect, PollOutcome::Refused(302)),
    ] {
        control.misbehave(&vrbo.id, fault).unwrap();
        let poll = control.poll(&booking.id).await.unwrap().remove(0);
        assert_eq!((poll.outcome, poll.at), (outcome, clock.clock()()));
        assert_eq!(control.listing(&booking.id).unwrap().imports[0].nights, [november(3, 6)]);
    }
    control.misbehave(&vrbo.id, FeedFault::EmptyCalendar).unwrap();
    control.poll(&booking.id).await.unwrap();
    assert_eq!(control.listing(&booking.id).unwrap().imports[0].nights, []);
}

#[tokio::test]
async fn calendars_are_read_again_when_the_clock_says_so() {
    let clock = MovableClock::new();
    let running = calendars(&clock).await;
    let control = &running.control;
    let (icloud, airbnb) = (list(control, Platform::Icloud), list(control, Platform::Airbnb));
    control.add_import(&airbnb.id, import(&icloud.url)).unwrap();
    assert_eq!(control.poll_due().await, 1);
    clock.forward(SignedDuration::from_mins(179));
    assert_eq!(control.poll_due().await, 0);
    clock.forward(SignedDuration::from_mins(1));
    assert_eq!(control.poll_due().await, 1);
    let last = control.listing(&airbnb.id).unwrap().imports[0].last.clone().unwrap();
    assert_eq!(last.outcome, PollOutcome::Unchanged);
    let stays = json!(control.listing(&airbnb.id).unwrap())["imports"][0]["last"]["outcome"].clone();
    assert_eq!(stays, "unchanged");
    control.remove_import(&airbnb.id, &icloud.url).unwrap();
    assert_eq!(control.poll_due().await, 0);
}

#[tokio::test]
async fn a_simulator_can_look_by_itself_whether_something_is_due() {
    let clock = MovableClock::new();
    let look_every = Some(Duration::from_millis(1));
    let config =
        CalendarsConfig { listener: listener().await, public_base_url: None, now: clock.clock(), look_every };
    let running = Calendars::start(config).unwrap();
    let control = &running.control;
    let (vrbo, airbnb) = (list(control, Platform::Vrbo), list(control, Platform::Airbnb));
    control.add_import(&airbnb.id, import(&vrbo.url)).unwrap();
    let read = async {
        while control.listing(&airbnb.id).unwrap().imports[0].last.is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), read).await.expect("it is read without being told");
    running.stop().await;
}

#[tokio::test]
async fn calendars_of_notes_do_not_export_what_they_read() {
    let clock = MovableClock::new();
    let running = calendars(&clock).await;
    let control = &running.control;
    let (google, vrbo) = (list(control, Platform::Google), list(control, Platform::Vrbo));
    control.add_import(&google.id, import(&vrbo.url)).unwrap();
    control.book(&vrbo.id, stay(3, 6)).unwrap();
    assert_eq!(control.poll(&google.id).await.unwrap()[0].outcome, PollOutcome::Read(1));
    assert_eq!(values(&control.feed(&google.id).unwrap(), "UID"), [] as [String; 0]);
}
