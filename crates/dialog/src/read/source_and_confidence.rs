//! Where each field of a reading comes from, and how sure it is.

use super::{dates::Stay, length_of_stay::Length, people::Party, token::Sentence};
use crate::message_reading::{Source, Sources, Sureness};

/// What was read, before it is put into words.
pub(super) struct Found<'a> {
    pub stay: &'a Stay,
    pub party: &'a Party,
    pub length: &'a Length,
    /// Whether a number of nights is part of the reading.
    pub has_nights: bool,
}

pub(super) fn of(text: &str, sentence: &Sentence, found: &Found) -> Sources {
    let Found { stay, party, length, has_nights } = found;
    let source = |at: Option<(usize, usize)>, sureness| words_at(text, sentence, at?, sureness);
    let date = |sureness| if stay.ambiguous { Sureness::Doubtful } else { sureness };
    let people = |sureness| if party.ambiguous { Sureness::Doubtful } else { sureness };
    let end = |date: Option<jiff::civil::Date>, at: Option<(usize, usize)>| match (date, at) {
        (None, _) => None,
        (Some(_), Some(at)) => source(Some(at), date_sureness(stay, Sureness::Said)),
        // "Tres noches desde el 5": the other end follows from the length.
        (Some(_), None) => source(
            length.at.or(stay.check_in_at).or(stay.check_out_at),
            date_sureness(stay, Sureness::Derived),
        ),
    };
    let both = join(stay.check_in_at, stay.check_out_at);
    let nights = match (length.at, length.nights) {
        _ if !has_nights => None,
        (Some(at), Some(_)) => source(Some(at), date(Sureness::Said)),
        _ => source(both.or(length.at), date(Sureness::Derived)),
    };
    let is_sum = party.adults.is_some() && party.children.is_some();
    let of_party = |is_said: bool, at, sureness| if is_said { source(at, people(sureness)) } else { None };
    let guests = if is_sum { Sureness::Derived } else { Sureness::Said };
    Sources {
        check_in: end(stay.check_in, stay.check_in_at),
        check_out: end(stay.check_out, stay.check_out_at),
        nights,
        adults: of_party(party.adults.is_some(), party.at, Sureness::Said),
        children: of_party(party.children.is_some(), party.children_at.or(party.at), Sureness::Said),
        guests: of_party(party.guests.is_some(), party.at, guests),
    }
}

fn date_sureness(stay: &Stay, sureness: Sureness) -> Sureness {
    if stay.ambiguous { Sureness::Doubtful } else { sureness }
}

fn join(one: Option<(usize, usize)>, other: Option<(usize, usize)>) -> Option<(usize, usize)> {
    match (one, other) {
        (Some((start, end)), Some((from, to))) => Some((start.min(from), end.max(to))),
        (one, other) => one.or(other),
    }
}

/// The typed words of a range of tokens.
fn words_at(text: &str, sentence: &Sentence, at: (usize, usize), sureness: Sureness) -> Option<Source> {
    let tokens = sentence.tokens.get(at.0..at.1.min(sentence.len()))?;
    let start = tokens.iter().map(|token| token.bytes.0).min()?;
    let end = tokens.iter().map(|token| token.bytes.1).max()?;
    let words = text.get(start..end)?.to_owned();
    Some(Source { words, start, end, sureness })
}
