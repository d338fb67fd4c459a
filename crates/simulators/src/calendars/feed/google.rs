//! The feed of a Google calendar: notes of whole days, or of hours in UTC.

use super::{Event, compact, content_lines, stamp};
use crate::calendars::listing::ShownAs;

pub(super) fn text(name: &str, events: &[Event], stamped: &str) -> String {
    let head = [
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN".to_owned(),
        "VERSION:2.0".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("X-WR-CALNAME:{name}"),
        "X-WR-TIMEZONE:America/Argentina/Buenos_Aires".to_owned(),
    ];
    content_lines::crlf(content_lines::calendar(
        head,
        events.iter().map(|event| event_lines(event, stamped)),
        [],
    ))
}

fn event_lines(event: &Event, stamped: &str) -> Vec<String> {
    let note = event.note.as_ref();
    // Google's page makes a whole day free, and hours busy, unless somebody chooses otherwise.
    let (starts, ends, transparency) = match note.map(|note| note.shown_as).unwrap_or_default() {
        ShownAs::Days => (event.starts_on(), event.ends_on(), "TRANSPARENT"),
        // 15:00 and 11:00 in Buenos Aires.
        ShownAs::Hours => (
            format!("DTSTART:{}T180000Z", compact(event.nights.check_in)),
            format!("DTEND:{}T140000Z", compact(event.nights.check_out)),
            "OPAQUE",
        ),
    };
    let at = |at: Option<jiff::Timestamp>| at.map_or_else(|| stamped.to_owned(), stamp);
    let is_cancelled = note.is_some_and(|note| note.is_cancelled);
    let mut lines = vec![
        starts,
        ends,
        format!("DTSTAMP:{stamped}"),
        format!("UID:{}", event.uid),
        format!("CREATED:{}", at(note.map(|note| note.created_at))),
        format!("DESCRIPTION:{}", event.description.as_deref().unwrap_or_default()),
        format!("LAST-MODIFIED:{}", at(note.map(|note| note.updated_at))),
        "LOCATION:".to_owned(),
        format!("SEQUENCE:{}", note.map_or(0, |note| note.sequence)),
        format!("STATUS:{}", if is_cancelled { "CANCELLED" } else { "CONFIRMED" }),
        format!("SUMMARY:{}", event.summary),
        format!("TRANSP:{transparency}"),
    ];
    lines.extend(event.rrule.iter().map(|rule| format!("RRULE:{rule}")));
    lines
}
