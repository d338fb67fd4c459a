//! What the grammar found, as numbers for the classifier.

use crate::{
    message_reading::Intent,
    read::{
        intents::{self, TABLE_COUNT},
        stay_evidence::{self, StayEvidence},
        token::Sentence,
        told,
    },
};

/// Two numbers for each table of patterns, three of the text itself, two of whether it is about a stay, and what is told
/// of days and people.
pub(super) const FEATURES: usize = TOLD + told::COUNT;
const COUNTED: usize = 2 * TABLE_COUNT;
/// Where what is told of days and people stands.
pub(super) const TOLD: usize = COUNTED + 5;

/// Whether the patterns of an intent are a finding; `grammar` as it stands at the beginning of the features.
pub(super) fn finds(grammar: &[f32; TABLE_COUNT], intent: Intent) -> bool {
    let table = intents::table_names().position(|name| name == intent);
    table.is_some_and(|table| grammar[table] * 3.0 >= f32::from(ENOUGH))
}

/// What is counted in a stretch of text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub words: u8,
    pub numbers: u8,
    /// Question marks.
    pub questions: u8,
}

/// No pattern counts for more than this, either way.
const LEAST: i8 = -4;
const MOST: i8 = 6;
/// What the patterns of an intent must add up to, to be a finding.
const ENOUGH: i8 = 2;

pub(super) fn of(sentence: &Sentence, counts: Counts, told: [bool; told::COUNT]) -> [f32; FEATURES] {
    let mut features = [0.0; FEATURES];
    let evidence = stay_evidence::weigh(sentence);
    for (place, weight) in intents::weights(sentence).iter().enumerate() {
        features[place] = f32::from((*weight).clamp(LEAST, MOST)) / 3.0;
        features[TABLE_COUNT + place] = f32::from(u8::from(*weight >= ENOUGH));
    }
    features[COUNTED] = f32::from(counts.questions.min(1));
    features[COUNTED + 1] = f32::from(counts.words.min(40)) / 20.0;
    features[COUNTED + 2] = f32::from(counts.numbers.min(6)) / 3.0;
    features[COUNTED + 3] = f32::from(u8::from(evidence == StayEvidence::Stay));
    features[COUNTED + 4] = f32::from(u8::from(evidence == StayEvidence::Elsewhere));
    for (feature, is_told) in features.iter_mut().skip(TOLD).zip(told) {
        *feature = f32::from(u8::from(is_told));
    }
    features
}

/// As a number, for the training command.
pub(super) fn stay(evidence: StayEvidence) -> i8 {
    match evidence {
        StayEvidence::Stay => 1,
        StayEvidence::Unclear => 0,
        StayEvidence::Elsewhere => -1,
    }
}
