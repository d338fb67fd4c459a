//! Weekends, feasts and fortnights.

use jiff::civil::{Date, Weekday};

use super::settle::Span;
use crate::read::{
    almanac::{coming_saturday, easter, next_day_and_month, plus_days},
    calendar_words::month_beside_day,
    token::{Claim, Sentence},
};

/// An occasion that was named, as dates, and where its first word stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Occasion {
    pub span: Span,
    pub at: usize,
    pub is_weekend: bool,
}

/// What the message says about occasions.
pub(super) fn find(sentence: &Sentence) -> Option<Occasion> {
    let weekend = (0..sentence.len()).find_map(|index| weekend(sentence, index));
    feasts(sentence).or(weekend).or_else(|| (0..sentence.len()).find_map(|index| fortnight(sentence, index)))
}

fn occasion(check_in: Date, check_out: Date, at: usize) -> Occasion {
    let span = Span { check_in: Some(check_in), check_out: Some(check_out), ambiguous: false };
    Occasion { span, at, is_weekend: false }
}

/// What follows a weekend that is the one after the coming.
const NEXT_AFTER: &str = "\
    que viene|que vem|proximo|siguiente|que entra|que sigue|que bem|sino el otro|sino el que viene|\
    sino el proximo|sino el siguiente|no el otro|no , el otro|no , el siguiente|nao , o outro|\
    nao o outro";

/// In Mexico "este fin" is a weekend too.
fn is_weekend_word(sentence: &Sentence, index: usize) -> bool {
    let is_short = sentence.is(index, &["fin"]) && !sentence.is(index + 1, &["de", "del"]);
    let is_near = sentence.was(index, 1, &["este", "proximo"])
        || sentence.any_phrase(index + 1, &["que viene", "que entra"]).is_some();
    sentence.is(index, &["finde"]) || is_short && is_near
}

fn weekend(sentence: &Sentence, index: usize) -> Option<Occasion> {
    let today = sentence.today;
    if !is_weekend_word(sentence, index)
        || !sentence.is_free(index)
        || is_no_weekend_of_a_stay(sentence, index)
    {
        return None;
    }
    let end = index + 1;
    if let Some(span) = numbered_weekend_of_month(sentence, index) {
        return Some(Occasion { span: Span { ambiguous: true, ..span }, at: index, is_weekend: true });
    }
    let coming = coming_saturday(today)?;
    let is_next = sentence.any_phrase_in(end, NEXT_AFTER).is_some()
        || sentence.was(index, 1, &["proximo", "next", "otro", "siguiente", "following", "outro"]);
    let at_weekend = matches!(today.weekday(), Weekday::Saturday | Weekday::Sunday);
    let saturday = match (is_next, at_weekend) {
        (true, true) if today.weekday() == Weekday::Saturday => plus_days(today, 7)?,
        (true, false) => plus_days(coming, 7)?,
        _ => coming,
    };
    let found = occasion(saturday, plus_days(saturday, 1)?, index);
    Some(Occasion {
        span: Span { ambiguous: is_next && !at_weekend, ..found.span },
        is_weekend: true,
        ..found
    })
}

/// Long weekends, past ones, any one, and good wishes.
fn is_no_weekend_of_a_stay(sentence: &Sentence, index: usize) -> bool {
    let after = "largo longo prolongado long largos pasado passado anterior xl";
    let before = "\
        last long pasado passado buen lindo great good nice bom otimo excelente hermoso un algun um \
        algum cada cualquier some any a every gran por feliz qualquer lovely day holiday thanksgiving";
    let rate = sentence.was(index, 1, &["el"])
        && sentence.was(index, 2, &["por", "cada"])
        && !sentence.is(index + 1, &["que", "del"]);
    // "Por el finde" is this weekend; "por finde" a rate.
    let any = sentence.was_in(index, 1, before) && !rate;
    let of_a_date = sentence.is(index + 1, &["del", "de", "do", "of"])
        && sentence.claim_of(index + 2) == Some(Claim::Day);
    sentence.is_in(index + 1, after)
        || any
        || of_a_date
        || sentence.phrase(index + 1, "que paso").is_some()
        || sentence.was(index, 1, &["ultimo"]) && !sentence.is(index + 1, &["de"])
}

/// `el primer finde de marzo`
fn numbered_weekend_of_month(sentence: &Sentence, index: usize) -> Option<Span> {
    let month_at = sentence.any_phrase_in(index + 1, "de|do mes de|del mes de|of|en|in")?;
    let month = month_beside_day(sentence, month_at)?;
    let before = index.wrapping_sub(1);
    let nth = if sentence.is(before, &["ultimo", "last"]) { 5 } else { sentence.any_number(before)?.value };
    let first = next_day_and_month(sentence.today, 1, month)
        .filter(|_| sentence.today.month() != month)
        .unwrap_or(sentence.today.first_of_month());
    let saturday = coming_saturday(first)?;
    let weeks = i64::from(nth.clamp(1, 5)) - 1;
    let within = |weeks: i64| plus_days(saturday, weeks * 7).filter(|date| date.month() == month);
    let check_in = within(weeks).or_else(|| within(weeks - 1))?;
    Some(Span { check_in: Some(check_in), check_out: plus_days(check_in, 1), ambiguous: true })
}

/// The weekend that a day belongs to: `el finde del 20`.
pub(super) fn weekend_of(date: Date) -> Option<Span> {
    let saturday = match date.weekday() {
        Weekday::Saturday => date,
        Weekday::Sunday => plus_days(date, -1)?,
        _ => coming_saturday(date)?,
    };
    Some(Span { check_in: Some(saturday), check_out: plus_days(saturday, 1), ambiguous: true })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Feast {
    Christmas,
    NewYear,
    HolyWeek,
    Carnival,
}

fn feasts(sentence: &Sentence) -> Option<Occasion> {
    let named: Vec<(usize, Feast)> =
        (0..sentence.len()).filter_map(|index| Some((index, feast(sentence, index)?))).collect();
    let (at, first) = *named.first()?;
    let next_year = [
        "del ano que viene",
        "do ano que vem",
        "del proximo ano",
        "do proximo ano",
        "next year",
        "of next year",
    ];
    let from = match sentence.any_phrase(at + 1, &next_year) {
        Some(_) => Date::new(sentence.today.year().checked_add(1)?, 1, 1).ok()?,
        None => sentence.today,
    };
    let mut found = dates_of(first, from)?;
    if let Some((next_at, next)) = named.iter().find(|(_, other)| *other != first) {
        let joint = at + 1..*next_at;
        if joint.clone().any(|index| sentence.is(index, &["o", "ou", "or"])) {
            return None;
        }
        // "Navidad y año nuevo", "de Navidad a Reyes": from the first to the end of the second.
        let (_, end) = dates_of(*next, found.0)?;
        found.1 = end.max(found.1);
    }
    let whole = occasion(found.0, found.1, at);
    Some(Occasion { span: Span { ambiguous: true, ..whole.span }, ..whole })
}

fn feast(sentence: &Sentence, index: usize) -> Option<Feast> {
    if !sentence.is_free(index) {
        return None;
    }
    let feast = match sentence.word(index) {
        "navidad" | "navidades" | "natal" | "christmas" | "nochebuena" => Feast::Christmas,
        "anonuevo" | "nochevieja" => Feast::NewYear,
        "semanasanta" | "pascua" | "pascuas" | "pascoa" | "easter" => Feast::HolyWeek,
        "carnaval" | "carnavales" | "carnival" | "carna" => Feast::Carnival,
        _ => return None,
    };
    let wishes = "feliz felices happy merry boas bom buen buena";
    let other = "\
        arbol de|cena de|canasta de|vacaciones de|ferias de|antes de|despues de|depois do|depois de|\
        antes do|before|after|despues del|antes del|fiesta de|ultima";
    let past = ["pasada", "pasado", "passado", "passada", "anterior"];
    let holiday_feast = matches!(feast, Feast::HolyWeek | Feast::Carnival)
        && sentence.phrase_before(index, &["vacaciones de"]).is_some();
    let no_stay = sentence.was_in(index, 1, wishes)
        || sentence.was(index, 1, &["last"])
        || sentence.phrase_before_in(index, other).is_some() && !holiday_feast
        || sentence.is(index + 1, &past);
    (!no_stay && !is_memory(sentence, index)).then_some(feast)
}

/// "En carnaval estuvimos ahí"
fn is_memory(sentence: &Sentence, index: usize) -> bool {
    let past = "estuvimos estuve fuimos fui vinimos estivemos fomos stayed pasamos";
    let clause = sentence.clause(index);
    clause.into_iter().any(|at| sentence.is_in(at, past) && at.abs_diff(index) <= 5)
}

/// The next time that a feast is celebrated, from its first day on.
fn dates_of(feast: Feast, today: Date) -> Option<(Date, Date)> {
    match feast {
        Feast::Christmas => next_day_and_month(today, 24, 12).and_then(|day| Some((day, plus_days(day, 2)?))),
        Feast::NewYear => next_day_and_month(today, 31, 12).and_then(|day| Some((day, plus_days(day, 2)?))),
        Feast::HolyWeek => next_around_easter(today, -3, 0),
        Feast::Carnival => next_around_easter(today, -50, -47),
    }
}

fn next_around_easter(today: Date, from_days: i64, to_days: i64) -> Option<(Date, Date)> {
    let years = today.year()..=today.year().saturating_add(1);
    let span = |year| {
        let sunday = easter(year)?;
        Some((plus_days(sunday, from_days)?, plus_days(sunday, to_days)?))
    };
    years.filter_map(span).find(|(first, _)| *first >= today)
}

/// `la primera quincena de enero`, `1ra quincena`, `first half of January`.
fn fortnight(sentence: &Sentence, index: usize) -> Option<Occasion> {
    if !sentence.is(index, &["quincena", "quinzena", "fortnight", "half", "mitad", "metade"]) {
        return None;
    }
    let before = index.wrapping_sub(1);
    let is_second = sentence.any_number(before).map(|number| number.value == 2).or_else(|| {
        let named = [("segunda", true), ("ultima", true), ("last", true), ("primera", false)];
        named.iter().find(|(word, _)| sentence.is(before, &[word])).map(|(_, second)| *second)
    })?;
    let mut at = sentence.any_phrase_in(index + 1, "de|do|of|del mes de|do mes de|del").unwrap_or(index + 1);
    if sentence.is(at, &[","]) {
        at += 1;
    }
    let month = month_beside_day(sentence, at)?;
    let year_at = if sentence.is(at + 1, &["de", "del"]) { at + 2 } else { at + 1 };
    let year =
        sentence.any_number(year_at).map(|number| number.value).filter(|year| (1990..=2100).contains(year));
    let first_day = if is_second { 16 } else { 1 };
    let check_in = match year.and_then(|year| i16::try_from(year).ok()) {
        Some(year) => Date::new(year, month, first_day).ok()?,
        None => next_day_and_month(sentence.today, first_day, month)?,
    };
    let check_out =
        if is_second { check_in.last_of_month() } else { Date::new(check_in.year(), month, 15).ok()? };
    Some(occasion(check_in, check_out, index))
}

/// Words that name a time without telling its days: `en enero`, `la semana que viene`, `finde largo`, `vacaciones`.
pub(super) fn is_vague(sentence: &Sentence) -> bool {
    let cues = "\
        puente feriado feriados feriadao vacaciones ferias holidays holiday verano invierno verao \
        summer winter findes patrias muertos thanksgiving acciondegracias";
    let phrases = "\
        day finde|bank holiday|finde largo|mes que viene|proximo mes|mes que vem|next month|dia de la madre|dia de las madres|\
        dia del padre|dia das maes|dia dos namorados|san valentin|mother s day|finde longo|long finde|semana que viene|proxima semana|next week|semana que vem|\
        principios de|mediados de|fines de|finales de|fin de mes|a fin de|this week|esta semana|\
        semana del|week of|semana de|un finde|algun finde|otra fecha|finde prolongado|inicio de|\
        primera quincena|segunda quincena|primeira quinzena|segunda quinzena|final de|comeco de";
    (0..sentence.len()).any(|index| {
        let month = month_beside_day(sentence, index).is_some()
            && sentence.was_in(index, 1, "en para em in de for durante todo during of")
            && sentence.is_free(index)
            && !is_memory(sentence, index);
        month || sentence.is_in(index, cues) || sentence.any_phrase_in(index, phrases).is_some()
    })
}
