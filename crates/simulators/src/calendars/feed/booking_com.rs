//! The feed of Booking.com: closed ranges, and nothing of who closed them.

use jiff::civil::Date;

use super::{Event, compact, content_lines, uid_of};
use crate::calendars::{
    Nights,
    listing::Listing,
    night_range::{later, merge},
};

/// Booking.com's calendar ends about 18 months from today.
const AHEAD_DAYS: i32 = 548;

/// Stays, closures and what was read elsewhere all look alike, and what touches is one. The UID follows the first day:
/// it stays while only the end moves.
pub(super) fn events(listing: &Listing, today: Date) -> Vec<Event> {
    let mut closed = listing.closed();
    closed.extend(listing.stayed());
    let horizon = later(today, AHEAD_DAYS);
    closed.extend(listing.settings.open_until.and_then(|until| Nights::new(until.max(today), horizon)));
    let ranges = merge(closed).into_iter().filter(|nights| nights.check_out > today);
    let event = |nights: Nights| {
        let uid = format!("{}@booking.com", uid_of(listing, compact(nights.check_in)));
        Event::new(uid, nights, "CLOSED - Not available")
    };
    ranges.map(event).collect()
}

pub(super) fn text(events: &[Event], stamp: &str) -> String {
    let head = [
        "VERSION:2.0",
        // Escaped by somebody who escaped it twice; so it is in every real feed.
        r"PRODID:-//admin.booking.com\\\, b.v.//NONSGML v1.0//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ];
    let events = events.iter().map(|event| {
        let mut lines = vec![
            format!("DTSTAMP:{stamp}"),
            event.starts_on(),
            event.ends_on(),
            format!("UID:{}", event.uid),
            format!("SUMMARY:{}", event.summary),
            "ORGANIZER:mailto:noreply@booking.com".to_owned(),
        ];
        lines.extend(event.rest());
        lines
    });
    content_lines::crlf(content_lines::calendar(head.map(str::to_owned), events, []))
}
