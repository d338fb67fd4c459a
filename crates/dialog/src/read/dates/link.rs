//! What joins one day to the next.

use super::day_mention::{Mention, Spoken};
use crate::{
    locale::Language,
    read::{
        lexicon::{Phrases, Words},
        repair::is_repair,
        token::{Claim, Sentence},
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// `del 5 al 8`
    Range,
    /// `24 y 25`
    And,
    /// `24 o 25`
    Or,
    /// `del 5 al 8, y si no hay, del 12 al 15`: the first is wanted.
    SecondChoice,
    /// `…, perdón, al 8`
    Correction,
    /// `no el 5 sino el 8`
    Instead,
    Apart,
}

static RANGE: Words = Words::new("al a ao aos as hasta ate to til till until through thru - > → ➡ ⇒ ➔ ⟶ / »");
static FILLER: Words = Words::new(
    "para @ at ~ el la lo dia dias o os the of do no na da de del , ( ) mes mismo este esta proximo proxima next this \
     coming on que viene siguiente y e and noche tarde manana temprano mediodia por tipo inclusive ya \
     jueves un",
);
static SECOND_CHOICE: Phrases = Phrases::new(
    "\
    si no hay|si no tenes|si no tienen|si no tiene|si no se puede|si no puede|si no queda|si no esta|si no fuera|\
    y si no|sino hay|si no|se nao|caso nao|senao|if not|or else|otherwise|failing that|if that is|if it is|\
    if unavailable|if taken|en su defecto|como segunda opcion|como alternativa|plan b|as a backup|as backup|\
    de ultima|si estuviera ocupado|si esta ocupado|si ya esta|second choice|segunda opcion|segunda opcao|\
    if you are full|if full|de no haber|de no tener|de no poder|de no ser posible|de no estar|de lo contrario|en caso contrario|en caso de no|\
     caso contrario|na falta|a falta de|en caso de que no|por si no|if not available|but if|pero si no|mas se nao|if you have not|if you do not|\
     se estiverem|se tiver ocupado|se nao der|se nao rolar|si estan llenos|se estiver|backup",
);
const LONGEST_GAP: usize = 8;
/// A second choice may be led in with some words.
const LONGEST_CHOICE: usize = 18;

pub(super) fn link(sentence: &Sentence, one: &Mention, next: &Mention) -> Link {
    let gap = one.end..next.start;
    if is_repair(sentence, one.end, next.start) {
        return Link::Correction;
    }
    if gap.len() <= LONGEST_CHOICE
        && gap.clone().any(|index| {
            sentence.phrase_from(index, &SECOND_CHOICE).is_some() || is_if_taken(sentence, index, gap.end)
        })
    {
        return Link::SecondChoice;
    }
    if gap.len() <= LONGEST_CHOICE && is_ranked_choice(sentence, one.start, gap.clone()) {
        return Link::SecondChoice;
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
    if gap.is_empty() || gap.len() > LONGEST_GAP || is_and_not(sentence, gap.clone()) {
        return Link::Apart;
    }
    let is_or = |index: usize| {
        sentence.is(index, &["ou", "or", "u"])
            || sentence.is(index, &["o"]) && sentence.language == Language::Es
    };
    static HEDGES: Words = Words::new(
        "entao bien sino tal vez talvez quizas quiza capaz maybe perhaps possibly alternatively else tambien tambem mesmo ate directamente \
         even quem sabe por ahi ahi a lo mejor desde from en em in",
    );
    let is_small = |index: usize| {
        is_or(index)
            || is_filler(sentence, index)
            || sentence.has(index, &HEDGES)
            || sentence.claim_of(index) == Some(Claim::Nights)
    };
    if gap.clone().any(is_or) && gap.clone().all(is_small)
        || is_all_the_same(sentence, one.start, gap.clone())
    {
        return Link::Or;
    }
    if !gap.clone().all(|index| is_filler(sentence, index) || is_range_joint(sentence, index)) {
        return Link::Apart;
    }
    if gap.clone().any(|index| is_range_joint(sentence, index)) {
        return Link::Range;
    }
    // "De sábado para domingo": one night.
    let overnight =
        gap.clone().any(|index| sentence.is(index, &["para"])) && one.is_weekday() && next.is_weekday();
    // "De hoje pra amanhã", "la noche del 5 para el 6": one night too.
    let is_night = gap.clone().any(|index| sentence.is(index, &["para"]))
        && is_eve(one, next)
        && sentence.was(sentence.skip_articles_back(one.start), 1, &["de", "del", "do", "da"])
        && !super::refused_days::speaks_of_moving(sentence);
    if overnight || is_night {
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

/// `el 6 y no el 3`, `on the 6th and not the 3rd`
fn is_and_not(sentence: &Sentence, mut gap: std::ops::Range<usize>) -> bool {
    gap.any(|index| {
        sentence.is(index, &["not", "nao"])
            || sentence.is(index, &["no"])
                && sentence.language == Language::Es
                && (sentence.was(index, 1, &["y", "e", ","]))
    })
}

/// `tanto faz 19 a 22 como 26 a 29`, `igual del 3 al 5 que del 10 al 12`
fn is_all_the_same(sentence: &Sentence, start: usize, gap: std::ops::Range<usize>) -> bool {
    static SAME: Words = Words::new("tanto mismo igual mesma mesmo both");
    let led = (start.saturating_sub(LONGEST_GAP)..start).any(|index| sentence.has(index, &SAME));
    let joint = |index: usize| sentence.is(index, &["como", "quanto", "que", "and"]);
    let small =
        |index: usize| joint(index) || sentence.is(index, &["del", "de", "do", "el", "dia", "o", ","]);
    led && gap.clone().any(joint) && gap.into_iter().all(small)
}

/// `mi primera opción es el 12; la segunda, el 19`
fn is_ranked_choice(sentence: &Sentence, start: usize, mut gap: std::ops::Range<usize>) -> bool {
    static FIRST: Words = Words::new(
        "primera primeira primer first ideal preferida favorita prefiero preferimos prefiro ideally",
    );
    let has_first = (start.saturating_sub(LONGEST_GAP)..start).any(|index| sentence.has(index, &FIRST));
    has_first
        && gap.any(|index| {
            sentence.is(index, &["segunda", "second", "segundo", "otra", "outra"])
                && !(index + 1..index + 3).any(|at| sentence.is(at, &["noche", "noite", "night", "cabana"]))
        })
}

/// Whether the second day follows the first: today and tomorrow.
fn is_eve(one: &Mention, next: &Mention) -> bool {
    match (one.spoken, next.spoken) {
        (Spoken::Ahead { days }, Spoken::Ahead { days: following }) => following == days + 1,
        (
            Spoken::Numbered { day },
            Spoken::Numbered { day: following } | Spoken::Dated { day: following, .. },
        ) => following == day + 1,
        _ => false,
    }
}

/// `si eso está tomado`, `se já tiver ocupado`, `if that's gone`
fn is_if_taken(sentence: &Sentence, index: usize, end: usize) -> bool {
    sentence.is(index, &["si", "se", "if"])
        && (index + 1..end.min(index + 6)).any(|at| {
            sentence.starts_with(
                at,
                &["tomad", "ocupad", "reservad", "vendid", "agotad", "llen", "lotad", "alugad", "alquilad"],
            ) || sentence.is(at, &["taken", "gone", "booked", "full", "unavailable", "nao", "no", "not"])
        })
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
    sentence.has(index, &FILLER)
        || sentence.is_line_break(index)
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
    sentence.has(index, &RANGE) && !is_hour_article(sentence, index)
}

pub(super) fn is_between(sentence: &Sentence, start: usize) -> bool {
    let articles = ["el", "the", "los", "dia", "o", "dias", "os"];
    let at = (0..3).fold(start, |at, _| if sentence.was(at, 1, &articles) { at - 1 } else { at });
    sentence.was(at, 1, &["entre", "between"])
}
