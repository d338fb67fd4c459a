//! When somebody comes and goes.
//!
//! Days and times are found and joined into units; units that are turned down, of another event or of the booking as it
//! is fall away; what is left is settled on the calendar.

/// Days that are only marks, or approximate.
mod approximate_days;
/// Arrival or departure.
mod arrival_or_departure;
/// Numbers that are days.
mod bare_day_numbers;
/// Words that take back what was said.
mod corrections;
/// One day as it is spoken.
mod day_mention;
/// Days counted from today.
mod days_from_today;
/// Days of payments, birthdays and stays that are over.
mod days_of_other_events;
/// Days with their month.
mod days_with_month;
/// Days of errands and duties.
mod errand_days;
/// Every day that the sentence names.
mod find_day_mentions;
/// Weekends, feasts and fortnights in the sentence.
mod find_weekends_and_feasts;
/// Feasts.
mod holidays;
/// Days that cannot be a stay.
mod impossible_days;
/// Days joined into ranges.
mod join_days_into_unit;
/// Months and weeks that are said apart from their days.
mod lend_month_or_week;
/// What joins one day to the next.
mod link;
/// Fortnights, and times without days.
mod month_parts;
/// Days in whose place others stand.
mod moved_on;
/// Arrivals that are put off to a day.
mod not_before;
/// Days that are turned down, and those of the booking as it is.
mod refused_days;
/// From spoken days to dates.
mod settle_to_calendar_dates;
/// Weekdays.
mod weekdays;
/// Weekends.
mod weekends;
/// Which of the units is the stay.
mod which_unit_is_the_stay;
/// Whose days they are.
mod whose;

use jiff::civil::Date;

use super::{
    length_of_stay::Length,
    meaning::{StayEvidence, Wish},
    resolve_to_calendar_date::plus_days,
    token::Sentence,
};
use crate::message_reading::DateProblem;
pub(super) use arrival_or_departure::{gives_back, speaks_of_travel};
pub(super) use days_of_other_events::starts_from_an_event;
use join_days_into_unit::{Shape, Unit};
use settle_to_calendar_dates::Span;
use which_unit_is_the_stay::{Choice, Chosen};

/// Where something was said: a range of tokens.
pub(super) type At = Option<(usize, usize)>;

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
    /// More than one day was named: `del 5 al 8`.
    pub is_range: bool,
    /// A range with both its days, or days of a booking.
    pub is_firm: bool,
    /// The writers say that they come or go then.
    pub is_told: bool,
    pub check_in_at: At,
    pub check_out_at: At,
}

impl Stay {
    /// A day alone counts only where something speaks of a stay: `el domingo` in a sentence of nobody's words is no
    /// arrival. A feast or days apart count where a stay is wished.
    pub fn told_with(self, evidence: StayEvidence, wish: Wish) -> Self {
        // "Pro dia 31 de setembro": nobody but a guest says such a day.
        let is_range = self.is_range || self.problem.is_some();
        let least = match (self.is_firm || self.is_told, is_range) {
            (true, _) => Wish::None,
            (false, true) => Wish::Heard,
            (false, false) => Wish::Clear,
        };
        if evidence == StayEvidence::Unclear && wish < least { Self::default() } else { self }
    }
}

/// Whether the guest asks to move a booking: then the days of the booking as it is do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    Book,
    Change,
}

/// `bare_from` is the day from which days without a month are counted.
pub(super) fn read(sentence: &mut Sentence, length: &Length, aim: Aim, bare_from: Date) -> Stay {
    let mut mentions = find_day_mentions::find(sentence);
    let periods = find_weekends_and_feasts::find(sentence);
    corrections::drop_reasons(sentence, &mut mentions);
    corrections::named_again(sentence, &mut mentions);
    lend_month_or_week::months(sentence, &mut mentions);
    lend_month_or_week::weeks(sentence, &mut mentions);
    let named = join_days_into_unit::build(sentence, &mentions);
    let sifted = sift(sentence, named, aim);
    let only_bare =
        sifted.units.iter().all(|unit| unit.shape.first().is_numbered() && unit.shape.last().is_numbered());
    let mut from = sentence.today;
    if only_bare {
        from = bare_from.max(sifted.bare_from);
        if let Some(feast) = periods.iter().find(|period| period.is_feast()) {
            from = feast.span.check_in.and_then(|day| plus_days(day, -10)).map_or(from, |day| day.max(from));
        }
    }
    // "Semana santa, de viernes a lunes": the weekdays of the feast.
    let feast =
        periods.iter().find(|period| period.is_feast() && lend_month_or_week::names_weekdays_only(&mentions));
    let feast_from = feast.and_then(|feast| plus_days(feast.span.check_in?, -2));
    let choice = match which_unit_is_the_stay::choose(
        sentence,
        &sifted.units,
        aim,
        feast_from.unwrap_or(from),
        length,
    ) {
        Choice::Stay(chosen) if feast_from.is_some() => Choice::Stay(chosen.asked()),
        Choice::Nothing if !sifted.only_near => find_weekends_and_feasts::choose(sentence, &periods),
        Choice::Stay(chosen) if !chosen.is_row => {
            match find_weekends_and_feasts::to_a_day(sentence, &periods, &sifted.units) {
                Some(joined) => Choice::Stay(joined),
                None => Choice::Stay(find_weekends_and_feasts::within_weekend(chosen, &periods, length)),
            }
        }
        Choice::Stay(chosen) => {
            Choice::Stay(find_weekends_and_feasts::within_weekend(chosen, &periods, length))
        }
        other => other,
    };
    let vague = sifted.only_near || month_parts::is_vague(sentence) || sifted.lost && aim == Aim::Change;
    assemble(sentence, &sifted, choice, vague, length)
}

/// The units that may be the stay, and what is known from the others.
struct Sifted {
    units: Vec<Unit>,
    is_replacement: bool,
    only_near: bool,
    /// Days were named, and all were turned down.
    lost: bool,
    bare_from: Date,
    /// Where the days of the booking as it is end: a length right behind them is its length.
    booked_end: Option<usize>,
}

fn sift(sentence: &mut Sentence, mut units: Vec<Unit>, aim: Aim) -> Sifted {
    corrections::month_or_year(sentence, &mut units);
    let named = units.clone();
    let (mut other, units): (Vec<Unit>, Vec<Unit>) =
        units.into_iter().partition(|unit| days_of_other_events::is_elsewhen(sentence, unit));
    let (mut units, not_ours) = whose::keep_ours(sentence, units);
    other.extend(not_ours);
    let before = units.len();
    let replaced = replaced_days(sentence, &units);
    let turned_down =
        |unit: &Unit| replaced.contains(&unit.start) || refused_days::is_turned_down(sentence, unit);
    // "En vez del 20 de agosto, el 21": the month carries over.
    let refused_month =
        units.iter().find(|unit| turned_down(unit)).and_then(|unit| month_start(sentence, unit));
    units.retain(|unit| !turned_down(unit));
    let is_replacement = units.len() < before && !units.is_empty();
    let booked_end =
        units.iter().find(|unit| refused_days::is_of_the_booking(sentence, unit.start)).map(|unit| unit.end);
    let booked = drop_the_booking_as_it_is(sentence, &mut units, aim);
    // "Tengo la cabaña del 14 al 20, ¿la pasamos del 16 al 22?": other days for those that are had.
    let is_replacement = is_replacement || booked.is_some() && !units.is_empty();
    // "La boda es el 6 de noviembre, iríamos del 12 al 14": the month carries over.
    let event_month = other.iter().find_map(|unit| month_start(sentence, unit)).or(refused_month);
    lend_month_or_week::months_to_ranges(&mut units);
    lend_month_or_week::month_to_a_later_day(&mut units, &named);
    let lost = before > 0 && units.is_empty();
    for unit in &mut units {
        unit.is_about = approximate_days::is_about(sentence, unit.start, unit.end);
    }
    let only_near = units.iter().any(|unit| is_near_only(sentence, unit));
    units.retain(|unit| !is_near_only(sentence, unit));
    let bare_from = booked.or(event_month).map_or(sentence.today, |day| day.max(sentence.today));
    let booked_end = booked_end.filter(|_| booked.is_some());
    Sifted { units, is_replacement, only_near, lost, bare_from, booked_end }
}

/// Where the days start that are no more: others have come in their place.
fn replaced_days(sentence: &Sentence, units: &[Unit]) -> Vec<usize> {
    let pairs = units.iter().zip(units.iter().skip(1));
    let replaced = pairs.filter(|(unit, next)| {
        moved_on::has_become(sentence, unit, next)
            || matches!(unit.shape, Shape::Single(_)) && moved_on::cannot_come(sentence, unit)
    });
    replaced.map(|(unit, _)| unit.start).collect()
}

/// The first day of the month of a unit that names one.
fn month_start(sentence: &Sentence, unit: &Unit) -> Option<Date> {
    let dated = [unit.shape.first(), unit.shape.last()].into_iter().find(|day| day.is_dated())?;
    Some(settle_to_calendar_dates::date_of(dated, sentence.today)?.first_of_month())
}

fn is_near_only(sentence: &Sentence, unit: &Unit) -> bool {
    matches!(unit.shape, Shape::Single(_)) && approximate_days::is_only_near(sentence, unit.start)
}

/// In a change of dates only the new ones count. Gives the day from which bare days are counted: "la del 10 de febrero
/// al 17" means the 17th of February.
fn drop_the_booking_as_it_is(sentence: &Sentence, units: &mut Vec<Unit>, aim: Aim) -> Option<Date> {
    let booked = |unit: &Unit| refused_days::is_of_the_booking(sentence, unit.start);
    let booking = units.iter().find(|unit| booked(unit)).map(|unit| unit.shape)?;
    if aim == Aim::Book && units.len() < 2 && !refused_days::speaks_of_moving(sentence) {
        return None;
    }
    units.retain(|unit| !booked(unit));
    let arrival = settle_to_calendar_dates::settle(&booking, sentence.today)?.check_in?;
    Some(arrival.first_of_month())
}

fn assemble(sentence: &Sentence, sifted: &Sifted, choice: Choice, vague: bool, length: &Length) -> Stay {
    let is_of_the_booking = match (sifted.booked_end, length.at) {
        (Some(end), Some((start, _))) => start >= end && start <= end + 2,
        _ => false,
    };
    let no_length = Length::default();
    // "Todo lo demás igual": the nights too.
    let length =
        if is_of_the_booking && !refused_days::leaves_the_rest(sentence) { &no_length } else { length };
    let problem = if let Choice::Wrong(problem) = choice { Some(problem) } else { None };
    let is_open = matches!(choice, Choice::Open);
    let chosen = match choice {
        Choice::Nothing => Chosen { span: Span { ambiguous: vague, ..Span::default() }, ..Chosen::default() },
        Choice::Open | Choice::Wrong(_) => {
            Chosen { span: Span { ambiguous: true, ..Span::default() }, ..Chosen::default() }
        }
        Choice::Stay(chosen) => chosen,
    };
    let is_window = which_unit_is_the_stay::is_window(sentence, &sifted.units);
    let stay = match length.nights {
        // "Entre el 10 y el 20, 3 noches": somewhere between, and nobody said where.
        Some(nights) if which_unit_is_the_stay::is_longer(&chosen.span, nights, is_window) => open_stay(),
        // "Llegando el 9, 2 o 3 noches": only the length is open, and with it the departure.
        None if length.is_open && chosen.span.check_out.is_none() && chosen.span.check_in.is_some() => {
            Stay { check_in: chosen.span.check_in, ..open_stay() }
        }
        _ => with_length(&chosen, length),
    };
    let is_open = stay.ambiguous && (vague || is_open || is_window || length.is_open);
    let no_dates = stay.check_in.is_none() && stay.check_out.is_none();
    let problem = problem.or((no_dates && is_open).then_some(DateProblem::NotExact));
    let is_said = !no_dates || stay.ambiguous || length.is_said();
    Stay {
        problem,
        is_said,
        is_replacement: sifted.is_replacement,
        is_told: whose::is_told(sentence, &sifted.units),
        is_firm: sifted.units.iter().any(|unit| matches!(unit.shape, Shape::Range(..) | Shape::Nights(..)))
            || sifted.booked_end.is_some()
            || sifted.is_replacement
            || length.nights.is_some() && !no_dates
            || sifted.units.len() > 1 && stay.check_in.is_some() && stay.check_out.is_some(),
        is_range: sifted.units.iter().any(|unit| !matches!(unit.shape, Shape::Single(_)))
            || chosen.is_period
            || sifted.units.len() > 1
            || sifted.booked_end.is_some()
            || sifted.is_replacement
            || stay.check_in.is_some() && stay.check_out.is_some(),
        check_in_at: stay.check_in.and(chosen.check_in_at),
        check_out_at: stay.check_out.and(chosen.check_out_at),
        ..stay
    }
}

fn open_stay() -> Stay {
    Stay { ambiguous: true, ..Stay::default() }
}

/// `X por N noches`: the length gives the end that was not said.
fn with_length(chosen: &Chosen, length: &Length) -> Stay {
    let span = chosen.span;
    let stay = Stay {
        check_in: span.check_in,
        check_out: span.check_out,
        ambiguous: span.ambiguous,
        ..Stay::default()
    };
    let Some(nights) = length.nights.or(length.implied).map(i64::from) else {
        return Stay { ambiguous: stay.ambiguous || length.ambiguous, ..stay };
    };
    let ambiguous = stay.ambiguous || length.ambiguous;
    match (stay.check_in, stay.check_out) {
        (Some(check_in), None) => Stay { check_out: plus_days(check_in, nights), ambiguous, ..stay },
        (None, Some(check_out)) if length.nights.is_some() => {
            Stay { check_in: plus_days(check_out, -nights), ambiguous, ..stay }
        }
        // "New year's eve only".
        (Some(check_in), Some(_)) if length.nights.is_none() && chosen.is_period => {
            Stay { check_out: plus_days(check_in, nights), ambiguous, ..stay }
        }
        (Some(check_in), Some(check_out)) if length.nights.is_some() => {
            let agrees = plus_days(check_in, nights) == Some(check_out);
            if agrees {
                Stay { ambiguous: stay.ambiguous && !chosen.is_row, ..stay }
            } else if which_unit_is_the_stay::is_habitual(&span) {
                // "Navidad, 3 noches", "24 y 25, 2 noches": the count is more exact than the habit.
                let by_count = plus_days(check_in, nights);
                Stay { check_out: by_count, ambiguous: !chosen.is_row || length.ambiguous, ..stay }
            } else {
                Stay { ambiguous: true, ..stay }
            }
        }
        _ => stay,
    }
}

#[cfg(test)]
mod tests;
