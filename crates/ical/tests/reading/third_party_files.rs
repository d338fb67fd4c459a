//! `fixtures/ical` beside the repository: third-party files, so only counts and dates are said of them here.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use ical::{Feed, ReadError};

use crate::{read_here, said};

/// What must come of a file, read in Córdoba on 10 September 2026.
#[derive(Clone, Copy)]
enum Expected {
    /// So many ranges, from the first check-in to the last check-out.
    Ranges(usize, &'static str, &'static str),
    /// A whole calendar that blocks no night.
    Nothing,
    Truncated,
    NotACalendar,
}

use Expected::{NotACalendar, Nothing, Ranges, Truncated};

const EXPECTED: &[(&str, Expected)] = &[
    ("airbnb-2020-legacy-0.8.8.ics", Ranges(2, "2020-07-03", "2020-08-12")),
    ("airbnb-2026-alteration-1-1-before.ics", Ranges(24, "2026-02-17", "2026-07-15")),
    ("airbnb-2026-alteration-1-2-after.ics", Ranges(24, "2026-02-21", "2026-08-09")),
    ("airbnb-2026-cancellation-1-1-before.ics", Ranges(46, "2026-02-17", "2027-02-15")),
    ("airbnb-2026-cancellation-1-2-after.ics", Ranges(45, "2026-02-17", "2027-02-15")),
    ("airbnb-2026-listing-a.ics", Ranges(46, "2026-08-21", "2027-06-07")),
    ("airbnb-empty-200.ics", Nothing),
    ("booking-2026-real-shape.ics", Ranges(3, "2026-09-01", "2028-02-29")),
    // A whole day that is marked as free blocks too.
    ("google-2026--public-calendar-mixed.ics", Ranges(2, "2026-10-05", "2026-12-25")),
    ("icalendar--alarm_google_future.ics", Nothing),
    ("icalendar--big_bad_calendar.ics", Truncated),
    ("icalendar--bom_calendar.ics", Nothing),
    ("icalendar--fuzz_testcase_vtimezone_lone_cr.ics", NotACalendar),
    // Daily meetings of 2015, before the window.
    ("icalendar--issue_165_missing_event.ics", Nothing),
    ("icalendar--issue_237_fail_to_parse_timezone_with_non_ascii_tzid.ics", Nothing),
    ("icalendar--issue_351_whitespace_in_property_and_params.ics", Nothing),
    ("icalendar--multiple_calendar_components.ics", Ranges(3, "2003-05-01", "2003-12-26")),
    ("icalendar--rfc_7986_properties.ics", Nothing),
    ("icalendar--small_bad_calendar.ics", Truncated),
    ("icaljs--duration_instead_of_dtend.ics", Ranges(1, "2012-06-30", "2012-07-01")),
    ("icaljs--google_birthday.ics", Ranges(3, "2012-12-10", "2014-12-11")),
    ("icaljs--multiple_root_components.ics", Nothing),
    ("icaljs--newline_junk.ics", Nothing),
    ("icaljs--quoted_params.ics", Nothing),
    ("icaljs--utc_negative_zero.ics", Nothing),
    // Calendars inside calendars, and an END with control characters in it.
    ("libical--crash.ics", Truncated),
    ("libical--restriction.ics", Nothing),
    ("not-a-calendar--html-login.ics", NotACalendar),
    // Noon in Tokyo is midnight in Córdoba: the half hour touches the night of the 23rd.
    ("outlook--bad-end-line.ics", Ranges(1, "2017-02-23", "2017-02-24")),
    // One of the meetings, 13:30 in Sydney, is in the night here.
    ("outlook--quoted-tzid-no-vtimezone-no-uid.ics", Ranges(1, "2020-10-27", "2020-10-28")),
    ("vrbo-reserved-blocked-en.ics", Ranges(2, "2026-10-01", "2026-11-24")),
];

pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/ical")
}

#[test]
fn every_file_is_read_or_refused() {
    let Ok(files) = fs::read_dir(folder()) else { return };
    for file in files {
        let path = file.expect("a folder that can be listed").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let result = read_here(fs::read(&path).expect("a file that can be read"));
        // A file that is new here only has to be answered without a panic.
        let Some((_, expected)) = EXPECTED.iter().find(|(known, _)| *known == name) else { continue };
        check(&name, *expected, &result);
    }
}

/// Days, kinds and notes of every file that is known here, to be looked at when something changes. No summary of
/// anybody stands in it.
#[test]
fn what_is_read_of_each_file() {
    if !folder().exists() {
        return;
    }
    let mut said = String::new();
    for (name, _) in EXPECTED {
        let bytes = fs::read(folder().join(name)).expect("a file that can be read");
        let _ = writeln!(said, "== {name}\n{}", without_summaries(read_here(bytes)));
    }
    insta::assert_snapshot!(said);
}

fn without_summaries(result: Result<Feed, ReadError>) -> String {
    said(result.map(|mut feed| {
        feed.busy.iter_mut().for_each(|busy| busy.summary.clear());
        feed
    }))
}

fn check(name: &str, expected: Expected, result: &Result<Feed, ReadError>) {
    let as_expected = match (expected, result) {
        (Ranges(count, from, to), Ok(feed)) => {
            let first = feed.busy.iter().map(|busy| busy.check_in.to_string()).min();
            let last = feed.busy.iter().map(|busy| busy.check_out.to_string()).max();
            feed.busy.len() == count && first.as_deref() == Some(from) && last.as_deref() == Some(to)
        }
        (Nothing, Ok(feed)) => feed.busy.is_empty(),
        (Truncated, Err(ReadError::Truncated { .. })) => true,
        (NotACalendar, Err(ReadError::NotACalendar { .. })) => true,
        _ => false,
    };
    assert!(as_expected, "{name}: {result:?}");
}
