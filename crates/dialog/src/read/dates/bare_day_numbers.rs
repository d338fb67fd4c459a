//! A number alone that stands where a day stands: `el 5`, `5 al 8`, `the 5th`.

use super::{
    day_mention::{Mention, Spoken},
    days_with_month,
};
use crate::{
    locale::Language,
    read::{
        lexicon::{Sense, Words, words},
        mask::is_thing,
        month_and_weekday_names::weekday,
        people::person_nouns::noun,
        repair::is_repair,
        token::{Sentence, Shape},
    },
};

static DAY_LEADS: Words = Words::new("el dia dias del al the ao desde hasta ate until till");
static RANGE_JOINTS: Words = Words::new("→ ➡ ⇒ ➔ ⟶ al a ao hasta ate - to til till until through");

/// A bare number that stands where a day stands: `el 5`, `del 5`, `5 al 8`, `the 5th`.
pub(super) fn numbered(sentence: &Sentence, index: usize, last: Option<&Mention>) -> Option<i8> {
    let day = plain_day(sentence, index)?;
    let number = sentence.number(index)?;
    let ordinal = number.shape == Shape::Ordinal;
    // "The one by the river" is no day, and neither is "the two of us"; "the fifth" is.
    let is_spelled_english = sentence.language == Language::En && number.shape == Shape::Spelled;
    let is_repaired = last.is_some_and(|last| is_repair(sentence, last.end, index));
    let is_rank = ordinal && !is_repaired && is_rank(sentence, index);
    if is_spelled_english || counts_something(sentence, index) || is_rank {
        return None;
    }
    // "A noite do 17".
    let of_night = sentence.was(index, 1, &["do", "de"])
        && sentence.was(index, 2, &["noite", "noche", "noites", "noches"])
        && sentence.is_break(index + 1);
    if of_night {
        return Some(day);
    }
    // "Chegando no 15".
    let arrives = sentence.was(index, 1, &["no"])
        && sentence.language == Language::Pt
        && sentence.is_break(index + 1) | sentence.is(index + 1, &["e", "de"])
        && index
            .checked_sub(2)
            .and_then(|at| sentence.verb(at))
            .is_some_and(|verb| matches!(verb.sense, Sense::Arrive | Sense::Leave));
    if arrives {
        return Some(day);
    }
    if sentence.had(index, 1, &DAY_LEADS) && !is_lead_of_something_else(sentence, index) {
        return Some(day);
    }
    // "Primera noche", "1ra vez": an ordinal alone is no day in Spanish; "5th" is.
    if ordinal {
        let joined = sentence.had(index, 1, &RANGE_JOINTS)
            || sentence.has(index + 1, &RANGE_JOINTS) && plain_day(sentence, index + 2).is_some();
        return (sentence.language == Language::En
            && sentence.word(index).bytes().all(|byte| byte.is_ascii_digit())
            || joined)
            .then_some(day);
    }
    // "Era para el 8, pero puede ser 9?"
    let could_be = sentence.was(index, 1, &["ser", "be"]) && last.is_some() && sentence.is_break(index + 1);
    if could_be || stands_in_a_form(sentence, index) {
        return Some(day);
    }
    let opens = starts_range(sentence, index) || is_repaired && is_range_put_right(sentence, index);
    let closes = last.is_some_and(|last| continues(sentence, last, index));
    (opens || closes).then_some(day)
}

/// `2 personas`, `3 camas`, `4 of us`, `5 %`.
pub(super) fn counts_something(sentence: &Sentence, index: usize) -> bool {
    let at = index + 1;
    // "Desde 2 hasta 6 personas".
    let counted_later = sentence.has(at, &RANGE_JOINTS)
        && sentence.any_number(at + 1).is_some()
        && sentence.was(index, 1, &["desde", "de", "from", "entre", "between"])
        && noun(sentence, at + 2).is_some();
    counted_later
        || is_thing(sentence, at)
        || noun(sentence, at).is_some() && !sentence.is(at, &["grandes", "mayores"])
        || sentence.phrase(at, "of us").is_some()
        || sentence.is(
            at,
            &["%", "°", "mil", "$", "piso", "planta", "andar", "floor", "dormitorio", "hijo", "filho"],
        )
}

/// `check in 25 check out 27`; but `check in 14, check out 10` are hours.
fn stands_in_a_form(sentence: &Sentence, index: usize) -> bool {
    static COMING: Words =
        Words::new("checkin in entrada ingreso llegada llegando arrival arrive chegada entrando arribo");
    static GOING: Words = Words::new(
        "checkout out salida egreso saida departure leaving partida saindo regreso volta vuelta leave",
    );
    let day = plain_day(sentence, index);
    let mut near = index.saturating_sub(7)..index + 8;
    match labelled(sentence, index, &COMING, Sense::Arrive) {
        true => near.any(|at| {
            at > index && labelled(sentence, at, &GOING, Sense::Leave) && plain_day(sentence, at) > day
        }),
        false => {
            labelled(sentence, index, &GOING, Sense::Leave)
                && near.any(|at| {
                    at < index
                        && labelled(sentence, at, &COMING, Sense::Arrive)
                        && sentence.any_number(at).is_some_and(|first| i8::try_from(first.value).ok() < day)
                })
        }
    }
}

/// Whether a number stands behind its label: `entrada: 8`, `entro 8`.
fn labelled(sentence: &Sentence, at: usize, words: &Words, sense: Sense) -> bool {
    if sentence.any_number(at).is_none() {
        return false;
    }
    let back = if sentence.was(at, 1, &[":", "-", "="]) { 2 } else { 1 };
    let verb = at.checked_sub(1).and_then(|before| sentence.verb(before));
    sentence.had(at, back, words) || verb.is_some_and(|verb| verb.sense == sense)
}

/// `el segundo`, `the third one`: a place in a row, unless a day goes on from it.
fn is_rank(sentence: &Sentence, index: usize) -> bool {
    let spelled = !sentence.word(index).bytes().all(|byte| byte.is_ascii_digit());
    let goes_on = sentence.is_break(index + 1) || sentence.has(index + 1, &RANGE_JOINTS);
    let is_first = sentence.number(index).is_some_and(|number| number.value == 1);
    // "On the third", "until the sixth".
    static ENGLISH_LEADS: Words =
        Words::new("on by until till from to through arriving leaving arrive leave thru");
    if sentence.language == Language::En
        && sentence.was(index, 1, &["the"])
        && sentence.had(index, 2, &ENGLISH_LEADS)
    {
        return false;
    }
    // "El primero ya no estamos", "desde el primero": the first of the month.
    static AFTER_FIRST: Words = Words::new("ya a de por y nos me volvemos salimos temprano");
    let is_first_of_month =
        is_first && sentence.is(index, &["primero"]) && sentence.has(index + 1, &AFTER_FIRST);
    spelled && !(goes_on && (is_first || sentence.language == Language::En) || is_first_of_month)
}

fn is_lead_of_something_else(sentence: &Sentence, index: usize) -> bool {
    match sentence.before(index, 1) {
        "ate" | "hasta" | "until" | "till" => {
            // "Hasta 6 personas" is claimed before; "hasta 5" alone is a count as often as a day.
            !sentence.is_break(index + 1) && !sentence.is(index + 1, &["de", "y", "con"])
        }
        "dias" => {
            !sentence.had(index, 2, words!("los os esos nos the las para por"))
                && !sentence.is(index + 1, &["y", "e", "al", "a"])
        }
        _ => false,
    }
}

/// `5 al 8`, `de 5 a 8`, `entre 5 y 8`, `5-8 ene`.
fn starts_range(sentence: &Sentence, index: usize) -> bool {
    let joint = index + 1;
    let skipped = |at: usize| if sentence.is(at, &["el", "dia", "o", "the", "lo"]) { at + 1 } else { at };
    let second = skipped(joint + 1);
    let ends_in_date = days_with_month::date(sentence, second).is_some();
    if plain_day(sentence, second).is_none() && !ends_in_date {
        return sentence.is(joint, &["al", "hasta", "ate", "ao"])
            && weekday(sentence, second).is_some()
            && sentence.was(index, 1, &["del", "desde", "de", "el"]);
    }
    let of_weekend =
        sentence.was(index, 2, &["finde", "weekend"]) && sentence.was(index, 1, &["de", "do", "del", "of"]);
    let between = (of_weekend || sentence.was(index, 1, &["entre", "between"]))
        && sentence.is(joint, &["y", "e", "and"]);
    if between || ends_in_date && sentence.has(joint, &RANGE_JOINTS) {
        return true;
    }
    if ends_in_date && sentence.is(joint, &["y", "e", "and", "&", ","]) || opens_list(sentence, index) {
        return true;
    }
    let led = sentence.was(index, 1, &["de", "del", "desde", "from", "do", "dias", "dia"]);
    // "A noite de 10 para 11 de abril".
    let is_eve = || {
        let next = plain_day(sentence, second).or_else(|| match days_with_month::date(sentence, second) {
            Some((Spoken::Dated { day, .. }, _)) => Some(day),
            _ => None,
        });
        plain_day(sentence, index)
            .zip(next)
            .is_some_and(|(day, next)| next == day + 1 || next == 1 && day >= 28)
    };
    if led && sentence.is(joint, &["para"]) && is_eve() {
        return true;
    }
    match sentence.word(joint) {
        "al" | "ao" | "hasta" | "ate" | "→" | "➡" | "⇒" | "➔" | "⟶" => true,
        "-" => led || !sentence.is_glued(joint) || dash_is_range(sentence, index),
        "a" | "to" | "til" | "till" | "until" | "through" => {
            led || sentence.language != Language::En
                || sentence.number(second).is_some_and(|last| last.shape == Shape::Ordinal)
        }
        _ => false,
    }
}

/// `May 3 to 5, no wait, 4 to 6`: behind a repair two numbers are days, where nothing is counted by them.
fn is_range_put_right(sentence: &Sentence, index: usize) -> bool {
    static AFTER: Words = Words::new("please instead would works is would if porfavor mejor melhor then");
    let joined = sentence.is(index + 1, &["to", "a", "-", "till", "until", "thru", "through"]);
    let days = plain_day(sentence, index).zip(plain_day(sentence, index + 2));
    let closed = sentence.is_break(index + 3) || sentence.has(index + 3, &AFTER);
    joined && closed && days.is_some_and(|(first, last)| first < last || first > 20 && last < 10)
}

/// `15, 16 y 17 de febrero`
fn opens_list(sentence: &Sentence, index: usize) -> bool {
    let mut at = index;
    while at < index + 8 && plain_day(sentence, at).is_some() && sentence.is(at + 1, &[",", "y", "e", "and"])
    {
        at += 2;
    }
    at > index + 2 && days_with_month::date(sentence, at).is_some()
}

/// `5-8` without a month: two days when the first is the smaller.
fn dash_is_range(sentence: &Sentence, index: usize) -> bool {
    let (Some(first), Some(last)) = (plain_day(sentence, index), plain_day(sentence, index + 2)) else {
        return false;
    };
    first < last && sentence.is_glued(index + 2)
}

/// Whether the number is the day after the last one, and counts nothing.
fn follows_on(sentence: &Sentence, last: &Mention, index: usize) -> bool {
    let before = match last.spoken {
        Spoken::Numbered { day } | Spoken::Dated { day, .. } => day,
        _ => return false,
    };
    plain_day(sentence, index) == Some(before.saturating_add(1)) && sentence.is_break(index + 1)
}

/// Whether a bare number goes on from the day before it: `del 5 al 8`, `24, 25 y 26`, `Jan 5-8`.
fn continues(sentence: &Sentence, last: &Mention, index: usize) -> bool {
    let gap = last.end..index;
    // "De 20 a 23, aliás, 24".
    if gap.len() <= 5 && is_repair(sentence, last.end, index) && sentence.is_break(index + 1) {
        return true;
    }
    if gap.is_empty() || gap.len() > 3 {
        return false;
    }
    let fillers = words!("el dia o the y e and & , al a ao hasta ate - to til till until through lo u ou or");
    let joints = words!("al a ao hasta ate - to til till until through y e and & u ou or");
    let listed = sentence.is(last.end, &[","])
        && gap.len() == 1
        && sentence.is(index + 1, &["y", "e", "and", ","])
        && plain_day(sentence, index + 2).is_some();
    let is_or = gap.len() <= 2
        && sentence.is(last.end, &["o"])
        && sentence.language == Language::Es
        && !counts_something(sentence, index);
    let joined = is_or
        || gap.clone().any(|at| sentence.has(at, joints)) && gap.clone().all(|at| sentence.has(at, fillers));
    // "Oct 8, 9, 10": one after another.
    let is_next_day = sentence.is(last.end, &[","]) && gap.len() == 1 && follows_on(sentence, last, index);
    let people_or_money = sentence.is(index + 1, &["%", "$"]);
    (joined || listed || is_next_day) && !people_or_money
}

/// An unclaimed number that can be a day of a month.
pub(super) fn plain_day(sentence: &Sentence, index: usize) -> Option<i8> {
    let number = sentence.number(index)?;
    let shaped = matches!(number.shape, Shape::Digits(1..=2) | Shape::Spelled | Shape::Ordinal);
    i8::try_from(number.value).ok().filter(|day| shaped && (1..=31).contains(day))
}
