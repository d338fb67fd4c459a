//! Counts and adds days without overflow.

use jiff::Span;
use jiff::civil::Date;

/// Nights from `check_in` to `check_out`; negative when they are the wrong way round.
pub(crate) fn between(check_in: Date, check_out: Date) -> i64 {
    check_in.duration_until(check_out).as_hours() / 24
}

/// The day `count` days after (or, negative, before); `None` outside jiff's years.
pub(crate) fn plus(date: Date, count: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(count).ok()?).ok()
}

/// As [`plus`], but the last or first day there is where `plus` has none: an event "for ever" blocks till then.
pub(crate) fn plus_or_last(date: Date, count: i64) -> Date {
    plus(date, count).unwrap_or(if count < 0 { Date::MIN } else { Date::MAX })
}

/// The next day; the last day of the calendar stays where it is.
pub(crate) fn after(date: Date) -> Date {
    date.tomorrow().unwrap_or(date)
}
