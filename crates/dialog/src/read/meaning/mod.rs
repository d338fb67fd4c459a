//! A small reader of meaning beside the grammar: word vectors and a classifier, both trained from the corpus.
//!
//! The vectors come from a multilingual encoder (see `model/NOTICE`), so that words mean something that no list has;
//! what the grammar found is among the features. `scripts/train-reader` makes both tables.

/// Why a message was understood as it was.
mod explain;
/// What the grammar found, as numbers for the classifier.
mod features;
/// What the classifier weighs.
mod label;
/// The classifier.
mod network;
/// A message as stretches of text.
mod stretches;
/// The table of word vectors.
mod vectors;
/// What is heard in a message, and why.
mod weighed;
/// The words of a sentence as the reader of meaning sees them.
mod words;

use jiff::civil::Date;
use serde::Serialize;

pub(super) use super::stay_evidence::StayEvidence;
use super::{injection, intents, mask, normalise, stay_evidence, token::Sentence, told};
use crate::{locale::Locale, reading::Intent};
pub use explain::{Reason, explain};
pub use label::Label;
pub(super) use weighed::{Weighed, Wish, weigh};

/// What the reader of meaning goes by: the training command reads it.
#[derive(Clone, Debug, Serialize)]
pub struct Evidence {
    /// The words, spelled as they are looked up.
    pub words: Vec<String>,
    /// What the patterns of each table add up to.
    pub grammar: Vec<i8>,
    /// What the grammar says of whether this is about a stay: 1 yes, -1 no, 0 unclear.
    pub stay: i8,
    /// What is told of days and people.
    pub told: Vec<bool>,
    /// Parts that try to command the desk have been cut out.
    pub attempt: bool,
}

/// What a text offers to the reader of meaning.
pub fn evidence(text: &str, locale: Locale) -> Evidence {
    let (sentence, attempt) = sentence(text, locale);
    let words = (0..sentence.len()).map(|index| words::word_of(&sentence, index).to_owned()).collect();
    Evidence {
        words,
        grammar: intents::weights(&sentence).to_vec(),
        stay: features::stay(stay_evidence::weigh(&sentence)),
        told: told::of(&sentence).to_vec(),
        attempt,
    }
}

/// The key of the corpus that the tables were made from.
pub fn made_from() -> usize {
    network::NETWORK.corpus
}

/// The day on which the lines of the corpus are read: what they mean does not hang on it.
const TODAY: Date = jiff::civil::date(2027, 1, 5);

/// The sentence as it is when intents are weighed.
fn sentence(text: &str, locale: Locale) -> (Sentence, bool) {
    let mut sentence = normalise::sentence(text, TODAY, locale);
    let attempt = injection::cut(&mut sentence) == injection::Attempt::Made;
    mask::mask(&mut sentence);
    (sentence, attempt)
}

/// The intents that the grammar has a table for, in the order of `Evidence::grammar`.
pub fn grammar_tables() -> impl Iterator<Item = Intent> {
    intents::table_names()
}

#[cfg(test)]
mod tests;
