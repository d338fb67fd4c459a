//! Every day that the sentence names, in order.

use super::bare_day_numbers::numbered;
use super::day_mention::{Mention, Spoken};
use super::{days_from_today, days_with_month, weekdays};
use crate::read::lexicon::words;
use crate::read::{
    mask::is_name,
    token::{Claim, Sentence},
};

/// Nobody names more days in one message.
const MOST_DAYS: usize = 40;

pub(super) fn find(sentence: &mut Sentence) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut index = 0;
    while index < sentence.len() && mentions.len() < MOST_DAYS {
        let Some(mention) = at(sentence, index, mentions.last()) else {
            index += 1;
            continue;
        };
        sentence.claim_free(mention.start..mention.end, Claim::Day);
        index = mention.end.max(index + 1);
        match mentions.last_mut() {
            Some(last) if describes(sentence, last, &mention) => {
                last.end = mention.end;
                if let Spoken::Weekday { weekday, .. } = mention.spoken {
                    last.weekday = Some(weekday);
                }
            }
            _ => mentions.push(mention),
        }
    }
    mentions
}

fn at(sentence: &Sentence, index: usize, last: Option<&Mention>) -> Option<Mention> {
    if !sentence.is_free(index) {
        return None;
    }
    let plain = |spoken, end| Mention { spoken, start: index, end, weekday: None };
    if let Some((spoken, end)) = days_with_month::date(sentence, index) {
        return Some(plain(spoken, end));
    }
    if let Some(mention) = weekdays::mention(sentence, index) {
        return Some(mention);
    }
    if let Some((days, end)) = days_from_today::days(sentence, index) {
        if is_name(sentence, index) {
            return None;
        }
        // "Dentro de dos semanas, el viernes" names the weekday; the weeks alone are the day.
        let at = if sentence.is(end, &[","]) { end + 1 } else { end };
        let at = if sentence.is(at, &["el", "o", "on", "na", "no"]) { at + 1 } else { at };
        let names_weekday = at > end && crate::read::month_and_weekday_names::weekday(sentence, at).is_some();
        return (days % 7 != 0 || days == 0 || !names_weekday).then(|| plain(Spoken::Ahead { days }, end));
    }
    let day = numbered(sentence, index, last)?;
    Some(plain(Spoken::Numbered { day }, index + 1))
}

/// `9 de julio que cae viernes`, `5/2 (viernes)`: the weekday belongs to the date before it.
fn describes(sentence: &Sentence, last: &Mention, next: &Mention) -> bool {
    // "Hoy jueves", "mañana, viernes".
    let is_ahead = matches!(last.spoken, Spoken::Ahead { .. }) && next.is_weekday();
    let beside = last.end == next.start || sentence.is(last.end, &[","]) && last.end + 1 == next.start;
    if is_ahead && beside {
        return true;
    }
    if !(last.is_dated() || last.is_numbered()) || !next.is_weekday() {
        return false;
    }
    let gap = last.end..next.start;
    let falls = words!("que cae es ( seria un cai which is a o sea");
    let bracketed = sentence.is(last.end, &["("]);
    let verb = gap.clone().any(|index| sentence.is(index, &["cae", "es", "cai", "is", "seria"]));
    gap.len() <= 3
        && !gap.is_empty()
        && gap.clone().all(|index| sentence.has(index, falls))
        && (bracketed || verb)
}
