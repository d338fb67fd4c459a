//! Weekdays, alone and within a week or a month: `el viernes`, `el viernes de la semana que viene`, `the 2nd Friday in
//! April`.

use jiff::civil::Weekday;

use super::{
    day_mention::{Mention, Month, Spoken, Week},
    days_with_month,
};
use crate::read::{
    lexicon::{Words, phrases},
    mask::is_name,
    month_and_weekday_names::{month_beside_day, weekday},
    token::{Kind, Sentence},
};

/// A weekday at `index`, with what is said of it.
pub(super) fn mention(sentence: &Sentence, index: usize) -> Option<Mention> {
    if let Some(found) = nth_of_month(sentence, index) {
        return Some(found);
    }
    let (weekday, end) = weekday(sentence, index)?;
    // "Is Sunday breakfast included?"
    static OF_THE_DAY: Words =
        Words::new("breakfast brunch roast market mass service dinner lunch buffet show");
    if sentence.has(end, &OF_THE_DAY) {
        return None;
    }
    if is_habit(sentence, index) || is_past(sentence, index, end) || is_name(sentence, index) {
        return None;
    }
    let found = |spoken, end| Some(Mention { spoken, start: index, end, weekday: Some(weekday) });
    if sentence.is(end, &["santo", "santa"]) {
        let days = if weekday == Weekday::Thursday { -3 } else { -2 };
        return found(Spoken::FromEaster { days }, end + 1);
    }
    let sunday = ["de pascua", "de pascuas", "de pascoa", "de resurreccion"];
    if weekday == Weekday::Sunday && sentence.any_phrase(end, &sunday).is_some() {
        return found(Spoken::FromEaster { days: 0 }, end + 2);
    }
    if weekday == Weekday::Monday && sentence.any_phrase(end, &sunday).is_some() {
        return found(Spoken::FromEaster { days: 1 }, end + 2);
    }
    if let Some((spoken, end)) = day_after_weekday(sentence, end) {
        return found(spoken, end);
    }
    let linked = sentence.phrase_from(end, phrases!("de la|de|da|of the|of|in|,")).unwrap_or(end);
    if let Some((days, end)) = week_phrase(sentence, linked).or_else(|| week_phrase(sentence, end)) {
        return found(Spoken::Weekday { weekday, week: Week::Of { days } }, end);
    }
    // "Tuesday week", "el otro viernes no, el siguiente" stay what they are; "friday next" is the coming one.
    // "El viernes en ocho", "Saturday week": a week later.
    let in_eight = sentence.is(end, &["en"])
        && sentence.any_number(end + 1).is_some_and(|number| number.value == 8)
        && !sentence.is(end + 2, &["noches", "personas"]);
    if in_eight {
        return found(Spoken::Weekday { weekday, week: Week::AfterComing }, end + 2);
    }
    if sentence.is(end, &["week"]) {
        return found(Spoken::Weekday { weekday, week: Week::AfterComing }, end + 1);
    }
    // "Este viernes no, el otro".
    let other = phrases!(
        "no el otro|no , el otro|no , el siguiente|no el siguiente|sino el otro|sino el siguiente|nao , a outra|nao a outra|not this one , the next"
    );
    if let Some(end) = sentence.phrase_from(end, other) {
        return found(Spoken::Weekday { weekday, week: Week::AfterComing }, end);
    }
    let coming = phrases!(
        "\
        que viene|que vem|proximo|proxima|siguiente|que entra|que sigue|de esta semana|desta semana|entrante|\
        proximo que viene|mas cercano"
    );
    let end = sentence.phrase_from(end, coming).unwrap_or(end);
    found(Spoken::Weekday { weekday, week: Week::Coming }, end)
}

/// A week that is not this one, as days from today, and where its words end: `la semana que viene`, `next week`,
/// `dentro de dos semanas`.
pub(super) fn week_phrase(sentence: &Sentence, index: usize) -> Option<(i64, usize)> {
    let next = phrases!(
        "\
        semana que viene|proxima semana|semana proxima|otra semana|semana siguiente|siguiente semana|\
        semana entrante|semana que entra|semana que sigue|semana que vem|semana seguinte|outra semana|\
        next week|sem que viene|following week|coming week|prox semana"
    );
    let article = if sentence.is(index, &["la", "a", "the", "na"]) { index + 1 } else { index };
    if let Some(end) = sentence.phrase_from(article, next) {
        // "The week after next", "la semana siguiente a la que viene".
        let further = phrases!("a la que viene|siguiente|a que vem");
        return Some(match sentence.phrase_from(end, further) {
            Some(end) => (14, end),
            None => (7, end),
        });
    }
    if let Some(end) =
        sentence.phrase_from(article, phrases!("week after next|semana despues de la que viene"))
    {
        return Some((14, end));
    }
    super::days_from_today::weeks_ahead(sentence, index)
}

/// `el segundo sábado de marzo`, `last Friday of June`, `o primeiro sábado de maio`.
fn nth_of_month(sentence: &Sentence, index: usize) -> Option<Mention> {
    if let Some(found) = month_then_nth(sentence, index) {
        return Some(found);
    }
    let (nth, day_at) = nth(sentence, index)?;
    let (weekday, end) = weekday(sentence, day_at)?;
    let month_at = sentence.phrase_from(end, phrases!("de|of|in|en|do mes de|del mes de|em|del|do|d"))?;
    let (month, year, end) = month_of(sentence, month_at)?;
    let spoken = Spoken::NthWeekday { nth, weekday, month, year };
    Some(Mention { spoken, start: index, end, weekday: Some(weekday) })
}

/// `noviembre, el primer sábado`; `em agosto, na primeira sexta`
fn month_then_nth(sentence: &Sentence, index: usize) -> Option<Mention> {
    let (nth, day_at) = nth_after_month(sentence, index)?;
    let (month, year, _) = month_of(sentence, index)?;
    let (weekday, end) = weekday(sentence, day_at)?;
    let spoken = Spoken::NthWeekday { nth, weekday, month, year };
    Some(Mention { spoken, start: index, end, weekday: Some(weekday) })
}

/// Which of its kind is said behind the month at `index`, and where the word ends.
pub(super) fn nth_after_month(sentence: &Sentence, index: usize) -> Option<(i8, usize)> {
    let (_, _, end) = month_of(sentence, index)?;
    let small = |at: usize| {
        sentence.is(at, &[",", "el", "la", "o", "a", "no", "na", "the", "on", ":"])
            || sentence.is_line_break(at)
    };
    let at = (0..3).fold(end, |at, _| if small(at) { at + 1 } else { at });
    if at == end {
        return None;
    }
    nth(sentence, at)
}

/// `primer`, `2nd`, `último`: which of its kind, the last as the fifth, and where the word ends.
pub(super) fn nth(sentence: &Sentence, index: usize) -> Option<(i8, usize)> {
    if sentence.is(index, &["ultimo", "ultima", "last"]) {
        return Some((5, index + 1));
    }
    let number = sentence.any_number(index)?;
    let ordinal = number.shape == crate::read::token::Shape::Ordinal;
    i8::try_from(number.value).ok().filter(|nth| ordinal && (1..=5).contains(nth)).map(|nth| (nth, index + 1))
}

/// `marzo`, `marzo de 2028`, `mes que viene`: the month, the year, and where they end.
pub(super) fn month_of(sentence: &Sentence, index: usize) -> Option<(Month, Option<i16>, usize)> {
    let index =
        if sentence.is(index, &["el", "the", "este"]) && month_beside_day(sentence, index + 1).is_some() {
            index + 1
        } else {
            index
        };
    if let Some((month, end)) = days_with_month::relative_month(sentence, index) {
        return Some((month, None, end));
    }
    let month = month_beside_day(sentence, index)?;
    let (year, end) = days_with_month::year_after(sentence, index + 1);
    Some((Month::Named(month), year, end))
}

/// `viernes 4 de febrero`, `sexta, 5/2`, `friday the 5th`.
fn day_after_weekday(sentence: &Sentence, end: usize) -> Option<(Spoken, usize)> {
    let mut at = end;
    let mut named = false;
    while at < end + 3 && (sentence.is(at, &[",", "dia", "el", "the", "o", "("]) || is_dot(sentence, at)) {
        named |= sentence.is(at, &["dia", "el", "the", "("]);
        at += 1;
    }
    if let Some((spoken, end)) = days_with_month::date(sentence, at) {
        return Some((spoken, end));
    }
    let day = super::bare_day_numbers::plain_day(sentence, at)?;
    let follows = at == end || named;
    let is_counted = sentence.is(at + 1, &["por", "x"]) && sentence.is_glued(at + 1)
        || super::bare_day_numbers::counts_something(sentence, at);
    (follows && !is_counted).then_some((Spoken::Numbered { day }, at + 1))
}

/// The dot of an abbreviation: `vie. 5`.
fn is_dot(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index, &["."]) && sentence.is_glued(index) && sentence.word(index.wrapping_sub(1)).len() <= 4
}

/// `los viernes`, `cada sábado`, `aos domingos`, `every Friday`.
fn is_habit(sentence: &Sentence, index: usize) -> bool {
    // "Los jueves y viernes": the second too.
    let joined = index >= 2
        && sentence.is(index - 1, &["y", "e", "and", ",", "a"])
        && weekday(sentence, index - 2).is_some_and(|(_, end)| end == index - 1);
    if joined && index >= 3 && is_habit(sentence, index - 2) {
        return true;
    }
    static HABIT: Words = Words::new("los cada todos aos every as todas todo toda");
    sentence.had(index, 1, &HABIT)
        || sentence.was(index, 2, &["every", "cada"]) && sentence.was(index, 1, &["other"])
}

pub(super) fn is_past(sentence: &Sentence, start: usize, end: usize) -> bool {
    static BEFORE: Words = Words::new("last pasado passado passada ultimo ultima anterior since yesterday");
    static AFTER: Words = Words::new("pasado passado passada anterior ultimo ultima");
    let is_before = sentence.had(start, 1, &BEFORE) && sentence.tokens[start - 1].kind == Kind::Word;
    is_before || sentence.has(end, &AFTER) && !sentence.is(end + 1, &["el"])
}
