//! When somebody comes and goes.

/// What the words around a day make of it.
mod context;
/// One day as it is spoken.
mod day;
/// Days of payments, answers and stays that are over.
mod elsewhen;
/// What joins one day to the next.
mod link;
/// Weekends, feasts and fortnights.
mod occasion;
/// From spoken days to dates.
mod settle;
/// Days joined into ranges.
mod unit;
/// Days with their month.
mod written;
/// Days that cannot be a stay.
mod wrong;

use jiff::civil::Date;

use super::{
    almanac::plus_days,
    nights::Length,
    token::{Claim, Kind, Sentence},
};
use crate::reading::DateProblem;
use context::Role;
use day::{Mention, Month, Spoken, Week};
use settle::Span;
use unit::{Shape, Unit};

/// The dates of a message; half-open, so that `check_out` is the day of departure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stay {
    pub check_in: Option<Date>,
    pub check_out: Option<Date>,
    pub ambiguous: bool,
    /// Why the days that were said cannot be a stay.
    pub problem: Option<DateProblem>,
    /// Something was said about when, though perhaps no dates.
    pub is_said: bool,
    /// Other days were turned down in the same breath: `el 20 no, el 27`.
    pub is_replacement: bool,
}

/// Whether the guest asks to move a booking: then the days of the booking as it is do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    Book,
    Change,
}

/// `bare_from` is the day from which days without a month are counted.
pub(super) fn read(sentence: &mut Sentence, length: &Length, aim: Aim, bare_from: Date) -> Stay {
    let mut mentions = day::find(sentence);
    lend_months(sentence, &mut mentions);
    lend_next_week(sentence, &mut mentions);
    let named_any = !mentions.is_empty();
    let mut units = unit::build(sentence, &mentions);
    units.retain(|unit| !elsewhen::is_elsewhen(sentence, unit));
    let before = units.len();
    units.retain(|unit| !context::is_turned_down(sentence, unit));
    let is_replacement = units.len() < before && !units.is_empty();
    let only_bare = mentions.iter().all(|mention| matches!(mention.spoken, Spoken::Numbered { .. }));
    let bare_from = if only_bare { bare_from } else { sentence.today };
    let from = drop_the_booking_as_it_is(sentence, &mut units, aim).max(bare_from);
    let only_near = units.iter().any(|unit| is_near_only(sentence, unit));
    units.retain(|unit| !is_near_only(sentence, unit));
    let occasion = occasion::find(sentence).filter(|occasion| !is_errand_time(sentence, occasion.at));
    // "Semana santa, de viernes a lunes": the weekdays of the feast.
    let feast = occasion.filter(|occasion| !occasion.is_weekend && names_weekdays_only(&mentions));
    let feast_from = feast.and_then(|feast| plus_days(feast.span.check_in?, -2));
    let choice = match choose(sentence, &units, aim, feast_from.unwrap_or(from), length) {
        Choice::Stay(span) if feast_from.is_some() => Choice::Stay(Span { ambiguous: true, ..span }),
        other => other,
    };
    let problem = if let Choice::Wrong(problem) = choice { Some(problem) } else { None };
    let is_open = matches!(choice, Choice::Open);
    let span = match choice {
        Choice::Nothing => occasion.map(|occasion| occasion.span),
        Choice::Open | Choice::Wrong(_) => Some(Span { ambiguous: true, ..Span::default() }),
        Choice::Stay(span) => Some(within_weekend(span, occasion, length)),
    };
    let vague =
        only_near || occasion::is_vague(sentence) || named_any && span.is_none() && aim == Aim::Change;
    let span = span.unwrap_or(Span { ambiguous: vague, ..Span::default() });
    let window = units
        .iter()
        .any(|unit| matches!(unit.shape, Shape::Range(..)) && link::is_between(sentence, unit.start));
    let stay = match length.nights {
        // "Entre el 10 y el 20, 3 noches": somewhere between, and nobody said where.
        Some(nights) if window && is_longer(&span, nights) => Stay { ambiguous: true, ..Stay::default() },
        _ => with_length(span, length),
    };
    let is_open = stay.ambiguous && (vague || is_open || window);
    let problem = problem.or((no_dates(&stay) && is_open).then_some(DateProblem::NotExact));
    let is_said =
        stay.check_in.is_some() || stay.check_out.is_some() || stay.ambiguous || length.nights.is_some();
    Stay { problem, is_said, is_replacement, ..stay }
}

/// `la semana que viene, de martes a jueves`; `de jueves a domingo de la semana que viene`.
fn lend_next_week(sentence: &Sentence, mentions: &mut [Mention]) {
    let phrases = [
        "semana que viene",
        "proxima semana",
        "semana proxima",
        "semana que vem",
        "next week",
        "otra semana",
    ];
    let said = (0..sentence.len()).any(|index| sentence.any_phrase(index, &phrases).is_some());
    for mention in mentions.iter_mut().filter(|_| said) {
        if let Spoken::Weekday { week, .. } = &mut mention.spoken {
            *week = Week::Next;
        }
    }
}

enum Choice {
    Nothing,
    /// Days were named, but which are meant stays open: there are two of them.
    Open,
    Wrong(DateProblem),
    Stay(Span),
}

/// `today` is the day from which days without a month are counted.
fn choose(sentence: &Sentence, units: &[Unit], aim: Aim, today: Date, length: &Length) -> Choice {
    if units.is_empty() {
        return Choice::Nothing;
    }
    if units.iter().any(|unit| unit.is_alternative) {
        return Choice::Open;
    }
    let of_span = |span: Option<Span>| span.map_or(Choice::Open, Choice::Stay);
    let of_days = |shape: &Shape| match wrong::problem(shape, today, length.nights) {
        Some(problem) => Choice::Wrong(problem),
        None => of_span(settle::settle(shape, today)),
    };
    if let Some(unit) = units.iter().rev().find(|unit| !matches!(unit.shape, Shape::Single(_))) {
        return of_days(&unit.shape);
    }
    let single = |unit: &Unit| *context::first_of(&unit.shape);
    let departure = units.iter().rev().find(|unit| unit.role == Role::Departure).map(single);
    let mut arrivals = units.iter().filter(|unit| unit.role != Role::Departure);
    let said = units.iter().rev().find(|unit| unit.role == Role::Arrival);
    let arrival = said.or_else(|| if aim == Aim::Change { arrivals.next_back() } else { arrivals.next() });
    match (arrival, departure) {
        (Some(unit), None) if context::is_weekend_of(sentence, unit.start) => {
            of_span(settle::date_of(&single(unit), today).and_then(occasion::weekend_of))
        }
        (Some(unit), None) => of_days(&unit.shape),
        (Some(unit), Some(departure)) => of_days(&Shape::Range(single(unit), departure)),
        (None, Some(departure)) => match of_days(&Shape::Single(departure)) {
            Choice::Stay(Span { check_in: date, .. }) => Choice::Stay(Span {
                check_in: None,
                check_out: date,
                ambiguous: date.is_some_and(|date| date < today),
            }),
            other => other,
        },
        (None, None) => Choice::Nothing,
    }
}

/// `este finde llegamos el viernes`: from that day to the end of the weekend.
fn within_weekend(span: Span, occasion: Option<occasion::Occasion>, length: &Length) -> Span {
    let weekend = occasion
        .filter(|occasion| occasion.is_weekend && length.nights.is_none())
        .map(|occasion| occasion.span);
    match (span.check_in, span.check_out, weekend) {
        (Some(check_in), None, Some(Span { check_in: Some(saturday), check_out: Some(sunday), .. }))
            if plus_days(saturday, -2).is_some_and(|thursday| thursday <= check_in)
                && check_in < saturday =>
        {
            Span { check_out: Some(sunday), ambiguous: true, ..span }
        }
        _ => span,
    }
}

/// `X por N noches`: the length gives the end that was not said.
fn with_length(span: Span, length: &Length) -> Stay {
    let stay = Stay {
        check_in: span.check_in,
        check_out: span.check_out,
        ambiguous: span.ambiguous,
        ..Stay::default()
    };
    let Some(nights) = length.nights.map(i64::from) else {
        return Stay { ambiguous: stay.ambiguous || length.ambiguous, ..stay };
    };
    let ambiguous = stay.ambiguous || length.ambiguous;
    match (stay.check_in, stay.check_out) {
        (Some(check_in), None) => Stay { check_out: plus_days(check_in, nights), ambiguous, ..stay },
        (None, Some(check_out)) => Stay { check_in: plus_days(check_out, -nights), ambiguous, ..stay },
        (Some(check_in), Some(check_out)) => {
            let agrees = plus_days(check_in, nights) == Some(check_out);
            if agrees {
                Stay { ambiguous: stay.ambiguous, ..stay }
            } else if is_occasion_like(&span) {
                // "Navidad, 3 noches", "24 y 25, 2 noches": the count is more exact than the habit.
                Stay { check_out: plus_days(check_in, nights), ambiguous: true, ..stay }
            } else {
                Stay { ambiguous: true, ..stay }
            }
        }
        (None, None) => stay,
    }
}

fn names_weekdays_only(mentions: &[Mention]) -> bool {
    let is_coming = |mention: &Mention| matches!(mention.spoken, Spoken::Weekday { week: Week::Coming, .. });
    !mentions.is_empty() && mentions.iter().all(is_coming)
}

fn no_dates(stay: &Stay) -> bool {
    stay.check_in.is_none() && stay.check_out.is_none()
}

fn is_longer(span: &Span, nights: u16) -> bool {
    let end = span.check_in.and_then(|check_in| plus_days(check_in, i64::from(nights)));
    end.is_some() && end < span.check_out
}

fn is_occasion_like(span: &Span) -> bool {
    let short = match (span.check_in, span.check_out) {
        (Some(check_in), Some(check_out)) => {
            check_in.until(check_out).is_ok_and(|length| length.get_days() <= 4)
        }
        _ => false,
    };
    span.ambiguous && short
}

fn is_near_only(sentence: &Sentence, unit: &Unit) -> bool {
    matches!(unit.shape, Shape::Single(_)) && context::is_only_near(sentence, unit.start)
}

fn is_errand_time(sentence: &Sentence, at: usize) -> bool {
    let mention = Mention { spoken: Spoken::Ahead { days: 0 }, start: at, end: at + 1, weekday: None };
    let unit = Unit {
        shape: Shape::Single(mention),
        start: at,
        end: at + 1,
        role: Role::Unsaid,
        is_alternative: false,
    };
    elsewhen::is_elsewhen(sentence, &unit)
}

/// In a change of dates only the new ones count. Gives the day from which bare days are counted: "la del 10 de febrero
/// al 17" means the 17th of February.
fn drop_the_booking_as_it_is(sentence: &Sentence, units: &mut Vec<Unit>, aim: Aim) -> Date {
    if aim == Aim::Book {
        return sentence.today;
    }
    let booked = |unit: &Unit| context::is_of_the_booking(sentence, unit.start);
    let booking = units.iter().find(|unit| booked(unit)).map(|unit| unit.shape);
    units.retain(|unit| !booked(unit));
    let arrival = booking.and_then(|shape| settle::settle(&shape, sentence.today)?.check_in);
    arrival.map_or(sentence.today, |arrival| arrival.first_of_month().max(sentence.today))
}

/// `en enero, del 5 al 8`; `5 al 8, enero`: a month beside days lends itself to them.
fn lend_months(sentence: &mut Sentence, mentions: &mut [Mention]) {
    if mentions.is_empty() || mentions.iter().any(|mention| matches!(mention.spoken, Spoken::Dated { .. })) {
        return;
    }
    let (start, end) = (mentions[0].start, mentions[mentions.len() - 1].end);
    let near = |index: usize| index + 5 >= start && index < start || index >= end && index <= end + 2;
    let mut months = (0..sentence.len()).rev().filter(|index| sentence.is_free(*index) && near(*index));
    let found = months.find_map(|index| Some((index, super::calendar_words::month(sentence, index)?)));
    let Some((at, month)) = found else { return };
    let between = if at < start { at + 1..start } else { end..at };
    let fillers = ", en em in del de el para desde mes a the from : dia do entre ( los dias no";
    let clean = between
        .clone()
        .all(|index| sentence.is_in(index, fillers) || sentence.claim_of(index) == Some(Claim::People));
    let led = at < start
        || sentence.tokens[at - 1].kind == Kind::Mark
        || sentence.was(at, 1, &["en", "em", "in", "mes", "de"]);
    if !clean || !led {
        return;
    }
    sentence.claim(at..at + 1, Claim::Day);
    // The days after the first follow from it.
    if let Some(first) = mentions.iter_mut().find(|mention| matches!(mention.spoken, Spoken::Numbered { .. }))
        && let Spoken::Numbered { day } = first.spoken
    {
        first.spoken = Spoken::Dated { day, month: Month::Named(month), year: None };
    }
}

#[cfg(test)]
mod tests;
