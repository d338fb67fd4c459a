//! Totals that no verb leads: `los 4 de siempre`, `4 en total`, `no 5 sino 6`, `5 contando al bebé`.

use super::{
    changes::held_before,
    lists_of_people::ORIGINS,
    person_nouns::{Noun, noun},
    totals_without_noun::{Found, Total, is_turned_down, number_at},
};
use crate::read::{
    lexicon::{phrases, words},
    token::Sentence,
};

/// `a room for the pair of us`, `both of us`, `nós dois juntos`
pub(super) fn pair_of_us(sentence: &Sentence) -> Option<Total> {
    let pair = phrases!(
        "the pair of us|pair of us|both of us|us both|just us two|nosotros ambos|nos ambos|ambos os dois"
    );
    let (start, end) =
        (0..sentence.len()).find_map(|index| Some((index, sentence.phrase_from(index, pair)?)))?;
    // "Both of us loved it last year" counts no guests.
    let is_led = sentence.had(start, 1, words!("for para pra just only be are with"));
    if !is_led && !sentence.is_break(end) {
        return None;
    }
    Some(Total { people: 2, is_open: false, is_whole: true, at: (start, end) })
}

/// `cinco del club de lectura`, `six from the office`: a count at the head of a clause, and where they know each other from.
pub(super) fn known_from(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let opens = index == 0 || sentence.is_break(index - 1);
    let from = phrases!("del|de la|de un|de una|do|da|de um|de uma|from the|from a|of the|from");
    let place = sentence.phrase_from(found.end, from)?;
    (opens && found.people > 1 && sentence.has(place, &ORIGINS)).then_some(found)
}

/// `no somos 5 sino 6`
pub(super) fn instead(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let led = sentence.was(index, 1, &["sino", "sim"])
        || sentence.was(index, 1, &["somos", "seremos"]) && sentence.was(index, 2, &["sino", "que"]);
    let turned_down = (index.saturating_sub(5)..index)
        .any(|at| sentence.any_count(at).is_some() && is_turned_down(sentence, at));
    (led && turned_down && sentence.is_break(found.end)).then_some(found)
}

/// `éramos 4 …, three now`: what is left of a number that held before.
pub(super) fn by_now(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let now = sentence.is(found.end, &["now", "ahora", "agora", "nomas", "left"])
        && sentence.is_break(found.end + 1);
    let led = sentence.was(
        index,
        1,
        &["so", "que", "entonces", "entao", "just", "only", "ahora", "agora", "quedan", "restam"],
    ) && sentence.is_break(found.end);
    let before = (0..index).any(|at| sentence.any_count(at).is_some() && held_before(sentence, at));
    ((now || led) && before).then_some(found)
}

/// `los 4 de siempre`, `the usual 4`: those of the last time.
pub(super) fn regulars(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let article = sentence.was(
        index,
        1,
        &["los", "las", "os", "as", "the", "usual", "same", "mismos", "mesmos", "mismas"],
    );
    let after = sentence.phrase_from(found.end, phrases!("de siempre|de sempre|as always|as usual|as ever|de la otra vez|de la vez pasada|de la ultima vez|da outra vez|da ultima vez|as last time|as before"));
    // "Los cuatro queremos ir".
    let goes = sentence.word(found.end).ends_with("mos") && found.people > 1;
    let usual = sentence.was(index, 1, &["usual", "mismos", "mesmos", "mismas"])
        || sentence.was(index, 1, &["same"]) && sentence.is_break(found.end);
    let end = after.unwrap_or(found.end);
    let closed = sentence.is_break(end);
    (article && (after.is_some() || usual && closed || goes)).then_some(Found { end, ..found })
}

/// `4 of us`, `los dos`, `nosotros dos`, `nós dois`, `4 en total`, `the two of us`.
pub(super) fn of_us(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let after = [
        "of us",
        "en total",
        "em total",
        "no total",
        "in total",
        "total",
        "nosotros",
        "contandome",
        "contando",
        "conmigo",
        "comigo",
    ];
    let whole = after.iter().any(|words| sentence.phrase(found.end, words).is_some());
    // "4, el bebé incluido", "en total 5", "conmigo 4".
    let leads = sentence
        .phrase_to(index, phrases!("en total|em total|no total|in total|total|total de|conmigo|comigo|contandome|somos en total|conmigo somos|en total somos"))
        .is_some();
    (whole || leads).then_some(Found { is_whole: true, ..found })
}

/// `dos y un nene`, `2 + 1 baby`: a number at the start, and children on top.
pub(super) fn opens_with_child(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let opens = index == 0 || sentence.is_break(index - 1);
    let joined = sentence.is(found.end, &["y", "e", "and", "mas", "+", "con", "com", "with", "mais"]);
    let counted = sentence.any_count(found.end + 1).is_some_and(|children| children < 10);
    let child = noun(sentence, found.end + 2) == Some(Noun::Child);
    (opens && joined && counted && child).then_some(found)
}

/// `somos 5, 6 con el bebé`: the second counts all.
fn counts_again(sentence: &Sentence, found: &Found) -> bool {
    let before = sentence.any_count(found.start.wrapping_sub(2));
    sentence.was(found.start, 1, &[",", "o", "y"])
        && before.is_some_and(|before| before + 1 == found.people || before + 2 == found.people)
        && sentence.is(found.end, &["con", "com", "with", "contando", "si"])
}

/// `5 contando al bebé`, `5 con mi suegra incluida`
pub(super) fn counted_with_speaker(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let counts = sentence
        .phrase_from(
            found.end, phrases!("contando|contandome|incluyendo|including|counting|incluindo|con todo|con los chicos incluidos"))
        .is_some();
    let is_included = (found.end..found.end + 7)
        .take_while(|at| !sentence.is(*at, &[".", "?", "!"]))
        .any(|at| sentence.has(at, words!("incluido incluida incluidos incluidas included")));
    let is_count = sentence.is_break(index.wrapping_sub(1))
        || sentence.had(index, 1, words!("somos total seriamos seremos ser are"));
    (counts || is_included && is_count || counts_again(sentence, &found))
        .then_some(Found { is_whole: true, ..found })
}
