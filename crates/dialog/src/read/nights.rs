//! Lengths of a stay: `3 noches`, `una semana`, `15 días`.

use super::{
    repair::number_put_right,
    token::{Claim, Sentence, Shape},
};
use crate::locale::Language;
use crate::read::lexicon::{Phrases, Words, phrases, words};

/// How long, when that was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Length {
    pub nights: Option<u16>,
    /// `2 o 3 noches`, or days that may be counted in two ways.
    pub ambiguous: bool,
    /// `2 o 3 noches`: how many stays open.
    pub is_open: bool,
    /// One night, by words that name no number: `esa noche`, `solo dormir`. It counts beside a day only.
    pub implied: Option<u16>,
    /// Where it was said.
    pub at: Option<(usize, usize)>,
}

impl Length {
    pub fn is_said(&self) -> bool {
        self.nights.is_some() || self.is_open
    }
}

/// Words for a single night that name no number.
static ONE_NIGHT: Phrases = Phrases::new(
    "\
    anonuevo only|only anonuevo|solo anonuevo|so anonuevo|nochebuena only|solo la noche de anonuevo|anonuevo nomas|just anonuevo|solo nochebuena|pernoite|pernocte|overnight stay|esa noche|essa noite|that night|solo dormir|solamente dormir|so dormir|solo para dormir|so para dormir|para dormir nada mas|para dormir y seguir|apenas dormir|apenas para dormir|just to sleep|only to sleep|just for the night|somente dormir|seguimos viaje al otro dia|seguimos al otro dia|seguimos viaje al dia siguiente|\
    pernoctar|pernoitar|overnight|noche de paso|una sola noche|solo esa noche|esa noche sola|so essa noite|\
    just the night|only the night|the one night|just that night|eve only|only that night|nomas dormir|nada mas dormir|\
    solo a dormir|solo por la noche|nos vamos al otro dia|nos vamos al dia siguiente|salimos al otro dia|\
    saimos no outro dia|leaving the next day|leave the next day|leaving the next morning|leave the next morning|\
    leaving the day after|me voy al otro dia|me voy al dia siguiente|saindo no dia seguinte|saio no dia seguinte|\
    hacer noche|haremos noche|hacemos noche|haria noche|hariamos noche|passar a noite|pasar la noche|spend the night|\
    salimos al dia siguiente|salgo al dia siguiente|salgo al otro dia|saio no outro dia|vamos embora no outro dia|al otro dia volver|al otro dia nos volvemos|al otro dia volvemos|al dia siguiente volver|al dia siguiente volvemos|volver al otro dia|volvemos al otro dia|volver al dia siguiente|no outro dia voltar|no outro dia voltamos|voltar no outro dia|voltamos no outro dia|no dia seguinte voltar|voltamos no dia seguinte|back the next day|head back the next day|head home the next day|1 nt",
);

static NIGHT_WORDS: Words = Words::new(
    "\
    noches noche noites noite nights night nites nite nts noc nch nochecitas nochesitas diarias diaria \
    nochecita nochesita noitinha noitezinha diariazinha \
    pernoites pernoite nche nchs nigths nigth nochez notches nocturnos pernoctes nochs nches noxes",
);
const DAY_WORDS: &[&str] = &["dias", "dia", "diitas", "diitos", "days", "day"];
const WEEK_WORDS: &[&str] = &["semana", "semanas", "semanita", "semanitas", "week", "weeks"];
const LONGEST: u16 = 365;

pub(super) fn read(sentence: &mut Sentence) -> Length {
    let mut best: Option<Found> = None;
    for index in 0..sentence.len() {
        let Some(found) = length_at(sentence, index) else { continue };
        let found = put_right(sentence, found);
        // "Una semana o diez días".
        let is_alternative = best.as_ref().is_some_and(|best| {
            best.end + 1 == index
                && sentence.is(best.end, &["o", "u", "ou", "or"])
                && best.nights != found.nights
        });
        let found = Found { vague: found.vague || is_alternative, ..found };
        sentence.claim_free(index..found.end, Claim::Nights);
        // "3 días y 2 noches": the nights say it exactly. Else the later one corrects the earlier.
        let weaker =
            best.as_ref().is_some_and(|best| best.unit == Unit::Nights && found.unit != Unit::Nights);
        if !weaker {
            best = Some(found);
        }
    }
    let at = best.as_ref().map(|found| (found.start, found.end));
    match best {
        Some(found) if found.vague => Length { ambiguous: true, is_open: true, at, ..Length::default() },
        Some(found) => Length {
            nights: Some(found.nights),
            ambiguous: found.unit == Unit::Days,
            at,
            ..Length::default()
        },
        None if one_night_at(sentence).is_some() => {
            Length { implied: Some(1), at: one_night_at(sentence), ..Length::default() }
        }
        None => {
            let at = open_at(sentence);
            Length { ambiguous: at.is_some(), is_open: at.is_some(), at, ..Length::default() }
        }
    }
}

/// Where one night is said without a number.
pub(super) fn one_night_at(sentence: &Sentence) -> Option<(usize, usize)> {
    (0..sentence.len()).find_map(|index| {
        let end = sentence.phrase_from(index, &ONE_NIGHT).or_else(|| leaves_next_day(sentence, index))?;
        Some((index, end))
    })
}

/// `al día siguiente continuamos`, `the next morning we drive on`: where its words end.
fn leaves_next_day(sentence: &Sentence, index: usize) -> Option<usize> {
    let next_day = phrases!(
        "al otro dia|al dia siguiente|el dia siguiente|a la manana siguiente|no outro dia|no dia seguinte|na manha seguinte|the next day|\
        the next morning|next morning|the following day|the following morning|the day after"
    );
    const ON: &[&str] = &[
        "segu", "sig", "contin", "cruz", "part", "march", "retom", "sal", "sai", "vuelv", "volv", "volt",
        "regres", "emprend", "arranc", "head", "carry", "push", "mov", "driv", "leav", "set", "fly", "rajam",
        "raj", "viaj",
    ];
    let end = sentence.phrase_from(index, next_day)?;
    let goes_on = |at: usize| {
        sentence.starts_with(at, ON)
            && !sentence.starts_with(at, &["siguiente", "seguinte", "salud", "parte ", "seguro", "segunda"])
            || sentence.is(at, &["vamos", "voy", "vou", "embora"])
                && sentence.was(at, 1, &["nos", "me", "ya", "vamos", "vou"])
    };
    let near = (end..end + 5).take_while(|at| !sentence.is_break(*at)).any(goes_on)
        || (index.saturating_sub(4)..index).rev().take_while(|at| !sentence.is_break(*at)).any(goes_on);
    near.then_some(end)
}

/// `no sabemos cuántas noches`, `la vuelta la tenemos abierta`, `not sure how long`: where the length is left open.
fn open_at(sentence: &Sentence) -> Option<(usize, usize)> {
    let how_long = phrases!(
        "cuantas noches|cuantos dias|cuanto nos quedamos|cuanto tiempo|hasta cuando|quantas noites|quantos dias|quanto tempo|ate quando|\
        how long|how many nights|how many days"
    );
    static UNKNOWN: Words =
        Words::new("ni nem idea ideia clear claro no nao not sabemos se sei know sure unsure depende");
    let returns = words!("vuelta regreso salida volta retorno saida return departure checkout partida");
    let open = words!("abierta abierto aberta aberto open flexible flexivel definir");
    (0..sentence.len()).find_map(|index| {
        let unknown = |at: usize| sentence.has(at, &UNKNOWN);
        if let Some(end) = sentence.phrase_from(index, how_long) {
            let said = (index.saturating_sub(5)..index).filter(|at| unknown(*at)).count() > 1
                || (end..end + 5).take_while(|at| !sentence.is_break(*at)).filter(|at| unknown(*at)).count()
                    > 1;
            return said.then_some((index, end));
        }
        let at = (index + 1..index + 6)
            .take_while(|at| !sentence.is_break(*at))
            .find(|at| sentence.has(*at, open))?;
        sentence.has(index, returns).then_some((index, at + 1))
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Nights,
    Days,
    Weeks,
}

struct Found {
    nights: u16,
    unit: Unit,
    start: usize,
    end: usize,
    vague: bool,
}

/// `por 2 noches, uy no, son tres`: the number that was put right.
fn put_right(sentence: &Sentence, found: Found) -> Found {
    let right = number_put_right(sentence, found.end).and_then(|at| Some((at, sentence.count(at)?)));
    match right {
        Some((at, nights)) if found.unit != Unit::Weeks && (1..=LONGEST).contains(&nights) => {
            Found { nights, end: at + 1, vague: false, ..found }
        }
        _ => found,
    }
}

fn length_at(sentence: &Sentence, index: usize) -> Option<Found> {
    let first = sentence.count(index)?;
    let second = second_count(sentence, index + 1, first);
    let number_end = second.map_or(index + 1, |(_, end)| end);
    // "Dos lindas noches", "2 ó 3 noches", "tres hermosas noches".
    let unit_at = if sentence.is(number_end, &["lindas", "hermosas", "solas", "sola", "full", "mas"]) {
        number_end + 1
    } else {
        number_end
    };
    let (unit, each) = unit_of(sentence, unit_at)?;
    let end = unit_at + 1;
    let most = second.map_or(first, |(second, _)| second);
    let nights = most.checked_mul(each).filter(|nights| (1..=LONGEST).contains(nights))?;
    // "One day", "some day": no length, unless it is said for how long.
    let some_day = sentence.is(index, &["one"])
        && unit == Unit::Days
        && !sentence.was(index, 1, &["for", "just", "only", "stay", "staying"]);
    if some_day {
        return None;
    }
    let article = sentence.number(index)?.shape == Shape::Article;
    if is_other_length(sentence, index, end, unit) || article && !is_article_length(sentence, index, unit) {
        return None;
    }
    let and_a_half = sentence.is(end, &["y"]) && sentence.is(end + 1, &["media"]);
    let unit = if is_counted_from_the_other_end(sentence, index, end) { Unit::Nights } else { unit };
    // "Dos noches, quizás tres".
    let later = second_count(sentence, end, first).filter(|(_, end)| {
        sentence.is_break(*end) || sentence.is(*end, &["como", "maximo", "a", "at", "tops", "max", "no"])
    });
    let end = later.map_or(end, |(_, end)| end);
    Some(Found { nights, unit, start: index, end, vague: second.is_some() || later.is_some() || and_a_half })
}

/// The second of two counts, and where it ends: `2 o 3`, `two, maybe three`.
fn second_count(sentence: &Sentence, joint: usize, first: u16) -> Option<(u16, usize)> {
    static HEDGES: Words = Words::new(
        ", ( o u ou or y e and maybe perhaps possibly probably quizas quiza capaz talvez posiblemente tal vez a lo mejor como mucho maximo even \
         ate hasta puede ser puedan pode que sean sejam",
    );
    let is_plain = sentence.has(joint, words!("o u ou or a - y to")) && sentence.count(joint + 1).is_some();
    let hedges = (joint..joint + 5).take_while(|at| sentence.has(*at, &HEDGES)).count();
    let says_so =
        (joint..joint + hedges).any(|at| !sentence.is(at, &[",", "(", "y", "e", "and", "a", "hasta", "que"]));
    let at = if is_plain { joint + 1 } else { joint + hedges };
    // "Tres noches, cuatro como mucho".
    let at_most =
        phrases!("como mucho|como maximo|maximo|a lo sumo|a lo mas|tops|at most|max|no maximo|at a push");
    let second = sentence.count(at).filter(|second| *second > first && *second < first + 8)?;
    if !is_plain && !says_so && sentence.phrase_from(at + 1, at_most).is_none() {
        return None;
    }
    Some((second, at + 1))
}

fn unit_of(sentence: &Sentence, index: usize) -> Option<(Unit, u16)> {
    if sentence.has(index, &NIGHT_WORDS) {
        Some((Unit::Nights, 1))
    } else if sentence.is(index, DAY_WORDS) {
        Some((Unit::Days, 1))
    } else if sentence.is(index, WEEK_WORDS) {
        Some((Unit::Weeks, 7))
    } else if sentence.is(index, &["quincena", "quinzena"]) {
        Some((Unit::Weeks, 15))
    } else if sentence.is(index, &["fortnight"]) {
        Some((Unit::Weeks, 14))
    } else {
        None
    }
}

/// Lengths that are not the stay's: `una noche más`, `en 3 días`, `mínimo 2 noches`, `15 días antes`.
fn is_other_length(sentence: &Sentence, index: usize, end: usize, unit: Unit) -> bool {
    if is_counted_from_the_other_end(sentence, index, end) {
        return false;
    }
    let more = ["mas", "extra", "adicional", "adicionales", "more", "longer", "extras"];
    let after = [
        "antes",
        "despues",
        "before",
        "after",
        "habiles",
        "atras",
        "ago",
        "anticipacion",
        "depois",
        "previos",
        "uteis",
    ];
    // "Tres noches antes de continuar", "two nights before moving on".
    let goes_on = sentence.is(end, &["antes"])
        && sentence.is(end + 1, &["de"])
        && sentence.word(end + 2).ends_with('r')
        || sentence.is(end, &["before"]) && sentence.word(end + 1).ends_with("ing");
    if goes_on {
        return false;
    }
    if sentence.is(end, &more) || sentence.is(end, &after) || sentence.phrase(end, "a mais").is_some() {
        return true;
    }
    if sentence.is(end, &["de"])
        && sentence.is(
            end + 1,
            &["anticipacion", "antecedencia", "minimo", "antelacion", "retraso", "vida", "nacido", "plazo"],
        )
    {
        return true;
    }
    // "Dos noches a partir de hoy" is a length; "diez días a partir de hoy" a day.
    let counts_on = phrases!("from now|from today|a partir de hoy|a contar de hoy|en adelante");
    if unit != Unit::Nights && sentence.phrase_from(end, counts_on).is_some() {
        return true;
    }
    // "Mais uma noite", "una más" of what is booked.
    let one_more = sentence.was(index, 1, &["mais", "mas", "otra", "outra", "another"])
        && sentence.number(index).is_some_and(|number| number.value == 1);
    if one_more || is_a_shift(sentence, index) {
        return true;
    }
    let ago = [
        "hace", "ha", "faz", "cada", "otra", "outra", "another", "minimo", "minima", "minimum", "ultimos",
        "every",
    ];
    if sentence.was(index, 1, &ago)
        || sentence.was(index, 2, &["minimo", "minima", "minimum"])
            && sentence.was(index, 1, &["de", "of", "es", "son"])
    {
        return true;
    }
    let ahead = sentence.was(index, 1, &["en", "in", "em", "within"])
        || sentence
            .phrase_before(index, &["dentro de", "daqui a", "de aqui a", "de aca a", "daqui", "dentro d"])
            .is_some();
    ahead && unit != Unit::Nights
}

/// `salimos el 7 y llegamos tres noches antes`, `we arrive on the 4th and leave two nights later`: the length of the stay.
fn is_counted_from_the_other_end(sentence: &Sentence, index: usize, end: usize) -> bool {
    use crate::read::lexicon::Sense;
    let earlier = sentence.is(end, &["antes", "before", "earlier", "prior"]);
    let later = sentence.is(end, &["despues", "depois", "later", "after"]);
    let closed = sentence.is_break(end + 1);
    let near = |sense: Sense| {
        (index.saturating_sub(3)..index).any(|at| sentence.verb(at).is_some_and(|verb| verb.sense == sense))
    };
    let goes_away = (index.saturating_sub(3)..index)
        .any(|at| sentence.is(at, &["vamos", "voy", "iriamos"]) && sentence.was(at, 1, &["nos", "me"]));
    let is_led = earlier && near(Sense::Arrive) || later && (near(Sense::Leave) || goes_away);
    // Of a booking that is had already, it is a shift.
    let is_booked = (0..sentence.len()).any(|at| {
        sentence.starts_with(at, &["reserv", "book", "cambi", "adelant", "anteci", "move", "mud", "troc"])
            || sentence.is(at, &["tengo", "tenemos", "tenho", "temos", "change"])
    });
    is_led && closed && !is_booked
}

/// `correr la reserva una semana`: how far it moves, unless the new day stands between.
fn is_a_shift(sentence: &Sentence, index: usize) -> bool {
    let verbs = words!(
        "\
        recorrer recorrerla correr correrla mover moverla postergar postergarla atrasar atrasarla adelantar adelantarla \
        aplazar retrasar adiar antecipar postpone delay extender extenderla alargar prolongar extend"
    );
    let days = words!("al el para por desde hasta del dia de com con");
    let before = (index.saturating_sub(5)..index).rev();
    before
        .take_while(|at| !sentence.is_break(*at) && !sentence.has(*at, days))
        .any(|at| sentence.has(at, verbs))
}

/// "Una noche" is a length; "a night" mostly a rate, "la" never gets here.
fn is_article_length(sentence: &Sentence, index: usize, unit: Unit) -> bool {
    if sentence.language != Language::En {
        // "Un día" is vague: "algún día".
        return unit != Unit::Days;
    }
    let leads = sentence.was(index, 1, &["for", "just", "only", "stay", "about", "book"]);
    let starts = sentence.is(index + 2, &["from", "starting", "in", "stay"]);
    leads || starts && unit == Unit::Weeks
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        locale::Locale,
        read::{mask, normalise},
    };

    fn check(text: &str, locale: Locale, expected: Option<u16>) {
        let mut sentence = normalise::sentence(text, date(2027, 1, 5), locale);
        mask::mask(&mut sentence);
        assert_eq!(read(&mut sentence).nights, expected, "{text}");
    }

    #[test]
    fn lengths() {
        check("por 2 noches", Locale::EsAr, Some(2));
        check("una semana desde el 12", Locale::EsEs, Some(7));
        check("dos semanas", Locale::EsCl, Some(14));
        check("3 días y 2 noches", Locale::EsMx, Some(2));
        check("tres noites", Locale::PtBr, Some(3));
        check("for a week from Friday", Locale::En, Some(7));
        check("how much is it a night", Locale::En, None);
        check("una noche más", Locale::EsAr, None);
        check("en 3 días", Locale::EsAr, None);
        check("2 o 3 noches", Locale::EsAr, None);
        check("buenas noches", Locale::EsAr, None);
        check("hace dos semanas", Locale::EsAr, None);
    }
}
