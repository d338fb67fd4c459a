//! Checks that any stays, once written, are read again.

use ical::{ExportCalendar, ExportEvent, ReadLimits};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::Numbers;

/// Stays with any texts, written as our calendar and read again as anybody's.
pub fn write_read(bytes: &[u8]) {
    let mut numbers = Numbers::of(bytes);
    let name = text(&mut numbers, 100);
    let mut events = Vec::new();
    while !numbers.is_over() && events.len() < 100 {
        events.push(event(events.len(), &mut numbers));
    }
    let calendar = ExportCalendar { name, product: "-//Conserje//Calendar//EN".into() };
    let written = ical::write(&calendar, &events);
    events.reverse();
    assert_eq!(ical::write(&calendar, &events), written, "the order of the stays does not matter");
    let limits = ReadLimits::around(date(2026, 9, 10));
    let feed = ical::read(written.as_bytes(), &TimeZone::UTC, &limits).expect("our own calendar is whole");
    assert!(feed.notes.is_empty() && feed.unreadable.is_empty(), "{:?}", feed.notes);
    let mut expected: Vec<_> =
        events.iter().map(|event| (event.check_in, event.check_out, &event.uid)).collect();
    expected.sort();
    let read: Vec<_> = feed.busy.iter().map(|busy| (busy.check_in, busy.check_out, &busy.uid)).collect();
    assert_eq!(read, expected);
    assert!(written.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
}

fn event(number: usize, numbers: &mut Numbers<'_>) -> ExportEvent {
    let check_in = day(numbers.next() * 5);
    ExportEvent {
        uid: format!("{number}-{}@desk.example", text(numbers, 60)),
        check_in,
        check_out: check_in.checked_add((1 + numbers.next()).days()).unwrap_or(Date::MAX),
        summary: text(numbers, 100),
        sequence: numbers.next() as u32,
        created_at: Timestamp::UNIX_EPOCH,
        modified_at: Timestamp::UNIX_EPOCH,
    }
}

fn day(days: i64) -> Date {
    date(2026, 1, 1).checked_add(days.days()).unwrap_or(Date::MAX)
}

/// UIDs are ours, so no control characters stand in them and none is longer than 255
/// bytes; the writer leaves control characters out of texts.
fn text(numbers: &mut Numbers<'_>, most: i64) -> String {
    let count = numbers.below(most);
    let text = String::from_utf8_lossy(&numbers.bytes(count)).into_owned();
    text.chars().filter(|char| !char.is_control()).collect()
}
