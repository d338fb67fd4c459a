//! Bodies that try to cost too much.

use ical::{ReadError, ReadLimits, read};
use jiff::civil::date;
use jiff::tz::TimeZone;

use crate::{calendar, event, limits, read_here};

/// Room for bodies past the usual size, so that the work itself is tested.
fn wide() -> ReadLimits {
    ReadLimits { max_bytes: 1 << 30, max_events: 200_000, max_ranges: 200_000, ..limits() }
}

#[test]
fn a_body_past_the_limit_is_refused() {
    let body = vec![b' '; limits().max_bytes + 1];
    assert!(matches!(read_here(body), Err(ReadError::TooLarge { .. })));
}

#[test]
fn a_hundred_thousand_events_are_read_within_the_limit_and_refused_past_it() {
    let days = "BEGIN:VEVENT\nUID:e#\nDTSTART:20260912\nEND:VEVENT\n";
    let many: String = (0..100_000).map(|n| days.replace('#', &n.to_string())).collect();
    let body = calendar(&many);
    let narrow = ReadLimits { max_events: 10_000, ..wide() };
    let error = read(body.as_bytes(), &TimeZone::UTC, &narrow).expect_err("more than ten thousand");
    assert_eq!(error, ReadError::TooManyEvents { line: 40_004, max_events: 10_000 });
    let feed = read(body.as_bytes(), &TimeZone::UTC, &wide()).expect("within wide limits");
    assert_eq!(feed.busy.len(), 100_000);
    // All of one name, each with its own day or the same.
    let body = calendar(&days.replace('#', "").repeat(100_000));
    assert_eq!(read(body.as_bytes(), &TimeZone::UTC, &wide()).expect("within wide limits").busy.len(), 1);
}

#[test]
fn two_million_folds_are_joined() {
    for (fold, times) in [("\r\n x", 2_000_000), ("\n ", 300_000), ("\n\n\t", 300_000), ("\r ", 300_000)] {
        let body = event("DTSTART:20260912").replace("One", &format!("One{}", fold.repeat(times)));
        let feed = read(body.as_bytes(), &TimeZone::UTC, &wide()).expect("a long summary is no fault");
        assert_eq!(feed.busy.len(), 1);
    }
    let body = event("DTSTART:20260912").replace("DTSTART", &format!("DTSTA{}RT", "\n ".repeat(2_000_000)));
    assert_eq!(read(body.as_bytes(), &TimeZone::UTC, &wide()).map(|feed| feed.busy.len()), Ok(1));
}

#[test]
fn a_million_of_any_part_is_read_or_refused_without_a_panic() {
    let million = |text: &str| text.repeat(1_000_000);
    for body in [
        million("\n"),
        million("BEGIN:VCALENDAR\n"),
        format!("BEGIN:VCALENDAR\n{}", million("BEGIN:X\n")),
        format!("BEGIN:VCALENDAR\n{}", million("END:X\n")),
        calendar(&million("BEGIN:VALARM\n")),
        calendar(&million("BEGIN:VTIMEZONE\n")),
        event(&million(";")),
        event(&format!("DTSTART;{}:20260912", million("A=\";"))),
        event(&format!("DTSTART:20260912\nRDATE:{}", million("20260913,"))),
        event(&format!("DTSTART:20260912\nRRULE:FREQ=MONTHLY;BYDAY={}", million("1MO,"))),
        event(&format!("DTSTART:20260912\nEXDATE:{}", million("20260913,"))),
        event(&million("DTSTART:x\n")),
        event(&million("UID\n")),
    ] {
        // Either answer is right; that it comes, and soon, is the test.
        let _ = read(body.as_bytes(), &TimeZone::UTC, &wide());
    }
}

#[test]
fn ten_thousand_endless_rules() {
    let many = |rule: &str| {
        let event = format!("BEGIN:VEVENT\nUID:e#\nDTSTART:16010101\nRRULE:{rule}\nEND:VEVENT\n");
        calendar(&(0..10_000).map(|n| event.replace('#', &n.to_string())).collect::<String>())
    };
    let positions = format!("FREQ=DAILY;BYSETPOS={}1", "-1,".repeat(100));
    for rule in [
        "FREQ=DAILY",
        "FREQ=DAILY;COUNT=4000000000",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYDAY=53MO,-53TU;BYSETPOS=9",
        &positions,
    ] {
        match read_here(many(rule)) {
            Ok(feed) => assert!(feed.busy.len() <= 20_000, "{rule}"),
            Err(error) => assert!(matches!(error, ReadError::TooManyRepeats { .. }), "{rule}: {error}"),
        }
    }
}

#[test]
fn thousands_of_zones_rules_and_replacements_are_read() {
    let number =
        |text: &str, count: usize| (0..count).map(|n| text.replace('#', &n.to_string())).collect::<String>();
    let zones =
        number("BEGIN:VEVENT\nUID:e#\nDTSTART;TZID=(UTC+01:00) No#:20260912T220000\nEND:VEVENT\n", 10_000);
    assert!(read_here(calendar(&zones)).is_ok());
    let defined = number("BEGIN:VTIMEZONE\nTZID:Z#\nEND:VTIMEZONE\n", 10_000);
    assert!(read_here(calendar(&defined)).is_ok());
    // Each of five thousand events has to look at five thousand replacements.
    let masters = "BEGIN:VEVENT\nUID:e\nDTSTART;TZID=Europe/Madrid:20260912T220000\nRRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\n";
    let replacing =
        "BEGIN:VEVENT\nUID:e\nDTSTART:20260912T220000Z\nRECURRENCE-ID:20260912T220000Z\nEND:VEVENT\n";
    let body = calendar(&(masters.repeat(5_000) + &replacing.repeat(5_000)));
    let _ = read_here(body);
}

#[test]
fn dates_at_both_ends_of_the_calendar_do_not_overflow() {
    for start in ["00010101", "99991231", "99991231T235959Z", "00000101T000000", "99991231T235959"] {
        for rest in
            ["", "RRULE:FREQ=DAILY", "DURATION:P4000000000D", "DURATION:PT4000000000H", "RDATE:99991231"]
        {
            let _ = read_here(event(&format!("DTSTART:{start}\n{rest}")));
            let _ =
                read_here(event(&format!("DTSTART;TZID=Asia/Tokyo:{start}\nDTEND:99991231T235959Z\n{rest}")));
        }
    }
    for today in [date(1, 1, 1), date(9999, 12, 31), jiff::civil::Date::MIN] {
        let limits = ReadLimits { max_nights_per_event: -5, ..ReadLimits::around(today) };
        let body = event("DTSTART:00010101\nDTEND:99991231\nRRULE:FREQ=YEARLY;INTERVAL=1000");
        let _ = read(body.as_bytes(), &TimeZone::UTC, &limits);
    }
}
