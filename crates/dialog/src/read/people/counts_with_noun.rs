//! Counts with a noun: `2 adultos`, `mis dos hijos`, `4 o 5 personas`, `adultos: 2`.

use super::{
    MOST,
    child_ages::ages_after,
    find_people_phrases::{OWN, Phrase, Who, meaning, past_qualities, phrase, skip_qualities},
    people_without_count::start_with_owner,
    person_nouns::{self, Noun, is_child, noun},
    trades,
};
use crate::read::{
    lexicon::{Words, words},
    repair::number_put_right,
    token::{Sentence, Shape},
};

/// `2 adultos`, `mis dos hijos`, `dos niños pequeños`, `4 o 5 personas`, `una amiga`.
pub(super) fn counted(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let first = sentence.count(index)?;
    if is_end_of_a_date(sentence, index) {
        return None;
    }
    let joint = sentence.is(index + 1, &["o", "u", "ou", "or", "a", "-", "to"]);
    let second = sentence.count(index + 2).filter(|second| joint && *second > first);
    let (people, after) = match second {
        Some(second) => (second, index + 3),
        None => (first, index + 1),
    };
    let at = skip_qualities(sentence, after);
    let is_article = sentence.number(index)?.shape == Shape::Article;
    let noun_at = linked_child(sentence, at).unwrap_or(at);
    let (who, each) = meaning(sentence, noun_at)?;
    let is_relative = who == Who::Relative;
    // "Una pareja" are two; "una persona" is mostly nobody in particular.
    if is_article && matches!(who, Who::Any | Who::Total) && !is_one_traveller(sentence, index, noun_at)
        || is_relative && !is_article && each == 2
        || sentence.is(noun_at + 1, &["cama", "camas", "plazas"])
    {
        return None;
    }
    let is_no_guest = trades::is_trade(sentence, noun_at)
        && !(people > 1 && !is_article && trades::is_head_count(sentence, index));
    if is_no_guest || is_extra(sentence, noun_at) || people > MOST {
        return None;
    }
    // "Dos matrimonios con un nene cada uno": as many times as there are couples before.
    let times = if sentence.is(noun_at + 1, &["cada", "each"]) || is_each_before(sentence, index) {
        couples_before(sentence, index)
    } else {
        1
    };
    // "3 adultos, digo, 4".
    let corrected = number_put_right(sentence, noun_at + 1);
    if let Some(at) = corrected
        && !is_article
    {
        let people = sentence.count(at)?.checked_mul(each)?;
        return Some(Phrase {
            is_counted: true,
            ..phrase(who, people, start_with_owner(sentence, index), at + 1)
        });
    }
    let noun_end = past_qualities(sentence, noun_at + 1);
    let ages = ages_after(sentence, noun_end - 1);
    let end = ages.map_or(noun_end, |(_, end)| end);
    // "Una banda de 9 pibes": nine in all, whatever they are called.
    let in_group = sentence.was(index, 1, &["de", "of"])
        && (person_nouns::is_group(sentence, index.wrapping_sub(2))
            || sentence.has(index.wrapping_sub(3), words!("un una um uma a"))
                && sentence.has(index.wrapping_sub(4), words!("somos seriamos seremos vamos are be")));
    let who = match who {
        Who::Child | Who::Any | Who::Adult | Who::Young if in_group => Who::Total,
        Who::Relative if people > 1 => Who::Any,
        other => other,
    };
    Some(Phrase {
        who,
        people: people.checked_mul(each)?.checked_mul(times)?,
        start: start_with_owner(sentence, index),
        end,
        is_counted: !is_article || who != Who::Relative,
        is_vague: second.is_some(),
        is_couple: each == 2,
        is_unknown: false,
    })
}

/// "Somos 5, dos son chicos", "two of them kids".
fn linked_child(sentence: &Sentence, at: usize) -> Option<usize> {
    let linked = (at..at + 3)
        .take_while(|index| {
            sentence.has(*index, words!("son sao are of them de ellos deles es e is un una um uma a"))
        })
        .count();
    (linked > 0 && noun(sentence, at + linked) == Some(Noun::Child) && !is_child(sentence, at))
        .then_some(at + linked)
}

/// "15/02 adultos 2": the end of a date.
fn is_end_of_a_date(sentence: &Sentence, index: usize) -> bool {
    sentence.was(index, 1, &["/"])
        && sentence.is_glued(index)
        && sentence.number(index.wrapping_sub(2)).is_some()
}

/// "Una persona más" joins people that were said before; "un menor costo" is no child.
fn is_extra(sentence: &Sentence, noun_at: usize) -> bool {
    let joins = sentence.is(noun_at + 1, &["mas", "extra", "more", "adicional", "adicionales", "a"])
        && (!sentence.is(noun_at + 1, &["a"]) || sentence.is(noun_at + 2, &["mais"]));
    // "3 adultos más 2 chicos" counts all of them.
    let goes_on = sentence.is(noun_at + 1, &["mas"])
        && (sentence.any_number(noun_at + 2).is_some()
            || sentence.is(noun_at + 2, &["yo", "eu", "me", "nosotros"])
            || sentence.has(noun_at + 2, &OWN));
    let is_quality = sentence.is(noun_at, &["menor", "grandes", "mayor"])
        && sentence.is(noun_at + 1, &["costo", "precio", "tiempo", "cabanas", "que"]);
    let is_other = sentence
        .is(noun_at.wrapping_sub(1), &["otra", "otro", "extra", "another", "additional", "outra", "outro"]);
    joins && !goes_on || is_quality || is_other
}

/// `cada uno con un crío`, `each with two kids`
fn is_each_before(sentence: &Sentence, index: usize) -> bool {
    (index.saturating_sub(4)..index).any(|at| sentence.is(at, &["cada", "each"]))
        && sentence.was(index, 1, &["con", "com", "with", "tiene", "tem", "has"])
}

fn couples_before(sentence: &Sentence, index: usize) -> u16 {
    // "Tres parejas, dos de ellas con un nene cada una".
    let of_them = (index.saturating_sub(8)..index).rev().find(|at| {
        sentence.any_count(*at).is_some()
            && sentence.is(at + 1, &["de", "of"])
            && sentence.is(at + 2, &["ellas", "ellos", "elas", "eles", "them", "esas", "esos", "las", "los"])
    });
    if let Some(some) = of_them.and_then(|at| sentence.any_count(at)) {
        return some;
    }
    let couples = (0..index).rev().find(|at| noun(sentence, *at) == Some(Noun::Couple));
    couples.and_then(|at| sentence.any_count(at.checked_sub(1)?)).unwrap_or(1)
}

/// "Hablar con una persona" asks for somebody else than a guest.
fn is_one_traveller(sentence: &Sentence, index: usize, noun_at: usize) -> bool {
    static BEFORE: Words = Words::new("para somos soy viaja por for seria es sou e serian");
    if sentence.has(noun_at, words!("amigo amiga friend colega prima primo hermano hermana")) {
        return true;
    }
    sentence.had(index, 1, &BEFORE) && !sentence.is(noun_at + 1, &["que", "real", "who", "mas", "humana"])
        || sentence.is(noun_at.wrapping_sub(1), &["sola", "unica", "only", "single"])
        || sentence.is(noun_at + 1, &["sola", "solo", "so", "sozinha"])
        || (index == 0 || sentence.is_break(index - 1)) && sentence.is_break(noun_at + 1)
}

/// `adultos: 2`, `niños 1`.
pub(super) fn noun_first(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let (who, each) = meaning(sentence, index)?;
    if each == 2 || who == Who::Relative {
        return None;
    }
    let colon = sentence.is(index + 1, &[":", "=", "-"]);
    let at = if colon { index + 2 } else { index + 1 };
    let people = sentence.count(at).filter(|people| *people <= MOST)?;
    let before = index.wrapping_sub(1);
    let is_date = sentence.was(before, 1, &["/", "-", "."]) && sentence.is_glued(before);
    let is_form = noun(sentence, before.wrapping_sub(1)).is_some();
    if sentence.number(before).is_some() && !is_date && !is_form {
        return None;
    }
    let next_noun = (at + 1..at + 3).any(|at| noun(sentence, at).is_some());
    let closed = sentence.is_break(at + 1) && !sentence.is(at + 1, &["-", "/"])
        || next_noun
        || colon && !sentence.is(at + 1, &["de", "al", "a"]);
    let is_digit = sentence.number(at)?.shape != Shape::Article;
    (closed && is_digit).then_some(Phrase { is_counted: true, ..phrase(who, people, index, at + 1) })
}
