//! What a text tells of days and people by itself, before anything is known of its wishes: days that are said are a wish
//! for a room more often than not, and whoever weighs the words should know of them.

use super::{
    dates::{self, Aim},
    length_of_stay, people,
    token::Sentence,
};

/// How many things may be told.
pub(super) const COUNT: usize = 6;
/// A stay with both its ends; one end alone; a time that is no date; days in place of others; a length; people.
pub(super) const NAMES: [&str; COUNT] = ["stay", "day", "open", "replacement", "length", "people"];

/// Which of them are told.
pub(super) fn of(sentence: &Sentence) -> [bool; COUNT] {
    let mut sentence = sentence.clone();
    let length = length_of_stay::read(&mut sentence);
    let party = people::read(&mut sentence);
    let today = sentence.today;
    let stay = dates::read(&mut sentence, &length, Aim::Book, today);
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
