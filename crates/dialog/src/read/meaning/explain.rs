//! Why a message was understood as it was: which words and which findings of the grammar spoke for each label.

use serde::Serialize;

use super::{
    classifier_label::{LABELS, Label},
    classifier_network::{NETWORK, Scores, Stretch},
    grammar_features, text_stretches,
    word_vectors::VECTORS,
    words_of_sentence,
};
use crate::{
    locale::Locale,
    read::{intents, token::Sentence, told},
};

/// One label that is meant or nearly meant, and what spoke for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    pub label: String,
    /// Above zero it is meant.
    pub score: f32,
    /// Words (and findings of the grammar, as `grammar:price` or `told:people`) with what they add, the strongest first.
    pub spoke: Vec<(String, f32)>,
}

/// Labels that come this near to being meant are told too.
const NEAR: f32 = -1.0;
/// So many words and findings are told for each.
const TOLD: usize = 5;
/// What adds less than this says nothing.
const LEAST: f32 = 0.15;

/// The reasons of the reader of meaning for a text, the best label first. For people who look into a misreading: it
/// weighs the text again for each of its words.
pub fn explain(text: &str, locale: Locale) -> Vec<Reason> {
    let (sentence, _) = super::sentence(text, locale);
    let mut reasons: Vec<Reason> = Vec::new();
    let findings = Some(told::findings(&sentence));
    for range in text_stretches::ranges(&sentence) {
        let told = Told::of(&sentence, range, findings);
        for (place, label) in LABELS.into_iter().enumerate() {
            let score = told.scores[place];
            let known = reasons.iter().position(|reason| reason.label == label.name());
            match known {
                Some(at) if reasons[at].score < score => reasons[at] = told.reason(place, label),
                None if score > NEAR => reasons.push(told.reason(place, label)),
                _ => {}
            }
        }
    }
    reasons.sort_by(|one, other| other.score.total_cmp(&one.score));
    reasons
}

/// A stretch, what it scores, and what it would score without each of its words and without each finding.
struct Told {
    words: Vec<String>,
    scores: Scores,
    without_words: Vec<Scores>,
    without_findings: Vec<(String, Scores)>,
}

impl Told {
    fn of(sentence: &Sentence, range: std::ops::Range<usize>, of_whole: Option<[bool; told::COUNT]>) -> Self {
        let words =
            range.clone().map(|index| words_of_sentence::word_of(sentence, index).to_owned()).collect();
        let stretch = text_stretches::stretch(sentence, range.clone(), of_whole);
        let scores = NETWORK.score(&stretch);
        let without_words =
            (0..range.len()).map(|place| NETWORK.score(&without_word(&stretch, place))).collect();
        let findings = findings().filter(|(_, places)| stretch.features[places[0]] != 0.0);
        let without_findings = findings
            .map(|(name, places)| (name, NETWORK.score(&without_finding(&stretch, places))))
            .collect();
        Self { words, scores, without_words, without_findings }
    }

    fn reason(&self, place: usize, label: Label) -> Reason {
        let score = self.scores[place];
        let of_words = self.words.iter().cloned().zip(&self.without_words);
        let of_findings = self.without_findings.iter().map(|(name, without)| (name.clone(), without));
        let all = of_words.chain(of_findings).map(|(name, without)| (name, score - without[place]));
        let mut spoke: Vec<(String, f32)> = all.filter(|(_, adds)| adds.abs() >= LEAST).collect();
        spoke.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
        spoke.truncate(TOLD);
        Reason { label: label.name(), score, spoke }
    }
}

/// The stretch with nothing at one of its places.
fn without_word(stretch: &Stretch, place: usize) -> Stretch {
    let size = VECTORS.size;
    let mut vectors = stretch.vectors.clone();
    vectors[(place + 1) * size..(place + 2) * size].fill(0);
    let mut rarities = stretch.rarities.clone();
    rarities[place] = 0;
    Stretch { vectors, rarities, features: stretch.features }
}

/// What the grammar may find, by name: the patterns of each table, and what is told of days and people; and where it
/// stands among the features.
fn findings() -> impl Iterator<Item = (String, [usize; 2])> {
    let of_tables = intents::table_names().enumerate().map(|(table, intent)| {
        (format!("grammar:{}", Label::Intent(intent).name()), [table, intents::TABLE_COUNT + table])
    });
    let told = told::NAMES.iter().zip(grammar_features::TOLD..);
    of_tables.chain(told.map(|(name, place)| (format!("told:{name}"), [place; 2])))
}

/// The stretch as if something had not been found.
fn without_finding(stretch: &Stretch, places: [usize; 2]) -> Stretch {
    let mut features = stretch.features;
    for place in places {
        features[place] = 0.0;
    }
    Stretch { vectors: stretch.vectors.clone(), rarities: stretch.rarities.clone(), features }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_spoke_are_told() {
        let reasons = explain("hay cucarachas en la cocina", Locale::EsAr);
        let complaint = reasons.iter().find(|reason| reason.label == "complaint").unwrap();
        assert!(complaint.score > 0.0);
        assert!(
            complaint.spoke.iter().any(|(word, adds)| word == "cucarachas" && *adds > 0.0),
            "{complaint:?}"
        );
    }
}
