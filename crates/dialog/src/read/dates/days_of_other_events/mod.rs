//! Days on which something else happens: a payment, an answer, a birthday, a stay that is over.

/// Weddings, flights, exams.
mod events;
/// What others announce.
mod notices;
/// Stays that are over.
mod past;

use super::{
    day_mention::Mention,
    errand_days,
    join_days_into_unit::{Shape, Unit},
};
use crate::read::{
    lexicon::{Sense, Words, phrases, words},
    token::Sentence,
};
use events::is_of_an_event;
pub(in crate::read) use events::starts_from_an_event;
pub(super) use events::{FROM_THEN, THAT_NIGHT, counts_from_an_event};
use notices::{is_farewell, is_moved_by_others, is_opening_hours, is_promotion};
use past::is_past_stay;

/// What makes a day a day of the stay after all.
pub(super) static STAY_WORDS: Words = Words::new(
    "hay lugar disponible disponibilidad reservar llegamos llegar noche noches cabana libre vaga available book \
     quedarnos quedamos tenes tienen tienes tem somos ir entrar chegamos chegar arrive stay room alquilar \
     alojarnos hospedarnos disponivel night nights llego llegando vamos iriamos chego chegando ficar arriving \
     reservarme reservame",
);
pub(super) static LEADS: Words =
    Words::new("para desde partir por hasta for from until del de do da of till ate");

/// Whether a unit is told of something else than the stay that is asked for.
pub(super) fn is_elsewhen(sentence: &Sentence, unit: &Unit) -> bool {
    if is_opening_hours(sentence, unit) || is_farewell(sentence, unit) || is_past_stay(sentence, unit) {
        return true;
    }
    if is_of_an_event(sentence, unit) {
        return true;
    }
    if !matches!(unit.shape, Shape::Single(_) | Shape::Night(_)) {
        return is_promotion(sentence, unit) || is_moved_by_others(sentence, unit);
    }
    is_of_a_visit(sentence, unit)
        || is_not_paid_until(sentence, unit)
        || is_since(sentence, unit)
        || is_of_a_text(sentence, unit)
        || errand_days::is_errand_day(sentence, unit)
}

/// The same for words that name a time at `start..end`.
pub(super) fn is_elsewhen_at(sentence: &Sentence, start: usize, end: usize) -> bool {
    let spoken = super::day_mention::Spoken::Ahead { days: 0 };
    let mention = Mention { spoken, start, end, weekday: None };
    let unit = Unit {
        shape: Shape::Single(mention),
        start,
        end,
        role: super::arrival_or_departure::Role::Unsaid,
        is_alternative: false,
        is_about: false,
    };
    is_elsewhen(sentence, &unit)
}

/// `llevamos desde el sábado sin wifi`, `since Tuesday`, `desde el 3 no anda`
fn is_since(sentence: &Sentence, unit: &Unit) -> bool {
    let at = sentence.skip_articles_back(unit.start);
    if sentence.was(at, 1, &["since"]) {
        return true;
    }
    if !sentence.was(at, 1, &["desde"]) {
        return false;
    }
    static LASTING: Words = Words::new(
        "llevamos llevo lleva llevan sin hace anda andan funciona estamos estoy faltan falta espero esperamos \
         esperando perdido caido caida roto rota cortaron esta estao sem faz duele enfermo internado cortada",
    );
    let clause = sentence.clause(unit.start);
    clause.clone().any(|index| sentence.has(index, &LASTING)) || sentence.is(unit.end, &["que"])
}

/// `no me pagan hasta el 15`, `I won't know until Friday`: what else is put off until then.
fn is_not_paid_until(sentence: &Sentence, unit: &Unit) -> bool {
    let at = sentence.skip_articles_back(unit.start);
    let clause = sentence.clause(unit.start);
    let before = || clause.start..at;
    let senses = |wanted: &[Sense]| {
        before().any(|index| sentence.verb(index).is_some_and(|verb| wanted.contains(&verb.sense)))
    };
    sentence.was(at, 1, &["hasta", "ate", "until", "till"])
        && before().any(|index| sentence.is(index, &["no", "nao", "not", "cannot"]))
        && senses(&[Sense::Pay, Sense::Tell, Sense::Decide])
        && !senses(&[Sense::Arrive, Sense::Leave, Sense::Stay, Sense::Go])
}

/// `el sábado vienen dos amigos a comer`, `my aunt visits us on Friday`: the day of who comes for some hours.
fn is_of_a_visit(sentence: &Sentence, unit: &Unit) -> bool {
    let comes = words!(
        "viene vienen vendria vendrian pasa pasan vem viria viriam come comes coming will visits visit visita visitan visitam"
    );
    let whole = sentence.clause(unit.start);
    let joint = (whole.start..unit.start).rev().find(|index| sentence.is(*index, &["y", "e", "and"]));
    let clause = joint.unwrap_or(whole.start)..whole.end;
    let for_hours = phrases!(
        "a comer|a cenar|a almorzar|a merendar|a tomar|a saludar|a saludarnos|a visitarnos|a visitarme|a visitar|a pasar el dia|a pasar la tarde|\
        jantar|almocar|visitar a gente|nos visitar|passar o dia|passar a tarde|for dinner|for lunch|for the day|for the afternoon|to visit us|visits us|\
        visit us|nos visita|nos visitan"
    );
    let is_ours = clause
        .clone()
        .any(|index| sentence.word(index).ends_with("mos") || sentence.is(index, &["we", "i", "yo", "eu"]));
    let has_purpose = clause.clone().any(|index| sentence.phrase_from(index, for_hours).is_some());
    has_purpose && !is_ours && clause.into_iter().any(|index| sentence.has(index, comes))
}

/// `la publicación del 3 de marzo`: the day of what was written.
fn is_of_a_text(sentence: &Sentence, unit: &Unit) -> bool {
    static TEXTS: Words = Words::new(
        "publicacion anuncio post posteo historia mail correo email mensaje mensagem foto video factura \
         comprobante comprovante recibo audio publicacao diario noticia carta nota resena review story reel \
         fotos photos fatura invoice receipt desayuno breakfast feria mercado misa cena almuerzo brunch show partido excursion paseo clase jogo missa cafe almoco jantar diario edicion capitulo",
    );
    let at = sentence.skip_articles_back(unit.start);
    let of = sentence.was(at, 1, &["del", "de", "do", "from", "of"]);
    of && sentence.had(at, 2, &TEXTS)
}
