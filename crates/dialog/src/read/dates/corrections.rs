//! Words that take back what was said just before: `perdón`, `digo`, `I mean`, `quer dizer`, `no, al 8`; and
//! corrections of the month or the year alone: `me confundí de mes: agosto`.

use super::{
    mention::{Mention, Month, Spoken},
    unit::Unit,
};
use crate::read::{
    calendar_words::month,
    lexicon::{Phrases, Words},
    token::{Claim, Sentence, Shape},
};

static CUES: Words = Words::new(
    "caray hijole putz eita upa puse pus perdon digo corrijo sorry desculpa desculpe ops oops alias actually uy mentira equivoque error epa ups \
     whoops errata confundi equivocado errei equivoquei disculpa disculpe correccion correction wait espera espere pera perai aguanta aguanten aguarda miento minto",
);
static CUE_PHRASES: Phrases = Phrases::new(
    "\
    mejor dicho|quer dizer|ah no|oh no|eh no|uh no|ah nao|ops nao|i mean|i meant|me equivoque|no no|make that|que pena|quise decir|quis dizer|\
    quiero decir|me confundi|nao nao|my bad|scratch that|o sea no|no wait|espera no|ay no|hay no|uy no|\
    me he equivocado|me he liado|let me correct|i should say|digo mal|dije mal|falei errado|no espera|\
    me corrijo|lapsus|ai nao|not that|hold on|no mentira|no miento|nao mentira|nao minto|me explique mal|che no|no aguanta|\
    no pare|no para para|hang on",
);
/// A correction follows at once.
const LONGEST_GAP: usize = 10;

pub(super) fn is_correction(sentence: &Sentence, from: usize, to: usize) -> bool {
    if to <= from || to - from > LONGEST_GAP {
        return false;
    }
    (from..to).any(|index| {
        let no = sentence.is(index, &["no", "nao"])
            && sentence.is_break(index.wrapping_sub(1))
            && (sentence.is(index + 1, &[","]) || sentence.is(index + 1, &["al", "hasta", "ao", "ate"]));
        let star = sentence.is(index, &["*"]) && !sentence.is(index + 1, &["*"]);
        is_cue(sentence, index) || (no || star) && from < index
    })
}

fn is_cue(sentence: &Sentence, index: usize) -> bool {
    // "Mejor hasta el 19": instead.
    let better = sentence.is(index, &["mejor", "melhor", "better"])
        && sentence.is(
            index + 1,
            &["hasta", "al", "el", "del", "ate", "dia", "desde", "until", "make", "de", "do", "o"],
        );
    // "Para el viernes, bueno, el sábado".
    let well = sentence.is(index, &["bueno", "bah", "bom", "bem", "well"])
        && sentence.is_mark(index.wrapping_sub(1))
        && (sentence.is(index + 1, &["el", "al", "del", "no", "o", "na", "the"])
            || sentence.is(index + 1, &[","]) && sentence.is(index + 2, &["el", "al", "del", "o", "the"]));
    // "No, pará, hasta el 15": the accent tells it from the preposition.
    let stop = sentence.tokens.get(index).is_some_and(|token| token.written == "pará");
    better
        || well
        || stop
        || sentence.has(index, &CUES)
        || sentence.phrase_from(index, &CUE_PHRASES).is_some()
}

/// Puts the month or the year right that was corrected alone, in the unit before it.
pub(super) fn month_or_year(sentence: &mut Sentence, units: &mut [Unit]) {
    for nth in 0..units.len() {
        let from = units[nth].end;
        let to = units.get(nth + 1).map_or(sentence.len(), |next| next.start).min(from + 16);
        let Some((at, correction)) = correction_between(sentence, from, to) else { continue };
        sentence.claim(at..at + 1, Claim::Day);
        units[nth].shape = units[nth].shape.map(|mention| corrected(mention, correction));
        // A correction further on reaches the days before it too.
        units[nth].end = at + 1;
    }
}

#[derive(Clone, Copy)]
enum Correction {
    Month(Month),
    Year(i16),
}

fn correction_between(sentence: &Sentence, from: usize, to: usize) -> Option<(usize, Correction)> {
    let cue = (from..to).find(|index| is_cue(sentence, *index) || is_no(sentence, *index, from))?;
    // Backwards: of "puse abril y es mayo" the last counts.
    let said = |index: usize| {
        if let Some(month) = month_word(sentence, index) {
            let turned_down = sentence.was(index, 1, &["puse", "dije", "not", "no", "pus", "disse", "said"])
                || is_contrast(sentence, from, index);
            return (!turned_down).then_some((index, Correction::Month(Month::Named(month))));
        }
        let number = sentence.number(index).filter(|number| number.shape == Shape::Digits(4))?;
        let year = i16::try_from(number.value).ok().filter(|year| (1990..=2100).contains(year))?;
        Some((index, Correction::Year(year)))
    };
    let forwards = (cue + 1..to).rev().find_map(said);
    // "De marzo, me confundí de mes": the month before the excuse.
    forwards.or_else(|| (from..cue).rev().find_map(said))
}

fn month_word(sentence: &Sentence, index: usize) -> Option<i8> {
    if !sentence.is_free(index) {
        return None;
    }
    let short = match sentence.word(index) {
        "may" => Some(5),
        "march" | "marco" => Some(3),
        _ => None,
    };
    month(sentence, index).or(short)
}

/// `no, de 2028`; `no, abril`
fn is_no(sentence: &Sentence, index: usize, from: usize) -> bool {
    sentence.is(index, &["no", "nao"])
        && index > from
        && sentence.is_break(index - 1)
        && (sentence.is(index + 1, &[",", "de", "en", "em"]) || month_word(sentence, index + 1).is_some())
}

/// `de junio, eh, no de mayo`: the month that was said before stands, and this one is turned down.
fn is_contrast(sentence: &Sentence, from: usize, index: usize) -> bool {
    let is_of = sentence.was(index, 1, &["de"]) && sentence.was(index, 2, &["no", "nao"]);
    let said_before = || {
        (from.saturating_sub(2)..index)
            .any(|at| month(sentence, at).is_some() || month_word(sentence, at).is_some())
    };
    is_of && said_before()
}

fn corrected(mention: Mention, correction: Correction) -> Mention {
    let spoken = match (mention.spoken, correction) {
        (Spoken::Dated { day, year, .. }, Correction::Month(month)) => Spoken::Dated { day, month, year },
        (Spoken::Numbered { day }, Correction::Month(month)) => Spoken::Dated { day, month, year: None },
        (Spoken::Dated { day, month, .. }, Correction::Year(year)) => {
            Spoken::Dated { day, month, year: Some(year) }
        }
        (spoken, _) => spoken,
    };
    Mention { spoken, ..mention }
}
