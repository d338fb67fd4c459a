//! Numbers that are neither days nor people: each is claimed for what it is, before anybody looks for dates.

use crate::read::lexicon::words;
/// Prices, percentages, instalments.
mod amounts;
/// Hours of the day.
mod clock;
/// Names that contain the word of a day.
mod names;
/// Streets, roads and numbered rooms.
mod places;
/// Telephone and document numbers.
mod registers;
/// Ages, distances, spans of time, counted things and animals.
mod things;

use super::token::{Claim, Sentence};

pub(super) use names::is_name;
pub(super) use things::{is_animal, is_thing};

pub(super) fn mask(sentence: &mut Sentence) {
    registers::mask(sentence);
    amounts::mask(sentence);
    clock::mask(sentence);
    places::mask(sentence);
    things::mask(sentence);
}

/// Claims the number at `index` and those listed before it: `3, 5 y 8 años`, `5 o 10 min`.
fn claim_with_list(sentence: &mut Sentence, index: usize, claim: Claim) {
    // "Somos 4 y dos perros" counts two things of two kinds.
    let joints = match claim {
        Claim::Thing => words!("o u ou a - / or to"),
        _ => words!("y e o u ou a - , / and or to"),
    };
    let mut first = index;
    while first >= 2 && sentence.has(first - 1, joints) && sentence.number(first - 2).is_some() {
        first -= 2;
    }
    sentence.claim_free(first..index + 1, claim);
}

#[cfg(test)]
mod tests;
