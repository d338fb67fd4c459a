//! Days joined into what a guest means by them: one day, a range, nights in a row.

use super::{
    arrival_or_departure::{self, Role},
    day_mention::{Mention, Spoken},
    link::{Link, link},
};
use crate::{locale::Language, read::token::Sentence};

#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Single(Mention),
    /// From the first day to the day of departure.
    Range(Mention, Mention),
    /// `24 y 25`: the first and the last of days in a row.
    Row(Mention, Mention),
    /// `la noche del 24`
    Night(Mention),
    /// `las noches del 24 y 25`
    Nights(Mention, Mention),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub shape: Shape,
    pub start: usize,
    pub end: usize,
    pub role: Role,
    /// Another one was offered beside it: `el 5 o el 12`.
    pub is_alternative: bool,
    /// Said as approximate: `más o menos el 20`.
    pub is_about: bool,
}

pub(super) fn build(sentence: &Sentence, mentions: &[Mention]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut index = 0;
    while let Some(mention) = mentions.get(index) {
        let (shape, used) = shape_at(sentence, &mentions[index..]);
        let joined =
            index.checked_sub(1).map_or(Link::Apart, |before| link(sentence, &mentions[before], mention));
        let end = mentions[index + used - 1].end;
        let fresh = Unit {
            shape,
            start: mention.start,
            end,
            role: Role::Unsaid,
            is_alternative: false,
            is_about: false,
        };
        index += used;
        add(sentence, &mut units, fresh, joined);
    }
    arrival_or_departure::assign(sentence, &mut units);
    units
}

fn add(sentence: &Sentence, units: &mut Vec<Unit>, mut fresh: Unit, joined: Link) {
    let Some(last) = units.last_mut() else {
        units.push(fresh);
        return;
    };
    match (joined, last.shape, fresh.shape) {
        (Link::Correction, Shape::Range(first, end), Shape::Single(day)) => {
            // "Del 5 al 7, perdón, del 6": the word before tells which end is meant.
            let starts = sentence.was(day.start, 1, &["del", "desde", "from"])
                || arrival_or_departure::cue_between(sentence, last.end, day.start) == Some(Role::Arrival);
            let day = in_month_of(&end, day);
            last.shape = if starts { Shape::Range(day, end) } else { Shape::Range(first, day) };
            last.end = fresh.end;
        }
        (Link::Correction, Shape::Single(_), Shape::Single(day))
            if arrival_or_departure::cue_between(sentence, last.end, day.start).is_none() =>
        {
            // The role was said with the first try: "leave Jan 6, sorry, Jan 7".
            last.shape = with_month_of(last.shape, fresh.shape);
            last.end = fresh.end;
        }
        (Link::Correction | Link::Instead, _, _) => {
            // "10 a 12 de mayo, quiero decir, 11 a 13": the month carries over.
            fresh.shape = with_month_of(last.shape, fresh.shape);
            units.pop();
            units.push(fresh);
        }
        (Link::Range, Shape::Range(..), Shape::Single(_)) | (Link::SecondChoice, _, _) => {}
        (Link::Or, _, _) => {
            last.is_alternative = true;
            fresh.is_alternative = true;
            units.push(fresh);
        }
        _ => units.push(fresh),
    }
}

/// Bare days take the month of the days that they replace, and so does a row of them.
fn with_month_of(before: Shape, after: Shape) -> Shape {
    let named = [before.first(), before.last()].into_iter().find_map(|mention| match mention.spoken {
        Spoken::Dated { month, year, .. } => Some((month, year)),
        _ => None,
    });
    let (Some((month, year)), true) = (named, after.first().is_numbered() && after.last().is_numbered())
    else {
        return after;
    };
    after.map(|mention| match mention.spoken {
        Spoken::Numbered { day } => Mention { spoken: Spoken::Dated { day, month, year }, ..mention },
        _ => mention,
    })
}

/// A bare day is of the month of the day beside it.
pub(super) fn in_month_of(beside: &Mention, day: Mention) -> Mention {
    match (beside.spoken, day.spoken) {
        (Spoken::Dated { month, year, .. }, Spoken::Numbered { day: number }) => {
            Mention { spoken: Spoken::Dated { day: number, month, year }, ..day }
        }
        _ => day,
    }
}

/// The shape that the first mentions make, and how many of them.
fn shape_at(sentence: &Sentence, mentions: &[Mention]) -> (Shape, usize) {
    let first = mentions[0];
    let joined = mentions.get(1).map_or(Link::Apart, |next| link(sentence, &first, next));
    let night = night_before(sentence, first.start);
    match joined {
        Link::Range => (Shape::Range(first, mentions[1]), 2),
        // "Llegamos el 3 y el 6 nos vamos": two days, each with its verb.
        Link::And if arrival_or_departure::comes_and_goes(sentence, &first, &mentions[1]) => {
            (Shape::Single(first), 1)
        }
        // "De sábado para domingo", "del sábado para el domingo".
        Link::And => {
            let mut used = 2;
            while used < mentions.len() && link(sentence, &mentions[used - 1], &mentions[used]) == Link::And {
                used += 1;
            }
            let last = mentions[used - 1];
            if opens_range(sentence, &mentions[used - 1..]) {
                return (Shape::Single(first), 1);
            }
            (if night.is_some() { Shape::Nights(first, last) } else { Shape::Row(first, last) }, used)
        }
        _ if night == Some(Count::One) || is_tonight(sentence, &first) => (Shape::Night(first), 1),
        _ => (Shape::Single(first), 1),
    }
}

impl Shape {
    /// The day that opens it.
    pub fn first(&self) -> &Mention {
        match self {
            Self::Single(day) | Self::Night(day) => day,
            Self::Range(first, _) | Self::Row(first, _) | Self::Nights(first, _) => first,
        }
    }

    /// The day that closes it.
    pub fn last(&self) -> &Mention {
        match self {
            Self::Single(day) | Self::Night(day) => day,
            Self::Range(_, last) | Self::Row(_, last) | Self::Nights(_, last) => last,
        }
    }

    /// The same with both days changed.
    pub fn map(self, mut change: impl FnMut(Mention) -> Mention) -> Self {
        match self {
            Self::Single(day) => Self::Single(change(day)),
            Self::Night(day) => Self::Night(change(day)),
            Self::Range(first, last) => Self::Range(change(first), change(last)),
            Self::Row(first, last) => Self::Row(change(first), change(last)),
            Self::Nights(first, last) => Self::Nights(change(first), change(last)),
        }
    }
}

fn opens_range(sentence: &Sentence, mentions: &[Mention]) -> bool {
    mentions.get(1).is_some_and(|next| link(sentence, &mentions[0], next) == Link::Range)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Count {
    One,
    Several,
}

/// Whether `la noche del` or `las noches del` stands before the day.
fn night_before(sentence: &Sentence, start: usize) -> Option<Count> {
    let articles = ["el", "dia", "o", "the", "dias", "los"];
    let at = (0..2).fold(start, |at, _| if sentence.was(at, 1, &articles) { at - 1 } else { at });
    if !sentence.was(at, 1, &["de", "del", "do", "of", "da", "das"]) {
        return None;
    }
    let noun = at.wrapping_sub(2);
    // Counted nights are a length: "3 noches del 5".
    if sentence.any_number(noun.wrapping_sub(1)).is_some() && !sentence.was(noun, 2, &["las"]) {
        return None;
    }
    if sentence.is(noun, &["noche", "noite", "night"]) {
        return Some(Count::One);
    }
    sentence.is(noun, &["noches", "noites", "nights"]).then_some(Count::Several)
}

/// `just Saturday night`, `solo el sábado a la noche`, `só a noite de sábado`
fn is_only_that_night(sentence: &Sentence, mention: &Mention) -> bool {
    let articles = ["el", "dia", "o", "the", "on", "para", "no", "na", "for"];
    let at = (0..2).fold(mention.start, |at, _| if sentence.was(at, 1, &articles) { at - 1 } else { at });
    let only =
        sentence.was(at, 1, &["just", "only", "solo", "solamente", "so", "apenas", "unicamente", "nomas"]);
    let night = (mention.end..mention.end + 4)
        .take_while(|index| !sentence.is_break(*index))
        .any(|index| sentence.is(index, &["night", "noche", "noite"]));
    // "Any room Saturday night?" is a night; "viernes noche" an hour of coming.
    let english = sentence.language == Language::En
        && sentence.is(mention.end, &["night"])
        && arrival_or_departure::cue_near(sentence, mention.start, mention.end).is_none();
    let after = english
        || sentence.is(mention.end, &["night", "noche", "noite"])
            && sentence.is(mention.end + 1, &["only", "nomas", "solamente", "apenas"]);
    only && night || after
}

/// `esta noche`, `tonight`: one night, unless it is when somebody arrives.
fn is_tonight(sentence: &Sentence, mention: &Mention) -> bool {
    let said = sentence.is(mention.start, &["tonight"])
        || sentence.is(mention.end.wrapping_sub(1), &["noche", "noite"]);
    said && arrival_or_departure::cue_near(sentence, mention.start, mention.end).is_none()
        || is_only_that_night(sentence, mention)
}
