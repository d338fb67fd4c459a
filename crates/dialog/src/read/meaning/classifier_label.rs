//! What the classifier weighs: intents, topics, and whether a message is about no stay at all.

use crate::message_reading::{Intent, Topic};

/// One output of the classifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Intent(Intent),
    Topic(Topic),
    /// Another business, another life, a wrong number.
    Elsewhere,
}

/// In the order of the outputs.
pub(super) const LABELS: [Label; 27] = [
    Label::Intent(Intent::Greeting),
    Label::Intent(Intent::Availability),
    Label::Intent(Intent::Price),
    Label::Intent(Intent::Book),
    Label::Intent(Intent::Services),
    Label::Intent(Intent::Location),
    Label::Intent(Intent::CheckinTimes),
    Label::Intent(Intent::Payment),
    Label::Intent(Intent::Confirm),
    Label::Intent(Intent::Cancel),
    Label::Intent(Intent::ChangeDates),
    Label::Intent(Intent::Human),
    Label::Intent(Intent::Complaint),
    Label::Intent(Intent::Thanks),
    Label::Intent(Intent::Yes),
    Label::Intent(Intent::No),
    Label::Intent(Intent::Other),
    Label::Topic(Topic::RefundTerms),
    Label::Topic(Topic::PaymentMethods),
    Label::Topic(Topic::Discount),
    Label::Topic(Topic::BookingStatus),
    Label::Topic(Topic::LostLink),
    Label::Topic(Topic::ArrivalHour),
    Label::Topic(Topic::HouseTrouble),
    Label::Topic(Topic::Photos),
    Label::Topic(Topic::Invoice),
    Label::Elsewhere,
];

impl Label {
    /// As it is written in the corpus.
    pub fn name(self) -> String {
        let name = match self {
            Self::Intent(intent) => serde_json::to_value(intent),
            Self::Topic(topic) => serde_json::to_value(topic),
            Self::Elsewhere => return "elsewhere".to_owned(),
        };
        name.ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// All labels that a line of the corpus may have.
    pub fn all() -> impl Iterator<Item = Self> {
        LABELS.into_iter()
    }
}

/// Where a label stands among the outputs.
pub(super) const fn place_of_intent(intent: Intent) -> usize {
    match intent {
        Intent::Greeting => 0,
        Intent::Availability => 1,
        Intent::Price => 2,
        Intent::Book => 3,
        Intent::Services => 4,
        Intent::Location => 5,
        Intent::CheckinTimes => 6,
        Intent::Payment => 7,
        Intent::Confirm => 8,
        Intent::Cancel => 9,
        Intent::ChangeDates => 10,
        Intent::Human => 11,
        Intent::Complaint => 12,
        Intent::Thanks => 13,
        Intent::Yes => 14,
        Intent::No => 15,
        Intent::Other => 16,
    }
}

pub(super) const ELSEWHERE: usize = LABELS.len() - 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_intent_stands_where_it_is_looked_for() {
        for (place, label) in LABELS.into_iter().enumerate() {
            if let Label::Intent(intent) = label {
                assert_eq!(place_of_intent(intent), place);
            }
        }
        assert_eq!(LABELS[ELSEWHERE], Label::Elsewhere);
        assert_eq!(LABELS[10].name(), "change_dates");
    }
}
