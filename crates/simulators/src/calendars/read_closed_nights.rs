//! The nights that a calendar closes, as the platforms read it.

use jiff::civil::Date;

use super::{Nights, night_range};

/// The nights that a calendar closes, as a platform reads it: whole days, nothing repeated, no questions asked. None
/// when it is no calendar or ends in the middle.
pub(crate) fn nights(text: &str) -> Option<Vec<Nights>> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let text = text.replace("\n ", "").replace("\n\t", "");
    if !text.starts_with("BEGIN:VCALENDAR") || !text.trim_end().ends_with("END:VCALENDAR") {
        return None;
    }
    let events = text.split("\nBEGIN:VEVENT\n").skip(1);
    let ranges = events.filter_map(|event| event.split("\nEND:VEVENT").next()).filter_map(event_nights);
    Some(night_range::merge(ranges.collect()))
}

fn event_nights(event: &str) -> Option<Nights> {
    let is_free = |line: &str| matches!(line, "STATUS:CANCELLED" | "TRANSP:TRANSPARENT");
    if event.lines().any(is_free) {
        return None;
    }
    let check_in = day(event, "DTSTART")?;
    let check_out = day(event, "DTEND").and_then(|check_out| Nights::new(check_in, check_out));
    check_out.or_else(|| Nights::from(check_in, 1))
}

/// The day of `DTSTART;VALUE=DATE:20261123`, and of any hour of it.
fn day(event: &str, name: &str) -> Option<Date> {
    let line = event.lines().find(|line| {
        line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':') || rest.starts_with(';'))
    })?;
    let (_, value) = line.rsplit_once(':')?;
    Date::strptime("%Y%m%d", value.get(..8)?).ok()
}
