//! Words and what they stand for, shared by the readers of dates and people.

/// The forms of a verb from its infinitive.
mod conjugation;
/// Verbs of coming, going, paying, telling.
mod travel_verbs;
/// Sets of words.
mod word_sets;

pub(super) use travel_verbs::{Sense, Tense, Verb, verb};
pub(super) use word_sets::{Phrases, Words, hash, phrases, words};
