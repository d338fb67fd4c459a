//! Weekends: the coming one, the one after it, the third of October, that of a day.

use jiff::civil::{Date, Weekday};

use super::{
    day_mention::Month,
    settle_to_calendar_dates::{self, Span},
    weekdays::{month_of, nth, nth_after_month},
};
use crate::read::{
    lexicon::{Phrases, Words, phrases, words},
    resolve_to_calendar_date::{coming_saturday, plus_days},
    token::{Claim, Sentence},
};

/// The dates of the weekend at `index`, and where its words end.
pub(super) fn weekend(sentence: &Sentence, index: usize) -> Option<(Span, usize)> {
    if !is_weekend_word(sentence, index) || !sentence.is_free(index) {
        return None;
    }
    if let Some(found) = nth_of_month(sentence, index) {
        return Some(found);
    }
    if is_no_weekend_of_a_stay(sentence, index) {
        return None;
    }
    let today = sentence.today;
    let (which, end) = which(sentence, index);
    let at_weekend = matches!(today.weekday(), Weekday::Saturday | Weekday::Sunday);
    let coming = coming_saturday(today)?;
    // Said on a weekend, the next one is the nearest that is not this.
    let next = plus_days(coming, if at_weekend && today.weekday() == Weekday::Sunday { 0 } else { 7 })?;
    let (saturday, ambiguous) = match which {
        Which::Coming => (coming, false),
        Which::Next => (next, !at_weekend),
        Which::AfterNext => (plus_days(next, 7)?, true),
    };
    Some((Span { check_in: Some(saturday), check_out: plus_days(saturday, 1), ambiguous }, end))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Coming,
    Next,
    AfterNext,
}

/// What follows a weekend that is the one after the coming.
static NEXT_AFTER: Phrases = Phrases::new(
    "\
    que viene|que vem|proximo|siguiente|que entra|que sigue|que bem|sino el otro|sino el que viene|\
    sino el proximo|sino el siguiente|no el otro|no , el otro|no , el siguiente|nao , o outro|\
    nao o outro|seguinte|de la semana que viene|da semana que vem|que le sigue|after this one|after this",
);
/// What follows that is one later still.
static AFTER_NEXT: Phrases = Phrases::new(
    "\
    siguiente al que viene|siguiente al proximo|despues del que viene|despues del proximo|after next|\
    after the next|after the next one|seguinte ao que vem|depois do que vem|depois do proximo|\
    que viene no el otro|que viene no , el otro|que viene no , el siguiente|proximo no , el otro|\
    que vem nao , o outro|posterior al que viene",
);

fn which(sentence: &Sentence, index: usize) -> (Which, usize) {
    let end = index + 1;
    if let Some(end) = turned_down_twice(sentence, index) {
        return (Which::AfterNext, end);
    }
    if let Some(end) = sentence.phrase_from(end, &AFTER_NEXT) {
        return (Which::AfterNext, end);
    }
    let led = sentence.was(index, 1, &["proximo", "next", "otro", "siguiente", "following", "outro"]);
    match sentence.phrase_from(end, &NEXT_AFTER) {
        Some(end) => (Which::Next, end),
        None if led => (Which::Next, end),
        None => (Which::Coming, end),
    }
}

/// `ni este finde ni el que viene: el siguiente`: where its words end.
fn turned_down_twice(sentence: &Sentence, index: usize) -> Option<usize> {
    let no = words!("no ni nem nao not neither");
    let refused = (index.saturating_sub(4)..index + 3).any(|at| at != index && sentence.has(at, no));
    if !refused {
        return None;
    }
    let next = phrases!("que viene|que vem|proximo|next|que entra|que sigue");
    let second = (index + 1..index + 6).find_map(|at| sentence.phrase_from(at, next))?;
    let third = words!("siguiente otro seguinte outro after following subsiguiente");
    (second..second + 7).find(|at| sentence.has(*at, third)).map(|at| at + 1)
}

/// In Mexico "este fin" is a weekend too.
fn is_weekend_word(sentence: &Sentence, index: usize) -> bool {
    let is_short = sentence.is(index, &["fin"]) && !sentence.is(index + 1, &["de", "del"]);
    let is_near = sentence.was(index, 1, &["este", "proximo", "siguiente"])
        || sentence.any_phrase(index + 1, &["que viene", "que entra"]).is_some();
    sentence.is(index, &["finde", "findi", "findecito", "finzinho"]) || is_short && is_near
}

/// Long weekends, past ones, any one, and good wishes.
fn is_no_weekend_of_a_stay(sentence: &Sentence, index: usize) -> bool {
    static AFTER: Words =
        Words::new("largo longo prolongado long largos pasado passado anterior xl extendido");
    static BEFORE: Words = Words::new(
        "last long pasado passado buen lindo great good nice bom otimo excelente hermoso un algun um \
         algum cada cualquier some any a every gran por feliz qualquer lovely day holiday thanksgiving \
         ultimo todo todos bonito",
    );
    let rate = sentence.was(index, 1, &["el"])
        && sentence.was(index, 2, &["por", "cada"])
        && !sentence.is(index + 1, &["que", "del"]);
    // "Por el finde" is this weekend; "por finde" a rate.
    let any = sentence.had(index, 1, &BEFORE) && !rate;
    let of_a_date = sentence.is(index + 1, &["del", "de", "do", "of"])
        && sentence.claim_of(index + 2) == Some(Claim::Day);
    sentence.has(index + 1, &AFTER) || any || of_a_date || sentence.phrase(index + 1, "que paso").is_some()
}

/// `el tercer finde de octubre`, `last weekend of August`
fn nth_of_month(sentence: &Sentence, index: usize) -> Option<(Span, usize)> {
    if let Some((month, year, nth)) = month_before(sentence, index) {
        let check_in = nth_weekday(sentence.today, nth, Weekday::Saturday, month, year)?;
        let span = Span { check_in: Some(check_in), check_out: plus_days(check_in, 1), ambiguous: false };
        return Some((span, index + 1));
    }
    let month_at =
        sentence.phrase_from(index + 1, phrases!("de|do mes de|del mes de|of|en|in|del|do|em|d"))?;
    let (month, year, end) = month_of(sentence, month_at)?;
    let (nth, _) = nth(sentence, index.checked_sub(1)?)?;
    let check_in = nth_weekday(sentence.today, nth, Weekday::Saturday, month, year)?;
    Some((Span { check_in: Some(check_in), check_out: plus_days(check_in, 1), ambiguous: false }, end))
}

/// `en julio, el tercer finde`
fn month_before(sentence: &Sentence, index: usize) -> Option<(Month, Option<i16>, i8)> {
    (index.saturating_sub(6)..index).find_map(|at| {
        let (nth, end) = nth_after_month(sentence, at)?;
        let (month, year, _) = month_of(sentence, at)?;
        (end == index).then_some((month, year, nth))
    })
}

/// The nth such weekday of a month, the fifth being the last; of the next year when that of this year has gone by.
pub(super) fn nth_weekday(
    today: Date,
    nth: i8,
    weekday: Weekday,
    month: Month,
    year: Option<i16>,
) -> Option<Date> {
    let of = |first: Date| first.nth_weekday_of_month(if nth >= 5 { -1 } else { nth }, weekday).ok();
    let first = settle_to_calendar_dates::first_of_month(today, month, year)?;
    let date = of(first)?;
    let is_over = date < today && year.is_none() && matches!(month, Month::Named(_));
    if is_over { of(Date::new(first.year().checked_add(1)?, first.month(), 1).ok()?) } else { Some(date) }
}

/// The weekend that a day belongs to: `el finde del 20`.
pub(super) fn weekend_of(date: Date) -> Option<Span> {
    let saturday = match date.weekday() {
        Weekday::Saturday => date,
        Weekday::Sunday => plus_days(date, -1)?,
        _ => coming_saturday(date)?,
    };
    Some(Span { check_in: Some(saturday), check_out: plus_days(saturday, 1), ambiguous: true })
}

/// The day before which `start` stands names a weekend: `finde del 20`.
pub(super) fn is_weekend_of(sentence: &Sentence, start: usize) -> bool {
    let at = sentence.skip_articles_back(start);
    sentence.phrase_before(at, &["finde del", "finde de", "finde do", "finde of", "finde"]).is_some()
}
