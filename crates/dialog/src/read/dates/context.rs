//! What the words around a day make of it: an arrival, a departure, or no day of the stay at all.

use super::{
    day::Mention,
    unit::{Shape, Unit},
};
use crate::read::token::{Claim, Kind, Sentence};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Unsaid,
    Arrival,
    Departure,
}

const ARRIVAL: &str = "\
    llegamos llego llegariamos llegaria llegando llegada llegar llegaremos llegare llega llegan entramos \
    entro entrando entrada entrar ingreso ingresamos ingresando ingresar checkin desde partir from \
    arrive arrives arriving arrival chegamos chego chegando chegada chegar chegaremos chegariamos \
    starting ir iriamos iria vamos voy vou viajamos in entra caemos caigo arribamos arribo vendriamos \
    venimos get coming indo entraria entrariamos ingresariamos arrancando arrancamos";
const DEPARTURE: &str = "\
    salimos salgo salida saliendo salir saldriamos saldria sale egreso egresamos hasta volvemos volver \
    vuelvo volviendo vuelta regresamos regreso regresar regresando checkout leave leaves leaving \
    departure departing depart until till til saimos sair saio saida saindo ate partimos retirarnos \
    retiramos retiro dejamos dejariamos volveriamos regresariamos marchamos yendonos irnos irme embora \
    voltamos voltar volta voltando vamonos marcharnos iremos";
/// How far from the day its verb may stand, in tokens.
const REACH: usize = 7;

pub(super) fn assign_roles(sentence: &Sentence, units: &mut [Unit]) {
    let mut used_until = 0;
    for nth in 0..units.len() {
        let (start, end) = (units[nth].start, units[nth].end);
        let next_start = units.get(nth + 1).map_or(sentence.len(), |next| next.start);
        if !matches!(units[nth].shape, Shape::Single(_)) {
            used_until = end;
            continue;
        }
        if let Some((role, _)) = cue_before(sentence, start, used_until) {
            units[nth].role = role;
            used_until = end;
        } else if let Some((role, cue)) = cue_after(sentence, end, next_start) {
            units[nth].role = role;
            used_until = cue + 1;
        } else {
            used_until = end;
        }
    }
}

/// A cue on either side of `start..end`.
pub(super) fn cue_near(sentence: &Sentence, start: usize, end: usize) -> Option<Role> {
    cue_before(sentence, start, 0).or_else(|| cue_after(sentence, end, sentence.len())).map(|(role, _)| role)
}

fn cue_before(sentence: &Sentence, start: usize, used_until: usize) -> Option<(Role, usize)> {
    let from = start.saturating_sub(REACH).max(used_until);
    (from..start)
        .rev()
        .take_while(|index| !is_full_stop(sentence, *index))
        .find_map(|index| cue(sentence, index).map(|role| (role, index)))
}

fn cue_after(sentence: &Sentence, end: usize, next_start: usize) -> Option<(Role, usize)> {
    let to = next_start.min(end + REACH);
    (end..to)
        .take_while(|index| !sentence.is_break(*index))
        .take_while(|index| !sentence.is(*index, &["y", "e", "and", "hasta", "desde"]))
        // A preposition looks forward only.
        .filter(|index| !sentence.is(*index, &["from", "in", "ate", "until", "till", "partir", "sale"]))
        .find_map(|index| cue(sentence, index).map(|role| (role, index)))
}

fn cue(sentence: &Sentence, index: usize) -> Option<Role> {
    let reflexive = sentence.was(index, 1, &["nos", "me", "se"]);
    let goes = sentence.is(index, &["vamos", "voy", "iriamos", "iria", "vou", "ir"]);
    if goes && (reflexive || sentence.is(index + 1, &["embora"])) {
        return Some(Role::Departure);
    }
    if sentence.is(index, &["head"]) && sentence.is(index + 1, &["home", "out", "back"])
        || sentence.is(index, &["out"])
            && (sentence.was(index, 1, &["check"]) || sentence.is(index + 1, &["on"]))
    {
        return Some(Role::Departure);
    }
    // "Cuánto sale el viernes" is a price; "llegar" and "in" need their company.
    if sentence.is(index, &["sale"]) && !sentence.was(index, 1, &["vuelo", "avion", "micro", "bus"]) {
        return None;
    }
    if sentence.is(index, &["in"]) && !sentence.was(index, 1, &["check", "get", "move"]) {
        return None;
    }
    if sentence.is_in(index, DEPARTURE) && !sentence.is(index, &["iremos"]) {
        return Some(Role::Departure);
    }
    sentence.is_in(index, ARRIVAL).then_some(Role::Arrival)
}

fn is_full_stop(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index, &[".", "?", "!", ";"])
}

/// Words right before a day that keep it from being one: `antes del 5`, `después del 10`, `la semana del 20`.
pub(super) fn is_only_near(sentence: &Sentence, start: usize) -> bool {
    let at = skip_articles_back(sentence, start);
    let near = "\
        antes de|antes del|despues de|despues del|depois de|depois do|antes do|before|after|semana del|\
        semana de|semana do|week of|week of the|posterior al|posterior a|alrededor del|cerca del|\
        previo al|semana que empieza|semanita del|despues|puente del|puente de|feriado del|feriado de|\
        feriado do|feriadao de|feriadao do|finde largo del|finde largo de";
    let Some(phrase) = sentence.phrase_before_in(at, near) else { return false };
    // "Una semana del 12": a length, claimed as such.
    sentence.claim_of(phrase) != Some(Claim::Nights)
}

/// `finde del 20`
pub(super) fn is_weekend_of(sentence: &Sentence, start: usize) -> bool {
    let at = skip_articles_back(sentence, start);
    sentence.phrase_before(at, &["finde del", "finde de", "finde do", "finde of"]).is_some()
}

fn skip_articles_back(sentence: &Sentence, start: usize) -> usize {
    let articles = ["el", "dia", "o", "the", "dias", "este", "esta"];
    (0..2).fold(start, |at, _| if sentence.was(at, 1, &articles) { at - 1 } else { at })
}

/// Days that the guest turns down: `el 20 no, el 27`, `en vez del 18 el 19`, `no el 5`.
pub(super) fn is_turned_down(sentence: &Sentence, unit: &Unit) -> bool {
    if sentence.is(unit.end, &["mejor", "melhor"]) {
        return false;
    }
    let at = skip_articles_back(sentence, unit.start);
    let instead = "\
        en vez de|en vez del|en lugar de|en lugar del|em vez de|em vez do|instead of|en vez de ir|\
        en vez de llegar|en vez de ser|ao inves de|ao inves do|en vez de venir|rather than|no para|\
        no es|no es del|no del|no era|no era del|not|nao e|nao do|ya no es|ya no|ya no del|\
        en vez de para|no era para|em vez de chegar|instead of arriving|en vez de la del|no seria del|\
        no seria|no al|no el|no desde|no puedo|no podemos|nao posso|nao podemos|no me sirve|\
        no nos sirve|no llego|no llegamos|nao da|nao consigo";
    let before =
        sentence.phrase_before_in(at, instead).or_else(|| sentence.phrase_before_in(unit.start, instead));
    if before.is_some_and(|phrase| !is_question_tag(sentence, phrase)) {
        return true;
    }
    let end = unit.end;
    if !sentence.is(end, &["no", "nao", "not"]) {
        return false;
    }
    let closed = sentence.is_break(end + 1) && !sentence.is(end + 1, &["?"]) && end + 1 < sentence.len();
    closed
        || sentence.is_in(end + 1, "puedo podemos me nos da posso va llegamos podria consigo vamos el mejor")
}

/// "no, el 20": an answer, then the day.
fn is_question_tag(sentence: &Sentence, index: usize) -> bool {
    sentence.tokens.get(index).is_none_or(|token| token.kind != Kind::Word)
}

/// `reserva del 5 al 8`: the booking as it is, when the guest asks for other dates.
pub(super) fn is_of_the_booking(sentence: &Sentence, start: usize) -> bool {
    let at = skip_articles_back(sentence, start);
    let before = |phrases: &str| {
        sentence.phrase_before_in(at, phrases).or_else(|| sentence.phrase_before_in(start, phrases))
    };
    if before(BOOKING).is_some() {
        return true;
    }
    // "Pasar mi reserva para el 2" names the new day; "tengo reserva para el 2" the old one.
    let Some(phrase) = before(BOOKING_FOR) else { return false };
    let holds = "\
        tengo tenemos tenia teniamos hice hicimos tenho temos tinha fiz have had made reserve \
        reservamos reservei booked";
    (phrase.saturating_sub(4)..=phrase).any(|index| sentence.is_in(index, holds))
}

const BOOKING: &str = "\
    reserva del|reserva de|reserva desde|reserva do|reservacion del|reservado del|estadia del|\
    estancia del|booking from|reservation from|booking of|booking on|reserva que tengo del|\
    reservamos del|reservado desde|fecha del|fechas del|reserva a partir|tenia para|tenia del|\
    teniamos para|teniamos del|reserve del|booked for|booked from|reservei para|reservei do|\
    reserva es del|reserva es para|reserva era para|reserva era del|dates from|estaba para|\
    estaba del|era para|era del|reservada para|reservada del|datas do|data do|tengo del|tenemos del";
const BOOKING_FOR: &str = "\
    reserva para|reservacion para|booking for|reservation for|reserva pro|reserve para|\
    reservado para|reservamos para|tengo para|tenemos para|reserva el";

/// The day of a shape that opens it.
pub(super) fn first_of(shape: &Shape) -> &Mention {
    match shape {
        Shape::Single(day) | Shape::Night(day) => day,
        Shape::Range(first, _) | Shape::Row(first, _) | Shape::Nights(first, _) => first,
    }
}
