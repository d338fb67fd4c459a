//! Days that cannot be a stay: they are on no calendar, or the departure comes before the arrival.
//!
//! Other days are never put in their place. The desk says what is wrong and asks.

use jiff::civil::Date;

use super::{
    day_mention::{Mention, Month, Spoken},
    join_days_into_unit::Shape,
    settle_to_calendar_dates,
};
use crate::{message_reading::DateProblem, read::resolve_to_calendar_date::plus_days};

/// "Del 28 al 2 de enero" begins in December. What would be longer than this begins in January, the wrong way round.
const LONGEST_INTO_NEXT_MONTH: i32 = 21;
/// "Del 28/12 al 2/1" ends in the next year. What would be longer than this does not.
const LONGEST_INTO_NEXT_YEAR: i32 = 183;
const A_LEAP_YEAR: i16 = 2028;

/// What is wrong with the days of a shape; `nights` is the length that was said beside them.
pub(super) fn problem(shape: &Shape, today: Date, nights: Option<u16>) -> Option<DateProblem> {
    let (first, last) = match shape {
        Shape::Single(day) | Shape::Night(day) => return no_such_day(day, today),
        Shape::Range(first, last) | Shape::Row(first, last) | Shape::Nights(first, last) => (first, last),
    };
    let on_no_calendar = no_such_day(last, today).or_else(|| no_such_day(first, today));
    on_no_calendar.or_else(|| match settle_to_calendar_dates::both(first, last, today) {
        Some((check_in, check_out)) => {
            let days = check_in.until(check_out).ok()?.get_days();
            // "Del 8 de enero al 5, 28 noches": then it is meant.
            let is_meant = days > 0 && nights.is_some_and(|nights| i32::from(nights) == days);
            if is_meant { None } else { reversed(first, last, Pair { check_in, check_out, days }, today) }
        }
        None => not_in_that_year(first, last, today),
    })
}

/// `31 de febrero`, `29/2/2027`, `el 31 de este mes` in June.
fn no_such_day(mention: &Mention, today: Date) -> Option<DateProblem> {
    let Spoken::Dated { day, month, year } = mention.spoken else { return None };
    let (month, year) = match month {
        Month::Named(month) => (month, year),
        Month::This => (today.month(), Some(today.year())),
        Month::Next => {
            let next = plus_days(today.last_of_month(), 1)?;
            (next.month(), Some(next.year()))
        }
    };
    if Date::new(A_LEAP_YEAR, month, day).is_err() {
        return Some(DateProblem::NoSuchDay { day, month, year: None });
    }
    let year = year.filter(|year| Date::new(*year, month, day).is_err())?;
    Some(DateProblem::NoSuchDay { day, month, year: Some(year) })
}

/// Both days exist, but not in one stay: `del 27 al 29 de febrero` in a common year, `del 31 al 2 de marzo`.
fn not_in_that_year(first: &Mention, last: &Mention, today: Date) -> Option<DateProblem> {
    let Spoken::Numbered { day: from } = first.spoken else { return None };
    let Spoken::Dated { day: to, month: Month::Named(month), year } = last.spoken else { return None };
    if from >= to {
        let month_before = if month == 1 { 12 } else { month - 1 };
        return Some(DateProblem::NoSuchDay { day: from, month: month_before, year: None });
    }
    let arrival = Mention { spoken: Spoken::Dated { day: from, month: Month::Named(month), year }, ..*first };
    let year = settle_to_calendar_dates::date_of(&arrival, today)?.year();
    Some(DateProblem::NoSuchDay { day: to, month, year: Some(year) })
}

/// Both ends as the rules settle them, and the days between.
struct Pair {
    check_in: Date,
    check_out: Date,
    days: i32,
}

fn reversed(first: &Mention, last: &Mention, pair: Pair, today: Date) -> Option<DateProblem> {
    let Pair { check_in, check_out, days } = pair;
    let (check_in, check_out) = match (first.spoken, last.spoken) {
        _ if days <= 0 => (check_in, check_out),
        (Spoken::Numbered { day }, Spoken::Dated { .. }) if days > LONGEST_INTO_NEXT_MONTH => {
            let check_out = settle_to_calendar_dates::date_of(last, today)?;
            (Date::new(check_out.year(), check_out.month(), day).ok()?, check_out)
        }
        (Spoken::Dated { .. }, Spoken::Numbered { day }) if days > LONGEST_INTO_NEXT_MONTH => {
            (check_in, Date::new(check_in.year(), check_in.month(), day).ok()?)
        }
        (_, Spoken::Dated { day, month: Month::Named(month), year: None })
            if days > LONGEST_INTO_NEXT_YEAR =>
        {
            (check_in, Date::new(check_in.year(), month, day).ok()?)
        }
        (Spoken::Dated { day, month: Month::Named(month), year: None }, Spoken::Dated { .. })
            if days > LONGEST_INTO_NEXT_YEAR =>
        {
            (Date::new(check_out.year(), month, day).ok()?, check_out)
        }
        _ => return None,
    };
    (check_out <= check_in).then_some(DateProblem::Reversed { check_in, check_out })
}
