//! Lengths that are not the stay's: `una noche más`, `en 3 días`, `mínimo 2 noches`.

use super::Unit;
use crate::read::{
    lexicon::{phrases, words},
    token::Sentence,
};

/// Lengths that are not the stay's: `una noche más`, `en 3 días`, `mínimo 2 noches`, `15 días antes`.
pub(super) fn is_other_length(sentence: &Sentence, index: usize, end: usize, unit: Unit) -> bool {
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
pub(super) fn is_counted_from_the_other_end(sentence: &Sentence, index: usize, end: usize) -> bool {
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
