//! Lengths of a stay: `3 noches`, `una semana`, `15 días`.

/// One night without a number.
mod one_night;
/// Lengths left open.
mod open;
/// Lengths of something else.
mod other_lengths;

use super::{
    repair::number_put_right,
    token::{Claim, Sentence, Shape},
};
use crate::locale::Language;
use crate::read::lexicon::Words;
pub(super) use one_night::one_night_at;
use open::{open_at, second_count};
use other_lengths::{is_counted_from_the_other_end, is_other_length};

/// How long, when that was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Length {
    pub nights: Option<u16>,
    /// `2 o 3 noches`, or days that may be counted in two ways.
    pub ambiguous: bool,
    /// `2 o 3 noches`: how many stays open.
    pub is_open: bool,
    /// One night, by words that name no number: `esa noche`, `solo dormir`. It counts beside a day only.
    pub implied: Option<u16>,
    /// Where it was said.
    pub at: Option<(usize, usize)>,
}

impl Length {
    pub fn is_said(&self) -> bool {
        self.nights.is_some() || self.is_open
    }
}

static NIGHT_WORDS: Words = Words::new(
    "\
    noches noche noites noite nights night nites nite nts noc nch nochecitas nochesitas diarias diaria \
    nochecita nochesita noitinha noitezinha diariazinha \
    pernoites pernoite nche nchs nigths nigth nochez notches nocturnos pernoctes nochs nches noxes",
);
const DAY_WORDS: &[&str] = &["dias", "dia", "diitas", "diitos", "days", "day"];
const WEEK_WORDS: &[&str] = &["semana", "semanas", "semanita", "semanitas", "week", "weeks"];
const LONGEST: u16 = 365;

pub(super) fn read(sentence: &mut Sentence) -> Length {
    let mut best: Option<Found> = None;
    for index in 0..sentence.len() {
        let Some(found) = length_at(sentence, index) else { continue };
        let found = put_right(sentence, found);
        // "Una semana o diez días".
        let is_alternative = best.as_ref().is_some_and(|best| {
            best.end + 1 == index
                && sentence.is(best.end, &["o", "u", "ou", "or"])
                && best.nights != found.nights
        });
        let found = Found { vague: found.vague || is_alternative, ..found };
        sentence.claim_free(index..found.end, Claim::Nights);
        // "3 días y 2 noches": the nights say it exactly. Else the later one corrects the earlier.
        let weaker =
            best.as_ref().is_some_and(|best| best.unit == Unit::Nights && found.unit != Unit::Nights);
        if !weaker {
            best = Some(found);
        }
    }
    let at = best.as_ref().map(|found| (found.start, found.end));
    match best {
        Some(found) if found.vague => Length { ambiguous: true, is_open: true, at, ..Length::default() },
        Some(found) => Length {
            nights: Some(found.nights),
            ambiguous: found.unit == Unit::Days,
            at,
            ..Length::default()
        },
        None if one_night_at(sentence).is_some() => {
            let at = one_night_at(sentence);
            // "Esa noche y la siguiente".
            let goes_on = at.is_some_and(|(_, end)| {
                sentence.is(end, &["y", "e", "and"])
                    && (end + 1..end + 3)
                        .any(|at| sentence.is(at, &["siguiente", "seguinte", "next", "following", "otra"]))
            });
            Length { implied: Some(if goes_on { 2 } else { 1 }), at, ..Length::default() }
        }
        None => {
            let at = open_at(sentence);
            Length { ambiguous: at.is_some(), is_open: at.is_some(), at, ..Length::default() }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Nights,
    Days,
    Weeks,
}

struct Found {
    nights: u16,
    unit: Unit,
    start: usize,
    end: usize,
    vague: bool,
}

/// `por 2 noches, uy no, son tres`: the number that was put right.
fn put_right(sentence: &Sentence, found: Found) -> Found {
    let right = number_put_right(sentence, found.end).and_then(|at| Some((at, sentence.count(at)?)));
    match right {
        Some((at, nights)) if found.unit != Unit::Weeks && (1..=LONGEST).contains(&nights) => {
            Found { nights, end: at + 1, vague: false, ..found }
        }
        _ => found,
    }
}

fn length_at(sentence: &Sentence, index: usize) -> Option<Found> {
    let first = sentence.count(index)?;
    let second = second_count(sentence, index + 1, first);
    let number_end = second.map_or(index + 1, |(_, end)| end);
    // "Dos lindas noches", "2 ó 3 noches", "tres hermosas noches".
    let unit_at = if sentence.is(number_end, &["lindas", "hermosas", "solas", "sola", "full", "mas"]) {
        number_end + 1
    } else {
        number_end
    };
    let (unit, each) = unit_of(sentence, unit_at)?;
    let end = unit_at + 1;
    let most = second.map_or(first, |(second, _)| second);
    let nights = most.checked_mul(each).filter(|nights| (1..=LONGEST).contains(nights))?;
    // "One day", "some day": no length, unless it is said for how long.
    let some_day = sentence.is(index, &["one"])
        && unit == Unit::Days
        && !sentence.was(index, 1, &["for", "just", "only", "stay", "staying"]);
    if some_day {
        return None;
    }
    let article = sentence.number(index)?.shape == Shape::Article;
    if is_other_length(sentence, index, end, unit) || article && !is_article_length(sentence, index, unit) {
        return None;
    }
    let and_a_half = sentence.is(end, &["y"]) && sentence.is(end + 1, &["media"]);
    let unit = if is_counted_from_the_other_end(sentence, index, end) { Unit::Nights } else { unit };
    // "Dos noches, quizás tres".
    let later = second_count(sentence, end, first).filter(|(_, end)| {
        sentence.is_break(*end) || sentence.is(*end, &["como", "maximo", "a", "at", "tops", "max", "no"])
    });
    let end = later.map_or(end, |(_, end)| end);
    Some(Found { nights, unit, start: index, end, vague: second.is_some() || later.is_some() || and_a_half })
}

fn unit_of(sentence: &Sentence, index: usize) -> Option<(Unit, u16)> {
    if sentence.has(index, &NIGHT_WORDS) {
        Some((Unit::Nights, 1))
    } else if sentence.is(index, DAY_WORDS) {
        Some((Unit::Days, 1))
    } else if sentence.is(index, WEEK_WORDS) {
        Some((Unit::Weeks, 7))
    } else if sentence.is(index, &["quincena", "quinzena"]) {
        Some((Unit::Weeks, 15))
    } else if sentence.is(index, &["fortnight"]) {
        Some((Unit::Weeks, 14))
    } else {
        None
    }
}

/// "Una noche" is a length; "a night" mostly a rate, "la" never gets here.
fn is_article_length(sentence: &Sentence, index: usize, unit: Unit) -> bool {
    if sentence.language != Language::En {
        // "Un día" is vague: "algún día".
        return unit != Unit::Days;
    }
    let leads = sentence.was(index, 1, &["for", "just", "only", "stay", "about", "book"]);
    let starts = sentence.is(index + 2, &["from", "starting", "in", "stay"]);
    leads || starts && unit == Unit::Weeks
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        locale::Locale,
        read::{mask, normalise_tokens},
    };

    fn check(text: &str, locale: Locale, expected: Option<u16>) {
        let mut sentence = normalise_tokens::sentence(text, date(2027, 1, 5), locale);
        mask::mask(&mut sentence);
        assert_eq!(read(&mut sentence).nights, expected, "{text}");
    }

    #[test]
    fn lengths() {
        check("por 2 noches", Locale::EsAr, Some(2));
        check("una semana desde el 12", Locale::EsEs, Some(7));
        check("dos semanas", Locale::EsCl, Some(14));
        check("3 días y 2 noches", Locale::EsMx, Some(2));
        check("tres noites", Locale::PtBr, Some(3));
        check("for a week from Friday", Locale::En, Some(7));
        check("how much is it a night", Locale::En, None);
        check("una noche más", Locale::EsAr, None);
        check("en 3 días", Locale::EsAr, None);
        check("2 o 3 noches", Locale::EsAr, None);
        check("buenas noches", Locale::EsAr, None);
        check("hace dos semanas", Locale::EsAr, None);
    }
}
