//! Evidence of the sentence in which days are said, apart from what stands before and behind it: whoever books tells of his
//! job, his neighbours and his boiler too.

use std::ops::Range;

use super::{LEAST_FOR_STAY, ORDERS, StayEvidence, for_a_stay, weigh, words_of_other_topics};
use crate::read::{
    repair::is_cue,
    token::{Claim, Sentence},
};

/// What the sentences with days say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct OfDays {
    /// One of them speaks of a stay in its own words.
    pub is_of_a_stay: bool,
    /// One of them has no word of another business.
    pub is_free_of_others: bool,
}

/// Weighs each sentence that names a day; where there is only one, its clauses.
pub(in crate::read) fn of_days(sentence: &Sentence) -> OfDays {
    let mut ranges = sentences(sentence, is_put_right(sentence));
    if ranges.len() < 2 {
        ranges = sentences(sentence, true);
    }
    if ranges.len() < 2 {
        return OfDays::default();
    }
    let mut found = OfDays::default();
    for range in ranges {
        let names_day = range.clone().any(|index| sentence.claim_of(index) == Some(Claim::Day));
        if !names_day {
            continue;
        }
        let part = Sentence {
            tokens: sentence.tokens.get(range).unwrap_or_default().to_vec(),
            language: sentence.language,
            today: sentence.today,
        };
        let against = words_of_other_topics::against_a_stay(&part);
        let orders = against == 0 && (0..part.len()).any(|index| part.phrase_from(index, &ORDERS).is_some());
        found.is_of_a_stay |= orders || for_a_stay(&part) - against >= LEAST_FOR_STAY;
        found.is_free_of_others |= against == 0 && weigh(&part) != StayEvidence::Elsewhere;
    }
    found
}

/// Whether a day is said, taken back and said again: then every clause is heard by itself, for the reason is another's.
fn is_put_right(sentence: &Sentence) -> bool {
    let is_day = |index: &usize| sentence.claim_of(*index) == Some(Claim::Day);
    let Some(first) = (0..sentence.len()).find(is_day) else { return false };
    let last = (0..sentence.len()).rev().find(is_day).unwrap_or(first);
    (first + 1..last).any(|index| is_cue(sentence, index, first))
}

/// The sentences of a message, between full stops; or its clauses.
fn sentences(sentence: &Sentence, are_clauses: bool) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for index in 0..sentence.len() {
        let ends = (sentence.is(index, &[".", "?", "!", ";", "…"])
            || are_clauses && sentence.is(index, &[","]))
            && !sentence.is_glued(index + 1);
        if ends && index > start {
            ranges.push(start..index + 1);
            start = index + 1;
        }
    }
    if start < sentence.len() {
        ranges.push(start..sentence.len());
    }
    ranges
}
