//! Which date a day without a year, a weekday or a feast falls on.

use jiff::civil::{Date, Weekday};

/// Leap days are at most eight years apart.
const YEARS_AHEAD: i16 = 8;

pub(super) fn plus_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The first such day of the year on or after `from`; `None` when no year has it.
pub(super) fn next_day_and_month(from: Date, day: i8, month: i8) -> Option<Date> {
    let years = from.year()..=from.year().saturating_add(YEARS_AHEAD);
    years.filter_map(|year| Date::new(year, month, day).ok()).find(|date| *date >= from)
}

/// The last such day of the year before `until`.
pub(super) fn last_day_and_month(until: Date, day: i8, month: i8) -> Option<Date> {
    let years = (until.year().saturating_sub(YEARS_AHEAD)..=until.year()).rev();
    years.filter_map(|year| Date::new(year, month, day).ok()).find(|date| *date < until)
}

/// The first day of a month with this number on or after `from`; months that lack it are passed over.
pub(super) fn next_day_of_month(from: Date, day: i8) -> Option<Date> {
    months_from(from).filter_map(|(year, month)| Date::new(year, month, day).ok()).find(|date| *date >= from)
}

/// The nearest month, from that of `from` on, in which both days exist and the first has not gone by.
pub(super) fn next_pair_in_month(from: Date, first: i8, last: i8) -> Option<(Date, Date)> {
    let pair =
        |(year, month)| Some((Date::new(year, month, first).ok()?, Date::new(year, month, last).ok()?));
    months_from(from).filter_map(pair).find(|(date, _)| *date >= from)
}

fn months_from(from: Date) -> impl Iterator<Item = (i16, i8)> {
    let start = i32::from(from.year()) * 12 + i32::from(from.month()) - 1;
    (start..start + 24).filter_map(|months| {
        Some((i16::try_from(months.div_euclid(12)).ok()?, i8::try_from(months.rem_euclid(12) + 1).ok()?))
    })
}

/// The first such weekday strictly after `from`.
pub(super) fn next_weekday(from: Date, weekday: Weekday) -> Option<Date> {
    let ahead = i64::from(weekday.since(from.weekday()));
    plus_days(from, if ahead == 0 { 7 } else { ahead })
}

/// That weekday in the calendar week (Monday to Sunday) of `day`.
pub(super) fn weekday_of_week(day: Date, weekday: Weekday) -> Option<Date> {
    let from_monday = |weekday: Weekday| i64::from(weekday.since(Weekday::Monday));
    plus_days(day, from_monday(weekday) - from_monday(day.weekday()))
}

/// The coming Saturday; today when today is Saturday.
pub(super) fn coming_saturday(today: Date) -> Option<Date> {
    plus_days(today, i64::from(Weekday::Saturday.since(today.weekday())))
}

/// Easter Sunday of the Gregorian calendar, by the anonymous computus.
pub(super) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_without_a_year_are_the_next_ones() {
        let today = date(2026, 11, 22);
        assert_eq!(next_day_and_month(today, 5, 1), Some(date(2027, 1, 5)));
        assert_eq!(next_day_and_month(today, 22, 11), Some(today));
        assert_eq!(next_day_and_month(today, 29, 2), Some(date(2028, 2, 29)));
        assert_eq!(next_day_and_month(today, 31, 2), None);
        assert_eq!(next_day_of_month(date(2027, 9, 5), 31), Some(date(2027, 10, 31)));
        assert_eq!(last_day_and_month(date(2027, 1, 2), 28, 12), Some(date(2026, 12, 28)));
    }

    #[test]
    fn weekdays_are_strictly_after() {
        let friday = date(2027, 3, 19);
        assert_eq!(next_weekday(friday, Weekday::Friday), Some(date(2027, 3, 26)));
        assert_eq!(coming_saturday(friday), Some(date(2027, 3, 20)));
        assert_eq!(coming_saturday(date(2027, 3, 20)), Some(date(2027, 3, 20)));
        assert_eq!(weekday_of_week(friday, Weekday::Monday), Some(date(2027, 3, 15)));
        assert_eq!(weekday_of_week(friday, Weekday::Sunday), Some(date(2027, 3, 21)));
    }

    #[test]
    fn easter_by_published_tables() {
        for (year, month, day) in [(2026, 4, 5), (2027, 3, 28), (2028, 4, 16), (2029, 4, 1), (2038, 4, 25)] {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn the_end_of_time_is_no_panic() {
        let last = Date::MAX;
        assert_eq!(plus_days(last, 1), None);
        assert_eq!(next_weekday(last, last.weekday()), None);
        assert_eq!(next_day_and_month(last, 5, 1), None);
        assert_eq!(next_day_of_month(last, 5), None);
    }
}
