//! Calendars: the shapes of real feeds.

use std::{collections::BTreeSet, fs, path::PathBuf};

use super::{
    calendar_feeds::{list, stay},
    support::{MovableClock, calendars},
};
use crate::calendars::Platform;

/// A real feed, or one of a real feed's shape; nothing where the folder of third parties' data does not exist.
fn fixture(name: &str) -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/ical");
    fs::read_to_string(folder.join(name)).ok()
}

/// What stands before the events, without the calendar's own name.
fn head(feed: &str) -> Vec<&str> {
    feed.lines()
        .take_while(|line| *line != "BEGIN:VEVENT")
        .filter(|line| !line.starts_with("X-WR-"))
        .collect()
}

/// The properties of an event with their parameters, in order.
type Shape<'a> = Vec<&'a str>;

fn name(line: &str) -> Option<&str> {
    line.split_once(':').map(|(name, _)| name)
}

fn shapes(feed: &str) -> BTreeSet<Shape<'_>> {
    let events = feed.split("BEGIN:VEVENT").skip(1).filter_map(|event| event.split("END:VEVENT").next());
    let is_whole = |line: &&str| !line.starts_with(' ');
    events.map(|event| event.lines().filter(is_whole).filter_map(name).collect()).collect()
}

#[tokio::test]
async fn feeds_have_the_shape_of_real_ones() {
    let running = calendars(&MovableClock::new()).await;
    let control = &running.control;
    for (platform, name) in [
        (Platform::Airbnb, "airbnb-2026-listing-a.ics"),
        (Platform::Booking, "booking-2026-real-shape.ics"),
        (Platform::Vrbo, "vrbo-reserved-blocked-en.ics"),
        (Platform::Google, "google-2026--public-calendar-mixed.ics"),
    ] {
        let Some(real) = fixture(name) else { return };
        let listing = list(control, platform);
        control.book(&listing.id, stay(3, 6)).unwrap();
        let ours = control.feed(&listing.id).unwrap();
        assert_eq!(head(&ours), head(&real), "{name}");
        let unseen: Vec<Shape<'_>> = shapes(&ours).difference(&shapes(&real)).cloned().collect();
        assert_eq!(unseen, [] as [Shape<'_>; 0], "{name}");
    }
}
