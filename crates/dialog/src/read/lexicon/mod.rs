//! Words and what they stand for, shared by the readers of dates and people.

/// The forms of a verb from its infinitive.
mod conjugation;
/// Verbs of coming, going, paying, telling.
mod verbs;
/// Sets of words.
mod words;

pub(super) use verbs::{Sense, Tense, Verb, verb};
pub(super) use words::{Phrases, Words, hash, phrases, words};
