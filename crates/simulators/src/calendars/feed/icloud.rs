//! The feed of an iCloud calendar: notes with a time zone that stands at the end.

use super::{Event, compact, content_lines, stamp};
use crate::calendars::listing::ShownAs;

const ZONE: &str = "America/Argentina/Buenos_Aires";

pub(super) fn text(name: &str, events: &[Event], stamped: &str) -> String {
    let head = [
        "VERSION:2.0".to_owned(),
        "PRODID:-//caldav.icloud.com//CALDAVJ 2514B607//EN".to_owned(),
        format!("X-WR-CALNAME:{name}"),
    ];
    // The zone stands after the events that name it.
    let zone = [
        "BEGIN:VTIMEZONE",
        "TZID:America/Argentina/Buenos_Aires",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZNAME:GMT-3",
        "TZOFFSETFROM:-0300",
        "TZOFFSETTO:-0300",
        "END:STANDARD",
        "END:VTIMEZONE",
    ];
    let events = events.iter().map(|event| event_lines(event, stamped));
    content_lines::crlf(content_lines::calendar(head, events, zone.map(str::to_owned)))
}

fn event_lines(event: &Event, stamped: &str) -> Vec<String> {
    let note = event.note.as_ref();
    let (starts, ends) = match note.map(|note| note.shown_as).unwrap_or_default() {
        ShownAs::Days => (event.starts_on(), event.ends_on()),
        ShownAs::Hours => (
            format!("DTSTART;TZID={ZONE}:{}T150000", compact(event.nights.check_in)),
            format!("DTEND;TZID={ZONE}:{}T110000", compact(event.nights.check_out)),
        ),
    };
    let mut lines = vec![
        starts,
        ends,
        // The one platform that keeps it.
        format!("DTSTAMP:{}", note.map_or_else(|| stamped.to_owned(), |note| stamp(note.updated_at))),
        format!("UID:{}", event.uid),
        format!("SEQUENCE:{}", note.map_or(0, |note| note.sequence)),
        format!("SUMMARY:{}", event.summary),
    ];
    lines.extend(event.rest());
    lines
}
