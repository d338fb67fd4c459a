//! From spoken days to dates.

use jiff::civil::Date;

use super::{
    day_mention::{Mention, Month, Spoken, Week},
    join_days_into_unit::Shape,
    weekends::nth_weekday,
};
use crate::read::resolve_to_calendar_date::{
    easter, last_day_and_month, next_day_and_month, next_day_of_month, next_pair_in_month, next_weekday,
    plus_days, weekday_of_week,
};

/// Both ends of a stay as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub check_in: Option<Date>,
    pub check_out: Option<Date>,
    pub ambiguous: bool,
}

/// A day that was gone by this recently is asked about again.
const JUST_GONE_BY_DAYS: i32 = 14;
/// Longer than this is more likely a slip than a stay.
const DOUBTFUL_NIGHTS: i32 = 120;
/// A range that runs into the next month without naming it is seldom longer.
const USUAL_INTO_NEXT_MONTH: i32 = 14;

/// `None` when a day does not exist.
pub(super) fn settle(shape: &Shape, today: Date) -> Option<Span> {
    match shape {
        Shape::Single(day) => {
            let date = date_of(day, today)?;
            Some(Span { check_in: Some(date), check_out: None, ambiguous: is_doubtful(day, date, today) })
        }
        Shape::Night(day) => {
            let date = date_of(day, today)?;
            let ambiguous = is_doubtful(day, date, today);
            Some(Span { check_in: Some(date), check_out: plus_days(date, 1), ambiguous })
        }
        Shape::Range(first, last) => pair(first, last, today),
        Shape::Row(first, last) => Some(Span { ambiguous: true, ..pair(first, last, today)? }),
        Shape::Nights(first, last) => {
            let span = pair(first, last, today)?;
            Some(Span { check_out: plus_days(span.check_out?, 1), ..span })
        }
    }
}

/// Arrival and departure that were said apart.
pub(super) fn pair(first: &Mention, last: &Mention, today: Date) -> Option<Span> {
    let (check_in, check_out) = both(first, last, today)?;
    let too_long = check_in.until(check_out).is_ok_and(|span| span.get_days() > DOUBTFUL_NIGHTS);
    // "Del 5 al 8 de enero": the first day is of that month, and may have gone by with it.
    let first_in_month = match (first.spoken, last.spoken) {
        (Spoken::Numbered { day }, Spoken::Dated { year, .. }) => {
            Mention { spoken: Spoken::Dated { day, month: Month::Named(check_in.month()), year }, ..*first }
        }
        _ => *first,
    };
    let ambiguous = is_doubtful(&first_in_month, check_in, today)
        || too_long
        || is_long_way_round(first, last, check_in, check_out)
        || check_out <= check_in
        || names_wrong_weekday(last, check_out);
    let check_out = (check_out > check_in).then_some(check_out);
    Some(Span { check_in: Some(check_in), check_out, ambiguous })
}

/// Both ends as the rules of the calendar have them, the departure perhaps not after the arrival.
pub(super) fn both(first: &Mention, last: &Mention, today: Date) -> Option<(Date, Date)> {
    if let (Spoken::Numbered { day: from }, Spoken::Numbered { day: to }) = (first.spoken, last.spoken) {
        if from < to {
            return next_pair_in_month(today, from, to);
        }
        let check_in = next_day_of_month(today, from)?;
        return Some((check_in, next_day_of_month(plus_days(check_in, 1)?, to)?));
    }
    // "Del 5 al 8 de enero": the first day borrows the month, or the one before it.
    if let (Spoken::Numbered { day: from }, Spoken::Dated { day: to, month, year }) =
        (first.spoken, last.spoken)
    {
        let check_out = match (month, year) {
            (Month::Named(month), None) if from < to => {
                let check_in = next_day_and_month(today, from, month)?;
                return Some((check_in, Date::new(check_in.year(), month, to).ok()?));
            }
            (Month::Named(month), None) => first_departure(today, from, to, month)?,
            _ => date_of(last, today)?,
        };
        let check_in = if from < to {
            Date::new(check_out.year(), check_out.month(), from).ok()?
        } else {
            let month_before = plus_days(check_out.first_of_month(), -1)?;
            Date::new(month_before.year(), month_before.month(), from).ok()?
        };
        return Some((check_in, check_out));
    }
    if let Spoken::Dated { day, month: Month::Named(month), year: None } = first.spoken
        && let Spoken::Dated { year: Some(_), .. } = last.spoken
    {
        let check_out = date_of(last, today)?;
        return Some((last_day_and_month(check_out, day, month)?, check_out));
    }
    let check_in = date_of(first, today)?;
    Some((check_in, after(last, check_in, today)?))
}

/// `del 28 al 2 de marzo`: the first such departure whose arrival has not gone by.
fn first_departure(today: Date, from: i8, to: i8, month: i8) -> Option<Date> {
    let mut departure = next_day_and_month(today, to, month)?;
    for _ in 0..2 {
        let month_before = plus_days(departure.first_of_month(), -1)?;
        let arrival = Date::new(month_before.year(), month_before.month(), from).ok()?;
        if arrival >= today {
            break;
        }
        departure = next_day_and_month(plus_days(departure, 1)?, to, month)?;
    }
    Some(departure)
}

/// The departure that follows an arrival.
pub(super) fn after(last: &Mention, check_in: Date, today: Date) -> Option<Date> {
    match last.spoken {
        Spoken::Numbered { day } => next_day_of_month(plus_days(check_in, 1)?, day),
        Spoken::Dated { day, month: Month::Named(month), year: None } => {
            next_day_and_month(plus_days(check_in, 1)?, day, month)
        }
        Spoken::Weekday { weekday, week: Week::Coming } => next_weekday(check_in, weekday),
        // "De jueves a domingo de la semana que viene": the departure is of the arrival's week, or the next.
        Spoken::Weekday { weekday, week: Week::Of { .. } | Week::AfterComing } => {
            let date = date_of(last, today)?;
            if date > check_in { Some(date) } else { next_weekday(check_in, weekday) }
        }
        _ => date_of(last, today),
    }
}

/// A day by itself: its next occurrence on or after today.
pub(super) fn date_of(mention: &Mention, today: Date) -> Option<Date> {
    match mention.spoken {
        Spoken::Dated { day, month: Month::Named(month), year: Some(year) } => {
            Date::new(year, month, day).ok()
        }
        Spoken::Dated { day, month: Month::Named(month), year: None } => {
            next_day_and_month(today, day, month)
        }
        Spoken::Dated { day, month: Month::This, .. } => Date::new(today.year(), today.month(), day).ok(),
        Spoken::Dated { day, month: Month::Next, .. } => {
            let next = plus_days(today.last_of_month(), 1)?;
            Date::new(next.year(), next.month(), day).ok()
        }
        Spoken::Numbered { day } => next_day_of_month(today, day),
        Spoken::Weekday { weekday, week: Week::Coming } => next_weekday(today, weekday),
        Spoken::Weekday { weekday, week: Week::AfterComing } => plus_days(next_weekday(today, weekday)?, 7),
        Spoken::Weekday { weekday, week: Week::Of { days } } => {
            weekday_of_week(plus_days(today, days)?, weekday)
        }
        Spoken::NthWeekday { nth, weekday, month, year } => nth_weekday(today, nth, weekday, month, year),
        Spoken::Ahead { days } => plus_days(today, days),
        Spoken::FromEaster { days } => {
            let years = today.year()..=today.year().saturating_add(1);
            years.filter_map(|year| plus_days(easter(year)?, days)).find(|date| *date >= today)
        }
    }
}

/// The first day of a month: the coming one of its name, or that of a year.
pub(super) fn first_of_month(today: Date, month: Month, year: Option<i16>) -> Option<Date> {
    match month {
        Month::This => Some(today.first_of_month()),
        Month::Next => plus_days(today.last_of_month(), 1),
        Month::Named(month) => {
            let this_year = if month < today.month() { today.year().checked_add(1)? } else { today.year() };
            Date::new(year.unwrap_or(this_year), month, 1).ok()
        }
    }
}

/// Read rightly by the rules, and still worth a question.
fn is_doubtful(mention: &Mention, date: Date, today: Date) -> bool {
    let gone_by = match mention.spoken {
        Spoken::Dated { day, month: Month::Named(month), year: None } => {
            last_day_and_month(today, day, month)
                .and_then(|last| last.until(today).ok())
                .is_some_and(|ago| ago.get_days() <= JUST_GONE_BY_DAYS)
        }
        Spoken::Numbered { day } => plus_days(today, -1).is_some_and(|yesterday| yesterday.day() == day),
        _ => false,
    };
    let same_weekday = matches!(
        mention.spoken,
        Spoken::Weekday { weekday, week: Week::Coming } if weekday == today.weekday()
    );
    let far_leap_day = date.month() == 2 && date.day() == 29 && date.year() > today.year() + 1;
    gone_by || same_weekday || date < today || far_leap_day || names_wrong_weekday(mention, date)
}

/// "Del 20 al 12", read into the next month: right by the rules, and more often a slip.
fn is_long_way_round(first: &Mention, last: &Mention, check_in: Date, check_out: Date) -> bool {
    let is_bare = |day: &Mention| matches!(day.spoken, Spoken::Numbered { .. });
    let another_month = check_in.month() != check_out.month();
    let nights = check_in.until(check_out).map_or(0, |span| span.get_days());
    (is_bare(first) || is_bare(last)) && another_month && nights > USUAL_INTO_NEXT_MONTH
}

fn names_wrong_weekday(mention: &Mention, date: Date) -> bool {
    mention.weekday.is_some_and(|weekday| weekday != date.weekday())
}
