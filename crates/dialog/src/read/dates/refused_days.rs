//! Days that the guest turns down: `el 20 no, el 27`, `en vez del 18 el 19`, `no el 5`; and the days of the booking as
//! it is, when the guest asks for others.

use super::join_days_into_unit::Unit;
use crate::read::{
    lexicon::{Phrases, Words, phrases, words},
    token::{Kind, Sentence},
};

pub(super) fn is_turned_down(sentence: &Sentence, unit: &Unit) -> bool {
    if sentence.is(unit.end, &["mejor", "melhor"]) {
        return false;
    }
    let at = sentence.skip_articles_back(unit.start);
    let instead = phrases!(
        "\
        en vez de|en vez del|en lugar de|en lugar del|em vez de|em vez do|instead of|en vez de ir|\
        en vez de llegar|en vez de ser|ao inves de|ao inves do|en vez de venir|rather than|no para|\
        no es|no es del|no del|no era|no era del|not|nao e|nao do|ya no es|ya no|ya no del|\
        en vez de para|no era para|em vez de chegar|instead of arriving|en vez de la del|no seria del|\
        no seria|no al|no el|no desde|no puedo|no podemos|nao posso|nao podemos|no me sirve|\
        no nos sirve|no llego|no llegamos|nao da|nao consigo|cannot make|can not make|no longer|en lugar de ir|\
        ya no puedo|ya no podemos|no voy a poder|not on|not the|en vez de salir|instead of leaving|ao inves de sair|\
        no llegamos|nao vou conseguir|nao vou poder|nao vamos conseguir|nao consigo ir|no voy a llegar|no vamos a llegar|no vamos a poder|no vamos a poder ir|no voy a poder ir|cannot do|can not do|can no longer do|cannot come|nao vai dar|no nos da|no me da|en lugar de llegar"
    );
    let before = sentence.phrase_to(at, instead).or_else(|| sentence.phrase_to(unit.start, instead));
    if before.is_some_and(|phrase| !is_question_tag(sentence, phrase)) {
        return true;
    }
    let end = unit.end;
    let is_past_work = phrases!(
        "ya no me sirve|ya no nos sirve|no me sirve|no nos sirve|nao da mais|does not work|will not work|is out|no longer works|se me complico|se nos complico|no va mas|nao rola|ficou ruim"
    );
    if sentence.phrase_from(end, is_past_work).is_some() {
        return true;
    }
    // "El 7 ya no alcanzamos", "dia 4 a gente não consegue".
    let skipped = |at: usize| {
        if sentence.is(at, &["a"]) && sentence.is(at + 1, &["gente"]) {
            return at + 2;
        }
        if sentence.is(at, &["ya", "ja", "yo", "eu", "nosotros", "nos", "i", "we", "al", "final"]) {
            at + 1
        } else {
            at
        }
    };
    let end = skipped(skipped(end));
    if sentence.is(end, &["cannot", "can"]) && sentence.is(end + 1, &["not"]) || sentence.is(end, &["cannot"])
    {
        return true;
    }
    if !sentence.is(end, &["no", "nao", "not"]) {
        return false;
    }
    static REFUSALS: Words = Words::new(
        "alcanzamos alcanzo alcanza consigue consigo podremos poderemos podera conseguiremos puedo podemos me nos da posso va llegamos podria consigo vamos el mejor voy llego rola pode conseguimos",
    );
    let closed = sentence.is_break(end + 1) && !sentence.is(end + 1, &["?"]) && end + 1 < sentence.len();
    closed || sentence.has(end + 1, &REFUSALS)
}

/// "no, el 20": an answer, then the day.
fn is_question_tag(sentence: &Sentence, index: usize) -> bool {
    sentence.tokens.get(index).is_none_or(|token| token.kind != Kind::Word)
}

/// `reserva del 5 al 8`: the booking as it is.
pub(super) fn is_of_the_booking(sentence: &Sentence, start: usize) -> bool {
    let at = sentence.skip_articles_back(start);
    let before =
        |phrases: &Phrases| sentence.phrase_to(at, phrases).or_else(|| sentence.phrase_to(start, phrases));
    if before(&BOOKING).is_some() {
        return true;
    }
    // "Pasar mi reserva para el 2" names the new day; "tengo reserva para el 2" the old one.
    if before(&BOOKING_FOR).is_some_and(|phrase| holds_before(sentence, phrase)) {
        return true;
    }
    // "Our June 4-6", "tínhamos marcado dia 4".
    let is_ours = sentence.language == crate::locale::Language::En && sentence.was(at, 1, &["our", "my"]);
    is_ours
        || holds_lodging(sentence, at)
        || is_booked_before(sentence, at)
        || names_booking_before(sentence, at)
}

/// `tengo la cabaña del 14 al 20`, `tenho o chalé do dia 5`, `I have the cabin from the 3rd`
fn holds_lodging(sentence: &Sentence, start: usize) -> bool {
    static HAD: Words = Words::new(
        "tengo tenemos tenia teniamos tenho temos tinha tinhamos have had got alquile alquilamos aluguei alugamos",
    );
    static LODGINGS: Words = Words::new(
        "cabana cabanas cabanita casa casita depto departamento apartamento chale bungalow habitacion cuarto quarto pieza cabin \
         room place cottage suite domo lugar",
    );
    let small = words!("del de do da desde from for para el o dia a partir pro the on");
    let noun = (start.saturating_sub(4)..start).rev().find(|index| !sentence.has(*index, small));
    noun.is_some_and(|noun| {
        let owner = sentence.is(
            noun.wrapping_sub(1),
            &["la", "el", "a", "o", "the", "una", "uma", "un", "um", "your", "su", "tu", "las"],
        );
        let verb = if owner { noun.wrapping_sub(2) } else { noun.wrapping_sub(1) };
        sentence.has(noun, &LODGINGS) && sentence.has(verb, &HAD)
    })
}

/// `tínhamos marcado dia 4`, `habíamos reservado para el 5`
fn is_booked_before(sentence: &Sentence, start: usize) -> bool {
    let small = words!(
        "para el o dia do del de on for pro em no na con com with voces ustedes you us a gente from desde"
    );
    let booked = (start.saturating_sub(6)..start).rev().find(|index| !sentence.has(*index, small));
    booked.is_some_and(|booked| {
        let is_participle = sentence.is(booked, &["booked"])
            || sentence.starts_with(booked, &["reservad", "marcad", "agendad", "anotad", "apartad", "senad"]);
        // "A gente fechou de 12 a 15", "cerramos del 3 al 6".
        static AGREED: Words = Words::new(
            "fechou fechamos fechei marcou marcamos marquei agendamos agendei reservamos reservei combinamos combinei acertamos acertei cerramos \
             arreglamos acordamos pactamos contratamos pagamos paguei senamos agendou reservou separe separamos separei separado apartamos aparto aparte",
        );
        sentence.has(booked, &AGREED)
            || is_participle
            && (booked.saturating_sub(2)..booked).any(|at| {
                sentence
                    .starts_with(at, &["ten", "tin", "hab", "hav", "tem", "estab", "estav", "had", "have"])
            })
    })
}

/// Whether the words before say that the booking is had already.
fn holds_before(sentence: &Sentence, phrase: usize) -> bool {
    static HOLDS: Words = Words::new(
        "tengo tenemos tenia teniamos hice hicimos tenho temos tinha fiz have had made reserve reservamos \
         reservei booked tinhamos estoy estou to habiamos habia haviamos am are reservado tiene tem",
    );
    (phrase.saturating_sub(4)..=phrase).any(|index| sentence.has(index, &HOLDS))
}

/// `booking is Sept 3 to 6`, `mi estancia del 3 al 5`, `my June 4-6 stay`: a booking that is theirs, and only small words
/// between it and the day.
fn names_booking_before(sentence: &Sentence, start: usize) -> bool {
    static NOUNS: Words = Words::new(
        "reserva reservacion booking reservation estadia estancia estada stay fechas dates datas fecha",
    );
    static SMALL: Words = Words::new(
        "says dice diz shows aparece s is es era e eram de del do da desde from of on for para el o the actual current que tengo tenemos tenho was are son sao : dia dias hecha hecho",
    );
    static THEIRS: Words = Words::new(
        "mi mis my our nuestra nuestras nuestro minha minhas nossa la the tengo tenemos have tenho temos original actual current",
    );
    let noun = (start.saturating_sub(4)..start).rev().find(|index| !sentence.has(*index, &SMALL));
    noun.is_some_and(|noun| {
        let is_said = sentence
            .has(noun + 1, words!("says dice diz shows aparece s is es era was e del de desde from do of"));
        let theirs = (noun.saturating_sub(2)..noun).any(|index| sentence.has(index, &THEIRS)) || noun == 0;
        sentence.has(noun, &NOUNS) && is_said && theirs
    })
}

static BOOKING: Phrases = Phrases::new(
    "\
    reserva del|reserva de|reserva desde|reserva do|reservacion del|reservado del|estadia del|\
    estancia del|booking from|reservation from|booking of|booking on|reserva que tengo del|\
    reservamos del|reservado desde|fecha del|fechas del|reserva a partir|tenia para|tenia del|\
    teniamos para|teniamos del|reserve del|booked for|booked from|reservei para|reservei do|\
    reserva es del|reserva es para|reserva era para|reserva era del|dates from|estaba para|\
    estaba del|era para|era del|reservada para|reservada del|datas do|data do|tengo del|tenemos del|\
    reservei de|reserva de dia|estou de|esta para|esta del|marcada para|marcado para|agendada para|agendado para|\
    reservado de|booked|booked on|booked in for|down for|confirmados del|confirmado del|figuro del|figura del|me anotaste del|anotados del|anotado del|anotada para|anotado para|anotados para|anotadas para|apuntada para|apuntado para|apuntados para|anotada el|anotado el|anotada del|anotadas del|\
    tinha do|tinha de|tinha para|temos de|temos do|tenho do|tenho de|apartado del|apartada del",
);
static BOOKING_FOR: Phrases = Phrases::new(
    "\
    reserva para|reservacion para|booking for|reservation for|reserva pro|reserve para|\
    reservado para|reservamos para|tengo para|tenemos para|reserva el|reserva|have|tengo|tenho",
);

/// `todo lo demás igual`, `o resto continua igual`, `everything else stays the same`
pub(super) fn leaves_the_rest(sentence: &Sentence) -> bool {
    let the_rest = phrases!(
        "lo demas igual|lo demas queda igual|lo demas sigue igual|lo demas no cambia|el resto igual|el resto queda igual|el resto sigue igual|\
        o resto igual|o resto fica igual|o resto continua igual|o resto nao muda|mismas noches|mesmas noites|same nights|same number of nights|\
        misma cantidad de noches|mesma quantidade de noites|same length|everything else the same|everything else stays the same|everything else as is|\
        rest stays the same|rest is the same|rest the same|todo igual|tudo igual|mismos dias|mesmos dias"
    );
    (0..sentence.len()).any(|index| sentence.phrase_from(index, the_rest).is_some())
}

/// Whether a word of moving a booking stands anywhere.
pub(super) fn speaks_of_moving(sentence: &Sentence) -> bool {
    static MOVING: Words = Words::new(
        "cambiar cambiarla cambiarlo cambio mover moverla pasarla correrla correr recorrer recorrerla trocar mudar remarcar move change swap switch postergar \
         postergarla adelantar adelantarla reprogramar reagendar reschedule aplazar",
    );
    (0..sentence.len()).any(|index| sentence.has(index, &MOVING))
}
