//! Days with their month: `5 de enero`, `Jan 5th`, `5/1`, `29-02-2027`, `2027-01-05`.

use super::{
    bare_day_numbers::{counts_something, plain_day},
    day_mention::{Month, Spoken},
};
use crate::read::lexicon::{phrases, words};
use crate::{
    locale::Language,
    read::{
        month_and_weekday_names::{month, month_beside_day},
        token::{Sentence, Shape},
    },
};

/// A day with its month at `index`, and where it ends.
pub(super) fn date(sentence: &Sentence, index: usize) -> Option<(Spoken, usize)> {
    let (spoken, end) = dated_at(sentence, index)?;
    // "8 de oct. al 11": the dot of an abbreviation.
    let is_dot = sentence.is(end, &["."])
        && sentence.is_glued(end)
        && !sentence.is_line_break(end)
        && end + 1 < sentence.len();
    let is_short = sentence.word(end - 1).len() <= 4 && sentence.any_number(end - 1).is_none();
    Some((spoken, if is_dot && is_short { end + 1 } else { end }))
}

fn dated_at(sentence: &Sentence, index: usize) -> Option<(Spoken, usize)> {
    if index >= sentence.len() {
        return None;
    }
    iso(sentence, index)
        .or_else(|| slashed(sentence, index))
        .or_else(|| day_then_month(sentence, index))
        .or_else(|| month_then_day(sentence, index))
        .or_else(|| day_of_numbered_month(sentence, index))
}

/// Beside a month, a number up to this is a day, though perhaps one that no month has.
const MOST_DAYS_WRITTEN: i8 = 39;

fn dated(day: i8, month: i8, year: Option<i16>) -> Spoken {
    Spoken::Dated { day, month: Month::Named(month), year }
}

/// `2027-01-05`
fn iso(sentence: &Sentence, index: usize) -> Option<(Spoken, usize)> {
    let year = written_year(sentence, index)?;
    let joined = sentence.is(index + 1, &["-", "/"]) && sentence.word(index + 3) == sentence.word(index + 1);
    let glued = (index + 1..index + 5).all(|at| sentence.is_glued(at));
    let month =
        i8::try_from(sentence.number(index + 2)?.value).ok().filter(|month| (1..=12).contains(month))?;
    let day = plain_day(sentence, index + 4)?;
    (joined && glued).then_some((dated(day, month, Some(year)), index + 5))
}

/// `5/1`, `5-1-27`, `29.02.2027`; in English the month comes first.
fn slashed(sentence: &Sentence, index: usize) -> Option<(Spoken, usize)> {
    let first = small_number(sentence, index)?;
    let separator = sentence.word(index + 1);
    // "5 / 1" with spaces on both sides is written too.
    let glued = sentence.is_glued(index + 1) && sentence.is_glued(index + 2);
    let spaced = separator == "/" && !sentence.is_glued(index + 1) && !sentence.is_glued(index + 2);
    if !["/", "-", "."].contains(&separator) || !glued && !spaced {
        return None;
    }
    let second = small_number(sentence, index + 2)?;
    let year = (sentence.word(index + 3) == separator && sentence.is_glued(index + 3))
        .then(|| short_or_long_year(sentence, index + 4))
        .flatten();
    let end = if year.is_some() { index + 5 } else { index + 3 };
    if year.is_none() && !is_day_and_month(sentence, index) {
        return None;
    }
    let day_first = (first, second);
    let month_first = (second, first);
    let order =
        if sentence.language == Language::En { [month_first, day_first] } else { [day_first, month_first] };
    let dated_within = |most_days: i8| {
        order.into_iter().find(|(day, month)| (1..=most_days).contains(day) && (1..=12).contains(month))
    };
    // "32/1" is a slip on a date, and is asked about.
    let (day, month) = dated_within(31).or_else(|| dated_within(MOST_DAYS_WRITTEN))?;
    let (year, end) = match year {
        Some(year) => (Some(year), end),
        None => year_after(sentence, end),
    };
    Some((dated(day, month, year), end))
}

/// Tells `20-11` and `5/1` from `5-8 ene`, `5-8/1`, `24/7` and decimals.
fn is_day_and_month(sentence: &Sentence, index: usize) -> bool {
    let end = index + 3;
    let month_follows = month_beside_day(sentence, end).is_some()
        || sentence.is(end, &["de", "of", "d"]) && month_beside_day(sentence, end + 1).is_some();
    if month_follows {
        return false;
    }
    let led = sentence.had(index, 1, words!("el dia al del desde hasta the on ao ate from until"));
    let (first, second) = (small_number(sentence, index), small_number(sentence, index + 2));
    match sentence.word(index + 1) {
        "/" => (first, second) != (Some(24), Some(7)) || led,
        "." => {
            let two_digits = |at: usize| sentence.word(at).len() == 2;
            led || two_digits(index) && two_digits(index + 2) || is_dotted_pair(sentence, index)
        }
        _ => {
            let range_end = sentence.is(end, &["/", "-"])
                && sentence.is_glued(end)
                && small_number(sentence, end + 1).is_some();
            let padded = sentence.word(index).starts_with('0') || sentence.word(index + 2).starts_with('0');
            // "Del 3-5 de septiembre al 10-12": both are ranges.
            let beside_range = first < second
                && (index.saturating_sub(9)..index)
                    .any(|at| is_dashed(sentence, at) || is_dashed_day(sentence, at));
            let alone = !beside_range && sentence.was(index, 1, &["el", "dia", "al", "ao", "hasta", "ate"]);
            let paired = is_dashed(sentence, end + 1)
                && sentence.has(end, words!("al a hasta ao ate y - to"))
                || is_dashed(sentence, index.wrapping_sub(4))
                    && sentence.was(index, 1, &["al", "a", "hasta", "ao", "ate", "y", "to"])
                || is_dashed(sentence, index.wrapping_sub(5)) && sentence.was(index, 2, &["hasta", "y"]);
            let reversed = first > second;
            !range_end && (padded || alone || paired || reversed)
        }
    }
}

/// `1.3 al 5.3`, `1.3-5.3`
fn is_dotted_pair(sentence: &Sentence, index: usize) -> bool {
    let is_dotted = |at: usize| {
        small_number(sentence, at).is_some()
            && sentence.is(at + 1, &["."])
            && sentence.is_glued(at + 2)
            && small_number(sentence, at + 2).is_some_and(|month| (1..=12).contains(&month))
    };
    let joints = ["al", "a", "ao", "hasta", "ate", "-", "to", "y"];
    let skip = |at: usize| if sentence.is(at, &["el", "dia", "o"]) { at + 1 } else { at };
    sentence.is(index + 3, &joints) && is_dotted(skip(index + 4))
        || sentence.was(index, 1, &joints) && index >= 4 && is_dotted(index - 4)
        || sentence.was(index, 2, &joints) && index >= 5 && is_dotted(index - 5)
}

/// `20-11`, whatever it means.
fn is_dashed(sentence: &Sentence, index: usize) -> bool {
    let numbers =
        small_number(sentence, index).is_some() && small_number(sentence, index.wrapping_add(2)).is_some();
    numbers && sentence.is(index.wrapping_add(1), &["-"]) && sentence.is_glued(index.wrapping_add(2))
}

/// `3-5` of days that have been read already.
fn is_dashed_day(sentence: &Sentence, index: usize) -> bool {
    let small = |at: usize| sentence.any_number(at).is_some_and(|number| number.value <= 31);
    small(index)
        && small(index + 2)
        && sentence.is(index + 1, &["-"])
        && sentence.is_glued(index + 2)
        && sentence.is(index + 3, &["de"])
}

fn small_number(sentence: &Sentence, index: usize) -> Option<i8> {
    let number = sentence.number(index)?;
    let shaped = matches!(number.shape, Shape::Digits(1..=2));
    i8::try_from(number.value).ok().filter(|_| shaped)
}

/// `5 de enero`, `5 ene`, `5-ene-27`, `5th of January`, `5 de este mes`, `5 del mes que viene`.
fn day_then_month(sentence: &Sentence, index: usize) -> Option<(Spoken, usize)> {
    let number = sentence.number(index).filter(|number| number.shape != Shape::Article)?;
    // "La primera de enero" is a fortnight.
    if sentence.is(index, &["primera", "primeira", "segunda", "tercera"]) {
        return None;
    }
    let day = i8::try_from(number.value).ok().filter(|day| (1..=MOST_DAYS_WRITTEN).contains(day))?;
    let mut at = index + 1;
    let linked =
        sentence.phrase_from(at, phrases!("de|of|del|do|del mes de|do mes de|de el mes de|-|/|d|da"));
    if let Some(after) = linked {
        at = after;
        if let Some((month, end)) = relative_month(sentence, at) {
            return Some((Spoken::Dated { day, month, year: None }, end));
        }
    }
    let month = month_beside_day(sentence, at)?;
    // "5 mar" is a month; "5 de mar" too; but "2 set" in English is not.
    let doubtful = sentence.is(at, &["set", "out", "may", "march"]) && sentence.language == Language::En;
    if doubtful && sentence.is(at, &["set", "out"]) {
        return None;
    }
    let (year, end) = year_after(sentence, at + 1);
    Some((dated(day, month, year), end))
}

/// `este mes`, `mes que viene`, `next month`.
pub(super) fn relative_month(sentence: &Sentence, index: usize) -> Option<(Month, usize)> {
    let this = phrases!("este mes|este|mes|corriente|cte|this month|presente|mes corriente|mes actual");
    let next = phrases!(
        "mes que viene|proximo mes|mes proximo|mes que vem|next month|mes entrante|mes siguiente|el mes que viene|\
         el proximo mes|otro mes|mes seguinte|proximo|siguiente mes|following month|mes que entra|mes que sigue|que viene|\
         que vem|que entra"
    );
    if let Some(end) = sentence.phrase_from(index, next) {
        return Some((Month::Next, end));
    }
    let end = sentence.phrase_from(index, this)?;
    // "Mes" and "este" alone must close the phrase: "1 de mes" is a pay day, "5 de este finde" nothing.
    let closed = !sentence.is(end.wrapping_sub(1), &["mes", "este"]) || end - index > 1;
    closed.then_some((Month::This, end))
}

/// `January 5th`, `enero 5`.
fn month_then_day(sentence: &Sentence, index: usize) -> Option<(Spoken, usize)> {
    let short = sentence.language == Language::En && sentence.is(index, &["mar", "march", "may"]);
    let month = if short { month_beside_day(sentence, index) } else { month(sentence, index) }?;
    // "Oct-2", "Jan. 5", "enero día 5".
    let is_joint = sentence.is(index + 1, &["the", ".", "dia", "el"])
        || sentence.is(index + 1, &["-", "/"])
            && sentence.is_glued(index + 1)
            && sentence.is_glued(index + 2);
    let at = if is_joint { index + 2 } else { index + 1 };
    let day = plain_day(sentence, at)?;
    if counts_something(sentence, at) || sentence.is(index + 1, &["el"]) {
        return None;
    }
    if sentence.is(at + 1, &["%", ":", "de"])
        || month_beside_day(sentence, at + 1).is_some() && sentence.language != Language::En
    {
        return None;
    }
    // "En enero del 5 al 8" has its own reading; "enero 2027" is a year and no plain day.
    let (year, end) = year_after(sentence, at + 1);
    Some((dated(day, month, year), end))
}

/// `el 15 del 1`: the month by its number.
fn day_of_numbered_month(sentence: &Sentence, index: usize) -> Option<(Spoken, usize)> {
    let led = sentence.was(index, 1, &["el", "del", "al", "dia"]);
    let day = plain_day(sentence, index)?;
    let month = small_number(sentence, index + 2).filter(|month| (1..=12).contains(month))?;
    let goes_on = sentence.is(index + 3, &["al", "a", "-", "hasta", "/", "de"])
        && !sentence.is(index + 1, &["del"])
        || sentence.is(index + 3, &["al", "de", "/"]) && !is_numbered_month_range(sentence, index + 4);
    (led && sentence.is(index + 1, &["del"]) && !goes_on).then_some((dated(day, month, None), index + 3))
}

/// `15 del 1 al 20 del 1`
fn is_numbered_month_range(sentence: &Sentence, index: usize) -> bool {
    small_number(sentence, index).is_some()
        && sentence.is(index + 1, &["del"])
        && small_number(sentence, index + 2).is_some()
}

/// A year behind a date, and where the date ends with it.
pub(super) fn year_after(sentence: &Sentence, index: usize) -> (Option<i16>, usize) {
    let next_year = [
        "del ano que viene",
        "del proximo ano",
        "do ano que vem",
        "do proximo ano",
        "next year",
        "of next year",
        "del ano proximo",
    ];
    if let Some(end) = sentence.any_phrase(index, &next_year) {
        return (sentence.today.year().checked_add(1), end);
    }
    if let Some(end) = sentence
        .phrase_from(index, phrases!("de este ano|deste ano|this year|of this year|del corriente ano"))
    {
        return (Some(sentence.today.year()), end);
    }
    let linked = sentence.is(index, &["de", "del", ",", "do", "/", "-", "'"]);
    let at = if linked { index + 1 } else { index };
    if let Some(year) = written_year(sentence, at) {
        return (Some(year), at + 1);
    }
    let two_digits = linked && sentence.is(index, &["/", "'"]) && sentence.is_glued(at);
    match two_digits.then(|| short_or_long_year(sentence, at)).flatten() {
        Some(year) => (Some(year), at + 1),
        None => (None, index),
    }
}

fn written_year(sentence: &Sentence, index: usize) -> Option<i16> {
    let number = sentence.number(index)?;
    let year = i16::try_from(number.value).ok()?;
    (number.shape == Shape::Digits(4) && (1990..=2100).contains(&year)).then_some(year)
}

fn short_or_long_year(sentence: &Sentence, index: usize) -> Option<i16> {
    if let Some(year) = written_year(sentence, index) {
        return Some(year);
    }
    let number = sentence.number(index)?;
    let short = number.shape == Shape::Digits(2) && (20..=60).contains(&number.value);
    i16::try_from(2000 + number.value).ok().filter(|_| short)
}
