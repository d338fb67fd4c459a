//! Weekends, feasts and fortnights in the sentence.

use jiff::civil::Date;

use super::{
    days_of_other_events,
    holidays::{self, Feast},
    join_days_into_unit::{Shape, Unit},
    month_parts,
    settle_to_calendar_dates::{self, Span},
    weekends,
    which_unit_is_the_stay::{Choice, Chosen},
};
use crate::read::{
    length_of_stay::Length, lexicon::phrases, repair::is_repair, resolve_to_calendar_date::plus_days,
    token::Sentence,
};

/// A time that is named as a whole, as dates, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Period {
    pub span: Span,
    kind: Kind,
    start: usize,
    end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Weekend,
    Fortnight,
    Feast(Feast),
}

impl Period {
    pub fn is_feast(&self) -> bool {
        matches!(self.kind, Kind::Feast(_))
    }
}

pub(super) fn find(sentence: &Sentence) -> Vec<Period> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < sentence.len() {
        match at(sentence, index) {
            Some(period) => {
                index = period.end.max(index + 1);
                let period = match other_half(sentence, &period) {
                    Some(other) => other,
                    None => period,
                };
                if !days_of_other_events::is_elsewhen_at(sentence, period.start, period.end) {
                    found.push(period);
                }
            }
            None => index += 1,
        }
    }
    found
}

/// `en lugar de la primera de enero, la segunda`: the other half of the month takes the place of the one that is refused.
fn other_half(sentence: &Sentence, period: &Period) -> Option<Period> {
    const REACH: usize = 8;
    let instead = phrases!("en lugar de|en vez de|em vez da|em vez de|no|nao|ya no|instead of|not");
    let at = if sentence.was(period.start, 1, &["la", "a", "the", "quincena"]) {
        period.start - 1
    } else {
        period.start
    };
    let is_refused = period.kind == Kind::Fortnight
        && (sentence.phrase_to(at, instead).is_some() || sentence.phrase_to(period.start, instead).is_some());
    let first = period.span.check_in?;
    let is_second = first.day() > 1;
    let other = if is_second { ["primera", "primeira", "first"] } else { ["segunda", "segunda", "second"] };
    let said = (period.end..period.end + REACH).find(|at| sentence.is(*at, &other)).filter(|_| is_refused)?;
    let (check_in, check_out) = if is_second {
        (Date::new(first.year(), first.month(), 1).ok()?, Date::new(first.year(), first.month(), 15).ok()?)
    } else {
        (Date::new(first.year(), first.month(), 16).ok()?, first.last_of_month())
    };
    let span = Span { check_in: Some(check_in), check_out: Some(check_out), ..period.span };
    Some(Period { span, kind: Kind::Fortnight, start: said, end: said + 1 })
}

fn at(sentence: &Sentence, index: usize) -> Option<Period> {
    if let Some((feast, span, end)) = holidays::holiday(sentence, index) {
        return Some(Period { span, kind: Kind::Feast(feast), start: index, end });
    }
    if let Some((span, end)) = weekends::weekend(sentence, index) {
        return Some(Period { span, kind: Kind::Weekend, start: index, end });
    }
    let (span, end) = month_parts::fortnight(sentence, index)?;
    Some(Period { span, kind: Kind::Fortnight, start: index, end })
}

/// The stay, when no day is named.
pub(super) fn choose(sentence: &Sentence, periods: &[Period]) -> Choice {
    let Some(first) = periods.iter().find(|period| period.is_feast()).or_else(|| periods.first()) else {
        return Choice::Nothing;
    };
    let mut chosen = *first;
    for next in periods.iter().filter(|period| period.start >= first.end) {
        let gap = chosen.end..next.start;
        if gap.clone().any(|index| sentence.is(index, &["o", "ou", "or", "u"])) {
            return Choice::Open;
        }
        if is_repair(sentence, gap.start, gap.end) {
            chosen = *next;
            continue;
        }
        match (chosen.kind, next.kind) {
            // "Navidad y año nuevo", "de Navidad a Reyes": from the first to the end of the second.
            (Kind::Feast(one), Kind::Feast(other)) if one != other => {
                if let Some(span) = holidays::spanned(&chosen.span, other) {
                    chosen = Period { span, end: next.end, ..chosen };
                }
            }
            _ => {}
        }
    }
    Choice::Stay(of(&chosen))
}

fn of(period: &Period) -> Chosen {
    let at = Some((period.start, period.end));
    Chosen { span: period.span, check_in_at: at, check_out_at: at, is_period: true, is_row: false }
}

/// `este finde llegamos el viernes`: from that day to the end of the weekend.
pub(super) fn within_weekend(chosen: Chosen, periods: &[Period], length: &Length) -> Chosen {
    let weekend = periods.iter().find(|period| period.kind == Kind::Weekend && length.nights.is_none());
    let span = chosen.span;
    match (span.check_in, span.check_out, weekend.map(|period| period.span)) {
        (Some(check_in), None, Some(Span { check_in: Some(saturday), check_out: Some(sunday), .. }))
            if plus_days(saturday, -2).is_some_and(|thursday| thursday <= check_in)
                && check_in < saturday =>
        {
            let at = weekend.map(|period| (period.start, period.end));
            Chosen {
                span: Span { check_out: Some(sunday), ambiguous: true, ..span },
                check_out_at: at,
                ..chosen
            }
        }
        _ => chosen,
    }
}

/// `New Year's Eve to Jan 2`, `de navidad al 28`: from the first day of the period to a day.
pub(super) fn to_a_day(sentence: &Sentence, periods: &[Period], units: &[Unit]) -> Option<Chosen> {
    let [unit] = units else { return None };
    let Shape::Single(day) = unit.shape else { return None };
    let period = periods.iter().find(|period| {
        let gap = period.end..unit.start;
        !gap.is_empty()
            && gap.len() <= 3
            && gap.clone().any(|index| {
                sentence.is(index, &["to", "al", "hasta", "ate", "ao", "until", "till", "through", "-"])
            })
            && gap.clone().all(|index| {
                sentence.is(
                    index,
                    &[
                        "to", "al", "hasta", "ate", "ao", "until", "till", "through", "-", "el", "the", "o",
                        "dia",
                    ],
                )
            })
    })?;
    let check_in = period.span.check_in?;
    let check_out = settle_to_calendar_dates::after(&day, check_in, sentence.today)?;
    Some(Chosen {
        span: Span { check_in: Some(check_in), check_out: Some(check_out), ambiguous: true },
        check_in_at: Some((period.start, period.end)),
        check_out_at: Some((unit.start, unit.end)),
        is_period: true,
        is_row: false,
    })
}
