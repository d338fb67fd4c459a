//! What a guest wants: weighted patterns, which the reader of meaning weighs with the words, and what is made of both.

/// About the house and its rules: services, place, hours, payment.
mod asking_about_house;
/// Asking for a stay: availability, price, booking.
mod asking_for_a_stay;
/// From scores to intents.
mod decide_from_scores;
/// Greetings, thanks, yes and no.
mod greeting_thanks_yes_no;
/// About a booking that exists, and calls for a person.
mod managing_a_booking;

use std::{collections::BTreeSet, sync::LazyLock};

use super::{token::Sentence, word_pattern::PatternSet};
use crate::message_reading::Intent;
pub(super) use decide_from_scores::{of_words, topics};

/// How many intents have patterns.
pub(super) const TABLE_COUNT: usize = 16;

/// Each table has a rule per line: a weight and a pattern.
const TABLES: [(Intent, &str); TABLE_COUNT] = [
    (Intent::Availability, asking_for_a_stay::AVAILABILITY),
    (Intent::Price, asking_for_a_stay::PRICE),
    (Intent::Book, asking_for_a_stay::BOOK),
    (Intent::Services, asking_about_house::SERVICES),
    (Intent::Location, asking_about_house::LOCATION),
    (Intent::CheckinTimes, asking_about_house::CHECKIN_TIMES),
    (Intent::Payment, asking_about_house::PAYMENT),
    (Intent::Confirm, managing_a_booking::CONFIRM),
    (Intent::Cancel, managing_a_booking::CANCEL),
    (Intent::ChangeDates, managing_a_booking::CHANGE_DATES),
    (Intent::Human, managing_a_booking::HUMAN),
    (Intent::Complaint, managing_a_booking::COMPLAINT),
    (Intent::Greeting, greeting_thanks_yes_no::GREETING),
    (Intent::Thanks, greeting_thanks_yes_no::THANKS),
    (Intent::Yes, greeting_thanks_yes_no::YES),
    (Intent::No, greeting_thanks_yes_no::NO),
];

struct Rules {
    /// The number of its table, and what it weighs there.
    weights: Vec<(usize, i8)>,
    patterns: PatternSet,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let rule = |line: &'static str| {
        let (weight, pattern) = line.split_once(' ')?;
        Some((weight.parse::<i8>().ok()?, pattern))
    };
    let of_table = |(nth, (_, table)): (usize, &(Intent, &'static str))| {
        table
            .lines()
            .filter_map(rule)
            .map(move |(weight, pattern)| (nth, weight, pattern))
            .collect::<Vec<_>>()
    };
    let rules: Vec<(usize, i8, &'static str)> = TABLES.iter().enumerate().flat_map(of_table).collect();
    Rules {
        weights: rules.iter().map(|(nth, weight, _)| (*nth, *weight)).collect(),
        patterns: PatternSet::parse(rules.iter().map(|(_, _, pattern)| *pattern)),
    }
});

/// The intents of the tables, in their order.
pub(super) fn table_names() -> impl Iterator<Item = Intent> {
    TABLES.iter().map(|(intent, _)| *intent)
}

/// What the patterns of each intent add up to, in the order of the tables.
pub(super) fn weights(sentence: &Sentence) -> [i8; TABLE_COUNT] {
    let start = greeting_thanks_yes_no::after_greetings(sentence);
    let mut weights = [0_i8; TABLE_COUNT];
    for nth in RULES.patterns.fitting(sentence, start) {
        let (table, weight) = RULES.weights[nth];
        weights[table] = weights[table].saturating_add(weight);
    }
    weights
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
        intents.remove(&Intent::Other);
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
