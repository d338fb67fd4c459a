//! The reader against whole bodies: shapes of the platforms, broken files, repeats, zones, limits, laws.

/// The same calendars by another reader.
mod compared_with_calcard;
/// Bodies that try to cost too much.
mod costly_bodies;
/// Whole days that are written with hours, and days that are left out.
mod days_with_hours;
/// Properties that hold for any calendar and any bytes.
mod laws_of_any_calendar;
/// Files that programs wrote wrongly.
mod malformed_files;
/// Payloads of our own in the shapes of the platforms.
mod platform_shapes;
/// Repeating events.
mod repeating_events;
/// What each kind of event means, as the document has it.
mod table_of_meanings;
/// Files of other projects, where the folder with them exists.
mod third_party_files;
/// Times in zones.
mod time_zones;

use ical::{BusyKind, Feed, ReadError, ReadLimits, read};
use jiff::civil::date;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// 10 September 2026.
fn limits() -> ReadLimits {
    ReadLimits::around(date(2026, 9, 10))
}

fn zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).expect("a zone of the bundled table")
}

/// Read for a cabin in Córdoba, three hours behind UTC all year.
fn read_here(body: impl AsRef<[u8]>) -> Result<Feed, ReadError> {
    read(body.as_ref(), &zone("America/Argentina/Cordoba"), &limits())
}

/// A feed, or the refusal, as lines: a range with its kind and summary each, then the notes.
fn said(result: Result<Feed, ReadError>) -> String {
    let feed = match result {
        Ok(feed) => feed,
        Err(error) => return format!("refused: {error}"),
    };
    let mut lines = Vec::new();
    for busy in &feed.busy {
        let kind = match busy.kind {
            BusyKind::Stay => "stay",
            BusyKind::Block => "block",
        };
        let repeat = busy.recurrence_id.map(|day| format!(" (of {day})")).unwrap_or_default();
        lines.push(format!("{} {} {kind} {}{repeat}", busy.check_in, busy.check_out, busy.summary));
    }
    lines.extend(feed.notes.iter().map(|note| note.to_string()));
    lines.join("\n")
}

/// A calendar around these lines, with CRLF.
fn calendar(lines: &str) -> String {
    let body = lines.lines().map(str::trim_start).collect::<Vec<_>>().join("\r\n");
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n{body}\r\nEND:VCALENDAR\r\n")
}

/// A calendar with one event of these lines.
fn event(lines: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\nUID:one@test\nSUMMARY:One\n{}\nEND:VEVENT", lines.trim()))
}
