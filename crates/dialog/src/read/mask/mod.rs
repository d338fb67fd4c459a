//! Numbers that are neither days nor people: each is claimed for what it is, before anybody looks for dates.

use crate::read::lexicon::words;
/// Ages, distances, spans of time, counted things and animals.
mod ages_distances_and_counts;
/// Prices, percentages, instalments.
mod amounts;
/// Hours of the day.
mod hours_of_day;
/// Names that contain the word of a day.
mod names_like_days_and_months;
/// Telephone and document numbers.
mod phone_and_document_numbers;
/// Streets, roads and numbered rooms.
mod street_and_room_numbers;

use super::token::{Claim, Sentence};

pub(super) use ages_distances_and_counts::{is_animal, is_thing};
pub(super) use names_like_days_and_months::is_name;

pub(super) fn mask(sentence: &mut Sentence) {
    phone_and_document_numbers::mask(sentence);
    amounts::mask(sentence);
    hours_of_day::mask(sentence);
    street_and_room_numbers::mask(sentence);
    ages_distances_and_counts::mask(sentence);
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
