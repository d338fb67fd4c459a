//! What joins one day to the next.

use super::day::{Mention, Spoken};
use crate::{
    locale::Language,
    read::token::{Claim, Sentence},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// `del 5 al 8`
    Range,
    /// `24 y 25`
    And,
    /// `24 o 25`
    Or,
    /// `…, perdón, al 8`
    Correction,
    /// `no el 5 sino el 8`
    Instead,
    Apart,
}

const RANGE: &str = "\
    al a ao aos as hasta ate to till til until through - > → / »";
const FILLER: &str = "\
    el la lo dia dias o os the of do no na da de del , ( ) mes mismo este esta proximo proxima next this \
    coming on que viene siguiente y e and noche tarde manana temprano mediodia por tipo inclusive ya \
    jueves un";
const CORRECTIONS: &str = "\
    perdon digo corrijo sorry desculpa desculpe ops alias actually uy mentira equivoque error";
const LONGEST_GAP: usize = 8;

pub(super) fn link(sentence: &Sentence, one: &Mention, next: &Mention) -> Link {
    let gap = one.end..next.start;
    if is_correction(sentence, one.end, next.start) {
        return Link::Correction;
    }
    // "Del 5 al 8, y si no hay, del 12 al 15": either will do.
    if gap
        .clone()
        .any(|index| sentence.any_phrase_in(index, "si no|se nao|if not|or else|otherwise").is_some())
    {
        return Link::Or;
    }
    if gap.clone().any(|index| sentence.is(index, &["sino", "rather"])) && gap.len() <= 6 {
        return Link::Instead;
    }
    let is_dated = |day: &Mention| matches!(day.spoken, Spoken::Dated { .. });
    if gap.is_empty() && is_dated(one) && is_dated(next) {
        // "20 marzo 22 marzo"
        return Link::Range;
    }
    if gap.is_empty() && is_next_weekday(one, next) {
        // "Viernes sábado y domingo"
        return Link::And;
    }
    if gap.is_empty() || gap.len() > LONGEST_GAP {
        return Link::Apart;
    }
    let is_or = |index: usize| {
        sentence.is(index, &["ou", "or", "u"])
            || sentence.is(index, &["o"]) && sentence.language == Language::Es
    };
    if gap.clone().any(is_or) && gap.clone().all(|index| is_or(index) || is_filler(sentence, index)) {
        return Link::Or;
    }
    if !gap.clone().all(|index| is_filler(sentence, index) || is_range_joint(sentence, index)) {
        return Link::Apart;
    }
    if gap.clone().any(|index| is_range_joint(sentence, index)) {
        return Link::Range;
    }
    let joined = gap.clone().any(|index| sentence.is(index, &["y", "e", "and", "&"]));
    match joined {
        true if is_between(sentence, one.start) => Link::Range,
        true => Link::And,
        false if gap.len() == 1 && sentence.is(one.end, &[","]) => Link::And,
        false => Link::Apart,
    }
}

fn is_next_weekday(one: &Mention, next: &Mention) -> bool {
    match (one.spoken, next.spoken) {
        (Spoken::Weekday { weekday, .. }, Spoken::Weekday { weekday: following, .. }) => {
            weekday.next() == following
        }
        _ => false,
    }
}

fn is_filler(sentence: &Sentence, index: usize) -> bool {
    let clock = sentence.claim_of(index) == Some(Claim::Clock);
    // "Del 5... al 8": dots that trail off.
    let dots =
        sentence.is(index, &["."]) && (sentence.is(index + 1, &["."]) || sentence.was(index, 1, &["."]));
    sentence.is_in(index, FILLER)
        || clock
        || dots
        || is_hour_article(sentence, index)
        || sentence.is(index, &["…", "&"])
}

/// The "a las" of an hour, the "a la" of "a la tarde".
fn is_hour_article(sentence: &Sentence, index: usize) -> bool {
    let article = sentence.is(index, &["a"]) && sentence.is(index + 1, &["las", "la", "eso"]);
    article || sentence.is(index, &["las", "as"]) && sentence.claim_of(index + 1) == Some(Claim::Clock)
}

fn is_range_joint(sentence: &Sentence, index: usize) -> bool {
    sentence.is_in(index, RANGE) && !is_hour_article(sentence, index)
}

pub(super) fn is_between(sentence: &Sentence, start: usize) -> bool {
    let articles = ["el", "the", "los", "dia", "o", "dias", "os"];
    let at = (0..3).fold(start, |at, _| if sentence.was(at, 1, &articles) { at - 1 } else { at });
    sentence.was(at, 1, &["entre", "between"])
}

/// `perdón`, `digo`, `I mean`, `quer dizer`, `mejor dicho`, `no, al 8`.
fn is_correction(sentence: &Sentence, from: usize, to: usize) -> bool {
    if to <= from || to - from > LONGEST_GAP {
        return false;
    }
    (from..to).any(|index| {
        let phrase =
            sentence.any_phrase_in(index, "mejor dicho|quer dizer|i mean|me equivoque|no no|make that");
        let no = sentence.is(index, &["no", "nao"])
            && sentence.is_break(index.wrapping_sub(1))
            && (sentence.is(index + 1, &[","]) || sentence.is(index + 1, &["al", "hasta", "ao", "ate"]));
        sentence.is_in(index, CORRECTIONS) || phrase.is_some() || no && from < index
    })
}
