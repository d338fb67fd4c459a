//! Names of people and places that contain the word of a day or a month: `soy Abril`, `Dom Pedro`, `April Tours`,
//! `Isla de Pascua`.

use crate::read::{
    lexicon::{Phrases, Words},
    month_and_weekday_names::{is_calendar_word, month_beside_day, weekday},
    people::person_nouns::is_relative,
    token::{Kind, Sentence},
};

/// Words that a name follows.
static LEADS: Words = Words::new(
    "soy llamo llama chamo chama sou habla don dona doña sr sra senor senora dr dra mr mrs ms miss seu isla ilha calle rua \
     barrio bairro playa praia villa vila cabana cabanas hotel posada pousada hostel hostal aeropuerto san \
     santa sao saint avenida av plaza praca colegio escuela hospital club senhor senhora tio tia dona named called islas \
     estacion pasaje hosteria complejo edificio restaurante bar dear querida querido estimada estimado",
);
static PHRASES: Phrases = Phrases::new(
    "\
    name is|this is|i am|it is|de parte de|nombre de|a nombre de|nome de|em nome de|under the name|aqui|mi nombre es|\
    meu nome e|nome e|nombre es|llamarse|name of|isla de|ilha de|reserva de|saludos de",
);

/// Whether the calendar word at `index` is (part of) a name.
pub(in crate::read) fn is_name(sentence: &Sentence, index: usize) -> bool {
    if index >= sentence.len() {
        return false;
    }
    let is_number =
        |at: usize| sentence.tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Number(_)));
    if is_number(index) || is_number(index + 1) || is_number(index.wrapping_sub(1)) {
        return false;
    }
    let is_written_small = !sentence.is_capital(index);
    let led = sentence.had(index, 1, &LEADS) && !sentence.is(index.wrapping_sub(1), &["sou", "aqui"]);
    // "Soy Amanda", "habla Domingo"; "soy de abril" is none.
    if led
        || sentence.phrase_to(index, &PHRASES).is_some()
            && (!is_written_small || !is_day_word(sentence, index))
    {
        return true;
    }
    if is_written_small || !writes_small_letters(sentence) {
        return false;
    }
    let before = index.wrapping_sub(1);
    // "El vuelo de Julio"; "fines de Julio" is a month.
    static TIMES: Words = Words::new(
        "principios principio mediados fines finales fin final comienzos inicios primera segunda quincena semana finde mes vacaciones \
         dia dias todo ferias meados comeco inicio noches findes puente feriado dentro antes despues partir mitad resto",
    );
    let of_somebody = sentence.is(before, &["de"])
        && index >= 2
        && !sentence.has(index - 2, &TIMES)
        && sentence.verb(index + 1).is_some()
        && month_beside_day(sentence, index).is_some();
    if of_somebody {
        return true;
    }
    // "Preguntale a Domingo", "fala com o Domingos": somebody who is told or asked.
    let spoken_to = sentence.is(before, &["a", "al", "con", "com", "pro", "ao", "to", "with"])
        && sentence.starts_with(
            before.wrapping_sub(1),
            &[
                "pregunt", "pergunt", "decil", "dile", "digan", "avis", "habl", "fal", "ped", "pid",
                "consult", "cont", "comunic", "talk", "speak", "escrib",
            ],
        )
        || sentence.starts_with(before, &["ask", "tell"]);
    if spoken_to {
        return true;
    }
    // "¿Está Domingo?"
    let asked_for = sentence
        .is(before, &["esta", "anda", "is", "cade", "estara", "atiende", "llego", "volvio"])
        && sentence.is(index + 1, &["?", ","]);
    if asked_for || is_month_with_weekday(sentence, index) {
        return true;
    }
    let after_relative = is_relative(sentence, before);
    let after_name = sentence.is_capital(before)
        && before > 0
        && !sentence.is_break(before.wrapping_sub(1))
        && !is_calendar_word(sentence, before)
        && sentence.tokens[before].word.len() > 2;
    let before_name = sentence.is_capital(index + 1)
        && !is_calendar_word(sentence, index + 1)
        && !sentence.is(index + 1, &["santo", "santa", "feira", "i", "i'm"])
        && month_beside_day(sentence, index + 1).is_none();
    let signs = sentence.is_break(index + 1)
        && index + 2 >= sentence.len()
        && sentence.is_break(before)
        && (index.saturating_sub(6)..index).any(|at| {
            sentence.is(
                at,
                &[
                    "gracias", "saludos", "obrigado", "obrigada", "thanks", "regards", "abrazo", "cheers",
                    "best", "besos", "abraco",
                ],
            )
        });
    let verb_after = sentence.is(index + 1, &["here", "speaking", "aca", "aqui", "falando"]);
    after_relative || after_name || before_name || signs || verb_after
}

/// `April Friday`, `June Sunday`: a month and a weekday side by side are no date.
fn is_month_with_weekday(sentence: &Sentence, index: usize) -> bool {
    let pair = |month: usize| {
        static COUNTED: Words = Words::new(
            "any every some an a last first second third fourth one next un algun este cada each un um",
        );
        sentence.is_capital(month)
            && sentence.is_capital(month + 1)
            && month_beside_day(sentence, month).is_some()
            && weekday(sentence, month + 1).is_some()
            && !sentence.had(month, 1, &COUNTED)
            && !sentence.had(month, 1, &AMONG)
    };
    pair(index) || index > 0 && pair(index - 1)
}

/// `in April, Friday`, `de abril`: prepositions of a time.
static AMONG: Words = Words::new("in de en em of for during early late mid para");

/// A word that is a day far more often than a name: small letters count against a name.
fn is_day_word(sentence: &Sentence, index: usize) -> bool {
    sentence.is(
        index,
        &[
            "hoy",
            "hoje",
            "today",
            "tomorrow",
            "manana",
            "amanha",
            "pasadomanana",
            "lunes",
            "martes",
            "jueves",
            "viernes",
            "sabado",
            "finde",
            "semanasanta",
            "friday",
            "monday",
            "saturday",
            "sunday",
            "sexta",
        ],
    )
}

/// Capitals tell something only where small letters are used too.
fn writes_small_letters(sentence: &Sentence) -> bool {
    let words = sentence.tokens.iter().filter(|token| token.kind == Kind::Word && token.word.len() > 2);
    let (capital, all) =
        words.fold((0, 0), |(capital, all), token| (capital + usize::from(token.capital), all + 1));
    capital * 2 < all + 1 || all <= 3
}
