//! Stays and visits that are over.

use super::super::join_days_into_unit::Unit;
use crate::read::{
    lexicon::{Sense, Tense, Words, phrases},
    token::Sentence,
};

/// `estuvimos el 5`, `we stayed last Friday`, `el finde la pasamos bárbaro`
pub(super) fn is_past_stay(sentence: &Sentence, unit: &Unit) -> bool {
    let clause = sentence.clause(unit.start);
    let is_past = |index: usize| {
        let verb = sentence.verb(index);
        let stayed = verb.is_some_and(|verb| {
            verb.tense == Tense::Past
                && matches!(verb.sense, Sense::Stay | Sense::Go | Sense::Arrive | Sense::Leave)
        });
        static WERE: Words = Words::new(
            "hicieron anduvo anduvimos tuvimos nacio murio perdi perdimos olvide olvidamos compre gano perdio quedo paso llego volvio",
        );
        if is_left_over(sentence, index) {
            return false;
        }
        stayed && !is_conditional(sentence, index)
            || is_accented_past(sentence, index)
            || sentence.has(index, &WERE)
                && sentence.word(index) != "llego"
                && sentence.word(index) != "quedo"
                && sentence.word(index) != "paso"
    };
    let before = (clause.start..unit.start.min(clause.end)).rev().take(12).any(is_past);
    let after = (unit.end..clause.end.min(unit.end + 4)).any(is_past);
    let enjoyed = phrases!(
        "la pasamos|lo pasamos|pasamos barbaro|pasamos genial|pasamos muy bien|pasamos hermoso|nos encanto|adoramos|had a great|had a lovely|\
        had a wonderful|loved our|foi otimo|foi maravilhoso|nos gusto mucho|fue hermoso|estuvo genial|estuvo barbaro|estuvo buenisimo|amamos|we loved"
    );
    let near = clause.start.max(unit.start.saturating_sub(12))..clause.end.min(unit.end + 8);
    // "¿La pasamos del 16 al 22?": a booking that is moved.
    let moves = |index: usize| {
        sentence.is(index + 1, &["pasamos"]) && sentence.is(index + 2, &["del", "al", "para", "desde"])
    };
    // "Esa noche la pasamos con ustedes": a night to come.
    let is_night = |index: usize| sentence.was(index, 1, &["noche", "noite"]);
    let is_memory = near
        .into_iter()
        .any(|index| sentence.phrase_from(index, enjoyed).is_some() && !moves(index) && !is_night(index));
    // "Two years ago", "hace un año".
    let ago = (unit.end..clause_end(sentence, unit)).any(|index| sentence.is(index, &["ago", "atras"]))
        || (unit.start.saturating_sub(6)..unit.start)
            .any(|index| sentence.is(index, &["hace", "faz"]) && sentence.any_count(index + 1).is_some());
    (before || after || is_memory || ago) && !is_habit_of_now(sentence, unit)
}

fn clause_end(sentence: &Sentence, unit: &Unit) -> usize {
    sentence.clause(unit.start).end.min(unit.end + 4)
}

/// `anything left?`, `¿quedó algo?`: what is free still.
fn is_left_over(sentence: &Sentence, index: usize) -> bool {
    static FREE: Words = Words::new(
        "algo lugar lugarcito alguna alguno nada libre disponible cabana cabanas habitacion hueco cupo anything something any rooms room cabins          cabin space spots spot beds place places nothing one vaga vagas algum alguma quarto nenhuma sitio cuarto availability much many what whats",
    );
    sentence.is(index, &["left"]) && (1..4).any(|back| sentence.had(index, back, &FREE))
        || is_booking_kept(sentence, index)
        || sentence.is(index, &["quedo", "quedaron", "sobrou", "ficou", "sobro"])
            && (index + 1..index + 4).any(|at| sentence.has(at, &FREE))
}

/// `¿me quedó bien tomada la cabaña?`, `ficou confirmado?`: how the booking stands.
fn is_booking_kept(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index, &["quedo", "quedamos", "quedaron", "ficou", "ficamos", "quede"])
        && (index + 1..index + 4).any(|at| {
            sentence.starts_with(
                at,
                &[
                    "reservad",
                    "tomad",
                    "anotad",
                    "confirmad",
                    "agendad",
                    "apartad",
                    "marcad",
                    "registrad",
                    "guardad",
                    "apuntad",
                ],
            )
        })
}

/// "Llegó", "quedé": the accent tells the past from the present.
fn is_accented_past(sentence: &Sentence, index: usize) -> bool {
    let is_verb = sentence.verb(index).is_some_and(|verb| {
        matches!(verb.sense, Sense::Stay | Sense::Arrive | Sense::Leave | Sense::Pay | Sense::Tell)
    });
    let written = sentence.tokens.get(index).map_or("", |token| token.written.as_str());
    // "Pagaré", "llegará" are to come.
    let future = written.ends_with("ré") || written.ends_with("rá");
    is_verb && (written.ends_with('ó') || written.ends_with('é') || written.ends_with('í')) && !future
}

/// "Saía", "íamos", "llegaba" are told of plans too: `saía dia 7`.
fn is_conditional(sentence: &Sentence, index: usize) -> bool {
    let word = sentence.word(index);
    word.ends_with("ia") || word.ends_with("iamos") || word.ends_with("iam") || word.ends_with("ian")
}

/// "Fuimos el año pasado y queremos ir el 5": a wish after the memory.
fn is_habit_of_now(sentence: &Sentence, unit: &Unit) -> bool {
    static WISHES: Words = Words::new(
        "queremos quiero quisiera quisieramos queria queriamos volver volveriamos reservar tenes tienen hay \
         pensamos vamos want would gostaria gostariamos voltar llegamos iriamos podemos puedo tem reserva \
         reservado reserved disponible lugar",
    );
    let clause = sentence.clause(unit.start);
    let memory = (clause.start..unit.start)
        .rev()
        .find(|index| sentence.verb(*index).is_some_and(|verb| verb.tense == Tense::Past));
    memory.is_some_and(|memory| (memory..unit.start).any(|index| sentence.has(index, &WISHES)))
}
