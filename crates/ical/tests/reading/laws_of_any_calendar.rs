//! Properties that hold for any calendar and any bytes.

use ical::{ExportCalendar, ExportEvent, Feed, Known, Provider, ReadError, compare, read, write};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::{calendar, limits, read_here};

fn day_after(start: Date, days: i64) -> Date {
    start.checked_add(SignedDuration::from_hours(24 * days)).expect("a day near today")
}

prop_compose! {
    /// A stay within ten years, with a summary of any printable characters.
    fn stay()(offset in 0i64..3650, nights in 1i64..400, summary in "[ -~¡-ÿ, 😀\\n\\\\;]{0,90}", sequence: u32)
        -> ExportEvent {
        let check_in = day_after(date(2024, 1, 1), offset);
        let at = Timestamp::from_second(1_700_000_000 + offset).expect("an instant near today");
        ExportEvent {
            uid: String::new(),
            check_in,
            check_out: day_after(check_in, nights),
            summary: summary.trim().to_string(),
            sequence,
            created_at: at,
            modified_at: at,
        }
    }
}

prop_compose! {
    fn stays()(stays in prop::collection::vec(stay(), 0..30)) -> Vec<ExportEvent> {
        let named = stays.into_iter().enumerate();
        named.map(|(n, stay)| ExportEvent { uid: format!("stay,{n};\\ñ@desk.example"), ..stay }).collect()
    }
}

fn export(stays: &[ExportEvent], name: &str) -> String {
    write(&ExportCalendar { name: name.into(), product: "-//Conserje//Calendar//EN".into() }, stays)
}

/// Pieces that a calendar may consist of, right and wrong, so that chance meets the reader's branches.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "BEGIN:VCALENDAR",
        "END:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VTIMEZONE",
        "END:VTIMEZONE",
        "BEGIN:DAYLIGHT",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "END:STANDARD",
        "BEGIN:VALARM",
        "END:VALARM",
        "TZID:Z",
        "TZOFFSETTO:+0200",
        "TZOFFSETTO:-0300",
        "UID:a",
        "UID:b",
        "SUMMARY:CLOSED",
        "DTSTART:20260912",
        "DTEND:20260914",
        "DTSTART;TZID=Z:20260912T150000",
        "DTEND;TZID=\"Romance Standard Time\":20260914T110000Z",
        "DURATION:P3D",
        "DURATION:PT5H",
        "RRULE:FREQ=DAILY;COUNT=5",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,FR",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1,15;UNTIL=20270101T000000Z",
        "EXDATE:20260912",
        "RDATE:20261001,20261002/P1D",
        "RECURRENCE-ID:20260914",
        "SEQUENCE:3",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "",
        " fold",
        "\tfold",
        "END:VEVNT",
    ]);
    prop_oneof![8 => known.prop_map(str::to_string), 1 => ".{0,40}", 1 => "[A-Z]{2,8}(;[A-Z]{1,5}=[^;]{0,9})?:.{0,20}"]
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read_here(&bytes);
        let _ = read_here([b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n".as_slice(), &bytes].concat());
    }

    #[test]
    fn any_pieces_are_read_or_refused(pieces in prop::collection::vec(piece(), 0..60), zone in 0usize..3) {
        let zone = crate::zone(["America/Argentina/Cordoba", "Asia/Tokyo", "Europe/Madrid"][zone]);
        for body in [pieces.join("\r\n"), calendar(&pieces.join("\n"))] {
            let Ok(feed) = read(body.as_bytes(), &zone, &limits()) else { continue };
            for busy in &feed.busy {
                prop_assert!(busy.check_in < busy.check_out, "{busy:?}");
            }
            let mut identities: Vec<_> = feed.busy.iter().map(|busy| (&busy.uid, busy.recurrence_id)).collect();
            let all = identities.len();
            identities.sort();
            identities.dedup();
            prop_assert_eq!(identities.len(), all, "an identity stands twice");
            prop_assert!(feed.busy.is_sorted_by_key(|busy| (busy.check_in, busy.check_out)));
        }
    }

    #[test]
    fn written_stays_are_read_again(stays in stays(), name in "[ -~ñ😀]{0,60}") {
        let text = export(&stays, &name);
        let feed = read_here(&text).expect("our own calendar");
        prop_assert!(feed.notes.is_empty() && feed.unreadable.is_empty(), "{:?}", feed.notes);
        let read: Vec<_> = feed.busy.iter().map(|busy| {
            (busy.check_in, busy.check_out, busy.uid.as_str(), busy.summary.as_str())
        }).collect();
        let mut written: Vec<_> = stays.iter().map(|stay| {
            (stay.check_in, stay.check_out, stay.uid.as_str(), stay.summary.as_str())
        }).collect();
        written.sort();
        // Only a long summary is read shorter than it was written.
        for (read, written) in read.iter().zip(&written) {
            prop_assert_eq!((read.0, read.1, read.2), (written.0, written.1, written.2));
            prop_assert!(written.3.starts_with(read.3) && (read.3 == written.3 || written.3.len() > 255));
        }
        prop_assert_eq!(read.len(), written.len());
        prop_assert_eq!(feed.name.as_deref().unwrap_or_default(), name.trim());
    }

    #[test]
    fn lines_are_short_and_unfold_to_what_was_folded(stays in stays()) {
        let text = export(&stays, "x");
        prop_assert!(text.ends_with("END:VCALENDAR\r\n"));
        for line in text.split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']));
        }
        // Folding a line anywhere else, even inside a character, changes nothing.
        let unfolded = text.replace("\r\n ", "");
        let mut refolded = Vec::new();
        for line in unfolded.split_terminator("\r\n") {
            refolded.extend(line.bytes().flat_map(|byte| [b'\r', b'\n', b'\t', byte]).skip(3));
            refolded.extend(b"\r\n");
        }
        prop_assert_eq!(read_here(refolded), read_here(&text));
        prop_assert_eq!(read_here(unfolded), read_here(&text));
    }

    #[test]
    fn a_cut_calendar_is_refused(stays in stays(), at in any::<prop::sample::Index>()) {
        let text = export(&stays, "x");
        let whole = text.trim_end().len();
        let cut = at.index(whole);
        match read_here(&text.as_bytes()[..cut]) {
            Err(ReadError::Truncated { .. }) => prop_assert!(cut >= "BEGIN:".len()),
            Err(ReadError::NotACalendar { .. } | ReadError::Empty) => prop_assert!(cut < "BEGIN:VCALENDAR".len()),
            other => prop_assert!(false, "cut at {cut} of {whole}: {other:?}"),
        }
    }

    #[test]
    fn a_damaged_calendar_is_read_or_refused(
        stays in stays(),
        wounds in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..3), 1..8),
    ) {
        let mut bytes = export(&stays, "x").into_bytes();
        for (at, byte, how) in wounds {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => {
                    bytes.remove(at);
                }
            }
        }
        let _ = read(&bytes, &TimeZone::UTC, &limits());
    }

    #[test]
    fn nothing_changes_between_equal_readings(stays in stays(), provider in 0usize..5) {
        let provider = Provider::ALL[provider];
        let feed = read_here(export(&stays, "x")).expect("our own calendar");
        let known: Vec<Known> = feed.busy.iter().map(|busy| Known::of(busy, provider)).collect();
        let changes = compare(&known, &feed, provider, date(2026, 9, 10));
        prop_assert!(changes.is_empty());
        prop_assert_eq!(changes.unchanged.len(), stays.len());
        let nothing = Feed::default();
        let emptied = compare(&known, &nothing, provider, date(2026, 9, 10));
        prop_assert!(emptied.gone.iter().all(|known| known.check_out > date(2026, 9, 10)));
        let over = known.iter().filter(|known| known.check_out <= date(2026, 9, 10)).count();
        prop_assert_eq!(emptied.gone.len() + over, known.len());
    }
}
