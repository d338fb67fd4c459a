//! Days counted from today: `hoy`, `mañana`, `en 3 días`, `two weeks from now`, `de hoy en ocho`.

use crate::read::{
    lexicon::{Phrases, Words, phrases},
    token::{Claim, Sentence},
};

/// Days after today, and where the words end.
pub(super) fn days(sentence: &Sentence, index: usize) -> Option<(i64, usize)> {
    let end = index + 1;
    match sentence.word(index) {
        "hoy" | "hoje" if sentence.is(end, &["en", "em", "a"]) => {
            Some(today_in_days(sentence, end + 1).unwrap_or((0, end)))
        }
        "hoy" | "hoje" | "today" | "tonight" => Some((0, end)),
        "esta" | "this" if sentence.is(end, &["noche", "noite", "evening", "nite"]) => Some((0, end + 1)),
        "amanha" | "tomorrow" => Some((1, end)),
        "manana" => (!is_morning(sentence, index)).then_some((1, end)),
        "pasadomanana" => Some((2, end)),
        "pasado" => is_day_after_tomorrow(sentence, index).then_some((2, end)),
        _ => ahead(sentence, index),
    }
}

/// "Pasado" alone: after a preposition, at the start, or before a number of nights.
fn is_day_after_tomorrow(sentence: &Sentence, index: usize) -> bool {
    let end = index + 1;
    static LEAD: Words = Words::new("para de desde hasta a y o por manana");
    let counted = sentence.claim_of(end) == Some(Claim::Nights) || sentence.is(end, &["por"]);
    let named = sentence.is(end, &["el", "de", "por", "ano", "mes", "lunes", "finde"]) && !counted;
    let led = sentence.had(index, 1, &LEAD) || index == 0 || sentence.is_break(index.wrapping_sub(1));
    let led = led || sentence.verb(index.wrapping_sub(1)).is_some();
    led && !named || counted && !sentence.was(index, 1, &["finde", "mes", "ano", "verano"])
}

/// `de hoy en ocho`: both ends counted, so a week from today; `en quince`, two weeks.
fn today_in_days(sentence: &Sentence, index: usize) -> Option<(i64, usize)> {
    let days = match sentence.number(index)?.value {
        8 => 7,
        15 => 14,
        _ => return None,
    };
    let is_other = sentence.is(index + 1, &["noches", "personas", "adultos"]);
    let end = if sentence.is(index + 1, &["dias"]) { index + 2 } else { index + 1 };
    (!is_other).then_some((days, end))
}

/// `en 3 días`, `dentro de una semana`, `daqui a 5 dias`, `in two weeks`, `two weeks from now`.
fn ahead(sentence: &Sentence, index: usize) -> Option<(i64, usize)> {
    let lead = sentence.phrase_from(index, &LEADS);
    if let Some(number_at) = lead
        && let Some((days, end)) = quantity(sentence, number_at)
    {
        return Some((days, end));
    }
    let (days, end) = quantity(sentence, index)?;
    let end = sentence.phrase_from(
        end,
        phrases!("from now|from today|a partir de hoy|a contar de hoy|contando desde hoy"),
    )?;
    Some((days, end))
}

static LEADS: Phrases =
    Phrases::new("en|in|em|dentro de|dentro d|daqui a|daqui|de aqui a|de aca a|within|de hoy a");

/// `dentro de dos semanas`: as days.
pub(super) fn weeks_ahead(sentence: &Sentence, index: usize) -> Option<(i64, usize)> {
    let number_at = sentence.phrase_from(index, &LEADS)?;
    is_week(sentence, number_at + 1).then(|| quantity(sentence, number_at)).flatten()
}

fn is_week(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index, &["semana", "semanas", "week", "weeks", "semanitas"])
}

/// `3 días`, `una semana`, as days, and where it ends.
fn quantity(sentence: &Sentence, number_at: usize) -> Option<(i64, usize)> {
    let count = i64::from(sentence.any_count(number_at)?);
    let unit_at = number_at + 1;
    let days = match sentence.word(unit_at) {
        "dias" | "dia" | "days" | "day" => count,
        "fortnight" => count * 14,
        "semana" | "semanas" | "week" | "weeks" | "semanitas" => count * 7,
        _ => return None,
    };
    (1..=200).contains(&days).then_some((days, unit_at + 1))
}

/// "Mañana" as a part of the day: `a la mañana`, `de la mañana`, `el sábado de mañana`.
fn is_morning(sentence: &Sentence, index: usize) -> bool {
    if sentence.was(index, 1, &["la", "esta", "media", "una", "toda", "las", "buena", "cada", "as"]) {
        return true;
    }
    let from = sentence.is(index + 1, &["al", "a", "hasta", "y", "por", "-"])
        || sentence.was(index, 2, &["partir", "desde"]);
    sentence.was(index, 1, &["de", "en"]) && !from
}
