//! How many people come.

/// People named instead of counted: `mi novia y yo`, `viajo sola`.
mod companions;
/// Counts with a noun: `2 adultos y 1 nene`.
mod counts;
/// Words for people.
pub(super) mod nouns;
/// Totals without a noun: `somos 4`, `para 2`, `familia de 5`.
mod totals;

use super::token::Sentence;
use counts::Counts;

/// The people of a stay. Pets never count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Party {
    pub adults: Option<u16>,
    pub children: Option<u16>,
    pub guests: Option<u16>,
    pub ambiguous: bool,
}

/// More people than any house here sleeps; larger numbers are something else.
const MOST: u16 = 60;

pub(super) fn read(sentence: &mut Sentence) -> Party {
    let counts = counts::read(sentence);
    let total = totals::read(sentence);
    let named = companions::read(sentence, &counts);
    assemble(&counts, total, named)
}

/// A total, and how it stands to children that are named beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Total {
    people: u16,
    /// `4 o 5`: the larger was taken.
    vague: bool,
    children: Beside,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    /// `somos 4, 2 nenes`: part of the four.
    Included,
    /// `somos 2 y un bebé`: on top of the two.
    Added,
}

fn assemble(counts: &Counts, total: Option<Total>, named: Option<u16>) -> Party {
    let total =
        total.or_else(|| counts.total.map(|people| Total { people, vague: false, children: counts.beside }));
    // "Yo y 2 amigos": the speaker comes on top of those who are counted.
    let total = match (total, named) {
        (Some(Total { people, vague, children }), Some(named)) if counts.total == Some(people) => {
            Some(Total { people: people.max(named), vague, children })
        }
        _ => total,
    };
    let vague = total.is_some_and(|total| total.vague) || counts.vague;
    let party = match (counts.adults, counts.children, total) {
        (Some(adults), Some(children), total) => {
            let sum = adults + children;
            let said = total.map_or(sum, |total| total.people);
            Party { ambiguous: said != sum && said != adults, ..of_parts(adults, children) }
        }
        (Some(adults), None, total) => {
            let guests = total.map_or(adults, |total| total.people.max(adults));
            Party { adults: Some(adults), children: None, guests: Some(guests), ambiguous: false }
        }
        (None, Some(children), Some(total))
            if total.children == Beside::Added || total.people <= children =>
        {
            of_parts(total.people, children)
        }
        (None, Some(children), Some(total)) => of_parts(total.people - children, children),
        (None, Some(children), None) => match named {
            Some(adults) => of_parts(adults, children),
            None => Party { children: Some(children), ..Party::default() },
        },
        (None, None, Some(total)) => Party { guests: Some(total.people), ..Party::default() },
        (None, None, None) => Party { guests: named, ..Party::default() },
    };
    Party { ambiguous: party.ambiguous || vague, ..party }
}

fn of_parts(adults: u16, children: u16) -> Party {
    Party {
        adults: Some(adults),
        children: Some(children),
        guests: Some(adults + children),
        ambiguous: false,
    }
}

#[cfg(test)]
mod tests;
