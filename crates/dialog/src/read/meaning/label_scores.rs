//! What is heard in a message: a score for each label.

use super::{
    classifier_label::{ELSEWHERE, LABELS, Label, place_of_intent},
    classifier_network::{NETWORK, Scores},
    grammar_features, text_stretches,
};
use crate::{
    message_reading::{Intent, Topic},
    read::{
        intents::TABLE_COUNT,
        stay_evidence::{self, StayEvidence},
        token::Sentence,
        told,
    },
};

/// The scores of a whole message; above zero a label is meant.
#[derive(Clone, Debug)]
pub(in crate::read) struct Weighed {
    scores: Scores,
    /// Words that say something.
    spoken: usize,
    /// What the grammar says of whether this is about a stay.
    evidence: StayEvidence,
    /// What the grammar finds in the stretch where it finds the most, one number for each of its tables.
    grammar: [f32; TABLE_COUNT],
}

/// How clearly a wish for a stay is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::read) enum Wish {
    None,
    Heard,
    Clear,
}

/// Weighs the words of a message, stretch by stretch; `told` is what it tells of days and people, where that is
/// known.
pub(in crate::read) fn weigh(sentence: &Sentence, told: Option<[bool; told::COUNT]>) -> Weighed {
    let ranges = text_stretches::ranges(sentence);
    let total = ranges.iter().map(|range| range.len()).sum::<usize>().max(1) as f32;
    let mut scores: Option<Scores> = None;
    let mut elsewhere = 0.0;
    let mut grammar = [f32::MIN; TABLE_COUNT];
    for range in ranges {
        let share = range.len() as f32 / total;
        let stretch = text_stretches::stretch(sentence, range, told);
        for (most, found) in grammar.iter_mut().zip(stretch.features) {
            *most = most.max(found);
        }
        let found = NETWORK.score(&stretch);
        elsewhere += found[ELSEWHERE] * share;
        scores = Some(scores.map_or(found, |before| louder(before, &found)));
    }
    let mut scores = scores.unwrap_or([-1.0; LABELS.len()]);
    scores[ELSEWHERE] = elsewhere;
    Weighed {
        scores,
        spoken: text_stretches::spoken(sentence),
        evidence: stay_evidence::weigh(sentence),
        grammar,
    }
}

/// An answer stands at the beginning; "nothing that the desk knows" holds for all of a message or not at all.
fn louder(mut before: Scores, found: &Scores) -> Scores {
    for (place, (score, found)) in before.iter_mut().zip(found).enumerate() {
        *score = match LABELS[place] {
            Label::Intent(Intent::Yes | Intent::No) => *score,
            Label::Intent(Intent::Other) | Label::Elsewhere => score.min(*found),
            Label::Intent(_) | Label::Topic(_) => score.max(*found),
        };
    }
    before
}

/// A score this far from zero is certain enough to act on.
const CERTAIN: f32 = 1.0;
/// Where the grammar leaves open whether a stay is spoken of, doubt is enough: on lines held out of the training this
/// costs half as much among stays as it gains elsewhere.
const DOUBTFUL: f32 = -0.6;
/// A score for "of no stay" that overrules words of a stay.
const SURE: f32 = 4.5;
/// A score for "of no stay" that overrules days which the writers tell of their own coming and going.
const CLEARLY_ELSEWHERE: f32 = 1.5;
/// A day alone is a stay's only where the classifier is at least this sure of one.
const DOUBTED: f32 = -1.1;
/// A wish that carries days or a feast.
const HEARD: f32 = 0.5;
/// A wish that carries a day without other words of a stay.
const CLEAR: f32 = 3.0;
/// Fewer words than this may be an answer to anything.
const FEW: usize = 3;

impl Weighed {
    pub fn of(&self, intent: Intent) -> f32 {
        self.scores[place_of_intent(intent)]
    }

    /// How many words say something.
    pub fn spoken(&self) -> usize {
        self.spoken
    }

    /// Whether the grammar finds words of the intent.
    pub fn finds(&self, intent: Intent) -> bool {
        grammar_features::finds(&self.grammar, intent)
    }

    pub fn topics(&self) -> impl Iterator<Item = (Topic, f32)> {
        LABELS.into_iter().zip(self.scores).filter_map(|(label, score)| match label {
            Label::Topic(topic) => Some((topic, score)),
            Label::Intent(_) | Label::Elsewhere => None,
        })
    }

    pub fn intents(&self) -> impl Iterator<Item = (Intent, f32)> {
        LABELS.into_iter().zip(self.scores).filter_map(|(label, score)| match label {
            Label::Intent(intent) => Some((intent, score)),
            Label::Topic(_) | Label::Elsewhere => None,
        })
    }

    /// Whether what is wanted is wanted of another business; the classifier has heard the grammar's word on it.
    pub fn is_elsewhere(&self) -> bool {
        let score = self.scores[ELSEWHERE];
        self.spoken >= FEW
            && match self.evidence {
                StayEvidence::Stay => score > CERTAIN,
                StayEvidence::Unclear => score > DOUBTFUL,
                // Whoever gives a booking up tells why, and the reasons lie elsewhere.
                StayEvidence::Elsewhere if self.finds(Intent::Cancel) => score > 0.0,
                StayEvidence::Elsewhere => score > -CERTAIN,
            }
    }

    /// Whether another life is heard so clearly that even days which the writers tell as their own are not a stay's.
    pub fn is_surely_elsewhere(&self) -> bool {
        self.scores[ELSEWHERE] > CLEARLY_ELSEWHERE
    }

    /// Whether the message speaks of a stay, for its days and people. The grammar knows its words; where these leave it
    /// open, or the classifier is surer than it ever is of a stay, the classifier decides.
    pub fn stay(&self) -> StayEvidence {
        let score = self.scores[ELSEWHERE];
        // Where the grammar hears a question for a room, or a booking given up, doubt is not enough.
        let is_heard = self.finds(Intent::Availability) || self.finds(Intent::Cancel);
        let least = if is_heard { CERTAIN } else { 0.0 };
        match self.evidence {
            StayEvidence::Stay if score > SURE && self.spoken >= FEW => StayEvidence::Elsewhere,
            StayEvidence::Unclear if score > least && self.spoken >= FEW => StayEvidence::Elsewhere,
            evidence => evidence,
        }
    }

    /// The same where a single day is all that is said of when: lives elsewhere are full of such days, so that a doubt is
    /// enough against it, unless a room is asked for, or its price.
    pub fn stay_of_a_day(&self) -> StayEvidence {
        match self.stay() {
            StayEvidence::Stay
                if self.scores[ELSEWHERE] > DOUBTED
                    && self.spoken >= FEW
                    && !self.finds(Intent::Availability)
                    && self.of(Intent::Availability) < 0.0
                    && !self.finds(Intent::Price) =>
            {
                StayEvidence::Elsewhere
            }
            evidence => evidence,
        }
    }

    /// Whether a wish for a stay is heard: for room, for its price, for a booking, for another day of it or for its end.
    pub fn wish(&self) -> Wish {
        let wishes = [Intent::Availability, Intent::Price, Intent::Book, Intent::ChangeDates, Intent::Cancel];
        match wishes.into_iter().map(|intent| self.of(intent)).fold(f32::MIN, f32::max) {
            most if most > CLEAR => Wish::Clear,
            most if most > HEARD => Wish::Heard,
            _ => Wish::None,
        }
    }
}
