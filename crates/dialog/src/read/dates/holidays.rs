//! Feasts: Christmas, New Year, Holy Week, Carnival.

use jiff::civil::Date;

use super::{days_with_month, settle_to_calendar_dates::Span};
use crate::locale::Language;
use crate::read::{
    lexicon::{Sense, Tense, Words, phrases},
    mask::is_name,
    resolve_to_calendar_date::{easter, next_day_and_month, plus_days},
    token::Sentence,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    Christmas,
    NewYear,
    HolyWeek,
    Carnival,
}

/// The dates of the feast at `index`, and where its words end.
pub(super) fn holiday(sentence: &Sentence, index: usize) -> Option<(Feast, Span, usize)> {
    let (feast, end) = feast(sentence, index)?;
    let (year, end) = days_with_month::year_after(sentence, end);
    let (check_in, check_out) = dates_of(feast, sentence.today, year)?;
    let span = Span { check_in: Some(check_in), check_out: Some(check_out), ambiguous: true };
    Some((feast, span, end))
}

/// From the first day of one feast to the last of another: `de Navidad a Reyes`.
pub(super) fn spanned(first: &Span, next: Feast) -> Option<Span> {
    let (_, end) = dates_of(next, first.check_in?, None)?;
    Some(Span { check_out: Some(end.max(first.check_out?)), ambiguous: true, ..*first })
}

fn feast(sentence: &Sentence, index: usize) -> Option<(Feast, usize)> {
    if !sentence.is_free(index) {
        return None;
    }
    let feast = match sentence.word(index) {
        "navidad" | "navidades" | "natal" | "christmas" | "nochebuena" => Feast::Christmas,
        "anonuevo" | "nochevieja" => Feast::NewYear,
        "virada" if sentence.language == Language::Pt => Feast::NewYear,
        "semanasanta" | "pascua" | "pascuas" | "pascoa" | "easter" => Feast::HolyWeek,
        "carnaval" | "carnavales" | "carnival" | "carna" => Feast::Carnival,
        _ => return None,
    };
    (!is_no_time(sentence, index, feast)).then_some((feast, index + 1))
}

/// Wished, eaten, decorated, remembered, or the name of a place.
fn is_no_time(sentence: &Sentence, index: usize, feast: Feast) -> bool {
    static WISHES: Words = Words::new("feliz felices happy merry boas bom buen buena linda hermosa felices");
    static THINGS: Words = Words::new(
        "arbol arbolito cena canasta fiesta isla ilha island islas paella comida almuerzo menu decoracion \
         adornos regalo regalos saludo saludos tarjeta ceia almoco arvore enfeites presente cesta tree dinner \
         lunch party eve presents lights decorations market markets mercado concierto misa mass desfile \
         parade ovos huevos eggs egg torta rosca roscon panettone cancion musica temporada traje fantasia \
         blocos bloco comparsa comparsas bonus aguinaldo card cards song songs cidade city",
    );
    static PAST: Words = Words::new("pasada pasado passado passada anterior pasadas pasados");
    let near = phrases!(
        "antes de|despues de|depois do|depois de|antes do|before|after|despues del|antes del|ultima"
    );
    let of = if sentence.was(index, 1, &["de", "da", "do", "del", "of"]) { 2 } else { usize::MAX };
    let is_thing = of == 2 && sentence.had(index, 2, &THINGS) || sentence.has(index + 1, &THINGS);
    let on_holiday = matches!(feast, Feast::HolyWeek | Feast::Carnival)
        && sentence.phrase_before(index, &["vacaciones de"]).is_some();
    let wished = (index.saturating_sub(5)..index).any(|at| {
        sentence.is(at, &["feliz", "felices", "prospero", "prospera", "merry", "happy", "boas", "venturoso"])
    });
    // "Somos de Natal": the city has no article in Portuguese.
    let is_city = feast == Feast::Christmas
        && sentence.is(index, &["natal"])
        && sentence.is_capital(index)
        && sentence.was(index, 1, &["em", "de", "para", "desde", "ate", "a"]);
    is_city
        || is_asked_about(sentence, index)
        || wished
        || sentence.had(index, 1, &WISHES)
        || sentence.was(index, 1, &["last"])
        || is_thing && !on_holiday
        || sentence.phrase_to(index, near).is_some()
        || sentence.has(index + 1, &PAST)
        || is_memory(sentence, index)
        || feast != Feast::HolyWeek && feast != Feast::NewYear && is_name(sentence, index)
}

/// "En carnaval estuvimos ahí": somebody was there.
pub(super) fn is_memory(sentence: &Sentence, index: usize) -> bool {
    let mut clause = sentence.clause(index);
    clause.any(|at| {
        at.abs_diff(index) <= 5
            && sentence.verb(at).is_some_and(|verb| {
                verb.tense == Tense::Past && matches!(verb.sense, Sense::Stay | Sense::Go | Sense::Arrive)
            })
    })
}

/// The next time that a feast is celebrated, from its first day on; or that of a year.
fn dates_of(feast: Feast, today: Date, year: Option<i16>) -> Option<(Date, Date)> {
    let from = match year {
        Some(year) => Date::new(year, 1, 1).ok()?,
        None => today,
    };
    match feast {
        Feast::Christmas => next_day_and_month(from, 24, 12).and_then(|day| Some((day, plus_days(day, 2)?))),
        Feast::NewYear => next_day_and_month(from, 31, 12).and_then(|day| Some((day, plus_days(day, 2)?))),
        Feast::HolyWeek => next_around_easter(from, -3, 0),
        Feast::Carnival => next_around_easter(from, -50, -47),
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

/// `¿abren en Navidad?`, `hay fuegos artificiales en año nuevo?`: asked about as such.
fn is_asked_about(sentence: &Sentence, index: usize) -> bool {
    static CELEBRATIONS: Words = Words::new(
        "abren abre cierran cierra abierto abiertos festejan festeja celebran celebra fuegos fireworks open closed close abrem fecham \
         aberto fechado queima fogos decoran adornan decorate decoram menu cena ceia fiesta festa party trabajan trabajen trabalham \
         hacen fazem misa missa mass show shows baile",
    );
    static STAYS: Words = Words::new(
        "lugar vaga vagas disponible disponibilidad disponibilidade available room noches noites nights reservar book reserva somos para libre cabana",
    );
    let clause = sentence.clause(index);
    clause.clone().any(|at| sentence.has(at, &CELEBRATIONS))
        && !clause.clone().any(|at| sentence.has(at, &STAYS))
}
