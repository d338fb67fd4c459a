//! Which of the people named are guests. Who is asked, recommended, was there before, eats, visits or is a unit of price
//! is none.

use super::{
    find_people_phrases::{Phrase, Who},
    person_nouns::is_person,
};
use crate::read::{
    lexicon::{Sense, Tense, Words, phrases, words},
    token::Sentence,
};

static CAPACITY: Words = Words::new(
    "hasta capacidad caben cabe entran entra maximo maxima max minimo capacity sleeps fits fit acomoda cabem up admite \
     admiten comporta accommodate lotacao",
);
static DINERS: Words = Words::new(
    "mesa table cena dinner almuerzo lunch asado parrillada desayuno breakfast brunch jantar almoco churrasco torta \
     catering reservation_for cubiertos menu comida paella rodizio picada",
);
static PRICED: Words = Words::new(
    "paga pagan pagam pay pays cobran cobra cobram cuesta cuestan charge charges gratis free precio valor tarifa \
     costo diaria abona abonan discount descuento desconto cost price preco",
);
static VISITORS: Words = Words::new(
    "visita visitarnos visitarme visitar visitors visit visitas cenar comer almorzar conocer saludarnos jantar pasear cena \
     visitantes drop tomar mate",
);
static RECOMMENDED: Words = Words::new(
    "recomendo recomendaron recomendado recomendou recomendaram recommended conto contaron dijo dijeron paso pasaron indicou \
     indicaram told suggested hablo hablaron mostro mostraron vive viven vivem lives trabaja mando",
);

/// Whether a phrase speaks of people who come.
pub(super) fn is_of_guests(sentence: &Sentence, phrase: &Phrase) -> bool {
    !(is_capacity(sentence, phrase)
        || is_priced(sentence, phrase)
        || is_asked_for(sentence, phrase)
        || is_elsewhere(sentence, phrase)
        || is_past(sentence, phrase))
}

/// `hasta 6 personas`, `entran 4?`, `capacidad para 8`
pub(super) fn is_capacity(sentence: &Sentence, phrase: &Phrase) -> bool {
    let near = phrase.start.saturating_sub(3)..phrase.start;
    near.clone().any(|index| {
        sentence.has(index, &CAPACITY)
            && !(index + 1..phrase.start).any(|at| {
                sentence.is_break(at)
                    || sentence.any_number(at).is_some()
                    || crate::read::month_and_weekday_names::is_calendar_word(sentence, at)
            })
        // "Desde el 5 hasta el 8, 2 adultos": a day stands between.
    }) || sentence.is(phrase.end, &["entran", "caben", "cabem", "fit", "cabrian", "entrarian"])
}

/// `cuánto paga un niño`, `los menores pagan?`, `diária de uma criança`, `un adulto extra`
fn is_priced(sentence: &Sentence, phrase: &Phrase) -> bool {
    if !matches!(phrase.who, Who::Child | Who::Any | Who::Total | Who::Adult | Who::Young)
        || phrase.people > 1
        || phrase.is_couple
    {
        // "Los menores de 6 pagan?" has no count.
        return sentence.is(phrase.end, &["pagan", "pagam", "pay", "paga"]) && phrase.who == Who::Child;
    }
    let clause = sentence.clause(phrase.start);
    let before = phrase.start.saturating_sub(4).max(clause.start)..phrase.start;
    let after = phrase.end..clause.end.min(phrase.end + 3);
    let unit = |index: usize| sentence.has(index, &PRICED) && !sentence.was(index, 1, &["me", "te"]);
    let led = before.clone().any(unit)
        && !before.clone().any(|index| sentence.is(index, &["para", "for", "pra", "somos", "y"]));
    led || after.clone().any(|index| {
        sentence.has(index, &PRICED)
            && sentence.is(index, &["paga", "pagan", "pay", "pays", "pagam", "cobran"])
    }) || sentence.is(phrase.start.wrapping_sub(1), &["por", "per", "cada", "each"]) && phrase.people <= 1
}

/// `hablar con una persona`, `lo consulto con mi marido`
fn is_asked_for(sentence: &Sentence, phrase: &Phrase) -> bool {
    let before = phrase.start.saturating_sub(6)..phrase.start;
    let with = sentence.had(phrase.start, 1, words!("con com with a al to ao"));
    let talks = |index: usize| {
        sentence.verb(index).is_some_and(|verb| matches!(verb.sense, Sense::Tell | Sense::Decide))
            || sentence.starts_with(
                index,
                &[
                    "pregunt", "pergunt", "convers", "discut", "arregl", "acord", "ask", "talk", "speak",
                    "comunic",
                ],
            )
    };
    let last_verb = before.rev().find(|index| sentence.verb(*index).is_some() || talks(*index));
    with && last_verb.is_some_and(talks)
}

/// Diners, visitors, people who recommended or live nearby, whose birthday it is.
fn is_elsewhere(sentence: &Sentence, phrase: &Phrase) -> bool {
    let clause = sentence.clause(phrase.start);
    let before = phrase.start.saturating_sub(5).max(clause.start)..phrase.start;
    let after = phrase.end..clause.end.min(phrase.end + 5);
    let dines = before.clone().any(|index| {
        sentence.has(index, &DINERS) && !sentence.was(index, 1, &["con", "incluye", "with", "com"])
    }) && sentence.had(phrase.start, 1, words!("para for pra de"));
    // Whoever is named in between is the one who visits.
    let reach = phrase.end..clause.end.min(phrase.end + 9);
    let visits = reach.take_while(|index| !is_person(sentence, *index)).any(|index| {
        sentence.has(index, &VISITORS)
            && sentence.had(index, 1, words!("a de to para pra nos for of will would may might can could by"))
            || passes_the_day(sentence, index)
            || sentence.phrase_from(index, phrases!("drop by|drop in|drops by|dropping by|pop in|pop over|pop by|swing by|stop by|come for dinner|come for lunch|pasa a saludar|pasan a saludar|pasaria a|vendria a|vendrian a|vienen a comer|viene a comer|vienen a cenar|viene a cenar|vem jantar|vem almocar|vem visitar|a pasar la tarde|a pasar un rato|passar a tarde|passar um tempo|for the day|for the afternoon|\
        for lunch|for dinner|come over|a almorzar|a cenar|a merendar|a tomar mate")).is_some()
                && phrase.who != Who::Speaker
    });
    let recommends = phrase.who == Who::Relative || phrase.who == Who::Any && phrase.people <= 3;
    let said = after.clone().any(|index| sentence.has(index, &RECOMMENDED))
        || sentence.had(phrase.start, 1, words!("recomendo me")) && recommends;
    let of = sentence.had(phrase.start, 1, words!("de del of do da")) && before.clone().any(|index| {
        sentence.has(index, words!("cumple cumpleanos boda casamiento wedding birthday casa amiga amigo conocida recomendacion parte casamento aniversario contacto numero auto party house tia prima foto nombre hijo hija perro"))
    });
    let works_there = sentence.has(phrase.end, words!("que who que"))
        && sentence.has(
            phrase.end + 1, words!("atiende fue fueron estuvo estuvieron limpia trabaja went stayed foi foram esteve atendio limpió"));
    // "Four adults, I forgot my brother": counted in already.
    let forgotten = sentence.had(
        phrase.start,
        1,
        words!("forgot forgetting olvide olvidaba olvidado esqueci esquecendo falto faltaba falta olvido"),
    );
    // "Sorprender a mi viejo", "saludar a mi tía"; who is brought along comes.
    let is_object = phrase.who == Who::Relative
        && sentence.had(phrase.start, 1, words!("a ao"))
        && sentence.word(phrase.start.wrapping_sub(2)).ends_with('r')
        && !sentence.is(
            phrase.start.wrapping_sub(2),
            &["llevar", "traer", "invitar", "sumar", "llevarla", "levar", "trazer", "convidar"],
        );
    forgotten || is_object || dines || visits || said && recommends || of || works_there
}

/// `pueden venir a pasar el día`; but `passar o dia das mães`.
fn passes_the_day(sentence: &Sentence, index: usize) -> bool {
    let end = sentence.phrase_from(index, phrases!("pasar el dia|passar o dia"));
    end.is_some_and(|end| !sentence.is(end, &["de", "del", "das", "dos", "do", "da"]))
}

/// `éramos 4`, `estuvieron dos amigos`, `my sister stayed there`
fn is_past(sentence: &Sentence, phrase: &Phrase) -> bool {
    let clause = sentence.clause(phrase.start);
    let near = phrase.start.saturating_sub(4).max(clause.start)..clause.end.min(phrase.end + 4);
    near.into_iter().any(|index| {
        sentence
            .verb(index)
            .is_some_and(|verb| verb.tense == Tense::Past && matches!(verb.sense, Sense::Stay | Sense::Go))
            || sentence.has(index, words!("eramos eran eramos fuimos"))
    })
}
