//! Fortnights, and words that name a time without telling its days: `en enero`, `a mediados de mayo`, `finde largo`.

use jiff::civil::Date;

use super::{
    day_mention::Month,
    days_of_other_events, holidays,
    settle_to_calendar_dates::{self, Span},
    weekdays::month_of,
};
use crate::read::{
    lexicon::{Phrases, Words, phrases},
    mask::is_name,
    month_and_weekday_names::month_beside_day,
    token::{Claim, Sentence, Shape},
};

/// `la primera quincena de enero`, `1ra quincena`, `first half of January`, in the Río de la Plata `la segunda de
/// enero`: its dates, and where its words end.
pub(super) fn fortnight(sentence: &Sentence, index: usize) -> Option<(Span, usize)> {
    let (is_second, after) = half(sentence, index)?;
    let mut at =
        sentence.phrase_from(after, phrases!("de|do|of|del mes de|do mes de|del|d")).unwrap_or(after);
    if sentence.is(at, &[","]) {
        at += 1;
    }
    let (month, year, end) = month_of(sentence, at).or_else(|| month_before(sentence, index, after))?;
    let first = settle_to_calendar_dates::first_of_month(sentence.today, month, year)?;
    let start = |first: Date| Date::new(first.year(), first.month(), if is_second { 16 } else { 1 }).ok();
    let mut check_in = start(first)?;
    if check_in < sentence.today && year.is_none() && matches!(month, Month::Named(_)) {
        check_in = start(Date::new(first.year().checked_add(1)?, first.month(), 1).ok()?)?;
    }
    let check_out = if is_second { check_in.last_of_month() } else { plus_fourteen(check_in)? };
    Some((Span { check_in: Some(check_in), check_out: Some(check_out), ambiguous: false }, end))
}

/// `enero 2da quincena`, `febrero, primera quincena`
fn month_before(sentence: &Sentence, index: usize, after: usize) -> Option<(Month, Option<i16>, usize)> {
    let back = if sentence.was(index, 2, &[",", "la", "a"]) { 3 } else { 2 };
    let at = index.checked_sub(back)?;
    month_beside_day(sentence, at).map(|month| (Month::Named(month), None, after))
}

fn plus_fourteen(first: Date) -> Option<Date> {
    Date::new(first.year(), first.month(), 15).ok()
}

/// Whether the second half of a month stands at `index`, and where the half's name ends.
fn half(sentence: &Sentence, index: usize) -> Option<(bool, usize)> {
    if sentence.is(index, &["quincena", "quinzena", "fortnight", "half", "mitad", "metade", "quincenita"]) {
        let before = index.checked_sub(1)?;
        let number = sentence.any_number(before).map(|number| number.value == 2);
        let named = || {
            let names = [("segunda", true), ("ultima", true), ("last", true), ("primera", false)];
            names.iter().find(|(word, _)| sentence.is(before, &[word])).map(|(_, second)| *second)
        };
        return number.or_else(named).map(|second| (second, index + 1));
    }
    // "La primera de febrero": the article and the ordinal alone.
    let number = sentence.any_number(index)?;
    let is_alone = number.shape == Shape::Ordinal
        && sentence.is(index, &["primera", "segunda", "1", "2"])
        && (1..=2).contains(&number.value)
        && (sentence.was(index, 1, &["la"]) || index == 0 || sentence.is_mark(index - 1))
        && sentence.is(index + 1, &["de"])
        && month_beside_day(sentence, index + 2).is_some();
    is_alone.then_some((number.value == 2, index + 1))
}

static SEASONS: Words = Words::new(
    "puente feriado feriados feriadao vacaciones ferias holidays holiday verano invierno verao summer \
     winter findes patrias muertos thanksgiving acciondegracias primavera otono outono spring autumn \
     temporada receso fiestas reyes",
);
static LOOSE: Phrases = Phrases::new(
    "\
    day finde|labor day|labour day|memorial day|independence day|presidents day|end of the month|end of month|beginning of the month|start of the month|bank holiday|finde largo|mes que viene|proximo mes|mes que vem|next month|dia de la madre|\
    dia de las madres|dia del padre|dia das maes|dia dos namorados|san valentin|mother s day|finde longo|\
    long finde|semana que viene|proxima semana|next week|semana que vem|principios de|mediados de|\
    fines de|finales de|fin de mes|a fin de|this week|esta semana|semana del|week of|semana de|un finde|\
    algun finde|otra fecha|finde prolongado|inicio de|primera quincena|segunda quincena|\
    primeira quinzena|segunda quinzena|final de|comeco de|week commencing|week starting|week beginning|\
    semana siguiente|siguiente semana|cualquier finde|cualquier fecha|cualquier dia|any weekend|any finde|\
    qualquer finde|qualquer data|qualquer dia|any dates|any date|whenever|cuando sea|semana entrante|\
    otra semana|outra semana|ultima semana|primera semana|primeira semana|segunda semana|tercera semana|\
    meados de|comienzos de|fim de mes|fechas flexibles|semana do|\
    algum finde|some finde|a finde|um finde",
);

/// Whether a time is named without its days.
pub(super) fn is_vague(sentence: &Sentence) -> bool {
    (0..sentence.len()).any(|index| {
        is_month_alone(sentence, index)
            || days_of_other_events::counts_from_an_event(sentence, index)
            || sentence.has(index, &SEASONS) && is_season(sentence, index)
            || sentence.phrase_from(index, &LOOSE).is_some() && !holidays::is_memory(sentence, index)
    })
}

fn is_season(sentence: &Sentence, index: usize) -> bool {
    !holidays::is_memory(sentence, index)
        && !sentence.was(
            index,
            1,
            &[
                "felices", "boas", "happy", "feliz", "buenas", "del", "cruzando", "es", "e", "is", "seria",
                "no",
            ],
        )
        && !sentence.is(index + 1, &["home", "inn"])
}

/// `en enero`, `for March`, `early September`
fn is_month_alone(sentence: &Sentence, index: usize) -> bool {
    static LEADS: Words = Words::new(
        "en para em in de for durante todo during of early mid late pra por entre este proximo next this",
    );
    // "Noviembre completo", "noviembre?" alone.
    let is_whole = sentence.is(index + 1, &["completo", "entero", "inteiro", "entera"])
        || index == 0 && sentence.is_break(1) && sentence.len() <= 2;
    // "Abril, 2 adultos y 1 niño".
    let counts = |at: usize| matches!(sentence.claim_of(at), Some(Claim::People | Claim::Nights));
    let opens = index == 0 && sentence.len() > 2 && (counts(1) || sentence.is(1, &[","]) && counts(2));
    month_beside_day(sentence, index).is_some()
        && (sentence.had(index, 1, &LEADS) || is_whole || opens)
        && sentence.is_free(index)
        && !is_name(sentence, index)
        && !holidays::is_memory(sentence, index)
        // "20 de febrero" that was claimed otherwise, "el verano de marzo".
        && sentence.claim_of(index.wrapping_sub(2)) != Some(Claim::Place)
        && !sentence.is(index, &["out", "set", "mai"])
}
