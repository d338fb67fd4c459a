//! `no llegamos hasta el 12`, `we won't be there until Friday`: the day before which nobody comes is the day of coming.

use super::arrival_or_departure::comes_here;
use crate::read::{
    lexicon::{Sense, Tense, Verb, Words},
    token::{Claim, Sentence},
};

/// How far before the preposition its verb may stand, and the negation before the verb.
const REACH: usize = 7;
const NEGATION: usize = 6;

static NEGATIONS: Words = Words::new("no nao not cannot never nunca tampoco neither nem wont cant");
/// Nobody arrives by these forms: they name a place or an hour of the house.
static NOUNS: Words = Words::new("llegada ingreso entrada arribo checkin chegada arrival arrivals starting");
/// Who is free or can from a day on comes no earlier.
static ABLE: Words = Words::new(
    "puedo podemos podria podriamos podre podremos posso podemos consigo conseguimos can could able libre libres livre livres free \
     libero liberamos desocupo disponible disponibles",
);

/// Whether the "until" or "before" at `index` puts an arrival off: `no llegamos hasta`, Mexican `llegamos hasta`.
pub(super) fn puts_off_an_arrival(sentence: &Sentence, index: usize) -> bool {
    let is_ending = |at: &usize| sentence.is_break(*at) || sentence.claim_of(*at) == Some(Claim::Day);
    let reach = (index.saturating_sub(REACH)..index).rev().take_while(|at| !is_ending(at));
    for at in reach {
        if comes_here(sentence, at) || is_there(sentence, at) {
            return is_denied(sentence, at);
        }
        if sentence.has(at, &ABLE) && is_denied(sentence, at) {
            return true;
        }
        match sentence.verb(at) {
            // "Llegamos hasta el sábado" is no stay that ends then; the verb alone says so.
            Some(Verb { sense: Sense::Arrive, tense: Tense::Now }) if !sentence.has(at, &NOUNS) => {
                let is_beside = !sentence.is(index, &["before", "antes"])
                    && (at + 1..index).all(|between| is_place(sentence, between));
                return is_beside || is_denied(sentence, at);
            }
            Some(Verb { sense: Sense::Go, .. }) => {
                let is_away =
                    sentence.is(at.wrapping_sub(1), &["nos", "me", "se"]) || sentence.is(at + 1, &["embora"]);
                // "No vamos a dejar la casa hasta el 12": what is done is said by the next verb.
                return !is_away && !sentence.is(at + 1, &["a", "to"]) && is_denied(sentence, at);
            }
            Some(Verb { sense: Sense::Leave | Sense::Stay, .. }) => return false,
            _ => {}
        }
    }
    false
}

/// `be there`, `estar ahí`, `be with you`, `make it`
fn is_there(sentence: &Sentence, index: usize) -> bool {
    let there = ["there", "here", "ahi", "alla", "alli", "aca", "ai", "la"];
    let being = ["be", "estar", "estaremos", "estariamos", "estaremos", "estare", "estaria", "estarei"];
    sentence.is(index, &being)
        && (sentence.is(index + 1, &there)
            || sentence.is(index + 1, &["with"]) && sentence.is(index + 2, &["you"]))
        || sentence.is(index, &["make"]) && sentence.is(index + 1, &["it"])
}

fn is_place(sentence: &Sentence, index: usize) -> bool {
    static PLACES: Words = Words::new(
        "ahi alla alli aca ai la there here a con ustedes uds vos voces to you yours recien so only apenas",
    );
    sentence.has(index, &PLACES)
}

fn is_denied(sentence: &Sentence, verb: usize) -> bool {
    (verb.saturating_sub(NEGATION)..verb)
        .rev()
        .take_while(|at| !sentence.is_break(*at))
        .any(|at| sentence.has(at, &NEGATIONS))
}
