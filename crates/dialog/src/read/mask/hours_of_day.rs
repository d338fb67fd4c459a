//! Hours of the day.

use super::claim_with_list;
use crate::{
    locale::Language,
    read::lexicon::{Words, words},
    read::month_and_weekday_names::weekday,
    read::token::{Claim, Sentence, Shape},
};

static HOUR_UNITS: Words = Words::new(
    "\
    hs hrs hr h am pm horas oclock o'clock",
);
static DAY_PARTS: Words = Words::new(
    "\
    manana manha tarde tardecita noche noite madrugada morning evening afternoon",
);

/// Words of a place or a person that has hours.
static OPEN_HOURS: Words = Words::new(
    "abre abren abierto abierta abiertos atiende atienden atencion horario horarios cierra cierran opens open opening \
     hours hour abre abrem aberto funciona funcionan atende atendem atendimento recepcion reception recepcao corte turno \
     restaurante restaurant desayuno breakfast cafe clase clases reunion trabajo trabajan guardia pileta spa silencio siesta",
);

pub(super) fn mask(sentence: &mut Sentence) {
    for index in 0..sentence.len() {
        mask_span_of_hours(sentence, index);
        if sentence.number(index).is_some_and(|number| could_be_hour(number.value, number.shape)) {
            mask_hour(sentence, index);
        }
    }
}

/// `abre de 12 a 3`, `breakfast from 8 to 10`, `el 18 de 8 a 14`
fn mask_span_of_hours(sentence: &mut Sentence, index: usize) {
    let is_lead = sentence.is(index, &["de", "from", "das", "entre", "between"]);
    let joined = sentence.is(index + 2, &["a", "to", "y", "as", "-", "e", "ate", "hasta", "and"]);
    let is_hour = |at: usize| {
        sentence
            .number(at)
            .is_some_and(|number| could_be_hour(number.value, number.shape) && number.value > 0)
    };
    if !is_lead
        || !joined
        || !is_hour(index + 1)
        || !is_hour(index + 3)
        || is_followed_by_noun(sentence, index + 4)
    {
        return;
    }
    let reach = index.saturating_sub(8)..(index + 9).min(sentence.len());
    let has_hours = reach.clone().any(|at| sentence.has(at, &OPEN_HOURS));
    // A day right before: "el 18 de 8 a 14".
    let after_day = sentence.any_number(index.wrapping_sub(1)).is_some() && sentence.is(index, &["de"]);
    // "On Thursday between 2 and 4", "hoy de 8 a 12".
    let before = index.wrapping_sub(1);
    let after_weekday = weekday(sentence, before).is_some()
        || sentence.is(before, &["hoy", "hoje", "today", "manana", "amanha", "tomorrow"]);
    if has_hours || after_day || after_weekday {
        sentence.claim(index + 1..index + 4, Claim::Clock);
    }
}

fn could_be_hour(value: u32, shape: Shape) -> bool {
    value <= 24 && matches!(shape, Shape::Digits(1..=2) | Shape::Spelled | Shape::Article)
}

fn mask_hour(sentence: &mut Sentence, index: usize) {
    let minutes = with_minutes(sentence, index);
    let end = minutes.unwrap_or(index + 1);
    let unit_end = unit(sentence, end);
    if minutes.is_some() && (sentence.is(index + 1, &[":", "h"]) || unit_end.is_some()) {
        sentence.claim(index..unit_end.unwrap_or(end), Claim::Clock);
        return;
    }
    if let Some(unit_end) = unit_end {
        claim_with_list(sentence, index, Claim::Clock);
        sentence.claim(index..unit_end, Claim::Clock);
        return;
    }
    if follows_hour_article(sentence, index) && !is_followed_by_noun(sentence, end) {
        sentence.claim(index..end, Claim::Clock);
    }
}

/// `22:30`, `22.30`, `21h30`: where the minutes end.
fn with_minutes(sentence: &Sentence, index: usize) -> Option<usize> {
    let joint = sentence.is(index + 1, &[":", ".", "h"]) && sentence.is_glued(index + 1);
    let minutes = sentence.any_number(index + 2)?;
    let fits =
        matches!(minutes.shape, Shape::Digits(2)) && minutes.value < 60 && sentence.is_glued(index + 2);
    (joint && fits).then_some(index + 3)
}

/// `pm`, `p.m.`, `hs`, `de la tarde`, `in the morning`: where it ends.
fn unit(sentence: &Sentence, index: usize) -> Option<usize> {
    if sentence.has(index, &HOUR_UNITS) {
        return Some(index + 1);
    }
    let dotted =
        sentence.is(index, &["a", "p"]) && sentence.is(index + 1, &["."]) && sentence.is(index + 2, &["m"]);
    if dotted {
        return Some(index + 3);
    }
    // "p" and "a" before "m" may have been written out.
    if sentence.is(index, &["para"]) && sentence.is(index + 1, &["."]) && sentence.is(index + 2, &["m"]) {
        return Some(index + 3);
    }
    let linked = sentence.any_phrase(index, &["de la", "da", "in the", "at"])?;
    // "El 24 de la noche" would be a day: an hour has no day article.
    let is_hour = !sentence.was(index, 2, &["el", "del", "al", "dia"]);
    (sentence.has(linked, &DAY_PARTS) && is_hour).then_some(linked + 1)
}

/// `a las 14`, `tipo 10`, `às 21`, `at 3`.
fn follows_hour_article(sentence: &Sentence, index: usize) -> bool {
    match sentence.before(index, 1) {
        "las" | "la" => {
            let lead = words!("a de desde hasta para entre y tipo antes despues sobre por son es");
            sentence.had(index, 2, lead)
                && (sentence.is(index.wrapping_sub(1), &["las"]) || sentence.is(index, &["una", "1"]))
        }
        "tipo" | "aprox" => true,
        "as" | "pelas" => sentence.language == Language::Pt,
        "at" | "by" => sentence.language == Language::En && !sentence.is(index + 1, &["of"]),
        "y" | "e" | "a" | "and" | "o" => {
            // "entre las 14 y 16"
            sentence.claim_of(index.wrapping_sub(2)) == Some(Claim::Clock)
                && !sentence.was(index, 1, &["a", "o"])
        }
        _ => false,
    }
}

fn is_followed_by_noun(sentence: &Sentence, index: usize) -> bool {
    let nouns = words!(
        "\
        noches noche noites nights personas pessoas cabanas dias semanas camas familias parejas \
        habitaciones primeras de"
    );
    sentence.has(index, nouns) && !sentence.is(index + 1, &["la", "manana"])
}
