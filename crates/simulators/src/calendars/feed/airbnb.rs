//! The feed of Airbnb: `Reserved` for stays, and blocks whose dates slide with the day.

use jiff::civil::Date;

use super::{Event, content_lines, uid_of};
use crate::{
    calendars::{
        Nights,
        listing::{Listing, Stay},
        night_range::{later, merge},
    },
    core::digest,
};

/// How long an ended stay still stands in the feed.
const PAST_DAYS: i32 = 5;
/// How far the feed goes.
const AHEAD_DAYS: i32 = 365;

/// Stays as they are, and everything else that cannot be booked as blocks around them. A block is known by its dates
/// alone: one that slides is another one each day.
pub(super) fn events(listing: &Listing, today: Date) -> Vec<Event> {
    let stays = listing.stays.iter().filter(|stay| later(stay.nights.check_out, PAST_DAYS) > today);
    let mut closed = listing.closed();
    closed.extend(sliding(listing, today));
    let stayed = listing.stayed();
    let blocks = merge(closed).into_iter().flat_map(|nights| nights.without(&stayed));
    let blocks = blocks.filter(|nights| nights.check_out > today).map(|nights| {
        let uid = format!("7f662ec65913-{}@airbnb.com", uid_of(listing, format!("{nights:?}")));
        Event::new(uid, nights, "Airbnb (Not available)")
    });
    stays.map(reserved).chain(blocks).collect()
}

pub(super) fn text(events: &[Event], stamp: &str) -> String {
    let head = ["PRODID:-//Airbnb Inc//Hosting Calendar 1.0//EN", "CALSCALE:GREGORIAN", "VERSION:2.0"];
    let events = events.iter().map(|event| {
        let mut lines = vec![
            format!("DTSTAMP:{stamp}"),
            event.starts_on(),
            event.ends_on(),
            format!("SUMMARY:{}", event.summary),
            format!("UID:{}", event.uid),
        ];
        lines.extend(event.rest());
        lines
    });
    content_lines::crlf(content_lines::calendar(head.map(str::to_owned), events, []))
}

/// Airbnb's own rules: too late to arrive, and too far ahead.
fn sliding(listing: &Listing, today: Date) -> impl Iterator<Item = Nights> {
    let notice = Nights::from(today, i32::from(listing.settings.advance_notice_days));
    let window = listing.settings.booking_window_days.map(i32::from);
    let beyond = window.and_then(|days| Nights::new(later(today, days), later(today, AHEAD_DAYS)));
    notice.into_iter().chain(beyond)
}

fn reserved(stay: &Stay) -> Event {
    let [first, second, ..] = digest(&stay.uid);
    let code = hex::encode_upper(digest(&format!("code of {}", stay.uid)));
    let code = code.get(..8).unwrap_or_default();
    let digits = u16::from_be_bytes([first, second]) % 10_000;
    let description = format!(
        "Reservation URL: https://www.airbnb.com/hosting/reservations/details/HM{code}\\nPhone Number (Last 4 Digits): {digits:04}"
    );
    Event { description: Some(description), ..Event::new(stay.uid.clone(), stay.nights, "Reserved") }
}
