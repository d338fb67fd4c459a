//! What a guest wants, by weighted patterns.

/// Asking for a stay: availability, price, booking.
mod asking;
/// About the house and its rules: services, place, hours, payment.
mod house;
/// About a booking that exists, and calls for a person.
mod managing;
/// Greetings, thanks, yes and no.
mod manners;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::{pattern::PatternSet, token::Sentence};
use crate::reading::Intent;

/// An intent is meant when the weights of its patterns that fit add up to this.
const ENOUGH: i8 = 2;

/// Each table has a rule per line: a weight and a pattern.
const TABLES: [(Intent, &str); 16] = [
    (Intent::Availability, asking::AVAILABILITY),
    (Intent::Price, asking::PRICE),
    (Intent::Book, asking::BOOK),
    (Intent::Services, house::SERVICES),
    (Intent::Location, house::LOCATION),
    (Intent::CheckinTimes, house::CHECKIN_TIMES),
    (Intent::Payment, house::PAYMENT),
    (Intent::Confirm, managing::CONFIRM),
    (Intent::Cancel, managing::CANCEL),
    (Intent::ChangeDates, managing::CHANGE_DATES),
    (Intent::Human, managing::HUMAN),
    (Intent::Complaint, managing::COMPLAINT),
    (Intent::Greeting, manners::GREETING),
    (Intent::Thanks, manners::THANKS),
    (Intent::Yes, manners::YES),
    (Intent::No, manners::NO),
];

struct Rules {
    weights: Vec<(Intent, i8)>,
    patterns: PatternSet,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let rule = |line: &'static str| {
        let (weight, pattern) = line.split_once(' ')?;
        Some((weight.parse::<i8>().ok()?, pattern))
    };
    let of_table = |(intent, table): &(Intent, &'static str)| {
        let intent = *intent;
        table
            .lines()
            .filter_map(rule)
            .map(move |(weight, pattern)| (intent, weight, pattern))
            .collect::<Vec<_>>()
    };
    let rules: Vec<(Intent, i8, &'static str)> = TABLES.iter().flat_map(of_table).collect();
    Rules {
        weights: rules.iter().map(|(intent, weight, _)| (*intent, *weight)).collect(),
        patterns: PatternSet::parse(rules.iter().map(|(_, _, pattern)| *pattern)),
    }
});

/// What the words say; dates and people are not looked at.
pub(super) fn of_words(sentence: &Sentence) -> BTreeSet<Intent> {
    let start = manners::after_greetings(sentence);
    let mut weights: BTreeMap<Intent, i8> = BTreeMap::new();
    for nth in RULES.patterns.fitting(sentence, start) {
        let (intent, weight) = RULES.weights[nth];
        let sum = weights.entry(intent).or_default();
        *sum = sum.saturating_add(weight);
    }
    let meant = weights.into_iter().filter(|(_, weight)| *weight >= ENOUGH).map(|(intent, _)| intent);
    without_echoes(meant.collect())
}

/// Words that one intent borrows from another: a complaint about the water asks for no services.
fn without_echoes(mut intents: BTreeSet<Intent>) -> BTreeSet<Intent> {
    let echoes: &[(Intent, &[Intent])] = &[
        (Intent::Complaint, &[Intent::Payment, Intent::Services, Intent::Location, Intent::Confirm]),
        (Intent::Cancel, &[Intent::Book, Intent::Confirm, Intent::Availability, Intent::ChangeDates]),
        (Intent::ChangeDates, &[Intent::Book, Intent::Availability]),
        (Intent::Confirm, &[Intent::Book]),
    ];
    for (cause, echoed) in echoes {
        if intents.contains(cause) {
            intents.retain(|intent| !echoed.contains(intent));
        }
    }
    intents
}

pub(super) fn names_a_booking(sentence: &Sentence) -> bool {
    let words = "reserva reservacion fecha fechas data datas booking reservation date dates dia";
    (0..sentence.len()).any(|index| sentence.is_in(index, words))
}

/// What else is known once dates and people have been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slots {
    /// Arrival and departure.
    WholeStay,
    Some,
    Unsaid,
}

/// Adds what the slots say: a fragment that only gives dates or people asks whether that is free.
pub(super) fn with_slots(mut intents: BTreeSet<Intent>, slots: Slots) -> BTreeSet<Intent> {
    let polite = [Intent::Greeting, Intent::Thanks, Intent::Yes, Intent::No, Intent::Other];
    let about_the_house = [Intent::Services, Intent::Location, Intent::Payment];
    let only_polite = intents.iter().all(|intent| polite.contains(intent));
    let only_house = intents.iter().all(|intent| polite.contains(intent) || about_the_house.contains(intent));
    // "Del 20 al 3 para 4, tiene pileta?" asks for both.
    if only_polite && slots != Slots::Unsaid || only_house && slots == Slots::WholeStay {
        intents.insert(Intent::Availability);
    }
    if intents.is_empty() {
        intents.insert(Intent::Other);
    }
    intents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_a_rule() {
        let lines = TABLES.iter().flat_map(|(_, table)| table.lines()).filter(|line| !line.is_empty());
        assert_eq!(lines.count(), RULES.weights.len());
    }
}
