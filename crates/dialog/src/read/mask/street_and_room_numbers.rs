//! Streets, roads and numbered rooms.

use crate::read::lexicon::{Words, words};
use crate::{
    locale::Language,
    read::{
        month_and_weekday_names::month,
        token::{Claim, Sentence, Shape},
    },
};

static STREET_CUES: Words = Words::new(
    "\
    av avda avenida ave avenue calle calles esq esquina plaza plazoleta barrio rua praca bairro street \
    st road ruta rodovia pasaje pje boulevard bulevar bv blvd diagonal colonia estacion terminal escuela \
    colegio hospital club villa pueblo localidad parque metro carretera autopista camino km kilometro \
    highway libramiento peatonal costanera",
);

static ROOM_CUES: Words = Words::new(
    "\
    cabana cabin habitacion cuarto quarto depto dpto departamento apartamento depa casa lote piso room \
    unidad suite bungalow chale chalet opcion opcao option",
);

pub(super) fn mask(sentence: &mut Sentence) {
    for index in 0..sentence.len() {
        if sentence.has(index, &STREET_CUES) {
            mask_after_street(sentence, index);
        }
        mask_room_number(sentence, index);
        mask_several_rooms(sentence, index);
        mask_flat(sentence, index);
        mask_named_after_a_date(sentence, index);
    }
}

/// `ruta 40`, `calle 50 entre 7 y 8`, `carretera federal 57 km 12`.
fn mask_after_street(sentence: &mut Sentence, cue: usize) {
    let mut index = cue + 1;
    let mut words = 0;
    while index < sentence.len() && words <= 3 {
        if sentence.has(index, words!("el del al para desde hasta somos ? ! ; dia"))
            || sentence.is(index, &["."]) && !sentence.was(index, 1, &["av", "avda", "esq", "st", "pje"])
        {
            return;
        }
        if let Some(number) = sentence.number(index)
            && number.shape != Shape::Article
        {
            let end = date_name_end(sentence, index).unwrap_or(index + 1);
            sentence.claim(index..end, Claim::Place);
            if sentence.is(end, &["entre"]) && sentence.is(end + 2, &["y"]) {
                sentence.claim(end + 1..end + 4, Claim::Place);
            }
            words = 0;
            index = end;
            continue;
        }
        words += 1;
        index += 1;
    }
}

/// `cabaña 2`, `habitación nro 4`; but not `cabaña 4 personas` or `cabaña 5 al 8`.
fn mask_room_number(sentence: &mut Sentence, index: usize) {
    if !sentence.has(index, &ROOM_CUES) {
        return;
    }
    let at =
        if sentence.is(index + 1, &["nro", "numero", "n", "º", "#", "no"]) { index + 2 } else { index + 1 };
    let Some(number) = sentence.number(at) else { return };
    let digits = matches!(number.shape, Shape::Digits(1..=3) | Shape::Spelled);
    if digits && sentence.is_break(at + 1) && !sentence.is(at + 1, &["-", "/"]) {
        sentence.claim(at..at + 1, Claim::Place);
    }
}

/// `la vecina del 3° A`, `2do B`: a floor and the letter of a flat.
fn mask_flat(sentence: &mut Sentence, index: usize) {
    let is_floor = sentence.number(index).is_some_and(|number| number.shape == Shape::Ordinal);
    let is_letter = sentence.word(index + 1).len() == 1
        && sentence.word(index + 1).bytes().all(|letter| letter.is_ascii_alphabetic())
        && sentence.is_capital(index + 1)
        && !sentence.is(index + 1, &["i", "y", "e", "o"]);
    if is_floor && is_letter {
        sentence.claim(index..index + 2, Claim::Place);
    }
}

/// `las cabañas 5 a 8`, `os chalés 3 e 4`, `the cabins 5 to 8`; but not `cabañas del 5 al 8` or `las cabañas 5 a 8 de enero`.
fn mask_several_rooms(sentence: &mut Sentence, index: usize) {
    static ROOMS: Words = Words::new(
        "cabanas cabins habitaciones cuartos quartos deptos departamentos apartamentos casas lotes rooms unidades suites bungalows \
         chales chalets unidades domos units apartments cottages bungalos piezas aptos",
    );
    let small = |at: usize| {
        sentence
            .number(at)
            .is_some_and(|number| matches!(number.shape, Shape::Digits(1..=3) | Shape::Spelled))
    };
    let led = sentence.is(index.wrapping_sub(1), &["las", "los", "as", "os", "the"]);
    if !led || !sentence.has(index, &ROOMS) || !small(index + 1) {
        return;
    }
    let mut end = index + 2;
    while sentence.is(end, &["a", "y", "e", "and", "to", "-", ",", "o", "or", "ou"]) && small(end + 1) {
        end += 2;
    }
    let of_a_month = (end..end + 2).any(|at| month(sentence, at).is_some());
    if end > index + 2 && !of_a_month && !sentence.is(end, &["/"]) {
        sentence.claim(index + 1..end, Claim::Place);
    }
}

/// Streets and towns that are called like a day: `la 9 de Julio`, `9 de Julio 450`, `San Martín esq 25 de Mayo`.
fn mask_named_after_a_date(sentence: &mut Sentence, index: usize) {
    let Some(end) = date_name_end(sentence, index) else { return };
    let house_number = sentence.number(end).is_some_and(|number| {
        let is_year = (1990..=2100).contains(&number.value);
        matches!(number.shape, Shape::Digits(2..=5)) && number.value > 31 && !is_year
    });
    let house_number = house_number && !sentence.is(end + 1, &["pesos", "por", "mil"]);
    // A day is masculine; "la 9 de Julio", "na 15 de Novembro" are an avenue and a street.
    let portuguese =
        sentence.language == Language::Pt && sentence.was(index, 1, &["na", "da", "pela", "numa"]);
    let feminine = sentence.was(index, 1, &["la"]) || portuguese;
    // Nobody says "en" before a day in Spanish.
    let lives_there = sentence.was(index, 1, &["en", "por", "sobre"]) && sentence.language == Language::Es;
    // A corner of two: "25 de agosto esquina 18 de julio", "9 de julio y san martín".
    let corner = sentence.is(end, &["esquina", "esq", "casi", "altura", "entre"])
        || sentence.was(index, 1, &["esquina", "esq", "casi", "con"])
            && sentence.was(index, 2, &["esquina", "esq", "hace"]);
    let corner = corner
        || sentence.was(index, 1, &["y", "e", "con", "entre"])
            && sentence.claim_of(index.wrapping_sub(2)) == Some(Claim::Place);
    if house_number || feminine || lives_there || corner {
        sentence.claim(index..if house_number { end + 1 } else { end }, Claim::Place);
    }
}

/// Where `9 de julio` ends.
fn date_name_end(sentence: &Sentence, index: usize) -> Option<usize> {
    sentence.number(index).filter(|number| (1..=31).contains(&number.value))?;
    if !sentence.is(index + 1, &["de"]) {
        return None;
    }
    month(sentence, index + 2).map(|_| index + 3)
}
