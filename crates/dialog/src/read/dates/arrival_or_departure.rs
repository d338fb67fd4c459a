//! Whether a day is an arrival or a departure, by the verbs and prepositions around it.

use super::{
    day_mention::Mention,
    days_of_other_events::{FROM_THEN, THAT_NIGHT},
    join_days_into_unit::{Shape, Unit},
    not_before,
};
use crate::read::{
    lexicon::{Phrases, Sense, Words},
    month_and_weekday_names::is_calendar_word,
    token::{Claim, Sentence},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Unsaid,
    Arrival,
    Departure,
}

/// How far from the day its verb may stand, in tokens.
const REACH: usize = 7;
/// No day of coming is looked for further back than this.
const CLAUSE: usize = 60;
/// A verb this near behind a day is the day's own.
const NEAR: usize = 5;

pub(super) fn assign(sentence: &Sentence, units: &mut [Unit]) {
    let is_postfix = names_roles_after(sentence, units);
    let mut used_until = 0;
    for nth in 0..units.len() {
        let (start, end) = (units[nth].start, units[nth].end);
        if !matches!(units[nth].shape, Shape::Single(_)) {
            used_until = end;
            continue;
        }
        let next = units.get(nth + 1).map(|next| next.start);
        let before = cue_before(sentence, start, used_until).filter(|_| !is_postfix);
        let after = || {
            cue_after(sentence, end, next.unwrap_or(sentence.len()))
                .filter(|(_, cue)| is_postfix || next.is_none_or(|next| is_closed(sentence, *cue, next)))
        };
        used_until = end;
        // "Duermo ahí y el 4 me voy": the verb behind a day that opens its clause is nearer than that of the clause before.
        let nearer = || after().filter(|(_, cue)| opens_clause(sentence, start) && *cue < end + NEAR);
        if let Some((role, _)) = before.filter(|_| nearer().is_none()) {
            units[nth].role = role;
        } else if let Some((role, cue)) = after() {
            units[nth].role = role;
            used_until = cue + 1;
        }
        // "The congress ends on the 14th, three nights from then".
        let reach = end..next.unwrap_or(sentence.len()).min(end + 2 * REACH);
        if reach.into_iter().any(|at| sentence.phrase_from(at, &FROM_THEN).is_some()) {
            units[nth].role = Role::Arrival;
        }
    }
}

/// `…, el 4 nos vamos`, `… y el sábado seguimos`: nothing but an article stands between the day and what parts clauses.
fn opens_clause(sentence: &Sentence, start: usize) -> bool {
    let at = sentence.skip_articles_back(start);
    let at = if sentence.was(at, 1, &["on", "no", "na"]) { at - 1 } else { at };
    sentence.was(at, 1, &["y", "e", "and", "then", "luego", "depois", "ya"])
        || sentence.is_break(at.wrapping_sub(1))
}

/// `5/3 entrada, 8/3 salida`: the words come after their days.
fn names_roles_after(sentence: &Sentence, units: &[Unit]) -> bool {
    let [first, .., last] = units else { return false };
    let leads = cue_before(sentence, first.start, 0).is_some();
    let follows = |unit: &Unit| (unit.end..unit.end + 2).any(|at| cue(sentence, at).is_some());
    !leads && follows(first) && follows(last)
}

/// Whether something parts the word of coming or going at `cue` from the next day: then it belongs to the day before.
fn is_closed(sentence: &Sentence, cue: usize, next: usize) -> bool {
    (cue + 1..next).any(|at| sentence.is_break(at) || sentence.is(at, &["y", "e", "and"]))
}

/// A cue on either side of `start..end`.
pub(super) fn cue_near(sentence: &Sentence, start: usize, end: usize) -> Option<Role> {
    cue_before(sentence, start, 0).or_else(|| cue_after(sentence, end, sentence.len())).map(|(role, _)| role)
}

/// Whether a word of coming leads the first day, and one of going follows the second.
pub(super) fn comes_and_goes(sentence: &Sentence, first: &Mention, second: &Mention) -> bool {
    let comes = cue_before(sentence, first.start, 0).is_some_and(|(role, _)| role == Role::Arrival);
    let goes = cue_after(sentence, second.end, sentence.len())
        .is_some_and(|(role, at)| role == Role::Departure && at < second.end + 4);
    comes && goes
}

/// A cue in `start..end`, the last one.
pub(super) fn cue_between(sentence: &Sentence, start: usize, end: usize) -> Option<Role> {
    (start..end).rev().find_map(|index| cue(sentence, index))
}

/// Whether any cue in `start..end` speaks of going: `…, la salida queda para`.
pub(super) fn goes_between(sentence: &Sentence, start: usize, end: usize) -> bool {
    (start..end).any(|index| cue(sentence, index) == Some(Role::Departure))
}

/// Whether a phrase of coming or going stands anywhere: `hacemos las valijas`, `head out`.
pub(in crate::read) fn speaks_of_travel(sentence: &Sentence) -> bool {
    static LOOSE: Words = Words::new(
        "para pra a de last ultimo ultima be out as starting beginning arrive come primera primeira first sale moving going",
    );
    (0..sentence.len()).any(|index| {
        !sentence.has(index, &LOOSE)
            && (sentence.phrase_from(index, &LEAVING).is_some()
                || sentence.phrase_from(index, &COMING).is_some())
    })
}

fn cue_before(sentence: &Sentence, start: usize, used_until: usize) -> Option<(Role, usize)> {
    // A preposition stands right before its day.
    static PREPOSITIONS: Words =
        Words::new("desde from hasta ate until till til through thru starting ending up");
    let from = start.saturating_sub(REACH).max(used_until);
    (from..start)
        .rev()
        .take_while(|index| !is_full_stop(sentence, *index))
        .filter(|index| index + 4 > start || !sentence.has(*index, &PREPOSITIONS))
        .find_map(|index| cue(sentence, index).map(|role| (role, index)))
        .map(|(role, index)| {
            let is_limit = role == Role::Departure
                && sentence.has(index, &PREPOSITIONS)
                && not_before::puts_off_an_arrival(sentence, index);
            (if is_limit { Role::Arrival } else { role }, index)
        })
}

fn cue_after(sentence: &Sentence, end: usize, next_start: usize) -> Option<(Role, usize)> {
    // A preposition looks forward only.
    static FORWARD: Words = Words::new("from in ate until till til partir sale hasta desde through thru out");
    let to = next_start.min(end + REACH);
    (end..to)
        .take_while(|index| !sentence.is_break(*index))
        .take_while(|index| !sentence.is(*index, &["y", "e", "and", "hasta", "desde"]))
        .filter(|index| !sentence.has(*index, &FORWARD))
        .find_map(|index| cue(sentence, index).map(|role| (role, index)))
}

static LEAVING: Phrases = Phrases::new(
    "\
    pegar la vuelta|pegamos la vuelta|pego la vuelta|pegariamos la vuelta|pegando la vuelta|pegan la vuelta|\
    devolver las llaves|devolvemos las llaves|devuelvo las llaves|devolver la llave|devolvemos la llave|\
    entregar las llaves|entregamos las llaves|entrego las llaves|entregamos la llave|entregar la llave|\
    entregamos la cabana|entregamos la casa|entregamos el depto|entregar la cabana|entregar la casa|\
    devolver a chave|devolvemos a chave|devolvemos as chaves|entregamos a chave|entregamos as chaves|\
    entregar as chaves|devolver as chaves|entregar a chave|return the keys|hand back the keys|\
    hand over the keys|give back the keys|drop off the keys|head home|heading home|head out|heading out|\
    head back|heading back|fly out|flying out|fly home|flying home|fly back|flying back|drive home|driving home|drive back|driving back|go home|\
    going home|move out|moving out|moving on|check out|checking out|checked out|set off|setting off|hit the road|take off|\
    vamos embora|vou embora|ir embora|indo embora|vao embora|irmos embora|vai embora|cair fora|caimos fora|\
    dar o fora|pegar a estrada|pegamos a estrada|pe na estrada|ya no estamos|ya no estoy|ya no estariamos|no estamos mas|no estar mas|\
    ya no vamos a estar|nao estamos mais|no longer be|be gone|be out|out on|out by|last day|ultimo dia|\
    ultima noche|ultima noite|last night|para casa|pra casa|a casa|de vuelta|de volta|de regreso|back home|\
    tomamos el vuelo|tomo el vuelo|sale el vuelo|sale el avion|sale el micro|sale el bus|sale nuestro vuelo|\
    vuelo de vuelta|flight out|flight home|flight back|flight leaves|flight home is|return flight|way home|way back|nosso voo|voo de volta|hacer las valijas|\
    armamos las valijas|hacemos las valijas|hacemos la valija|fazer as malas|fazemos as malas|pack up|packing up|\
    levantamos campamento|me las tomo|me las pico|nos las picamos|estar fuera|estamos fuera|hay que salir|hay que dejarla|tenemos que salir|tenemos que dejarla|temos que sair|have to leave|have to be out|need to be out|must leave|nos las tomamos|nos mandamos a mudar|nos abrimos|salida el|toca volver|\
    toca irse|hay que irse|tocamos retirada|bajar la persiana|ahuecamos el ala|picamos la mula|puxamos o carro|puxar o carro|caimos na estrada|cair na estrada|pe na estrada|bounce|jet off|make tracks|making tracks|scoot|emprendemos el regreso|emprendemos la vuelta|emprendemos viaje|tomamos camino|en la ruta|on the road|na estrada|dejamos libre|seguimos viaje|sigo viaje|seguimos camino|sigo camino|seguimos para|seguimos rumbo|seguimos hacia|sigo para|sigo hacia|seguimos a|sigo a|seguimos viagem|sigo viagem|continue on|continuing on|carry on to|tirar pa casa|tiramos para casa|tiramos pa|\
    we are off|be off|get going|bail|clear out|clearing out|go back|going back|travel back|traveling back|travelling back|return home|\
    returning home|on our way home|on my way home|heading off|head off|back on the road|ride back|riding back|train back|bus back|ferry back|\
    coach back|boat back|pegamos la retirada|emprender la vuelta|emprender el regreso|emprendo el regreso|emprendo la vuelta|\
    levantar campamento|levanto campamento|desarmamos campamento|largamos o chale|largo o chale|larga o chale|largar o chale|\
    largamos a casa|largamos o quarto|larga o quarto|largamos a cabana|larga a cabana|voltar pra casa|tomar o rumo de casa|\
    pegar o caminho de volta|nos pegamos la vuelta|agarramos la ruta|salimos a la ruta",
);
static COMING: Phrases = Phrases::new(
    "\
    check in|checking in|checked in|get in|getting in|move in|moving in|fly in|flying in|drive in|\
    driving in|roll in|rolling in|turn up|turning up|show up|showing up|get there|getting there|get to you|get to yours|getting to you|reach you|reaching you|are with you|get to the cabin|get to your place|be there|in on|arrive on|\
    estar ahi|estariamos ahi|estaremos ahi|estamos ahi|estar alla|estariamos alla|estaremos alla|\
    a partir de|a partir del|a partir do|as of|starting|starting on|beginning|estar ai|estaremos ai|\
    tocamos tierra|rock up|rocking up|roll up|rolling up|pitch up|touch down|touching down|pull in|pulling in|swing by|hacer el ingreso|dar entrada|damos entrada|dejarnos caer|nos dejamos caer|pisamos|\
    come over|coming over|be with you|come up|coming up|come down|coming down|come in|coming in|come on|coming on|come stay|primera noche|primeira noite|first night",
);

/// Whether a phrase of going away stands at `index`: `flight home`, `pegamos la vuelta`.
pub(super) fn goes_away(sentence: &Sentence, index: usize) -> bool {
    sentence.phrase_from(index, &LEAVING).is_some()
}

/// Whether a phrase of coming here stands at `index`.
pub(super) fn comes_here(sentence: &Sentence, index: usize) -> bool {
    sentence.phrase_from(index, &COMING).is_some()
}

fn cue(sentence: &Sentence, index: usize) -> Option<Role> {
    if let Some(role) = in_or_out(sentence, index) {
        return Some(role);
    }
    if gives_back(sentence, index) {
        return Some(Role::Departure);
    }
    // "Entrego el informe el jueves": work that is handed in.
    let day_follows = (index + 1..index + 4)
        .take_while(|at| !sentence.is_break(*at))
        .find(|at| !sentence.is(*at, &["el", "o", "na", "no", "dia"]))
        .is_some_and(|at| sentence.claim_of(at) == Some(Claim::Day));
    if sentence.starts_with(index, &["entreg"]) && !day_follows {
        return None;
    }
    match sentence.word(index) {
        "desde" | "from" | "starting" => return Some(Role::Arrival),
        "hasta" | "ate" | "until" | "till" | "til" | "through" | "thru" | "ending" | "terminando"
        | "finalizando" | "ends" => return Some(Role::Departure),
        _ => {}
    }
    // "Extender al 26", "alargarla hasta el 12".
    let extends = sentence.starts_with(index, &["extend", "estend", "prolong", "alarg", "prorrog"]);
    if extends {
        return Some(Role::Departure);
    }
    // "Nos mandamos para allá el 7"; "5 nights up to April 10".
    if sentence.is(index, &["alla", "ahi", "alli", "aca"]) && sentence.was(index, 1, &["para", "pa"]) {
        return Some(Role::Arrival);
    }
    if sentence.is(index, &["up"]) && sentence.is(index + 1, &["to"]) {
        return Some(Role::Departure);
    }
    // "Por volta do dia 20": about.
    if sentence.is(index, &["volta", "vuelta"]) && sentence.was(index, 1, &["por"]) {
        return None;
    }
    // "5 noches que terminan el 10".
    let ends = sentence.is(
        index,
        &[
            "termina",
            "terminan",
            "terminando",
            "finaliza",
            "finalizan",
            "acaba",
            "acaban",
            "end",
            "ending",
            "ends",
        ],
    );
    if ends && (index.saturating_sub(4)..index).any(|at| sentence.claim_of(at) == Some(Claim::Nights)) {
        return Some(Role::Departure);
    }
    // "We would love to go back on the 5th": once more.
    if sentence.is(index + 1, &["back"]) && is_wished_again(sentence, index) {
        return Some(Role::Arrival);
    }
    // Also when the word stands inside the phrase: "las llaves" does not lead.
    if sentence.phrase_from(index, &LEAVING).is_some() {
        return Some(Role::Departure);
    }
    if sentence.phrase_from(index, &COMING).is_some() {
        return Some(Role::Arrival);
    }
    let sense = sentence.verb(index)?.sense;
    match sense {
        Sense::Go => goes(sentence, index),
        // "A partir de" is no departure.
        Sense::Leave if sentence.is(index, &["partir"]) && sentence.was(index, 1, &["a"]) => {
            Some(Role::Arrival)
        }
        Sense::Leave => leaves(sentence, index),
        Sense::Arrive => arrives(sentence, index),
        Sense::Stay => (!sentence.is(index, &["visitas"])).then_some(Role::Arrival),
        Sense::Pay | Sense::Tell | Sense::Decide | Sense::Celebrate => None,
    }
}

/// `IN 20/5 OUT 23/5`
fn in_or_out(sentence: &Sentence, index: usize) -> Option<Role> {
    let is_day = |at: usize| sentence.claim_of(at) == Some(Claim::Day);
    let beside = is_day(index + 1) || sentence.is(index + 1, &[":"]) && is_day(index + 2);
    match sentence.word(index) {
        "in" if beside && (index + 1..sentence.len()).any(|at| sentence.is(at, &["out"])) => {
            Some(Role::Arrival)
        }
        "out" if beside => Some(Role::Departure),
        _ => None,
    }
}

/// `dejar la cabaña`, `entregar el depto`, `deixar o quarto`, `give up the room`
pub(in crate::read) fn gives_back(sentence: &Sentence, index: usize) -> bool {
    static GIVING: Words = Words::new(
        "dejar dejamos dejo dejan dejaremos dejariamos dejarla dejarlo deja deixar deixamos deixo deixaremos entregar entregamos entrego entregaremos \
         entregariamos devolver devolvemos devuelvo devolveremos desocupar liberar liberamos libero vacate vaciar return returning",
    );
    static GIVEN: Words = Words::new(
        "cabana cabanas casa habitacion depto departamento pieza quarto apartamento chale llaves llave chave chaves room cabin \
         place keys key cuarto bungalow suite domo casita alojamiento libre hostel hotel",
    );
    let given = (index + 1..index + 4).any(|at| sentence.has(at, &GIVEN));
    sentence.has(index, &GIVING) && given
}

/// `nos vamos`, `irme`, `se van` leave; `vamos`, `iríamos` come.
fn goes(sentence: &Sentence, index: usize) -> Option<Role> {
    static REFLEXIVE: Words = Words::new("nos me se");
    static THERE: Words = Words::new("alla ahi aca alli para pa ustedes uds vos");
    let word = sentence.word(index);
    // "Nos podemos ir", "me tengo que ir".
    static MODALS: Words = Words::new(
        "podemos puedo podriamos podria quiero queremos tenemos tengo debemos debo deberiamos que toca pensamos",
    );
    let apart = sentence.is(index, &["ir"])
        && sentence.had(index, 1, &MODALS)
        && (sentence.had(index, 2, &REFLEXIVE) || sentence.had(index, 3, &REFLEXIVE));
    let reflexive = (apart || sentence.had(index, 1, &REFLEXIVE))
        && sentence.language == crate::locale::Language::Es
        // "Nos vamos para allá" is on the way here.
        && !(sentence.has(index + 1, &THERE) && (index + 1..index + 4).any(|at| sentence.is(at, &["alla", "ahi", "aca", "alli", "ustedes"])))
        // "Nos vamos a quedar", "me voy a alojar" is a plan to stay.
        && !(sentence.is(index + 1, &["a"]) && sentence.word(index + 2).ends_with('r'));
    let is_leaving = reflexive || sentence.is(index + 1, &["embora"]);
    // "Ir a pagar", "vamos a ver": no journey.
    let auxiliary = sentence.is(index + 1, &["a"])
        && sentence.word(index + 2).ends_with('r')
        && !sentence.is(index + 2, &["ir"]);
    if auxiliary || word == "going" && sentence.is(index + 1, &["to"]) {
        return None;
    }
    // "We come the 10th and go the 12th", "chego dia 4 e vou dia 8".
    let goes_after_coming = || {
        let at = (index + 1..index + 4).find(|at| !sentence.is(*at, &["on", "the", "dia", "no", "na"]));
        sentence.is(index, &["go", "going", "vou", "vai"])
            && at.is_some_and(|at| sentence.claim_of(at) == Some(Claim::Day))
            && (index.saturating_sub(REACH)..index).any(|at| sentence.claim_of(at) == Some(Claim::Day))
            && (index.saturating_sub(2 * REACH)..index).any(|at| comes(sentence, at))
    };
    Some(if is_leaving || goes_after_coming() { Role::Departure } else { Role::Arrival })
}

/// `come`, `vengo`, `llegamos`: a verb that leads here.
fn comes(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index, &["come", "coming"])
        || sentence.verb(index).is_some_and(|verb| verb.sense == Sense::Arrive)
}

fn leaves(sentence: &Sentence, index: usize) -> Option<Role> {
    // "Cuánto sale el viernes" is a price, unless a vehicle leaves.
    static PRICES: Words = Words::new("sale salen saldria saldrian sai sairia saem");
    static VEHICLES: Words = Words::new("vuelo avion micro bus barco tren colectivo voo onibus");
    let asks = (index.saturating_sub(4)..index)
        .any(|at| sentence.is(at, &["cuanto", "quanto", "cuantos", "que", "cto"]));
    let closes = sentence.is(index + 1, &["?"]) || index == 0;
    if sentence.has(index, &PRICES)
        && !sentence.had(index, 1, &VEHICLES)
        && (asks || closes || sentence.is(index, &["sale"]))
    {
        return None;
    }
    // "Irnos para allá", "volviendo de Bariloche": on the way here.
    let to_here = (index + 1..index + 4)
        .any(|at| sentence.is(at, &["alla", "ahi", "aca", "alli", "ustedes"]))
        && sentence.starts_with(index, &["irnos", "irme", "yendo", "volver", "volvemos"]);
    let on_the_way = sentence.starts_with(index, &["volv", "vuelv", "volt", "regres"])
        && sentence.is(index + 1, &["de", "desde", "from"])
        && sentence.is_capital(index + 2);
    if to_here || on_the_way {
        return Some(Role::Arrival);
    }
    // "A reserva vai virar dia 27": it becomes another day.
    if sentence.is(index, &["virar", "vira", "viram", "virando"]) {
        return None;
    }
    // "We leave Boston on the 8th, sleep at yours that night": on the way here too.
    let from_town = sentence.starts_with(index, &["leav", "dej", "deix", "depart"])
        && sentence.is_capital(index + 1)
        && !is_calendar_word(sentence, index + 1)
        && (index..sentence.len().min(index + CLAUSE))
            .any(|at| sentence.phrase_from(at, &THAT_NIGHT).is_some());
    if from_town {
        return Some(Role::Arrival);
    }
    // "Só me libero dia 13": free to come from then on.
    if sentence.starts_with(index, &["liber", "desocup"])
        && sentence.is(index.wrapping_sub(1), &["me", "nos", "se"])
    {
        return Some(Role::Arrival);
    }
    // "Vuelvo a escribir", "dejamos la seña": no departure.
    let once_more = sentence.starts_with(index, &["volv", "vuelv", "volt", "torn"])
        && sentence.is(index + 1, &["a"])
        && sentence.word(index + 2).ends_with('r');
    static LEFT: Words = Words::new(
        "sena deposito anticipo pago dicho mensaje plata dinero sinal saber pagada pagado reservada reservado senada senado confirmada confirmado listo todo",
    );
    let leaves_money = sentence.starts_with(index, &["dej", "deix"])
        && (index + 1..index + 4).any(|at| sentence.has(at, &LEFT));
    // "Salgo de trabajar", "saio do trabalho": from a duty.
    static DUTIES: Words = Words::new(
        "trabajo trabalho laburo clase clases aula aulas facultad facu oficina turno guardia curro chamba pega cursar colegio escuela",
    );
    let of_duty = sentence.is(index + 1, &["de", "do", "del", "da"])
        && (index + 2..index + 4).any(|at| {
            sentence.has(at, &DUTIES)
                || at == index + 2 && sentence.word(at).ends_with('r') && sentence.verb(at).is_none()
        });
    if once_more || leaves_money || of_duty {
        return None;
    }
    // "Queremos volver el 5": once more.
    static AGAIN: Words = Words::new("volver voltar return regresar retornar");
    let again = sentence.has(index, &AGAIN) && is_wished_again(sentence, index);
    // "Salimos de casa el 14": on the way here.
    let from_home = sentence.is(index + 1, &["de", "from", "do", "da", "desde"])
        && (sentence.is(index + 2, &["casa", "home", "aca", "aqui"]) || sentence.is_capital(index + 2));
    let starts = sentence.starts_with(index, &["sal", "part", "leav", "sai", "depart"]);
    if from_home && starts && !sentence.is(index, &["salida", "saida"]) {
        return Some(Role::Arrival);
    }
    Some(if again { Role::Arrival } else { Role::Departure })
}

/// `queremos volver`, `we'd love to go back`, where no day of coming was said before.
fn is_wished_again(sentence: &Sentence, index: usize) -> bool {
    static WISHES: Words = Words::new(
        "queremos quiero quisiera quisieramos queria queriamos gustaria encantaria quero gostaria gostariamos \
         want would love like pensamos pienso planeamos to podriamos",
    );
    (index.saturating_sub(3)..index).any(|at| sentence.has(at, &WISHES))
        && (index.saturating_sub(CLAUSE)..index).all(|at| sentence.claim_of(at) != Some(Claim::Day))
}

fn arrives(sentence: &Sentence, index: usize) -> Option<Role> {
    // "Caímos fora", "saímos fora": away.
    if sentence.is(index + 1, &["fora"]) {
        return Some(Role::Departure);
    }
    // "A week that begins", "que entra".
    let is_next = sentence.is(index, &["entra", "entrante"]) && sentence.was(index, 1, &["que"]);
    // "Arrancamos para Cali", "viajo a casa": away from here.
    // "Arrancamos de Neuquén el 8": on the way here.
    let sets_out = sentence.is(index + 1, &["de", "desde"]) && sentence.is_capital(index + 2);
    let away = sentence.starts_with(index, &["arranc", "empren"])
        && !sets_out
        && sentence.is(index + 1, &["para", "hacia", "a", "de", "rumbo", "temprano", "tempranito", "bien"])
        && sentence.claim_of(index + 2) != Some(Claim::Day)
        && !sentence.is(index + 2, &["el", "las", "la", "partir", "alla", "ahi"]);
    match (is_next, away) {
        (true, _) => None,
        (_, true) => Some(Role::Departure),
        _ => Some(Role::Arrival),
    }
}

fn is_full_stop(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index, &[".", "?", "!", ";"]) && !sentence.is_line_break(index)
}
