//! Days on which something else happens: a payment, an answer, a birthday, a stay that is over.

use super::{
    errands,
    mention::Mention,
    unit::{Shape, Unit},
};
use crate::read::{
    lexicon::{Phrases, Sense, Tense, Words, phrases, words},
    token::{Claim, Sentence},
};

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
    is_since(sentence, unit) || is_of_a_text(sentence, unit) || errands::is_errand_day(sentence, unit)
}

/// The same for words that name a time at `start..end`.
pub(super) fn is_elsewhen_at(sentence: &Sentence, start: usize, end: usize) -> bool {
    let spoken = super::mention::Spoken::Ahead { days: 0 };
    let mention = Mention { spoken, start, end, weekday: None };
    let unit = Unit {
        shape: Shape::Single(mention),
        start,
        end,
        role: super::roles::Role::Unsaid,
        is_alternative: false,
        is_about: false,
    };
    is_elsewhen(sentence, &unit)
}

/// `estuvimos el 5`, `we stayed last Friday`, `el finde la pasamos bárbaro`
fn is_past_stay(sentence: &Sentence, unit: &Unit) -> bool {
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
    let is_memory =
        near.into_iter().any(|index| sentence.phrase_from(index, enjoyed).is_some() && !moves(index));
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
        || sentence.is(index, &["quedo", "quedaron", "sobrou", "ficou", "sobro"])
            && (index + 1..index + 4).any(|at| sentence.has(at, &FREE))
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

/// `llevamos desde el sábado sin wifi`, `since Tuesday`, `desde el 3 no anda`
fn is_since(sentence: &Sentence, unit: &Unit) -> bool {
    let at = super::near::skip_articles_back(sentence, unit.start);
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
fn is_of_an_event(sentence: &Sentence, unit: &Unit) -> bool {
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
        if comes
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
    reach.into_iter().any(|index| sentence.phrase_from(index, &THAT_NIGHT).is_some())
}

/// Words that take up a day that was named, as a night of the stay.
pub(super) static THAT_NIGHT: Phrases = Phrases::new(
    "\
    esa noche|essa noite|that night|the night of|esa misma noche|nessa noite|essa mesma noite|that same night|\
    dormir ahi|pernoctar|ese dia|ese mismo dia|that day|that same day|nesse dia|esse dia|no mesmo dia|el mismo dia|\
    that weekend|ese finde|esse finde|nesse finde|those days|esos dias",
);

/// `la publicación del 3 de marzo`: the day of what was written.
fn is_of_a_text(sentence: &Sentence, unit: &Unit) -> bool {
    static TEXTS: Words = Words::new(
        "publicacion anuncio post posteo historia mail correo email mensaje mensagem foto video factura \
         comprobante comprovante recibo audio publicacao diario noticia carta nota resena review story reel \
         fotos photos fatura invoice receipt desayuno breakfast feria mercado misa cena almuerzo brunch show partido excursion paseo clase jogo missa cafe almoco jantar diario edicion capitulo",
    );
    let at = super::near::skip_articles_back(sentence, unit.start);
    let of = sentence.was(at, 1, &["del", "de", "do", "from", "of"]);
    of && sentence.had(at, 2, &TEXTS)
}

/// `gracias, hasta mañana`: until then, and no departure.
fn is_farewell(sentence: &Sentence, unit: &Unit) -> bool {
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
fn is_opening_hours(sentence: &Sentence, unit: &Unit) -> bool {
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
fn is_moved_by_others(sentence: &Sentence, unit: &Unit) -> bool {
    static MOVED: Words = Words::new(
        "moved changed rescheduled postponed shifted pushed cambio cambiada cambiado paso pasa movio reprogramo reprogramada reprogramado corrio \
         traslado mudou passou adiada adiado remarcada remarcado transferida transferido postergo postergada postergado aplazo aplazado aplazada \
         adelanto adelantada brought antecipada antecipado",
    );
    static BOOKED: Words = Words::new(
        "reserva reservacion reservation booking stay estadia estancia estada fechas fecha dates datas we i our my nuestra mi minha nossa can could \
         puedo podemos podria podriamos please quiero queremos quero",
    );
    let at = super::near::skip_articles_back(sentence, unit.start);
    let from = sentence.was(at, 1, &["from", "del", "de", "do", "para"]);
    let clause = sentence.clause(unit.start);
    let moved = (clause.start.max(at.saturating_sub(6))..at).any(|index| sentence.has(index, &MOVED));
    let is_ours = (clause.start..at).any(|index| {
        sentence.has(index, &BOOKED)
            || sentence.word(index).ends_with("mos")
            || sentence.had(index, 1, words!("me nos"))
    });
    from && moved && !is_ours
}

/// `20% off del 5 al 8`, `promo válida del 1 al 15`
fn is_promotion(sentence: &Sentence, unit: &Unit) -> bool {
    static VALID: Words =
        Words::new("vigente valido valida validos vigencia valid expires vigentes promocion descuento");
    static ASKS: Words = Words::new("tienen tenes hay tem quisiera quiero para somos");
    let mut clause = sentence.clause(unit.start);
    clause.any(|index| index < unit.start && sentence.has(index, &VALID))
        && !sentence.clause(unit.start).any(|index| sentence.has(index, &ASKS))
}
