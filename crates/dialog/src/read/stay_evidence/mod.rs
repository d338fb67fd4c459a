//! Whether a message speaks of a stay at all. A true day told of something else (a delivery, a doctor, a match) is none
//! of the desk's.
//!
//! Words of lodging, of coming and going and of counting nights speak for a stay; words of other businesses against it.
//! Where neither speaks, a fragment (nothing but days, people and small words) still asks for a stay; a sentence full of
//! words that are nobody's does not.

/// Evidence of one sentence among others.
mod by_sentence;
/// Small words, and words that a fragment may have.
mod small_words;
/// Words of other businesses.
mod words_of_other_topics;

use super::{
    lexicon::{Phrases, Sense, Tense, Words, words},
    token::{Claim, Kind, Sentence},
};
pub(in crate::read) use by_sentence::of_days;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum StayEvidence {
    /// Words of a stay, or a fragment.
    Stay,
    /// Nothing speaks for a stay, nothing against it.
    Unclear,
    /// Words of another business.
    Elsewhere,
}

/// Words of lodging alone.
static LODGING: Words = Words::new(
    "cabana cabanas cabanita cabanitas alojamiento alojamientos alojarnos alojarme alojar hospedaje hospedarnos hospedarme hospedar \
     hospedagem huesped huespedes hospede hospedes guest guests habitacion habitaciones hostel hotel posada pousada hosteria \
     estadia estancia estada stay lodging accommodation accomodation checkin checkout diaria diarias pernoctar pernoitar \
     pernoite bungalow bungalows chale chales cabin cabins airbnb booking cottage loft suite suites dormi alquilar alquiler \
     arrendar alugar aluguel rent rental vacancy vacancies camas cama beds bed depto departamento apartamento monoambiente \
     glamping domo domos refugio casita casona desayuno breakfast pileta piscina alberca pool cochera parrilla \
     churrasqueira mascota mascotas pet pets",
);
/// Words that a desk hears often, and others too.
static DESK: Words = Words::new(
    "reservar reserva reservas reservacion reservame reservarme reservanos reserve reservo reservei reservation book booked \
     apartar apartame disponibilidad disponible disponibles disponibilidade disponivel available availability lugar lugarcito \
     vaga vagas libre libres hueco cupo noche noches noite noites night nights nochecitas quarto quartos room rooms cuarto \
     fecha fechas data datas date dates temporada tarifa tarifas rate rates sena anticipo finde feriado puente vacaciones ferias holiday holidays",
);
/// Verbs of moving a booking.
static CHANGES: Words = Words::new(
    "cambiar cambiarla cambiarlo cambio cambiamos mover moverla moverlo pasarla pasarlo adelantar adelantarla adelantamos retrasar \
     retrasarla atrasar atrasarla postergar postergarla aplazar correrla correr extender extenderla extendemos alargar prolongar \
     trocar remarcar adiar antecipar estender prorrogar mudar move change push postpone extend reschedule bring switch swap shift \
     cancelar cancelarla cancelo cancelamos cancel anular cancelame cancelanos cancelen anulame anulanos anulen anularla anulo anulamos desmarcar",
);
/// Questions that a desk hears.
static ASKS: Words =
    Words::new("hay tenes tienen tienes tiene tem tendran tendras tendria queda quedan sobra have got any");
/// Orders to a desk.
static ORDERS: Phrases = Phrases::new(
    "\
    put us down|put me down|put my name down|put our name down|put our names down|pencil us in|pencil me in|sign us up|count us in|book us in|\
    save us a|save me a|hold it for us|keep it for us|bota nosso nome|bota meu nome|bote nosso nome|bote meu nome|poe nosso nome|poe meu nome|\
    coloca nosso nome|coloca meu nome|anota nosso nome|anota a gente|pode anotar|segura pra gente|segura para a gente|guarda pra gente|guarda para a gente|\
    anotanos|anotame|apuntanos|apuntame|apuntenos|apunteme|anotenos|anoteme|guardame|guardanos|guardenos|guardeme|\
    separeme|separenos|separame|separanos|ponganos|pongame|ponnos|ponenos|poneme|inscribinos|agendanos|agendame|agendenos",
);
const LEAST_FOR_STAY: i32 = 2;
const MOST_FOR_ELSEWHERE: i32 = -3;

pub(in crate::read) fn weigh(sentence: &Sentence) -> StayEvidence {
    let against = words_of_other_topics::against_a_stay(sentence);
    let in_favour = for_a_stay(sentence);
    let score = in_favour - against;
    if score >= LEAST_FOR_STAY {
        return StayEvidence::Stay;
    }
    if score <= MOST_FOR_ELSEWHERE {
        return StayEvidence::Elsewhere;
    }
    match is_fragment(sentence, score) {
        true => StayEvidence::Stay,
        false if score < 0 && against > 0 && in_favour <= 0 => StayEvidence::Elsewhere,
        false => StayEvidence::Unclear,
    }
}

/// Whether a word is in one of the lists.
pub(in crate::read) fn is_known(hash: u64) -> bool {
    [&LODGING, &DESK, &ASKS].iter().any(|set| set.has_hash(hash))
        || small_words::has(hash)
        || words_of_other_topics::has(hash)
}

fn for_a_stay(sentence: &Sentence) -> i32 {
    let mut score = 0;
    let mut lodging = 0;
    let mut desk = 0;
    for index in 0..sentence.len() {
        lodging += i32::from(sentence.has(index, &LODGING) && !is_lit_by_us(sentence, index));
        let is_desk = sentence.has(index, &DESK)
            || sentence.starts_with(index, &["reserv", "hosped", "aloj", "flexib"])
            || super::mask::is_animal(sentence, index);
        desk += i32::from(is_desk && !is_part_of_day(sentence, index) && !is_time_off(sentence, index));
        desk += i32::from(sentence.has(index, &CHANGES));
        score += match sentence.claim_of(index) {
            Some(Claim::Nights) if sentence.any_number(index).is_some() => 3,
            _ => 0,
        };
    }
    let asks = (0..sentence.len()).any(|index| sentence.has(index, &ASKS));
    let travels: i32 = (0..sentence.len()).map(|index| travel(sentence, index)).sum();
    let is_head_count = |index: usize| {
        let before = index.wrapping_sub(1);
        sentence.any_number(before).is_some()
            && sentence.claim_of(before) != Some(Claim::Amount)
            && super::people::person_nouns::noun(sentence, index).is_some()
    };
    let heads = (0..sentence.len()).any(is_head_count);
    let counted = !does_something_else(sentence)
        && (0..sentence.len()).any(|index| {
            sentence.is(index, &["somos", "seriamos", "seremos", "pax", "adultos", "adults"])
                || sentence.is(index, &["casais", "couples", "parejas", "matrimonios"])
                    && sentence.any_number(index.wrapping_sub(1)).is_some()
                || sentence.phrase(index, "of us").is_some()
        });
    let firm = score
        + 3 * lodging.min(2)
        + if counted { 2 } else { 0 }
        // "The congress ends on the 14th, three nights from then".
        + 4 * i32::from(score > 0 && super::dates::starts_from_an_event(sentence))
        + 2 * i32::from((0..sentence.len()).any(|index| stays(sentence, index)))
        // Coming and going both.
        + if travels >= 3 { 2 } else { 0 }
        + 3 * i32::from(super::length_of_stay::one_night_at(sentence).is_some())
        + 3 * i32::from(super::dates::speaks_of_travel(sentence));
    let loose = 2 * desk.min(2) + i32::from(asks) + travels.min(4) + i32::from(heads && !counted);
    if firm > 0 { firm + loose } else { loose - strange_words(sentence) }
}

/// Where only loose words speak for a stay (`hay`, `libre`, `vamos`), words that no desk hears speak against it.
fn strange_words(sentence: &Sentence) -> i32 {
    let words = (0..sentence.len()).filter(|index| sentence.tokens[*index].kind == Kind::Word);
    let unknown = words.filter(|index| is_unknown(sentence, *index)).count();
    i32::try_from(unknown.saturating_sub(1)).unwrap_or(i32::MAX).min(4) / 2
}

/// Whether a word of lodging stands anywhere.
pub(in crate::read) fn names_lodging(sentence: &Sentence) -> bool {
    (0..sentence.len()).any(|index| sentence.has(index, &LODGING))
}

/// "Pongo parrilla y carbón": who asks others to a barbecue brings it.
fn is_lit_by_us(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index, &["parrilla", "churrasqueira"])
        && (1..3).any(|back| {
            sentence.was(
                index,
                back,
                &[
                    "pongo",
                    "ponemos",
                    "prendo",
                    "prendemos",
                    "llevo",
                    "traigo",
                    "acendo",
                    "levo",
                    "armo",
                    "armamos",
                ],
            )
        })
}

/// "Buenas noches", "esta noche", "el sábado a la noche" name a part of the day.
fn is_part_of_day(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index, &["noche", "noches", "noite", "night"])
        && sentence.was(
            index,
            1,
            &["buenas", "boa", "good", "la", "esta", "a", "at", "da", "de", "last", "every"],
        )
}

/// `nos quedamos`, `dormir`, `we'd stay`: the writers stay.
fn stays(sentence: &Sentence, index: usize) -> bool {
    we_travel(sentence, index)
        && !arranges_to_meet(sentence, index)
        && sentence.starts_with(
            index,
            &["qued", "fic", "dorm", "stay", "sleep", "hosped", "aloj", "pernoc", "pernoi"],
        )
}

/// "¿Quedamos el jueves?" arranges to meet; "nos quedamos" stays.
fn arranges_to_meet(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index, &["quedamos", "quedo"])
        && !sentence.was(index, 1, &["nos", "me"])
        && sentence.claim_of(index + 1) != Some(Claim::Nights)
}

/// "Almorzamos donde la abuela, somos quince": the writers do something that is no word of a stay.
fn does_something_else(sentence: &Sentence) -> bool {
    static OF_GUESTS: Words = Words::new(
        "preferimos traemos llevamos levamos agradecemos esperamos pretendemos precisamos desejamos manejamos prefeririamos \
         podriamos poderiamos seremos seriamos estaremos estariamos sumamos fuesemos fueramos eramos juntamos reunimos conocemos adoramos sabemos deseamos trazemos",
    );
    sentence.language != crate::locale::Language::En
        && (0..sentence.len()).any(|index| {
            sentence.word(index).ends_with("mos")
                && sentence.word(index).len() > 6
                && is_unknown(sentence, index)
                && sentence.verb(index).is_none()
                && !sentence.has(index, &OF_GUESTS)
                && !sentence.has(index, &CHANGES)
        })
}

/// "Estoy de vacaciones", "tô de férias": off work, and no stay.
fn is_time_off(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index, &["ferias", "vacaciones", "holiday"])
        && sentence.was(index, 1, &["de", "on"])
        && (index.saturating_sub(3)..index).any(|at| {
            sentence.is(at, &["estoy", "estou", "to", "toy", "salgo", "entro", "estamos", "am", "m", "is"])
        })
}

/// How much a word speaks for a journey: arriving, leaving and staying more than going.
fn travel(sentence: &Sentence, index: usize) -> i32 {
    // "Entrego el informe": only keys and houses are handed over by who leaves.
    let hands_in = sentence.starts_with(index, &["entreg"]) && !super::dates::gives_back(sentence, index);
    if !we_travel(sentence, index) || arranges_to_meet(sentence, index) || hands_in {
        return 0;
    }
    let goes = sentence.verb(index).is_some_and(|verb| verb.sense == Sense::Go);
    // "Vamos a estudiar", "going to watch": no journey.
    let auxiliary = sentence.is(index + 1, &["a", "to"])
        && sentence
            .verb(index + 2)
            .is_none_or(|verb| !matches!(verb.sense, Sense::Stay | Sense::Arrive | Sense::Go));
    match (goes, auxiliary) {
        (true, true) => 0,
        // "Nos vamos", "me voy": away from where they stay.
        (true, false) if sentence.was(index, 1, &["nos", "me"]) => 2,
        (true, false) => 1,
        _ => 2,
    }
}

/// `llegamos`, `nos vamos`, `chegamos`, `arriving`: the writers travel themselves.
fn we_travel(sentence: &Sentence, index: usize) -> bool {
    let Some(verb) = sentence.verb(index).filter(|verb| verb.tense == Tense::Now) else { return false };
    let travels = matches!(verb.sense, Sense::Arrive | Sense::Leave | Sense::Stay | Sense::Go);
    let word = sentence.word(index);
    let first_person = sentence.was(index, 1, &["gente"])
        || word.ends_with("mos")
        || word.ends_with('o') && word.len() > 3
        || [
            "voy", "vou", "iria", "ire", "irei", "caigo", "salgo", "vengo", "llegada", "salida", "ingreso",
            "chegada", "saida",
        ]
        .contains(&word)
        || word.ends_with("nos")
        || word.ends_with("ndo");
    let english = word.ends_with("ing")
        || sentence.was(index, 1, &["we", "i"])
        || sentence.was(index, 1, &["will", "would", "to", "can", "could"])
            && (index.saturating_sub(5)..index).any(|at| sentence.is(at, &["we", "i", "us"]))
        || ["arrival", "departure"].contains(&word);
    let infinitive = word.ends_with('r')
        && (index.saturating_sub(3)..index).any(|at| {
            sentence.has(at, words!("queremos quiero quisiera quisieramos queria queriamos gustaria podemos pensamos quero gostaria gostariamos pensando vamos voy dia pensaba planeo planeamos podriamos encantaria"))
        });
    travels && (first_person || infinitive || sentence.language == crate::locale::Language::En && english)
}

/// Nearly nothing but days, people, courtesy and small words.
fn is_fragment(sentence: &Sentence, score: i32) -> bool {
    let words = || (0..sentence.len()).filter(|index| sentence.tokens[*index].kind == Kind::Word);
    let unknown = words().filter(|index| is_unknown(sentence, *index)).count();
    let spare = if score > 0 { 2 } else { 1 };
    unknown <= spare && (score >= 0 || unknown == 0)
}

/// Coming and going, or coming in two ways: `salgo el 14 y llego a la noche`.
pub(in crate::read) fn tells_a_journey(sentence: &Sentence) -> bool {
    (0..sentence.len()).map(|index| travel(sentence, index)).sum::<i32>() >= 3
}

/// Nothing but days, people, courtesy and small words: the answer to a question of the desk.
pub(in crate::read) fn is_bare(sentence: &Sentence) -> bool {
    let is_plain = |index: usize| {
        let is_counted = matches!(sentence.claim_of(index), Some(Claim::People | Claim::Nights | Claim::Day));
        is_counted
            || small_words::is_small(sentence, index)
            || sentence.has(index, &DESK)
            || super::people::person_nouns::is_person(sentence, index)
            || super::month_and_weekday_names::is_calendar_word(sentence, index)
            || travel(sentence, index) > 0
    };
    (0..sentence.len()).filter(|index| sentence.tokens[*index].kind == Kind::Word).all(is_plain)
}

fn is_unknown(sentence: &Sentence, index: usize) -> bool {
    sentence.is_free(index)
        && !small_words::is_small(sentence, index)
        && !sentence.has(index, &LODGING)
        && !sentence.has(index, &DESK)
        && !super::people::person_nouns::is_person(sentence, index)
        && !super::mask::is_thing(sentence, index)
        && !super::month_and_weekday_names::is_calendar_word(sentence, index)
        && sentence.verb(index).is_none_or(|verb| matches!(verb.sense, Sense::Celebrate))
}

#[cfg(test)]
mod tests;
