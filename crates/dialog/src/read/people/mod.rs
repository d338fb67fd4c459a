//! How many people come.
//!
//! Phrases for people are found and joined into lists; lists of people who are no guests fall away; totals (`somos 4`)
//! are read beside them; both are put together.

/// Ages, which count children.
mod ages;
/// One who travels alone.
mod alone;
/// Totals and lists put together.
mod assembly;
/// Companions by their names.
mod by_name;
/// Who drops out, and who joins.
mod changes;
/// Counts with a noun.
mod counted;
/// Which of the people named are guests.
mod guests;
/// People named one after another.
mod lists;
/// People who are named and not counted.
mod named;
/// Words for people.
pub(super) mod nouns;
/// Phrases for people.
mod phrases;
/// The speaker, and who is named beside.
mod speakers;
/// Totals without a noun: `somos 4`, `para 2`, `familia de 5`.
mod totals;
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
    let all = phrases::find(sentence);
    let found: Vec<phrases::Phrase> =
        all.iter().filter(|phrase| guests::is_of_guests(sentence, phrase)).copied().collect();
    // Who is no guest is claimed too: nobody counts "two friends for dinner" again.
    for phrase in all.iter().filter(|phrase| phrase.is_counted) {
        sentence.claim_free(phrase.start..phrase.end, Claim::People);
    }
    let total = totals::read(sentence, &found).map(|total| changes::changed(sentence, total, &found));
    let found: Vec<phrases::Phrase> =
        found.into_iter().filter(|phrase| !changes::drops_out(sentence, phrase)).collect();
    let lists = lists::join(sentence, &found);
    let is_of_us = lists.iter().any(|list| list.is_told_of_us(sentence));
    Party { is_of_us, ..assembly::assemble(sentence, &lists, total) }
}

#[cfg(test)]
mod tests;
