//! A small reader of meaning beside the grammar: word vectors and a classifier, both trained from the corpus.
//!
//! The vectors come from a multilingual encoder (see `model/NOTICE`), so that words mean something that no list has;
//! what the grammar found is among the features. `scripts/train-reader` makes both tables.

/// What the classifier weighs.
mod classifier_label;
/// The classifier.
mod classifier_network;
/// Why a message was understood as it was.
mod explain;
/// What the grammar found, as numbers for the classifier.
mod grammar_features;
/// What is heard in a message, and why.
mod label_scores;
/// A message as stretches of text.
mod text_stretches;
/// The table of word vectors.
mod word_vectors;
/// The words of a sentence as the reader of meaning sees them.
mod words_of_sentence;

use jiff::civil::Date;
use serde::Serialize;

pub(super) use super::stay_evidence::StayEvidence;
use super::{intents, mask, normalise_tokens, prompt_injection, stay_evidence, token::Sentence, told};
use crate::{locale::Locale, message_reading::Intent};
pub use classifier_label::Label;
pub use explain::{Reason, explain};
pub(super) use label_scores::{Weighed, Wish, weigh};
pub(super) use text_stretches::is_one_stretch;

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
    let words =
        (0..sentence.len()).map(|index| words_of_sentence::word_of(&sentence, index).to_owned()).collect();
    Evidence {
        words,
        grammar: intents::weights(&sentence).to_vec(),
        stay: grammar_features::stay(stay_evidence::weigh(&sentence)),
        told: told::findings(&sentence).to_vec(),
        attempt,
    }
}

/// The key of the corpus that the tables were made from.
pub fn made_from() -> usize {
    classifier_network::NETWORK.corpus
}

/// The day on which the lines of the corpus are read: what they mean does not hang on it.
const TODAY: Date = jiff::civil::date(2027, 1, 5);

/// The sentence as it is when intents are weighed.
fn sentence(text: &str, locale: Locale) -> (Sentence, bool) {
    let mut sentence = normalise_tokens::sentence(text, TODAY, locale);
    let attempt = prompt_injection::cut(&mut sentence) == prompt_injection::Attempt::Made;
    mask::mask(&mut sentence);
    (sentence, attempt)
}

/// The intents that the grammar has a table for, in the order of `Evidence::grammar`.
pub fn grammar_tables() -> impl Iterator<Item = Intent> {
    intents::table_names()
}

#[cfg(test)]
mod tests;
