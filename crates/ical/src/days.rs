use jiff::SignedDuration;
use jiff::civil::Date;

/// Nights from `check_in` to `check_out`; negative when they are the wrong way round.
pub(crate) fn between(check_in: Date, check_out: Date) -> i64 {
    check_in.duration_until(check_out).as_hours() / 24
}

/// The day `count` days after (or, negative, before); `None` outside jiff's years.
pub(crate) fn plus(date: Date, count: i64) -> Option<Date> {
    let hours = count.checked_mul(24).filter(|hours| hours.abs() < 1 << 40)?;
    date.checked_add(SignedDuration::from_hours(hours)).ok()
}

/// The next day; the last day of the calendar stays where it is.
pub(crate) fn after(date: Date) -> Date {
    date.tomorrow().unwrap_or(date)
}
