//! Hours, promotions, farewells and what others announce.

use super::{
    super::join_days_into_unit::{Shape, Unit},
    STAY_WORDS,
};
use crate::read::{
    lexicon::{Words, words},
    token::Sentence,
};

/// `gracias, hasta mañana`: until then, and no departure.
pub(super) fn is_farewell(sentence: &Sentence, unit: &Unit) -> bool {
    static THANKS: Words = Words::new(
        "gracias obrigado obrigada thanks thank saludos abrazo besos chau tchau bye abraco chao valeu listo dale \
         perfecto combinado",
    );
    let until = sentence.was(unit.start, 1, &["hasta", "ate"])
        || sentence.was(unit.start, 2, &["hasta", "ate"]) && sentence.was(unit.start, 1, &["el", "o"]);
    let meet = [
        "see you",
        "see you on",
        "nos vemos",
        "nos vemos el",
        "nos vemos este",
        "te veo el",
        "see ya",
        "see you this",
        "nos vemos a",
        "ate la",
        "te vejo",
        "nos vemos en",
        "see you in",
        "see you the",
    ];
    let is_meeting = sentence.phrase_before(unit.start, &meet).is_some();
    let alone =
        matches!(unit.shape, Shape::Single(_)) && (sentence.is_break(unit.end) || sentence.is_mark(unit.end));
    let stays = (0..sentence.len()).any(|index| sentence.has(index, &STAY_WORDS));
    let thanked = (0..sentence.len()).any(|index| sentence.has(index, &THANKS));
    !stays && (is_meeting || alone && until && thanked)
}

/// `atienden de lunes a viernes`
pub(super) fn is_opening_hours(sentence: &Sentence, unit: &Unit) -> bool {
    static OFFICE: Words = Words::new(
        "off descuento promo promocion oferta anuncio vigente valido dto desconto atienden atiende abren abre abierto \
         abiertos horario horarios atendem atende open opens opened trabajan hours oficina recepcion laburo trabajo \
         funciona funcionan cierran cierra abrem fecham trabajo laburo curro trabalho work works entregan restaurante \
         restaurant clases aulas cursar curso",
    );
    let is_weekdays =
        matches!(&unit.shape, Shape::Range(first, last) if first.weekday.is_some() && last.weekday.is_some());
    is_weekdays && sentence.clause(unit.start).any(|index| sentence.has(index, &OFFICE))
}

/// `parents' evening moved from the 9th to the 16th`, `la reunión se pasó del 6 al 8`: the notice of somebody else.
pub(super) fn is_moved_by_others(sentence: &Sentence, unit: &Unit) -> bool {
    static MOVED: Words = Words::new(
        "moved changed rescheduled postponed shifted pushed cambio cambiada cambiado paso pasa movio reprogramo reprogramada reprogramado corrio \
         traslado mudou passou adiada adiado remarcada remarcado transferida transferido postergo postergada postergado aplazo aplazado aplazada \
         adelanto adelantada brought antecipada antecipado",
    );
    static BOOKED: Words = Words::new(
        "reserva reservacion reservation booking stay estadia estancia estada fechas fecha dates datas we i our my nuestra mi minha nossa can could \
         puedo podemos podria podriamos please quiero queremos quero",
    );
    let at = sentence.skip_articles_back(unit.start);
    let from = sentence.was(at, 1, &["from", "del", "de", "do", "para"]);
    let clause = sentence.clause(unit.start);
    let moved = (clause.start.max(at.saturating_sub(6))..at).any(|index| sentence.has(index, &MOVED));
    let is_ours = (clause.start..at).any(|index| {
        sentence.has(index, &BOOKED)
            || sentence.is(index, &["lo"]) && sentence.is(index + 1, &["de", "del"])
            || sentence.word(index).ends_with("mos")
            || sentence.had(index, 1, words!("me nos"))
    });
    from && moved && !is_ours
}

/// `20% off del 5 al 8`, `promo válida del 1 al 15`
pub(super) fn is_promotion(sentence: &Sentence, unit: &Unit) -> bool {
    static VALID: Words =
        Words::new("vigente valido valida validos vigencia valid expires vigentes promocion descuento");
    static ASKS: Words = Words::new("tienen tenes hay tem quisiera quiero para somos");
    let mut clause = sentence.clause(unit.start);
    clause.any(|index| index < unit.start && sentence.has(index, &VALID))
        && !sentence.clause(unit.start).any(|index| sentence.has(index, &ASKS))
}
