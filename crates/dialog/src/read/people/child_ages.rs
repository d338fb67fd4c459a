//! Ages, which count children: `de 3 y 7 años`, `(5 and 8)`, `our 4 and 6 year olds`.

use super::find_people_phrases::{Phrase, Who, phrase};
use crate::read::{
    lexicon::{Words, words},
    token::{Claim, Sentence},
};

/// `our 4 and 6 year olds`, `a 3 year old`
pub(super) fn year_olds(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let is_months = |at: usize| {
        sentence.is(at + 1, &["month", "months"]) && sentence.is(at + 2, &["old", "olds"])
            || sentence.is(at + 1, &["-"]) && sentence.is(at + 2, &["month", "months"])
    };
    let is_age = |at: usize| {
        sentence.any_number(at).is_some() && (sentence.claim_of(at) == Some(Claim::Age) || is_months(at))
    };
    if !is_age(index) {
        return None;
    }
    let mut at = index;
    let mut ages = 1;
    while sentence.is(at + 1, &["and", ",", "&", "y", "e"]) && is_age(at + 2) {
        at += 2;
        ages += 1;
    }
    let mut end = at + 1;
    while sentence.has(end, words!("- year years yr yrs month months")) {
        end += 1;
    }
    let is_old = sentence.is(end, &["old", "olds"]) && end > at + 1;
    // "Our four-year-old twins".
    if super::person_nouns::is_twins(sentence, end + 1) && is_old {
        return Some(Phrase { is_counted: true, ..phrase(Who::Child, 2, index.saturating_sub(1), end + 2) });
    }
    let led = sentence.has(index.wrapping_sub(1), words!("our my a an with and plus , two the &"));
    // "Is it ok for a 2 year old?" counts nobody alone.
    let is_counted = !sentence.has(index.wrapping_sub(1), words!("a an"));
    // "Our 6 month old baby": one child.
    let end = if super::person_nouns::is_one_child(sentence, end + 1) { end + 1 } else { end };
    (is_old && led)
        .then_some(Phrase { is_counted, ..phrase(Who::Child, ages, index.saturating_sub(1), end + 1) })
}

/// The ages of children behind their noun, counted, and where they end: `de 3 y 7 años`, `(5 and 8)`, `: 4, 6`.
pub(super) fn ages_after(sentence: &Sentence, noun_at: usize) -> Option<(u16, usize)> {
    static BEFORE_AGES: Words = Words::new(
        "she he s de of ( : , aged con com entre with ages edad edades idades que tienen son is are age who tiene turning just turned acaban acaba cumplir recien cumplidos cumplieron fizeram completaram - anos dela dele deles",
    );
    static JOINTS: Words = Words::new("y e and , & o /");
    // "Mi bebé de 8 meses y yo"; "8 meses" may look like instalments.
    let is_months = |at: usize| sentence.is(at + 1, &["mes", "meses", "mesecitos", "month", "months"]);
    let is_age = |at: usize| {
        sentence.any_number(at).is_some() && (sentence.claim_of(at) == Some(Claim::Age) || is_months(at))
    };
    let first = (noun_at + 1..noun_at + 5).find(|at| !sentence.has(*at, &BEFORE_AGES))?;
    if !is_age(first) || first == noun_at {
        return None;
    }
    let mut at = first;
    let mut ages = 1;
    while at < first + 24 {
        // "3 años y 7 meses" may say its unit each time.
        let mut next = at + 1;
        while sentence
            .has(next, words!("anos ano anitos year years yr yrs old mes meses month months y/o anios yo"))
        {
            next += 1;
        }
        let joint = next;
        while sentence.has(next, &JOINTS) && next < joint + 2 {
            next += 1;
        }
        if next > joint
            && sentence.is(next, &["de", "el", "la", "otro", "otra", "uno", "o", "one"])
            && is_age(next + 1)
        {
            next += 1;
        }
        if next == joint || !is_age(next) {
            at = joint;
            break;
        }
        ages += 1;
        at = next;
    }
    let end = if sentence.is(at, &[")"]) { at + 1 } else { at };
    Some((ages, end))
}
