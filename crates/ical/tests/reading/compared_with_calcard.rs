//! The same calendars, read by calcard. It is a general reader: what it does with broken files is its own affair, so
//! the two are compared where both understand a file, and the differences that are meant are named.

use std::collections::BTreeSet;
use std::fs;

use calcard::common::timezone::Tz;
use calcard::icalendar::dates::TimeOrDelta;
use calcard::icalendar::{ICalendar, ICalendarProperty, ICalendarStatus, ICalendarTransparency};
use ical::{NightSet, ReadLimits, read};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::third_party_files::folder;
use crate::{calendar, zone};

const HERE: &str = "America/Argentina/Cordoba";

/// Nights by calcard's reading, for events of whole days or from an afternoon to a morning.
fn theirs(body: &str, limits: &ReadLimits) -> Result<BTreeSet<Date>, String> {
    let calendar = ICalendar::parse(body).map_err(|_| "calcard refuses it".to_string())?;
    let here = HERE.parse::<Tz>().expect("a zone");
    let expanded = calendar.expand_dates(here, 100_000);
    let mut nights = BTreeSet::new();
    for event in expanded.events {
        let component = calendar.component_by_id(event.comp_id).expect("its own component");
        let free = component.status() == Some(&ICalendarStatus::Cancelled)
            || component.transparency() == Some(&ICalendarTransparency::Transparent);
        if !component.component_type.is_event() || free {
            continue;
        }
        let has_no_length = [ICalendarProperty::Dtend, ICalendarProperty::Duration]
            .iter()
            .all(|name| !component.has_property(name));
        let start = event.start.with_timezone(&here).naive_local();
        let end = match event.end {
            TimeOrDelta::Time(end) => end.with_timezone(&here).naive_local(),
            TimeOrDelta::Delta(length) => start + length,
        };
        // Years of six digits are no nights of anybody.
        let day = |day: String| day.parse::<Date>().ok();
        let ends = day(start.date().to_string()).zip(day(end.date().to_string()));
        let Some((first, mut last)) = ends else { continue };
        if has_no_length && is_whole_day(component) {
            last = first.tomorrow().expect("a day near today");
        }
        let from = first.max(limits.window_from);
        nights.extend(from.series(1.day()).take_while(|night| *night < last.min(limits.window_to)));
    }
    Ok(nights)
}

fn is_whole_day(component: &calcard::icalendar::ICalendarComponent) -> bool {
    let start = component.property(&ICalendarProperty::Dtstart).and_then(|entry| entry.values.first());
    start.and_then(|value| value.as_partial_date_time()).is_some_and(|start| start.hour.is_none())
}

fn ours(body: &str, limits: &ReadLimits) -> Result<BTreeSet<Date>, String> {
    let feed = read(body.as_bytes(), &zone(HERE), limits).map_err(|error| error.to_string())?;
    let ranges = feed.busy.iter().map(|busy| (busy.check_in, busy.check_out));
    let nights = NightSet::of(ranges).from_day(limits.window_from);
    Ok(nights.nights().take_while(|night| *night < limits.window_to).collect())
}

/// Where the two differ, and why ours stands.
const DIFFERENT: [(&str, &str); 4] = [
    ("google-2026--public-calendar-mixed.ics", "whole days block, whatever TRANSP says"),
    ("icalendar--issue_165_missing_event.ics", EVENING),
    ("icalendar--multiple_calendar_components.ics", "calcard reads the first calendar only"),
    ("outlook--bad-end-line.ics", EVENING),
];
const EVENING: &str = "an hour in the evening or at night blocks the night, see `nights`";

#[test]
fn the_fixtures_are_read_alike() {
    let Ok(files) = fs::read_dir(folder()) else { return };
    let window_from = date(2000, 1, 1);
    let limits = ReadLimits { window_from, ..ReadLimits::around(date(2026, 9, 10)) };
    let (mut compared, mut different) = (0, Vec::new());
    for file in files {
        let path = file.expect("a folder that can be listed").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("a file that can be read");
        let body = String::from_utf8_lossy(&bytes).into_owned();
        let (Ok(ours), Ok(theirs)) = (ours(&body, &limits), theirs(&body, &limits)) else { continue };
        compared += 1;
        if ours != theirs {
            different.push(name);
        }
    }
    different.sort();
    assert_eq!(different, DIFFERENT.map(|(name, _)| name));
    assert!(compared > 15, "only {compared} were read by both");
}

prop_compose! {
    /// A stay of whole days or with hours, once or repeating, in the forms of the platforms.
    fn event()(
        uid in 0u32..1_000_000,
        offset in 0i64..500,
        nights in 1i64..9,
        form in 0u8..4,
        repeat in 0u8..8,
        interval in 1u8..4,
        count in 1u8..9,
        excluded in 0i64..20,
    ) -> String {
        let first = date(2026, 8, 1).checked_add(offset.days()).expect("a day near today");
        let last = first.checked_add(nights.days()).expect("a day near today");
        let compact = |day: Date| day.strftime("%Y%m%d").to_string();
        let days = match form {
            0 => format!("DTSTART;VALUE=DATE:{}\nDTEND;VALUE=DATE:{}", compact(first), compact(last)),
            1 => format!("DTSTART;VALUE=DATE:{}\nDURATION:P{nights}D", compact(first)),
            2 => format!("DTSTART;TZID={HERE}:{}T150000\nDTEND;TZID={HERE}:{}T110000", compact(first), compact(last)),
            // Three hours behind UTC, all year.
            _ => format!("DTSTART:{}T180000Z\nDTEND:{}T140000Z", compact(first), compact(last)),
        };
        // With a first day that the rule does not name, each reader does as it likes; ours blocks it.
        let weekday = first.strftime("%a").to_string().to_ascii_uppercase();
        let weekday = &weekday[..2];
        let until = compact(first.checked_add(90.days()).expect("a day near today"));
        let rule = match repeat {
            0 => format!("RRULE:FREQ=DAILY;INTERVAL={};COUNT={count}\n", 9 + interval),
            1 => format!("RRULE:FREQ=WEEKLY;INTERVAL={interval};COUNT={count}\n"),
            2 => format!("RRULE:FREQ=WEEKLY;INTERVAL={};BYDAY={weekday},FR;COUNT={count}\n", 1 + interval),
            3 if form < 2 => format!("RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL={until}\n"),
            4 => format!("RRULE:FREQ=MONTHLY;COUNT={count}\n"),
            _ => String::new(),
        };
        let excluded = first.checked_add((7 * excluded).days()).expect("a day near today");
        let exception = match (rule.is_empty(), form) {
            (false, 0 | 1) => format!("EXDATE;VALUE=DATE:{}\n", compact(excluded)),
            (false, 2) => format!("EXDATE;TZID={HERE}:{}T150000\n", compact(excluded)),
            _ => String::new(),
        };
        format!("BEGIN:VEVENT\nUID:{uid}@test\nDTSTAMP:20260910T080000Z\nSUMMARY:Reserved\n{days}\n{rule}{exception}END:VEVENT\n")
    }
}

proptest! {
    #[test]
    fn generated_calendars_are_read_alike(events in prop::collection::vec(event(), 0..12)) {
        let body = calendar(events.concat().trim_end());
        let limits = ReadLimits::around(date(2026, 9, 10));
        prop_assert_eq!(ours(&body, &limits), theirs(&body, &limits), "{}", body);
    }
}
