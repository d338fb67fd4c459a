//! Prices, percentages, instalments.

use super::claim_with_list;
use crate::read::lexicon::{Words, words};
use crate::read::token::{Claim, Sentence, Shape};

static CURRENCY_WORDS: Words = Words::new(
    "\
    pesos peso lucas luca mangos mango palos dolares dolar usd euros euro eur reais ars mxn brl clp cop \
    uyu varos pavos bucks dollars dollar € $ £ % porciento percent mil mill millon millones k thousand \
    conto pila",
);

static INSTALMENT_WORDS: Words = Words::new(
    "\
    cuotas cuota pagos meses mensualidades vezes parcelas instalments installments months msi descuento \
    off desconto discount",
);

pub(super) fn mask(sentence: &mut Sentence) {
    for index in 0..sentence.len() {
        if sentence.is(index, &["$", "€", "£"]) {
            let start = if sentence.is(index + 1, &["s"]) { index + 2 } else { index + 1 };
            claim_amount(sentence, start);
        }
        let Some(number) = sentence.number(index) else { continue };
        if is_two_for_one(sentence, index) {
            sentence.claim(index..index + 3, Claim::Amount);
        } else if number.shape == Shape::Grouped {
            claim_amount(sentence, index);
        } else if sentence.has(index + 1, &CURRENCY_WORDS)
            || sentence.phrase(index + 1, "por ciento").is_some()
        {
            claim_spelled_amount(sentence, index);
        } else if is_instalment(sentence, index) || is_rate(sentence, index, number.value) {
            claim_with_list(sentence, index, Claim::Amount);
        }
    }
}

/// `2x1`
fn is_two_for_one(sentence: &Sentence, index: usize) -> bool {
    let glued = sentence.is_glued(index + 1) && sentence.is_glued(index + 2);
    glued && sentence.is(index + 1, &["por", "para"]) && sentence.number(index + 2).is_some()
}

/// `12 cuotas`, `20 de descuento`, `sin intereses? 6 o 12`.
fn is_instalment(sentence: &Sentence, index: usize) -> bool {
    sentence.has(index + 1, &INSTALMENT_WORDS)
        || sentence.is(index + 1, &["de"]) && sentence.has(index + 2, &INSTALMENT_WORDS)
        || comes_after_instalments(sentence, index)
}

/// `90 la noche`, `a 45 por noche`; people would be "para 4 por noche".
fn is_rate(sentence: &Sentence, index: usize, value: u32) -> bool {
    let per_night =
        ["la noche", "por noche", "a noite", "por noite", "a diaria", "a night", "per night", "x noche"];
    let follows = per_night.iter().any(|words| sentence.phrase(index + 1, words).is_some())
        && !sentence.is(index + 3, &["de", "del", "do"]);
    let people = words!("para somos por for seriamos el del al dia");
    follows && value > 1 && !sentence.had(index, 1, people)
}

/// `meses sin intereses? 6 o 12`.
fn comes_after_instalments(sentence: &Sentence, index: usize) -> bool {
    let counted = sentence.is_break(index + 1) || sentence.is(index + 1, &["o", "u", "ou", "or", "y"]);
    let recently = (index.saturating_sub(5)..index)
        .any(|at| sentence.is(at, &["intereses", "interes", "cuotas", "juros", "parcelar"]));
    let cue = sentence.was(index, 1, &["el", "del", "al", "para", "somos", "dia"]);
    counted && recently && !cue
}

fn claim_amount(sentence: &mut Sentence, start: usize) {
    if sentence.any_number(start).is_none() {
        return;
    }
    let mut end = start + 1;
    // Cents.
    if sentence.is(end, &[",", "."]) && sentence.is_glued(end + 1) && sentence.any_number(end + 1).is_some() {
        end += 2;
    }
    while sentence.has(end, &CURRENCY_WORDS) {
        end += 1;
    }
    sentence.claim(start..end, Claim::Amount);
}

/// `ciento veinte mil pesos`: the numbers before count too.
fn claim_spelled_amount(sentence: &mut Sentence, index: usize) {
    let mut start = index;
    let is_spelled = |at: usize| sentence.number(at).is_some_and(|number| number.shape == Shape::Spelled);
    while start > 0 && is_spelled(start) && is_spelled(start - 1) {
        start -= 1;
    }
    let mut end = index + 1;
    while sentence.has(end, &CURRENCY_WORDS) || end > index + 1 && is_spelled(end) {
        end += 1;
    }
    sentence.claim(start..end, Claim::Amount);
}
