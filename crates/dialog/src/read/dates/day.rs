//! One day as it is spoken, and where.

use jiff::civil::Weekday;

use super::written;
use crate::{
    locale::Language,
    read::{
        calendar_words::weekday,
        mask::is_thing,
        token::{Claim, Sentence, Shape},
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoken {
    /// `5 de enero`, `29/02/2027`.
    Dated {
        day: i8,
        month: Month,
        year: Option<i16>,
    },
    /// `el 5`.
    Numbered {
        day: i8,
    },
    Weekday {
        weekday: Weekday,
        week: Week,
    },
    /// Days after today.
    Ahead {
        days: i64,
    },
    /// Days before (negative) Easter Sunday: `viernes santo`.
    FromEaster {
        days: i64,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Month {
    Named(i8),
    This,
    Next,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Week {
    /// The first such day after today.
    Coming,
    /// In the calendar week after this one.
    Next,
}

/// A day in the sentence, `start..end` in tokens, articles and prepositions excluded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    pub spoken: Spoken,
    pub start: usize,
    pub end: usize,
    /// The weekday named beside a date: `viernes 4`.
    pub weekday: Option<Weekday>,
}

/// Nobody names more days in one message.
const MOST_DAYS: usize = 40;

/// Every day that the sentence names, in order.
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
    if let Some((spoken, end)) = written::date(sentence, index) {
        return Some(plain(spoken, end));
    }
    if let Some((weekday, end)) = weekday(sentence, index) {
        return weekday_mention(sentence, index, weekday, end);
    }
    if let Some((days, end)) = relative(sentence, index) {
        return Some(plain(Spoken::Ahead { days }, end));
    }
    let day = numbered(sentence, index, last)?;
    Some(plain(Spoken::Numbered { day }, index + 1))
}

/// `9 de julio que cae viernes`, `5/2 (viernes)`: the weekday belongs to the date before it.
fn describes(sentence: &Sentence, last: &Mention, next: &Mention) -> bool {
    let is_dated = matches!(last.spoken, Spoken::Dated { .. } | Spoken::Numbered { .. });
    if !is_dated || !matches!(next.spoken, Spoken::Weekday { .. }) {
        return false;
    }
    let gap = last.end..next.start;
    let falls = "que cae es ( seria un cai which is a o sea";
    let bracketed = sentence.is(last.end, &["("]);
    let verb = gap.clone().any(|index| sentence.is(index, &["cae", "es", "cai", "is", "seria"]));
    gap.len() <= 3
        && !gap.is_empty()
        && gap.clone().all(|index| sentence.is_in(index, falls))
        && (bracketed || verb)
}

fn weekday_mention(sentence: &Sentence, index: usize, weekday: Weekday, end: usize) -> Option<Mention> {
    let habit = "los cada todos aos every dias as todas";
    let is_name = sentence.was(index, 1, &["soy", "llamo", "sou", "chamo", "habla"]);
    if is_name
        || sentence.was_in(index, 1, habit) && !sentence.is(index.wrapping_sub(1), &["dias"])
        || is_past(sentence, index, end)
    {
        return None;
    }
    let mention = |spoken, end| Some(Mention { spoken, start: index, end, weekday: Some(weekday) });
    if sentence.is(end, &["santo", "santa"]) {
        let days = if weekday == Weekday::Thursday { -3 } else { -2 };
        return mention(Spoken::FromEaster { days }, end + 1);
    }
    let sunday = ["de pascua", "de pascuas", "de pascoa", "de resurreccion"];
    if weekday == Weekday::Sunday && sentence.any_phrase(end, &sunday).is_some() {
        return mention(Spoken::FromEaster { days: 0 }, end + 2);
    }
    if let Some((spoken, end)) = day_after_weekday(sentence, end) {
        return mention(spoken, end);
    }
    let next_week = "\
        de la semana que viene|de la proxima semana|de la otra semana|de la semana siguiente|\
        de la semana proxima|da semana que vem|da proxima semana|next week|of next week|\
        de la sem que viene";
    if let Some(end) = sentence.any_phrase_in(end, next_week) {
        return mention(Spoken::Weekday { weekday, week: Week::Next }, end);
    }
    let coming = [
        "que viene",
        "que vem",
        "proximo",
        "proxima",
        "siguiente",
        "que entra",
        "que sigue",
        "de esta semana",
        "desta semana",
    ];
    let end = sentence.any_phrase(end, &coming).unwrap_or(end);
    mention(Spoken::Weekday { weekday, week: Week::Coming }, end)
}

/// `viernes 4 de febrero`, `sexta, 5/2`, `friday the 5th`.
fn day_after_weekday(sentence: &Sentence, end: usize) -> Option<(Spoken, usize)> {
    let mut at = end;
    let mut named = false;
    while at < end + 3 && sentence.is(at, &[",", "dia", "el", "the", "o", "("]) {
        named |= sentence.is(at, &["dia", "el", "the", "("]);
        at += 1;
    }
    if let Some((spoken, end)) = written::date(sentence, at) {
        let end = if sentence.is(end, &["("]) && sentence.is(end, &[")"]) { end + 1 } else { end };
        return Some((spoken, end));
    }
    let day = plain_day(sentence, at)?;
    let follows = at == end || named;
    let counted = sentence.is(at + 1, &["por", "x"]) && sentence.is_glued(at + 1);
    (follows && !counted).then_some((Spoken::Numbered { day }, at + 1))
}

fn is_past(sentence: &Sentence, start: usize, end: usize) -> bool {
    let before = ["last", "pasado", "passado", "passada", "ultimo", "ultima", "anterior"];
    let after = ["pasado", "passado", "passada", "anterior", "ultimo"];
    sentence.was(start, 1, &before) || sentence.is(end, &after)
}

/// `hoy`, `mañana`, `pasado`, `en 3 días`: days after today, and where it ends.
fn relative(sentence: &Sentence, index: usize) -> Option<(i64, usize)> {
    let end = index + 1;
    match sentence.word(index) {
        "hoy" if sentence.is(end, &["en"]) => Some(today_in_weeks(sentence, end + 1).unwrap_or((0, end))),
        "hoy" | "hoje" | "today" | "tonight" => Some((0, end)),
        "esta" | "this" if sentence.is(end, &["noche", "noite", "evening"]) => Some((0, end + 1)),
        "amanha" | "tomorrow" => Some((1, end)),
        "manana" => (!is_morning(sentence, index)).then_some((1, end)),
        "pasadomanana" => Some((2, end)),
        "pasado" => {
            let lead = "para de desde hasta a y o por";
            let counted = sentence.claim_of(end) == Some(Claim::Nights) || sentence.is(end, &["por"]);
            let named = sentence.is(end, &["el", "de", "por"]) && !counted;
            let led =
                sentence.was_in(index, 1, lead) || index == 0 || sentence.is_break(index.wrapping_sub(1));
            (led && !named || counted && !sentence.was(index, 1, &["finde", "mes", "ano"]))
                .then_some((2, end))
        }
        _ => in_days(sentence, index),
    }
}

/// `de hoy en ocho`: both ends counted, so a week from today; `en quince`, two weeks.
fn today_in_weeks(sentence: &Sentence, index: usize) -> Option<(i64, usize)> {
    let days = match sentence.number(index)?.value {
        8 => 7,
        15 => 14,
        _ => return None,
    };
    let counts_something = sentence.is(index + 1, &["dias", "noches", "personas", "adultos"]);
    (!counts_something).then_some((days, index + 1))
}

/// `en 3 días`, `dentro de 10 días`, `in 3 days`, `daqui a 5 dias`.
fn in_days(sentence: &Sentence, index: usize) -> Option<(i64, usize)> {
    let number_at = sentence.any_phrase_in(index, "en|in|em|dentro de|daqui a|de aqui a|de aca a")?;
    let days = sentence.count(number_at)?;
    let units = ["dias", "dia", "days", "day"];
    (sentence.is(number_at + 1, &units) && (1..=120).contains(&days))
        .then_some((i64::from(days), number_at + 2))
}

/// "Mañana" as a part of the day: `a la mañana`, `de la mañana`, `el sábado de mañana`.
fn is_morning(sentence: &Sentence, index: usize) -> bool {
    if sentence.was(index, 1, &["la", "esta", "media", "una", "toda", "las", "buena"]) {
        return true;
    }
    let from = sentence.is(index + 1, &["al", "a", "hasta", "y", "por", "-"])
        || sentence.was(index, 2, &["partir", "desde"]);
    sentence.was(index, 1, &["de", "en"]) && !from
}

/// An unclaimed number that can be a day of a month.
pub(super) fn plain_day(sentence: &Sentence, index: usize) -> Option<i8> {
    let number = sentence.number(index)?;
    let shaped = matches!(number.shape, Shape::Digits(1..=2) | Shape::Spelled | Shape::Ordinal);
    i8::try_from(number.value).ok().filter(|day| shaped && (1..=31).contains(day))
}

const DAY_LEADS: &str = "\
    el dia dias del al the ao desde hasta ate until till";
const RANGE_JOINTS: &str = "\
    al a ao hasta ate - to til till until through";

/// A bare number that stands where a day stands: `el 5`, `del 5`, `5 al 8`, `the 5th`.
fn numbered(sentence: &Sentence, index: usize, last: Option<&Mention>) -> Option<i8> {
    let day = plain_day(sentence, index)?;
    let number = sentence.number(index)?;
    let ordinal = number.shape == Shape::Ordinal;
    if is_thing(sentence, index + 1) || ordinal && is_rank(sentence, index) {
        return None;
    }
    if sentence.was_in(index, 1, DAY_LEADS) && !is_lead_of_something_else(sentence, index) {
        return Some(day);
    }
    // "Primera noche", "1ra vez": an ordinal alone is no day in Spanish; "5th" is.
    if ordinal {
        let joined = sentence.was_in(index, 1, RANGE_JOINTS)
            || sentence.is_in(index + 1, RANGE_JOINTS) && plain_day(sentence, index + 2).is_some();
        return (sentence.language == Language::En
            && sentence.word(index).bytes().all(|byte| byte.is_ascii_digit())
            || joined)
            .then_some(day);
    }
    let opens = starts_range(sentence, index);
    let closes = last.is_some_and(|last| continues(sentence, last, index));
    (opens || closes).then_some(day)
}

/// `el segundo`, `the third one`: a place in a row, unless a day goes on from it.
fn is_rank(sentence: &Sentence, index: usize) -> bool {
    let spelled = !sentence.word(index).bytes().all(|byte| byte.is_ascii_digit());
    let goes_on = sentence.is_break(index + 1) || sentence.is_in(index + 1, RANGE_JOINTS);
    let is_first = sentence.number(index).is_some_and(|number| number.value == 1);
    spelled && !(goes_on && (is_first || sentence.language == Language::En))
}

fn is_lead_of_something_else(sentence: &Sentence, index: usize) -> bool {
    match sentence.before(index, 1) {
        "ate" | "hasta" | "until" | "till" => {
            // "Hasta 6 personas" is claimed before; "hasta 5" alone is a count as often as a day.
            !sentence.is_break(index + 1) && !sentence.is(index + 1, &["de", "y", "con"])
        }
        "dias" => {
            !sentence.was_in(index, 2, "los os esos nos the las para por")
                && !sentence.is(index + 1, &["y", "e", "al", "a"])
        }
        _ => false,
    }
}

/// `5 al 8`, `de 5 a 8`, `entre 5 y 8`, `5-8 ene`.
fn starts_range(sentence: &Sentence, index: usize) -> bool {
    let joint = index + 1;
    let skipped = |at: usize| if sentence.is(at, &["el", "dia", "o", "the", "lo"]) { at + 1 } else { at };
    let second = skipped(joint + 1);
    let ends_in_date = written::date(sentence, second).is_some();
    if plain_day(sentence, second).is_none() && !ends_in_date {
        return sentence.is(joint, &["al", "hasta", "ate", "ao"])
            && weekday(sentence, second).is_some()
            && sentence.was(index, 1, &["del", "desde", "de", "el"]);
    }
    let between = sentence.was(index, 1, &["entre", "between"]) && sentence.is(joint, &["y", "e", "and"]);
    if between || ends_in_date && sentence.is_in(joint, RANGE_JOINTS) {
        return true;
    }
    if ends_in_date && sentence.is(joint, &["y", "e", "and", "&", ","]) || opens_list(sentence, index) {
        return true;
    }
    let led = sentence.was(index, 1, &["de", "del", "desde", "from", "do", "dias", "dia"]);
    match sentence.word(joint) {
        "al" | "ao" | "hasta" | "ate" => true,
        "-" => led || !sentence.is_glued(joint) || dash_is_range(sentence, index),
        "a" | "to" | "til" | "till" | "until" | "through" => {
            led || sentence.language != Language::En
                || sentence.number(second).is_some_and(|last| last.shape == Shape::Ordinal)
        }
        _ => false,
    }
}

/// `15, 16 y 17 de febrero`
fn opens_list(sentence: &Sentence, index: usize) -> bool {
    let mut at = index;
    while at < index + 8 && plain_day(sentence, at).is_some() && sentence.is(at + 1, &[",", "y", "e", "and"])
    {
        at += 2;
    }
    at > index + 2 && written::date(sentence, at).is_some()
}

/// `5-8` without a month: two days when the first is the smaller.
fn dash_is_range(sentence: &Sentence, index: usize) -> bool {
    let (Some(first), Some(last)) = (plain_day(sentence, index), plain_day(sentence, index + 2)) else {
        return false;
    };
    first < last && sentence.is_glued(index + 2)
}

/// Whether a bare number goes on from the day before it: `del 5 al 8`, `24, 25 y 26`, `Jan 5-8`.
fn continues(sentence: &Sentence, last: &Mention, index: usize) -> bool {
    let gap = last.end..index;
    if gap.is_empty() || gap.len() > 3 {
        return false;
    }
    let fillers = "el dia o the y e and & , al a ao hasta ate - to til till until through lo";
    let joints = "al a ao hasta ate - to til till until through y e and &";
    let listed = sentence.is(last.end, &[","])
        && gap.len() == 1
        && sentence.is(index + 1, &["y", "e", "and", ","])
        && plain_day(sentence, index + 2).is_some();
    let joined =
        gap.clone().any(|at| sentence.is_in(at, joints)) && gap.clone().all(|at| sentence.is_in(at, fillers));
    let people_or_money = sentence.is(index + 1, &["%", "$"]);
    (joined || listed) && !people_or_money
}
