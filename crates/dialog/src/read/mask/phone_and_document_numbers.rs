//! Telephone and document numbers.

use crate::read::lexicon::Words;
use crate::read::token::{Claim, Kind, Number, Sentence, Shape};

static PHONE_CUES: Words = Words::new(
    "\
    tel telefono tfno cel celu celular movil whatsapp fone telefone phone mobile llamame llamenme \
    llamanos contacto contato fijo",
);

static DOCUMENT_CUES: Words = Words::new(
    "\
    dni cpf rut rg cuit cuil nie cedula pasaporte passport passaporte comprobante comprovante operacion \
    transaccion codigo cod code cbu cvu clabe ref referencia localizador ticket factura expediente \
    voucher nro numero num reserva booking",
);

static BETWEEN: Words = Words::new(
    "\
    es e is al at on nro numero num number n no º : # de del . + ( con cel mi meu my -",
);

pub(super) fn mask(sentence: &mut Sentence) {
    for index in 0..sentence.len() {
        let is_phone_cue = sentence.has(index, &PHONE_CUES);
        if is_phone_cue || sentence.has(index, &DOCUMENT_CUES) {
            let claim = if is_phone_cue { Claim::Phone } else { Claim::Document };
            let least_digits = match sentence.word(index) {
                // "Reserva 5/1", "número 4" and the like may still be dates or people.
                "reserva" | "booking" | "contacto" | "contato" | "ref" | "cod" => 4,
                "numero" | "num" | "nro" | "codigo" | "code" | "operacion" => 3,
                _ => 5,
            };
            let start = (index + 1..index + 5).find(|at| !sentence.has(*at, &BETWEEN)).unwrap_or(index + 1);
            claim_run(sentence, start, least_digits, claim);
        }
    }
    let mut index = 0;
    while index < sentence.len() {
        let run = run_from(sentence, index);
        // In pairs: "6 12 03 27 10".
        if holds_full_dates(sentence, index, run.end) {
            index = run.end.max(index + 1);
            continue;
        }
        let in_pairs =
            run.groups >= 4 && run.digits >= 8 && (run.groups >= 5 || called_near(sentence, index));
        if run.digits >= 8 && run.longest >= 3 && !run.has_year || run.longest >= 7 || in_pairs {
            sentence.claim_free(index..run.end, Claim::Phone);
        }
        index = run.end.max(index + 1);
    }
}

/// `27.08.2027 - 29.08.2027`, `2027-08-27`
fn holds_full_dates(sentence: &Sentence, start: usize, end: usize) -> bool {
    let is_small = |at: usize| sentence.any_number(at).is_some_and(|number| number.value <= 31);
    let is_year = |at: usize| {
        sentence
            .any_number(at)
            .is_some_and(|number| number.shape == Shape::Digits(4) && (1990..=2100).contains(&number.value))
    };
    // "8.10.27-11.10.27"
    let is_short = |at: usize| {
        let joint = sentence.word(at + 1);
        is_small(at)
            && [".", "/", "-"].contains(&joint)
            && sentence.word(at + 3) == joint
            && sentence.any_number(at + 2).is_some_and(|month| (1..=12).contains(&month.value))
            && sentence.any_number(at + 4).is_some_and(|year| (20..=60).contains(&year.value))
            && (at + 1..at + 5).all(|at| sentence.is_glued(at))
    };
    (start..end).any(|at| {
        is_short(at)
            || is_year(at)
                && (at >= 4 && is_small(at - 2) && is_small(at - 4) || is_small(at + 2) && is_small(at + 4))
    })
}

/// Whether a word of telephones stands before.
fn called_near(sentence: &Sentence, index: usize) -> bool {
    (index.saturating_sub(5)..index).any(|at| sentence.has(at, &PHONE_CUES))
}

fn claim_run(sentence: &mut Sentence, start: usize, least_digits: usize, claim: Claim) {
    let run = run_from(sentence, start);
    if run.digits >= least_digits && !run.has_year {
        sentence.claim(start..run.end, claim);
    }
}

/// A row of numbers with nothing but spaces, dashes and points between.
struct Run {
    end: usize,
    digits: usize,
    longest: usize,
    groups: usize,
    /// Looks like `20-11-2027`.
    has_year: bool,
}

fn run_from(sentence: &Sentence, start: usize) -> Run {
    let mut run = Run { end: start, digits: 0, longest: 0, groups: 0, has_year: false };
    for index in start..sentence.len() {
        match sentence.tokens[index].kind {
            Kind::Number(Number { shape: shape @ (Shape::Digits(_) | Shape::Grouped), value }) => {
                let digits = match shape {
                    Shape::Digits(digits) => digits,
                    _ => sentence.word(index).len(),
                };
                run.groups += 1;
                run.digits += digits;
                run.longest = run.longest.max(digits);
                run.has_year |= digits == 4 && (1990..=2100).contains(&value);
                run.end = index + 1;
            }
            Kind::Mark if sentence.is(index, &["-", ".", "(", ")", "+"]) => {}
            _ => break,
        }
    }
    run.has_year &= run.groups == 3 && run.digits <= 8;
    run
}
