//! What a message is about.

use super::{stay_evidence, token::Sentence};

pub(super) use stay_evidence::StayEvidence;

/// Whether the words speak of a stay at all.
pub(super) fn is_about_a_stay(sentence: &Sentence) -> StayEvidence {
    stay_evidence::weigh(sentence)
}
