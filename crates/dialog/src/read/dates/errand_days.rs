//! Days of errands and duties: paying, calling, answering, handing in.

use super::{
    arrival_or_departure::gives_back,
    days_of_other_events::{LEADS, STAY_WORDS},
    join_days_into_unit::Unit,
};
use crate::read::{
    lexicon::{Sense, Words, phrases},
    token::{Claim, Kind, Sentence},
};

/// A day of paying, calling, answering: near, on either side, with nothing of a stay between.
pub(super) fn is_errand_day(sentence: &Sentence, unit: &Unit) -> bool {
    let clause = sentence.clause(unit.start);
    let before = (clause.start..unit.start).rev().take(6);
    let after = unit.end..clause.end.min(unit.end + 6);
    let led = sentence.had(unit.start, 1, &LEADS)
        || sentence.was(unit.start, 1, &["el", "o", "the", "dia"]) && sentence.had(unit.start, 2, &LEADS);
    let has_errand = |indices: &mut dyn Iterator<Item = usize>| {
        indices.take_while(|index| !sentence.has(*index, &STAY_WORDS)).any(|index| is_errand(sentence, index))
    };
    let with_nights = sentence.claim_of(unit.end) == Some(Claim::Nights);
    !led && !with_nights
        && !sets_off(sentence, unit)
        && (has_errand(&mut before.into_iter()) || has_errand(&mut after.into_iter()))
}

/// `el viernes salgo de trabajar y me mando para allá`: the journey follows the duty.
fn sets_off(sentence: &Sentence, unit: &Unit) -> bool {
    let ends = |index: usize| {
        sentence.is(index, &[".", "?", "!", ";"]) || sentence.claim_of(index) == Some(Claim::Day)
    };
    let reach = (unit.end..sentence.len().min(unit.end + 16)).take_while(|index| !ends(*index));
    let joint = reach.clone().find(|index| sentence.is(*index, &["y", "e", "and"]));
    joint.is_some_and(|joint| {
        reach.filter(|index| *index > joint && *index < joint + 7).any(|index| is_on_the_way(sentence, index))
    })
}

/// `para allá`, `head over`, `pra aí`
fn is_on_the_way(sentence: &Sentence, index: usize) -> bool {
    let there = phrases!(
        "para alla|para ahi|para aca|para ai|hacia alla|hasta alla|ate ai|head over|drive up|drive down|head down|head up|come straight"
    );
    sentence.phrase_from(index, there).is_some()
}

/// `tengo que entregar la memoria`, `tenho que estudar`, `I have to work`
fn is_duty(sentence: &Sentence, index: usize) -> bool {
    let must =
        phrases!("tengo que|tenemos que|tenho que|temos que|i have to|we have to|me toca|nos toca|i must");
    let Some(at) = sentence.phrase_from(index, must) else { return false };
    // "Me tengo que ir", "tenemos que salir": a departure.
    let travels = sentence
        .verb(at)
        .is_some_and(|verb| matches!(verb.sense, Sense::Arrive | Sense::Leave | Sense::Stay | Sense::Go));
    let hands_in = sentence.starts_with(at, &["entreg"]) && !gives_back(sentence, at);
    // "Tengo que viajar el jueves, ¿hay lugar?" asks for that day.
    !(0..sentence.len()).any(|index| sentence.has(index, &STAY_WORDS))
        && sentence.tokens.get(at).is_some_and(|token| token.kind == Kind::Word)
        && !sentence.is(
            at,
            &[
                "dejar",
                "dejarla",
                "deixar",
                "devolver",
                "desocupar",
                "cambiar",
                "cancelar",
                "mover",
                "mudar",
                "trocar",
                "check",
                "be",
                "move",
                "change",
                "cancel",
                "estar",
                "adelantar",
            ],
        )
        && (hands_in || !travels)
}

fn is_errand(sentence: &Sentence, index: usize) -> bool {
    static NO_ERRANDS: Words = Words::new(
        "llamado pago get called consulta consultas calle check mensaje text call calls payment pagos deposito transferencia sena \
         aviso llama llamo llaman dice dicen chama chamo fala think veo",
    );
    static ERRANDS: Words = Words::new(
        "let send trabajo trabaja trabajan trabajamos trabalho vence vencen vencia depositan acredita caiga cierro cierran \
         cheque resolvo averiguo lib",
    );
    let phrases = phrases!(
        "\
        lo veo|lo vemos|te paso|les paso|paso la|hago la transferencia|faco o pix|fazer o pix|te llamo|los llamo|\
        hago el deposito|te digo|les digo|get back|let you|caiga la|hacer la transferencia|hago la|te hago|\
        les hago|faco a transferencia|hacer el deposito|te doy|me decis|vuelvo a escribir|faco a|te aviso|les aviso|\
        te pago|les pago|yo pago|lo pago|la pago|te mando|te escribo|llega la plata|cobro el|i will know|give you a call|\
        me llamo el|me pagan|me depositan|salgo de la duda|vejo com|veo con|dou retorno|te dou|dar retorno|doy una respuesta|get an answer|dejo la sena|dejamos la sena|dejo el deposito|vuelvo a hablar|volvemos a hablar|vuelvo a llamar|deixo o sinal|dejo pago|lo hice|la hice|se lo hice|lo hicimos|hice la transferencia|hice el deposito|hicimos la transferencia|fiz o pix|fiz a transferencia|fiz o deposito|i did it|did the transfer|made the transfer|made the payment|pago metade|pago a metade|pago la mitad|pago mitad|pago el resto|pago o resto|pay half|pay the rest|pay the other|\
        abono la mitad|transfiero la mitad|deposito la mitad|deposito a metade|pago a primeira|pago la primera|pago una parte|pago uma parte|transfiro metade|transfiro a metade|transfiro una parte|transfiro el resto|transfiro o resto|deposito el resto|pago la otra|pago a outra|pay part|\
        sale de trabajar|salgo de trabajar|sale del trabajo|salgo del trabajo|sale del laburo|salgo del laburo|sai do trabalho|saio do trabalho|off work|sale de clases|salgo de clases|lo hablo|lo charlo|falo com|digo algo"
    );
    if sentence.phrase_from(index, phrases).is_some() || is_duty(sentence, index) {
        return true;
    }
    // "Nos mandamos para allá".
    if sentence.starts_with(index, &["mand"]) && sentence.was(index, 1, &["nos"]) {
        return false;
    }
    let verb = sentence
        .verb(index)
        .is_some_and(|verb| matches!(verb.sense, Sense::Pay | Sense::Tell | Sense::Decide));
    // "Vou passar aí a trabalho", "por trabajo": why they come.
    let is_purpose = sentence.is(index, &["trabajo", "trabalho", "send", "let"])
        && sentence.was(
            index,
            1,
            &["a", "por", "de", "for", "del", "el", "o", "mi", "meu", "cuestiones", "motivos"],
        );
    if is_purpose {
        return false;
    }
    let object = sentence.was(
        index,
        1,
        &["te", "les", "yo", "lo", "la", "me", "nos", "os", "le", "vos", "ja", "eu", "will"],
    );
    verb && (object || !sentence.has(index, &NO_ERRANDS)) || sentence.has(index, &ERRANDS)
}
