//! Ages, distances, spans of time, counted things and animals.

use super::claim_with_list;
use crate::locale::Language;
use crate::read::lexicon::{Words, phrases, words};
use crate::read::{
    month_and_weekday_names::weekday,
    people::person_nouns::is_child,
    token::{Claim, Sentence, Shape},
};

static AGE_WORDS: Words = Words::new(
    "\
    anos anitos ano years year yrs yo anios mesecitos meses months month",
);

/// Units that make the number before them no day and no count of people.
static UNITS: Words = Words::new(
    "\
    min mins minutos minutitos minutes minuto horas hora hours hour hs cuadras cuadra quadras blocks km \
    kms kilometros quilometros metros mts mt m m2 millas miles leguas veces vez vezes litros kilos kg \
    grados estrellas estrelas stars pisos plantas fotos opciones opcoes options preguntas consultas \
    cosas cosa duda pregunta consulta foto",
);

/// Things that guests count.
static THINGS: Words = Words::new(
    "\
    camas cama habitaciones habitacion dormitorios dormitorio ambientes banos bano quartos quarto \
    cuartos cuarto recamaras recamara banheiros suites suite beds bed bedrooms bedroom bathrooms \
    bathroom rooms room cabanas cabana cabanitas cabins cabin casas casa casitas deptos depto \
    departamentos departamento apartamentos apartamento chales chale bungalows plazas autos auto coches \
    coche carros carro cars car camionetas camioneta motos moto motorhome bicis bicicletas kayaks \
    valijas maletas toallas toallones sabanas frazadas almohadas cunas cuna berco bercos crib cribs \
    sillas silla sillita mesas mesa carpas carpa colchones colchon reservas reserva flias familias \
    families lugares lugar fechas fecha findes finde mates llaves heladeras desayunos noche noches dias \
    semanas parkings cocheras cochera vagas garagens finca quincena",
);

static ANIMALS: Words = Words::new(
    "\
    perro perros perrito perritos perra perras perrita perritas perris lomito lomitos gato gatos gatito \
    gatitos gata gatita caniche caniches mascota mascotas mascotita mascotitas cachorro cachorros \
    cachorrito cachorrinho cachorrinhos cachorra cao caes pet pets dog dogs doggo doggie cat cats puppy \
    puppies animal animales animalito labrador labradores golden bulldog salchicha chihuahua caballo \
    caballos loro conejo hamster firulais peludo peludos peludito galgo galgos beagle border pug \
    schnauzer poodle yorkshire terrier husky",
);

/// Whether the word names something that is no person.
pub(in crate::read) fn is_thing(sentence: &Sentence, index: usize) -> bool {
    // In English mates are friends.
    if sentence.is(index, &["mates"]) && sentence.language == Language::En {
        return false;
    }
    sentence.has(index, &UNITS) || sentence.has(index, &THINGS) || sentence.has(index, &ANIMALS)
}

pub(in crate::read) fn is_animal(sentence: &Sentence, index: usize) -> bool {
    sentence.has(index, &ANIMALS)
}

pub(super) fn mask(sentence: &mut Sentence) {
    for index in 0..sentence.len() {
        mask_ages_after_children(sentence, index);
        let Some(number) = sentence.number(index) else { continue };
        // "A primera hora", "la segunda noche" count nothing.
        if number.shape == Shape::Ordinal {
            continue;
        }
        if let Some(end) = size_or_scale(sentence, index) {
            sentence.claim(index..end, Claim::Thing);
            continue;
        }
        if is_age(sentence, index) {
            claim_with_list(sentence, index, Claim::Age);
        } else if is_span(sentence, index) {
            sentence.claim(index..index + 2, Claim::Thing);
        } else if is_counted_thing(sentence, index) {
            claim_with_list(sentence, index, Claim::Thing);
        } else if number.shape != Shape::Article && is_birthday(sentence, index, number.value) {
            sentence.claim(index..index + 1, Claim::Age);
        }
    }
}

/// `2 x 2`, `4 por 5 metros`, `del 1 al 5` of a scale: where it ends.
fn size_or_scale(sentence: &Sentence, index: usize) -> Option<usize> {
    let number = sentence.number(index)?;
    sentence.number(index + 2)?;
    let end = index + 3;
    // In "18/4 x 4" the first is a month.
    let is_small = number.value <= 30
        && number.shape != Shape::Article
        && !sentence.was(index, 1, &["/", "-", "al", "ao", "dia", "el"])
        && index.checked_sub(1).is_none_or(|before| weekday(sentence, before).is_none());
    if is_small
        && sentence.is(index + 1, &["por", "by"])
        && sentence.is_glued(index + 1) == sentence.is_glued(index + 2)
        && !is_night_or_day(sentence, end)
    {
        return Some(end);
    }
    let is_range = sentence.is(index + 1, &["al", "a", "to", "ao", "-"]);
    if !is_range || number.value > 1 {
        return None;
    }
    let near = index.saturating_sub(7)..(end + 4).min(sentence.len());
    let scale = near.into_iter().any(|at| {
        sentence.has(at, words!("escala scale puntaje puntuacion nota notas califico calificacion puntos puntua rating points pontos estrellas stars nivel"))
    });
    // "Del 1 al 10, cuánto le ponés?", "qué tan feo, del 1 al 5".
    let rated = sentence.number(index + 2).is_some_and(|last| last.value == 5 || last.value == 10)
        && (index.saturating_sub(30)..sentence.len().min(index + 30)).any(|at| {
            sentence.phrase_from(at, phrases!("que tan|que nota|cuanto le pones|cuanto le das|how good|how bad|how would|how do you rate|quao|que puntaje|le pones|le das|cuanto le pondrias|le pondrias|da nota|le pongo|les pongo|le doy|les doy|le puse|le di|lo califico|dou nota|eu dou|dou|daria|dei|i would give|i d give|i give|we give|we would give|id give|would give|gave|i would say|i would put")).is_some()
        });
    (scale || rated || asks_how_much_so(sentence, index, end)).then_some(end)
}

/// `de 1 a 5, ¿qué tal va el wifi?`, `from 1 to 10, how steep is it?`: a scale for what is asked behind it.
fn asks_how_much_so(sentence: &Sentence, index: usize, end: usize) -> bool {
    let is_scale = sentence.number(index).is_some_and(|number| number.value <= 1)
        && sentence.number(index + 2).is_some_and(|last| [5, 7, 10, 20, 100].contains(&last.value));
    let at = (end..end + 4).find(|at| !sentence.is(*at, &[",", "¿", ":", "-", "."])).unwrap_or(end);
    let asks = phrases!(
        "que tal|que tan|como de|cuan|que nota|que puntaje|que puntuacion|how|quao|o quanto|que nivel|que tanto|como es de|como esta de|\
        como anda de"
    );
    let of_a_stay = words!(
        "precio cuesta sale vale libre disponible hay much many long preco custa available availability disponibilidad"
    );
    let asks_degree = sentence.phrase_from(at, asks).is_some()
        && !(at..at + 7).any(|word| sentence.has(word, of_a_stay) && !sentence.was(word, 1, &["la", "a"]));
    // "Cuánto ruido hay?"; but "cuánto sería?" is a price.
    let priced = words!(
        "me nos te es e seria serian queda quedaria cobran cobras cobra fica ficaria saldria costaria cuesta sale vale custa por para ? sai tiempo tempo"
    );
    let asks_amount =
        sentence.is(at, &["cuanto", "cuanta", "quanto", "quanta"]) && !sentence.has(at + 1, priced);
    is_scale && (asks_degree || asks_amount)
}

fn is_night_or_day(sentence: &Sentence, index: usize) -> bool {
    sentence.has(index, words!("noche noches noite noites night nights dia dias days semana semanas weeks semanas nts diarias diaria"))
}

fn is_age(sentence: &Sentence, index: usize) -> bool {
    // "Four-year-old".
    let hyphened = sentence.is(index + 1, &["-"])
        && sentence.is(index + 2, &["year", "month"])
        && sentence.is(index + 4, &["old", "olds"]);
    if hyphened || sentence.has(index + 1, &AGE_WORDS) {
        return true;
    }
    sentence.was(index, 1, &["aged", "edades", "edad", "idade", "idades", "ages"])
        || sentence.was(index, 2, &["edades", "edad", "idade"])
            && sentence.was(index, 1, &[":", "de", "entre"])
}

/// `hace 2 días`, `2 days ago`, `durante tres años`.
fn is_span(sentence: &Sentence, index: usize) -> bool {
    let before = sentence.was(index, 1, &["hace", "ha", "faz", "cada", "desde"])
        && !sentence.is(index + 1, &["de", "/", "-", "al", "a", "hasta", "noches"])
        && (sentence.has(index + 1, &UNITS)
            || sentence.is(index + 1, &["dias", "semanas", "semana", "dia", "days", "weeks"]));
    before
        || sentence.is(index + 2, &["ago", "atras"])
        || sentence.is(index + 3, &["ago", "atras"]) && sentence.has(index + 1, &UNITS)
}

/// `2 camas`, `dos lindas cabañas`; nights, days and weeks are lengths of a stay and are left alone.
fn is_counted_thing(sentence: &Sentence, index: usize) -> bool {
    let lengths = ["noche", "noches", "dias", "semanas", "finde", "findes", "quincena"];
    let counted = |at: usize| is_thing(sentence, at) && !sentence.is(at, &lengths);
    counted(index + 1)
        || sentence.is(index + 1, &["lindas", "otras", "lindos", "o", "solo", "mini"])
            && counted(index + 2)
            && !sentence.is(index + 1, &["o"])
}

/// `cumple 70`, `los cuarenta de laura`, `turns 40`.
fn is_birthday(sentence: &Sentence, index: usize, value: u32) -> bool {
    let cue = words!("cumple cumplo cumplimos cumplen cumpleanos turns turning completa fazendo");
    let party =
        sentence.was(index, 1, &["los", "sus", "mis"]) && value >= 13 && !sentence.is(index + 1, &["dias"]);
    sentence.had(index, 1, cue)
        || party
            && (sentence.is(index + 1, &["de", "anos"]) || sentence.is_break(index + 1))
            && !sentence.is(index + 2, &["nosotros", "abril"])
}

/// `nenes de 4 y 7`, `hijos (3 y 5)`, `kids aged 3, 6 and 10`, `los niños, de 5 y 9`, `bebé de 8 meses`.
fn mask_ages_after_children(sentence: &mut Sentence, index: usize) {
    if !is_child(sentence, index) {
        return;
    }
    let Some(mut at) = ages_from(sentence, index + 1) else { return };
    while let Some(number) = sentence.number(at) {
        let goes_on = sentence.is(at + 1, &["al", "a", "/", "-", "hasta", "de"]);
        if number.shape == Shape::Article || number.value > 17 || goes_on {
            return;
        }
        sentence.claim(at..at + 1, Claim::Age);
        let mut next = at + 1;
        while sentence.has(next, &AGE_WORDS) {
            next += 1;
        }
        let joint = next;
        while sentence.has(next, words!("y e and , & o")) && next < joint + 2 {
            next += 1;
        }
        if next > joint
            && sentence.is(next, &["de", "otro", "otra", "el"])
            && sentence.number(next + 1).is_some()
        {
            next += 1;
        }
        // In "nene de 5, 3 noches" and "nenes de 4 y 7, 5 adultos" the list is over.
        let listed = next > joint && sentence.number(next).is_some();
        let closed = sentence.is_break(next + 1)
            || sentence.has(next + 1, &AGE_WORDS)
            || sentence.has(
                next + 1,
                words!("y e and respectivamente con en para del from com with mas mais plus + & mi mis my meu minha nuestro nuestra nosso nossa our yo eu"),
            );
        if !listed || !closed {
            return;
        }
        at = next;
    }
}

/// Where the ages begin, after the words that lead in.
fn ages_from(sentence: &Sentence, after: usize) -> Option<usize> {
    let at = if sentence.is(after, &[",", "pequenos", "chiquitos", "pequenas", "dela", "dele", "deles"]) {
        after + 1
    } else {
        after
    };
    let leads = phrases!(
        "\
        de edades|con edades de|con edades|de edad|de|of|(|aged|ages|who are|que tienen|con idades de|com idades de|\
        que tem|com idade de|who just turned|just turned|that are|que acaban de cumplir|recien cumplidos|age|( she s|( he s|( she is|( he is|( who is|( tiene|( que tiene|( tem|who s|who turned"
    );
    // "Kids 4 & 7": two numbers and a joint are ages.
    let listed = |at: usize| {
        let young = |at: usize| {
            sentence.number(at).is_some_and(|number| number.value <= 17 && number.shape != Shape::Article)
        };
        young(at)
            && sentence.is(at + 1, &["y", "e", "and", "&", ","])
            && young(at + 2)
            && (sentence.is_break(at + 3)
                || sentence.has(at + 3, &AGE_WORDS)
                || sentence.is(at + 3, &["y", "e", "and", "&"]) && young(at + 4))
    };
    if listed(after) {
        return Some(after);
    }
    // "Our kids, 3, 7 and 12", "the girls are 4 and 8".
    let behind =
        if sentence.is(after, &[",", "are", "son", "sao", ":", "tienen", "tem"]) { after + 1 } else { after };
    if behind > after && listed(behind) {
        return Some(behind);
    }
    let led = sentence.phrase_from(at, leads)?;
    // "Con" and "com" lead to something else as often.
    let led = if sentence.is(led, &["(", ":", "de"]) { led + 1 } else { led };
    sentence.number(led).map(|_| led)
}
