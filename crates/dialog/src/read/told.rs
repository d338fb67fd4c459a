//! What a text tells of days and people by itself, before anything is known of its wishes: days that are said are a wish
//! for a room more often than not, and whoever weighs the words should know of them.

use jiff::civil::Date;

use super::{
    dates::{self, Aim, Stay},
    length_of_stay::{self, Length},
    people::{self, Party},
    stay_evidence,
    token::Sentence,
};

/// Lengths, people and days of a sentence, and the sentence with the tokens that they claim.
pub(super) struct Told {
    pub sentence: Sentence,
    pub length: Length,
    pub party: Party,
    pub stay: Stay,
    /// Whether it says nothing besides lengths and people.
    pub is_bare: bool,
    /// Whether nights are told as a journey.
    pub is_journey: bool,
}

/// How many things may be told.
pub(super) const COUNT: usize = 6;
/// A stay with both its ends; one end alone; a time that is no date; days in place of others; a length; people.
pub(super) const NAMES: [&str; COUNT] = ["stay", "day", "open", "replacement", "length", "people"];

/// `bare_from` is the day from which days without a month are counted.
pub(super) fn read(sentence: &Sentence, aim: Aim, bare_from: Date) -> Told {
    let mut sentence = sentence.clone();
    let length = length_of_stay::read(&mut sentence);
    let party = people::read(&mut sentence);
    let is_bare = stay_evidence::is_bare(&sentence);
    let is_journey = stay_evidence::tells_a_journey(&sentence);
    let stay = dates::read(&mut sentence, &length, aim, bare_from);
    Told { sentence, length, party, stay, is_bare, is_journey }
}

/// The findings of a sentence, as the classifier learns them.
pub(super) fn findings(sentence: &Sentence) -> [bool; COUNT] {
    read(sentence, Aim::Book, sentence.today).findings()
}

impl Told {
    /// Which of the things are told.
    pub fn findings(&self) -> [bool; COUNT] {
        let Self { stay, length, party, .. } = self;
        let ends = u8::from(stay.check_in.is_some()) + u8::from(stay.check_out.is_some());
        [
            ends == 2,
            ends == 1,
            ends == 0 && stay.is_said,
            stay.is_replacement,
            length.is_said(),
            party.guests.is_some() || party.children.is_some() || party.is_open,
        ]
    }
}
