//! Days on which something else happens: a payment, an answer, a stay that is over.

use super::unit::{Shape, Unit};
use crate::read::token::{Claim, Sentence};

/// Verbs of answering and paying: "mañana te confirmo".
const ERRANDS: &str = "\
    confirm avis transfer transfier transfir deposit pag mand escrib escrev llam respond contest envi \
    cobr averig decid decim hablo hablam hable falo falar falamos ligo call pay send text tell reply \
    giro girar let answer resuelvo resolv cheque escrevo retorno senar seno abono abonar vejo lib cierro \
    cerramos trabaj wire consulto consultamos dire";
/// Words that share a stem with an errand and are none.
const NO_ERRANDS: &str = "\
    llamado avisos pagina manda lib libre libres livre livres calle get pago liberado let called llama \
    llaman payment paginas consulta consultas liberan libera mandan direccion directo directa direto \
    direction directions";
/// What makes a day a day of the stay after all.
const STAY_WORDS: &str = "\
    hay lugar disponible disponibilidad reservar reserva llegamos llegar noche noches cabana libre vaga \
    available book quedarnos quedamos tenes tienen tienes tem somos ir entrar chegamos chegar arrive \
    stay room alquilar";
const PAST_STAYS: &str = "\
    estuvimos estuve fuimos fui vinimos vine estivemos estive fomos stayed visited went estuvieron \
    fueron";
const PAST_ERRANDS: &str = "\
    pague pagamos deposite depositamos transferi transferimos hice hicimos mande mandamos envie llame \
    llamamos escribi escribimos paguei depositei mandei enviei paid sent called texted wrote transferred \
    hable hablamos falei compre senamos sene dijeron dijo avise confirmaron contestaron";

pub(super) fn is_elsewhen(sentence: &Sentence, unit: &Unit) -> bool {
    let clause = sentence.clause(unit.start);
    let past_stay = (clause.start..unit.start.min(clause.end)).any(|index| sentence.is_in(index, PAST_STAYS))
        || (unit.end..clause.end.min(unit.end + 3)).any(|index| sentence.is_in(index, PAST_STAYS));
    if past_stay && !is_habit_of_now(sentence, unit) {
        return true;
    }
    if is_opening_hours(sentence, unit) || is_farewell(sentence, unit) {
        return true;
    }
    if !matches!(unit.shape, Shape::Single(_) | Shape::Night(_)) {
        return false;
    }
    if is_of_a_text(sentence, unit) {
        return true;
    }
    // "Pagué el 5", "cobro el 5": near, on either side, with nothing of a stay between.
    let before = (clause.start..unit.start).rev().take(5);
    let after = unit.end..clause.end.min(unit.end + 5);
    let led = sentence.was_in(unit.start, 1, "para desde partir por hasta for from until del de do da of")
        || sentence.was(unit.start, 1, &["el", "o", "the", "dia"])
            && sentence.was_in(unit.start, 2, "para por desde for from hasta del de do of");
    let has_errand = |indices: Vec<usize>| {
        let before_stay = indices.into_iter().take_while(|index| !sentence.is_in(*index, STAY_WORDS));
        before_stay.into_iter().any(|index| is_errand(sentence, index))
    };
    let with_nights = sentence.claim_of(unit.end) == Some(Claim::Nights);
    !led && !with_nights && (has_errand(before.collect()) || has_errand(after.collect()))
}

/// `la publicación del 3 de marzo`: the day of what was written.
fn is_of_a_text(sentence: &Sentence, unit: &Unit) -> bool {
    let texts = "\
        publicacion anuncio post posteo historia mail correo email mensaje mensagem foto video factura \
        comprobante comprovante recibo audio publicacao";
    let of = sentence.was(unit.start, 1, &["del", "de", "do", "from", "of"]);
    of && sentence.was_in(unit.start, 2, texts)
}

fn is_errand(sentence: &Sentence, index: usize) -> bool {
    if sentence.is_in(index, PAST_ERRANDS) {
        return true;
    }
    let phrases = "\
        lo veo|lo vemos|te paso|les paso|paso la|hago la transferencia|faco o pix|fazer o pix|\
        hago el deposito|te digo|get back|let you|caiga la|hacer la transferencia|hago la|te hago|\
        les hago|faco a transferencia|hacer el deposito|te doy|me decis|vuelvo a escribir|faco a";
    if sentence.any_phrase_in(index, phrases).is_some() {
        return true;
    }
    let infinitive_of_payment =
        sentence.is(index, &["pago"]) && sentence.was(index, 1, &["te", "les", "yo", "lo", "la"]);
    sentence.starts_in(index, ERRANDS) && !sentence.is_in(index, NO_ERRANDS) || infinitive_of_payment
}

/// "Fuimos el año pasado y queremos ir el 5": a wish after the memory.
fn is_habit_of_now(sentence: &Sentence, unit: &Unit) -> bool {
    let clause = sentence.clause(unit.start);
    let wishes = "\
        queremos quiero quisiera quisieramos queria queriamos volver volveriamos reservar tenes \
        tienen hay pensamos vamos want would gostaria gostariamos voltar llegamos iriamos podemos \
        puedo";
    let memory = (clause.start..unit.start).rev().find(|index| sentence.is_in(*index, PAST_STAYS));
    memory.is_some_and(|memory| (memory..unit.start).any(|index| sentence.is_in(index, wishes)))
}

/// `gracias, hasta mañana`: until then, and no departure.
fn is_farewell(sentence: &Sentence, unit: &Unit) -> bool {
    let thanks = [
        "gracias", "obrigado", "obrigada", "thanks", "thank", "saludos", "abrazo", "besos", "chau", "tchau",
        "bye", "abraco", "chao",
    ];
    let until = sentence.was(unit.start, 1, &["hasta", "ate"])
        || sentence.was(unit.start, 2, &["hasta", "ate"]) && sentence.was(unit.start, 1, &["el", "o"]);
    let meet = ["see you", "see you on", "nos vemos", "nos vemos el", "nos vemos este", "te veo el"];
    let is_meeting = sentence.phrase_before(unit.start, &meet).is_some();
    let alone = matches!(unit.shape, Shape::Single(_)) && sentence.is_break(unit.end);
    let stays = (0..sentence.len()).any(|index| sentence.is_in(index, STAY_WORDS));
    let thanked = (0..sentence.len()).any(|index| sentence.is(index, &thanks));
    alone && !stays && (is_meeting || until && thanked)
}

/// `atienden de lunes a viernes`
fn is_opening_hours(sentence: &Sentence, unit: &Unit) -> bool {
    let clause = sentence.clause(unit.start);
    let office = "\
        off descuento promo promocion oferta anuncio vigente valido dto desconto atienden atiende abren abierto abiertos horario horarios atendem open trabajan hours oficina \
        recepcion laburo trabajo";
    let is_weekdays =
        matches!(&unit.shape, Shape::Range(first, last) if first.weekday.is_some() && last.weekday.is_some());
    is_weekdays && clause.into_iter().any(|index| sentence.is_in(index, office))
}
