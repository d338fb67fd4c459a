//! What a repair changes in the days before it: one day of them, or the month or the year alone.

use super::{
    arrival_or_departure::cue_near,
    day_mention::{Mention, Month, Spoken},
    join_days_into_unit::{Unit, in_month_of},
    link::{Link, link},
};
use crate::read::{
    lexicon::words,
    month_and_weekday_names::month,
    repair::{is_cue, is_repair},
    token::{Claim, Sentence, Shape},
};

/// What was put right follows within so many tokens.
const LONGEST_REASON: usize = 14;

/// `…, porque segunda eu folgo`: a day that only says why falls away where others are said.
pub(super) fn drop_reasons(sentence: &Sentence, mentions: &mut Vec<Mention>) {
    let is_reason = |mention: &Mention| {
        let start = sentence.clause(mention.start).start;
        let why = words!("porque because pues pois since");
        let is_led = sentence.had(start, 1, why) || sentence.has(start, why);
        is_led && cue_near(sentence, mention.start, mention.end).is_none()
    };
    if !mentions.iter().all(is_reason) {
        mentions.retain(|mention| !is_reason(mention));
    }
}

/// `llegamos el 9 y nos vamos el 12, ah no, el 12 tengo pega, el 11 mejor`: a day that is named again behind a repair is
/// the one that is taken back, and the next day stands in its place.
pub(super) fn named_again(sentence: &Sentence, mentions: &mut Vec<Mention>) {
    let mut nth = 1;
    while nth < mentions.len() {
        let again = mentions[nth];
        let before = (0..nth).rev().find(|at| is_same_day(&mentions[*at], &again));
        let opens_range = |at: usize| {
            mentions
                .get(at + 1)
                .is_some_and(|next| matches!(link(sentence, &mentions[at], next), Link::Range | Link::And))
        };
        let Some(before) = before.filter(|_| {
            !opens_range(nth)
                && !opens_range(nth - 1)
                && is_repair(sentence, mentions[nth - 1].end, again.start)
        }) else {
            nth += 1;
            continue;
        };
        let is_new_range = opens_range(nth + 1);
        mentions.remove(nth);
        let put_right = mentions.get(nth).copied().filter(|next| {
            !is_new_range && next.start <= again.end + LONGEST_REASON && !is_same_day(next, &again)
        });
        if let Some(right) = put_right {
            mentions[before].spoken = in_month_of(&mentions[before], right).spoken;
            mentions[before].weekday = right.weekday;
            mentions.remove(nth);
            // What follows goes on from the day that was put right.
            mentions[nth - 1].end = right.end;
        }
    }
}

fn is_same_day(one: &Mention, other: &Mention) -> bool {
    match (one.spoken, other.spoken) {
        (
            Spoken::Dated { day, .. } | Spoken::Numbered { day },
            Spoken::Dated { day: same, .. } | Spoken::Numbered { day: same },
        ) => day == same,
        (Spoken::Weekday { weekday, .. }, Spoken::Weekday { weekday: same, .. }) => weekday == same,
        _ => false,
    }
}

/// Puts the month or the year right that was corrected alone, in the unit before it.
pub(super) fn month_or_year(sentence: &mut Sentence, units: &mut [Unit]) {
    for nth in 0..units.len() {
        let from = units[nth].end;
        let to = units.get(nth + 1).map_or(sentence.len(), |next| next.start).min(from + 16);
        let Some((at, correction)) = correction_between(sentence, &units[..=nth], to) else { continue };
        sentence.claim(at..at + 1, Claim::Day);
        // "Entrando el 14 de agosto y saliendo el 17. Híjole, es septiembre": of both days.
        let own = units[..=nth].iter().rev().find_map(month_of);
        for unit in &mut units[..nth] {
            if own.is_some() && month_of(unit) == own {
                unit.shape = unit.shape.map(|mention| corrected(mention, correction));
            }
        }
        units[nth].shape = units[nth].shape.map(|mention| corrected(mention, correction));
        // A correction further on reaches the days before it too.
        units[nth].end = at + 1;
    }
}

#[derive(Clone, Copy)]
enum Correction {
    Month(Month),
    Year(i16),
}

fn correction_between(sentence: &Sentence, units: &[Unit], to: usize) -> Option<(usize, Correction)> {
    let from = units.last()?.end;
    let cue = (from..to).find(|index| is_cue(sentence, *index, from) || is_no(sentence, *index, from))?;
    let own = units.iter().rev().find_map(month_of);
    // Backwards: of "puse abril y es mayo" the last counts.
    let said = |index: usize| {
        if let Some(month) = month_word(sentence, index) {
            let turned_down = sentence.was(index, 1, &["puse", "dije", "not", "no", "pus", "disse", "said"])
                || is_contrast(sentence, from, index)
                || is_reason(sentence, index);
            return (!turned_down).then_some((index, Correction::Month(Month::Named(month))));
        }
        let number = sentence.number(index).filter(|number| number.shape == Shape::Digits(4))?;
        let year = i16::try_from(number.value).ok().filter(|year| (1990..=2100).contains(year))?;
        Some((index, Correction::Year(year)))
    };
    let is_another = |found: &(usize, Correction)| match found.1 {
        Correction::Month(Month::Named(month)) => Some(month) != own,
        _ => true,
    };
    let forwards = (cue + 1..to).rev().filter_map(said).find(is_another);
    // "De marzo, me confundí de mes": the month before the excuse.
    forwards.or_else(|| (from..cue).rev().find_map(said))
}

/// The month that the days of a unit name.
fn month_of(unit: &Unit) -> Option<i8> {
    [unit.shape.last(), unit.shape.first()].into_iter().find_map(|mention| match mention.spoken {
        Spoken::Dated { month: Month::Named(month), .. } => Some(month),
        _ => None,
    })
}

/// `…, de mayo, que en abril estoy de mudanza`: the month of what keeps them away.
fn is_reason(sentence: &Sentence, index: usize) -> bool {
    let small = words!("en em in for de todo");
    let lead = if sentence.had(index, 1, small) { index.wrapping_sub(2) } else { index.wrapping_sub(1) };
    sentence.has(lead, words!("que porque pues pois as because since ya como"))
}

fn month_word(sentence: &Sentence, index: usize) -> Option<i8> {
    if !sentence.is_free(index) {
        return None;
    }
    let short = match sentence.word(index) {
        "may" => Some(5),
        "march" | "marco" => Some(3),
        _ => None,
    };
    month(sentence, index).or(short)
}

/// `no, de 2028`; `no, abril`
fn is_no(sentence: &Sentence, index: usize, from: usize) -> bool {
    sentence.is(index, &["no", "nao"])
        && index > from
        && sentence.is_break(index - 1)
        && (sentence.is(index + 1, &[",", "de", "en", "em"]) || month_word(sentence, index + 1).is_some())
}

/// `de junio, eh, no de mayo`: the month that was said before stands, and this one is turned down.
fn is_contrast(sentence: &Sentence, from: usize, index: usize) -> bool {
    let is_of = sentence.was(index, 1, &["de"]) && sentence.was(index, 2, &["no", "nao"]);
    let said_before = || {
        (from.saturating_sub(2)..index)
            .any(|at| month(sentence, at).is_some() || month_word(sentence, at).is_some())
    };
    is_of && said_before()
}

fn corrected(mention: Mention, correction: Correction) -> Mention {
    let spoken = match (mention.spoken, correction) {
        (Spoken::Dated { day, year, .. }, Correction::Month(month)) => Spoken::Dated { day, month, year },
        (Spoken::Numbered { day }, Correction::Month(month)) => Spoken::Dated { day, month, year: None },
        (Spoken::Dated { day, month, .. }, Correction::Year(year)) => {
            Spoken::Dated { day, month, year: Some(year) }
        }
        (spoken, _) => spoken,
    };
    Mention { spoken, ..mention }
}
