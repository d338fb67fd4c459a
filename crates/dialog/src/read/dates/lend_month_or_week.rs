//! Months and weeks that are said apart from their days: `en enero, del 5 al 8`; `la semana que viene, de martes a
//! jueves`.

use super::{
    day_mention::{Mention, Month, Spoken, Week},
    join_days_into_unit::{Shape, Unit, in_month_of},
    weekdays,
};
use crate::read::lexicon::{Tense, words};
use crate::read::{
    mask::is_name,
    month_and_weekday_names::month,
    token::{Claim, Kind, Sentence},
};

/// `la semana que viene, de martes a jueves`; `de jueves a domingo de la semana que viene`.
pub(super) fn weeks(sentence: &Sentence, mentions: &mut [Mention]) {
    if !mentions.iter().any(Mention::is_weekday) {
        return;
    }
    let own = mentions.iter().find_map(|mention| match mention.spoken {
        Spoken::Weekday { week: Week::Of { days }, .. } => Some(days),
        _ => None,
    });
    let said = own.or_else(|| {
        (0..sentence.len()).find_map(|index| weekdays::week_phrase(sentence, index)).map(|(days, _)| days)
    });
    let Some(days) = said else { return };
    for mention in mentions {
        if let Spoken::Weekday { week, .. } = &mut mention.spoken {
            *week = Week::Of { days };
        }
    }
}

pub(super) fn names_weekdays_only(mentions: &[Mention]) -> bool {
    let is_coming = |mention: &Mention| matches!(mention.spoken, Spoken::Weekday { week: Week::Coming, .. });
    !mentions.is_empty() && mentions.iter().all(is_coming)
}

/// `en enero, del 5 al 8`; `5 al 8, enero`: a month beside days lends itself to them.
pub(super) fn months(sentence: &mut Sentence, mentions: &mut [Mention]) {
    if mentions.is_empty() || mentions.iter().any(Mention::is_dated) {
        return;
    }
    let (start, end) = (mentions[0].start, mentions[mentions.len() - 1].end);
    let near = |index: usize| index + 5 >= start && index < start || index >= end && index <= end + 2;
    let mut months = (0..sentence.len()).rev().filter(|index| sentence.is_free(*index) && near(*index));
    let found = months.find_map(|index| Some((index, month(sentence, index)?)));
    let Some((at, month)) = found
        .filter(|(at, _)| stands_beside(sentence, *at, start, end))
        .or_else(|| month_before(sentence, start))
    else {
        return;
    };
    sentence.claim(at..at + 1, Claim::Day);
    lend_to_first(mentions, month);
}

/// Whether nothing but small words stands between a month at `at` and the days.
fn stands_beside(sentence: &Sentence, at: usize, start: usize, end: usize) -> bool {
    let between = if at < start { at + 1..start } else { end..at };
    let fillers = words!(", en em in del de el para desde mes a the from : dia do entre ( los dias no");
    let clean = between.clone().all(|index| {
        sentence.has(index, fillers)
            || sentence.is_line_break(index)
            || sentence.claim_of(index) == Some(Claim::People)
    });
    let led = at < start
        || sentence.tokens[at - 1].kind == Kind::Mark
        || sentence.was(at, 1, &["en", "em", "in", "mes", "de"]);
    clean && led
}

/// The days after the first follow from it.
fn lend_to_first(mentions: &mut [Mention], month: i8) {
    if let Some(first) = mentions.iter_mut().find(|mention| mention.is_numbered())
        && let Spoken::Numbered { day } = first.spoken
    {
        first.spoken = Spoken::Dated { day, month: Month::Named(month), year: None };
    }
}

/// `buscamos algo para octubre. Entraríamos el 9`: the one month that is named before the days, in a sentence that tells
/// nothing that is over.
fn month_before(sentence: &Sentence, start: usize) -> Option<(usize, i8)> {
    const REACH: usize = 30;
    let named = |index: &usize| month(sentence, *index).is_some() && !is_name(sentence, *index);
    let mut months = (start.saturating_sub(REACH)..start).filter(named);
    let at = months.next().filter(|_| months.next().is_none())?;
    let led = sentence.had(at, 1, words!("en em in for para de during durante mes")) && sentence.is_free(at);
    let is_past = |index: usize| {
        sentence.verb(index).is_some_and(|verb| verb.tense == Tense::Past)
            || sentence.is(index, &["pasado", "passado", "last", "que", "porque", "because"])
    };
    let clause = sentence.clause(at);
    let is_told = clause.into_iter().any(is_past) || sentence.any_number(at + 1).is_some();
    (led && !is_told).then_some((at, month(sentence, at)?))
}

/// `mi curso es el 13 de mayo, llegaría el 14`: a later bare day is of the month that was named before it.
pub(super) fn month_to_a_later_day(units: &mut [Unit], named: &[Unit]) {
    for unit in units {
        let Shape::Single(day) = unit.shape else { continue };
        let Spoken::Numbered { day: number } = day.spoken else { continue };
        let before =
            named.iter().rev().filter(|other| other.end <= unit.start).map(|other| *other.shape.last());
        let dated = before.into_iter().find(Mention::is_dated);
        if let Some(dated) = dated
            && let Spoken::Dated { day: named, year: None, .. } = dated.spoken
            && number > named
        {
            unit.shape = Shape::Single(in_month_of(&dated, day));
        }
    }
}

/// `del 9 al 12 de abril … mejor del 16 al 19`: bare ranges are of the month that was named before.
pub(super) fn months_to_ranges(units: &mut [Unit]) {
    for nth in 1..units.len() {
        let is_bare = |shape: &Shape| shape.first().is_numbered() && shape.last().is_numbered();
        let before = units[..nth].iter().rev().find(|unit| unit.shape.last().is_dated());
        if let (Some(before), Shape::Range(first, last), true) =
            (before.map(|unit| *unit.shape.last()), units[nth].shape, is_bare(&units[nth].shape))
        {
            units[nth].shape = match (first.spoken, last.spoken) {
                (Spoken::Numbered { day: from }, Spoken::Numbered { day: to }) if from >= to => {
                    Shape::Range(in_month_of(&before, first), last)
                }
                _ => Shape::Range(in_month_of(&before, first), in_month_of(&before, last)),
            };
        }
    }
}
