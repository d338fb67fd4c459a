//! How many people come.
//!
//! Phrases for people are found and joined into lists; lists of people who are no guests fall away; totals (`somos 4`)
//! are read beside them; both are put together.

/// Companions by their names.
mod by_name;
/// Who drops out, and who joins.
mod changes;
/// Ages, which count children.
mod child_ages;
/// Counts with a noun.
mod counts_with_noun;
/// Phrases for people.
mod find_people_phrases;
/// People named one after another.
mod lists_of_people;
/// Wholes and their parts.
mod part_of_total;
/// People who are named and not counted.
mod people_without_count;
/// Words for people.
pub(super) mod person_nouns;
/// One who travels alone.
mod solo_traveller;
/// The speaker, and who is named beside.
mod speaker_and_companions;
/// Totals and lists put together.
mod totals_and_lists_together;
/// Totals without a noun: `somos 4`, `para 2`, `familia de 5`.
mod totals_without_noun;
/// Heads by what they do.
mod trades;
/// Which of the people named are guests.
mod who_is_a_guest;
/// Totals that no verb leads.
mod wholes;

use super::token::{Claim, Sentence};

/// The people of a stay. Pets never count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Party {
    pub adults: Option<u16>,
    pub children: Option<u16>,
    pub guests: Option<u16>,
    pub ambiguous: bool,
    /// `4 o 5`: how many stays open.
    pub is_open: bool,
    /// The speaker is told among those who come: `seríamos mi marido, mis suegros y yo`.
    pub is_of_us: bool,
    /// Where they were said, in tokens.
    pub at: Option<(usize, usize)>,
    pub children_at: Option<(usize, usize)>,
}

/// More people than any house here sleeps; larger numbers are something else.
const MOST: u16 = 60;

pub(super) fn read(sentence: &mut Sentence) -> Party {
    let all = find_people_phrases::find(sentence);
    let found: Vec<find_people_phrases::Phrase> =
        all.iter().filter(|phrase| who_is_a_guest::is_of_guests(sentence, phrase)).copied().collect();
    // Who is no guest is claimed too: nobody counts "two friends for dinner" again.
    for phrase in all.iter().filter(|phrase| phrase.is_counted) {
        sentence.claim_free(phrase.start..phrase.end, Claim::People);
    }
    let total =
        totals_without_noun::read(sentence, &found).map(|total| changes::changed(sentence, total, &found));
    let found: Vec<find_people_phrases::Phrase> =
        found.into_iter().filter(|phrase| !changes::drops_out(sentence, phrase)).collect();
    let lists = lists_of_people::join(sentence, &found);
    let is_of_us = lists.iter().any(|list| list.is_told_of_us(sentence));
    Party { is_of_us, ..totals_and_lists_together::assemble(sentence, &lists, total) }
}

#[cfg(test)]
mod tests;
