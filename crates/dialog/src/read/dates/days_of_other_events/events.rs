//! The days of weddings, flights, exams and other events.

use super::{
    super::{arrival_or_departure::goes_away, join_days_into_unit::Unit},
    STAY_WORDS,
};
use crate::read::{
    lexicon::{Phrases, Sense, Words, phrases, words},
    token::{Claim, Sentence},
};

static EVENTS: Words = Words::new(
    "payday cumple cumpleanos cumpleanito cumples birthday aniversario aniversarios anniversary bday boda casamiento casorio \
     matrimonio casamento wedding concierto recital show concerto concert gig partido partida match game jogo \
     examen examenes prueba parcial final exam test prova reunion meeting reuniao junta turno cita appointment consulta \
     medico dentista doctor vuelo avion flight voo maraton carrera marathon race festival congreso \
     conferencia conference bautismo bautizo comunion batizado graduacion colacion graduation formatura evento \
     event feria expo entierro funeral velorio funeral mudanza operacion cirugia surgery parto despedida \
     asado audiencia juicio tramite festa kermes torneo torneio campeonato clase clases aula aulas \
     inscripcion vacuna control vencimiento viaje baby shower bautizos fiesta party",
);

/// `la boda es el 6`, `mi cumple es el sábado`, `cumplo 40 el 12`, `my flight is on the 5th`: the day of the event.
pub(super) fn is_of_an_event(sentence: &Sentence, unit: &Unit) -> bool {
    let clause = sentence.clause(unit.start);
    let start = clause.start.max(unit.start.saturating_sub(8));
    let mut is_event = false;
    for index in (start..unit.start).rev() {
        // Nearer to the day than the event: the day is the stay's.
        let ends = sentence.is(index, &["ends", "starts"])
            || sentence.is(index, &["cae", "caen", "cai", "falls", "entra", "llega", "sale", "sai", "lands"])
                && sentence.had(index, 1, &WAGES);
        // "Our flight gets in on June 3": so do they.
        let lands = sentence.phrase_from(index, phrases!("gets in|get in|touches down|rolls in|pulls in|comes in|drops us|nos deja|nos deixa|nos lleva hasta|arriba|arribamos")).is_some();
        let comes = lands
            || !ends
                && sentence.verb(index).is_some_and(|verb| {
                    matches!(verb.sense, Sense::Arrive | Sense::Leave | Sense::Stay | Sense::Go)
                        && !sentence.has(index, &EVENTS)
                });
        static WISHES: Words = Words::new(
            "queria queriamos quisiera quisieramos quiero queremos quero gostaria gostariamos would want love iria vamos seria entao busco buscamos",
        );
        // "Our flight home is on the 9th": so do they.
        if comes
            || goes_away(sentence, index)
            || sentence.has(index, &WISHES)
            || sentence.has(index, &STAY_WORDS)
            || sentence.claim_of(index) == Some(Claim::Nights)
        {
            return false;
        }
        if is_event_word(sentence, index) {
            is_event = true;
            break;
        }
    }
    // "El sábado es mi cumple", "el 12 me caso", "el 5 tengo turno".
    let end = clause.end.min(unit.end + 6);
    let after = || {
        let event = (unit.end..end).find(|index| is_event_word(sentence, *index));
        event.is_some_and(|event| {
            static BEING: Words = Words::new("es cumple tengo tenemos hay juega me mi se nos is tenho temos my have casamos caso e meu minha it nuestro cumplimos cumplo");
            (unit.end..=event).any(|index| sentence.has(index, &BEING))
                && !(unit.end..event).any(|index| {
                    sentence.has(index, &STAY_WORDS) && !sentence.is(index, &["hay"])
                        || sentence.is(index, &["por", "para", "for", "pelo", "pro"])
                })
        })
    };
    // "Sexta é feriado?", "el lunes es feriado".
    let is_holiday = sentence.is(unit.end, &["e", "es", "is", "no", "cae"])
        && (unit.end..unit.end + 4).any(|at| sentence.is(at, &["feriado", "festivo", "holiday"]));
    let asks_holiday = (unit.start.saturating_sub(3)..unit.start)
        .any(|at| sentence.is(at, &["is", "es", "e", "sera"]))
        && (unit.end..unit.end + 3).any(|at| sentence.is(at, &["feriado", "festivo", "holiday"]));
    if is_holiday || asks_holiday {
        return true;
    }
    // "Para el cumple del 12", "finde de la boda": the reason to come.
    let led = sentence.had(unit.start, 1, words!("para desde hasta from until")) && !is_event;
    !led && (is_event || after()) && !is_needed_there(sentence, unit)
}

/// What is paid to the guest.
static WAGES: Words = Words::new(
    "quincena quinzena sueldo salario aguinaldo jornal nomina paycheck salary wages jubilacion pension bono aposentadoria adelanto beca",
);

/// `two nights after the wedding`, `dos noches antes del casamiento`: counted from an event, and on which days, nobody said.
pub(in crate::read::dates) fn counts_from_an_event(sentence: &Sentence, index: usize) -> bool {
    let counted = sentence.any_number(index).is_some()
        && sentence.has(index + 1, words!("noche noches noite noites night nights"));
    let from = phrases!(
        "despues de|despues del|antes de|antes del|depois de|depois do|depois da|antes do|antes da|after|before|following|tras"
    );
    let end = if counted { sentence.phrase_from(index + 2, from) } else { None };
    end.is_some_and(|end| (end..end + 4).any(|at| is_event_word(sentence, at)))
}

fn is_event_word(sentence: &Sentence, index: usize) -> bool {
    // "Mi quincena cae el 15", "o salário entra dia 5".
    if sentence.has(index, &WAGES)
        && sentence.is(
            index + 1,
            &[
                "cae", "cai", "entra", "llega", "sale", "sai", "me", "es", "falls", "is", "comes", "lands",
                "gets", "e",
            ],
        )
    {
        return true;
    }
    // "Mi hermana se casa el 4".
    if sentence.is(index, &["casa", "casan", "caso", "casamos", "casam", "casaron"])
        && sentence.was(index, 1, &["se", "me", "nos"])
    {
        return true;
    }
    // "Minha filha faz 3 anos dia 12".
    if sentence.is(index, &["faz", "fazem", "completa", "completam", "turns", "turning"])
        && sentence.claim_of(index + 1) == Some(Claim::Age)
    {
        return true;
    }
    // "Chegada 27/12, partida 3/1": a departure, and no match.
    let is_departure = sentence.is(index, &["partida"])
        && (0..sentence.len()).any(|at| sentence.is(at, &["chegada", "llegada", "entrada"]));
    // "Work ends on the 14th", "las clases terminan el 14".
    static ENDINGS: Words =
        Words::new("ends end finishes termina terminan acaba acaban acabam terminam starts");
    let is_end_of = sentence.is(
        index,
        &["work", "school", "term", "semester", "trabajo", "trabalho", "curro", "cole", "colegio"],
    ) && sentence.has(index + 1, &ENDINGS);
    if is_departure {
        return false;
    }
    if is_end_of {
        return true;
    }
    let celebrates = sentence
        .verb(index)
        .is_some_and(|verb| verb.sense == Sense::Celebrate && !sentence.word(index).ends_with('r'));
    (sentence.has(index, &EVENTS) || celebrates)
        && sentence.is_free(index)
        // "Dos matrimonios", "final de mes": other meanings.
        && !(sentence.is(index + 1, &["de", "del"]) && sentence.is(index, &["final", "control", "test"]))
        && !(sentence.is(index, &["final"]) && sentence.was(index, 1, &["al"]))
}

/// "Tengo un casamiento el 27, necesito dormir esa noche ahí": that day after all.
fn is_needed_there(sentence: &Sentence, unit: &Unit) -> bool {
    let reach = unit.end..sentence.len().min(unit.end + 40);
    reach.into_iter().any(|index| {
        sentence.phrase_from(index, &THAT_NIGHT).is_some()
            || sentence.phrase_from(index, &FROM_THEN).is_some()
    })
}

/// Whether a stay begins where something else ends: `a partir de ahí`, `from then`.
pub(in crate::read) fn starts_from_an_event(sentence: &Sentence) -> bool {
    (0..sentence.len()).any(|index| sentence.phrase_from(index, &FROM_THEN).is_some())
}

/// Words with which a stay begins on a day that was named before.
pub(in crate::read::dates) static FROM_THEN: Phrases = Phrases::new(
    "\
    a partir dessa data|a partir desta data|a partir de esa fecha|desde esa fecha|from that date|a partir dai|a partir de ai|a partir de ahi|desde ahi|desde ai|from then|from there|a partir desse dia|a partir de ese dia|desde ese dia|\
    from that day|desde entonces|a partir de entonces|a partir de entao|starting then|de ahi en mas|dai em diante|dai pra frente",
);

/// Words that take up a day that was named, as a night of the stay.
pub(in crate::read::dates) static THAT_NIGHT: Phrases = Phrases::new(
    "\
    esa noche|essa noite|that night|the night of|esa misma noche|nessa noite|essa mesma noite|that same night|\
    dormir ahi|pernoctar|ese dia|ese mismo dia|that day|that same day|nesse dia|esse dia|no mesmo dia|el mismo dia|\
    that weekend|ese finde|esse finde|nesse finde|those days|esos dias",
);
