//! What does not matter changes nothing: a greeting, a picture, a name, thanks, capitals, accents, a slip in a word that
//! names no day, a second language.

use jiff::civil::{Date, date};

use crate::{Locale, Reading, read};

/// Whole requests in three languages: dates and people.
const REQUESTS: &[(Locale, &str)] = &[
    (Locale::EsAr, "tenés lugar del 5 al 8 de mayo para 2 adultos y 1 nene?"),
    (Locale::EsAr, "llegamos el viernes y nos vamos el domingo, somos 4"),
    (Locale::EsMx, "quisiera 3 noches desde el 12 de abril para mi esposa y yo"),
    (Locale::EsCl, "hay disponibilidad del 28 de abril al 2 de mayo para dos parejas?"),
    (Locale::EsEs, "queríamos reservar el 20 de mayo por 2 noches, somos cinco"),
    (Locale::PtBr, "tem vaga de 5 a 8 de maio para 2 adultos e 2 crianças?"),
    (Locale::PtBr, "chegamos na sexta e saímos no domingo, somos 3 pessoas"),
    (Locale::En, "do you have a cabin from May 5 to May 8 for 2 adults and 1 child?"),
    (Locale::En, "arriving on April 12 for 3 nights, 4 guests"),
];

fn today() -> Date {
    date(2027, 3, 10)
}

fn slots(reading: &Reading) -> [String; 6] {
    [
        format!("{:?}", reading.check_in),
        format!("{:?}", reading.check_out),
        format!("{:?}", reading.adults),
        format!("{:?}", reading.children),
        format!("{:?}", reading.guests),
        reading.ambiguous.to_string(),
    ]
}

fn check_same(locale: Locale, plain: &str, changed: &str) {
    let expected = slots(&read(plain, today(), locale));
    assert_eq!(slots(&read(changed, today(), locale)), expected, "{plain}\n{changed}");
}

fn greetings(locale: Locale) -> [&'static str; 3] {
    match locale {
        Locale::PtBr => ["Oi! ", "Bom dia, tudo bem? ", "Olá, boa noite. "],
        Locale::En => ["Hi! ", "Good morning, how are you? ", "Hello there, "],
        _ => ["Hola! ", "Buenas tardes, cómo están? ", "Buen día. "],
    }
}

fn thanks(locale: Locale) -> [&'static str; 3] {
    match locale {
        Locale::PtBr => [" Obrigado!", " Muito obrigada, um abraço", " valeu"],
        Locale::En => [" Thanks!", " Many thanks in advance", " cheers"],
        _ => [" Gracias!", " Muchas gracias, saludos", " desde ya gracias"],
    }
}

fn names(locale: Locale) -> [&'static str; 3] {
    match locale {
        Locale::PtBr => ["Aqui é a Amanda. ", "Sou o Domingos. ", "Me chamo Augusto, "],
        Locale::En => ["This is April. ", "My name is May. ", "I'm Augustus, "],
        _ => ["Soy Abril. ", "Me llamo Julio, ", "Habla Domingo. "],
    }
}

#[test]
fn greetings_thanks_and_names_change_nothing() {
    for (locale, text) in REQUESTS {
        for greeting in greetings(*locale) {
            check_same(*locale, text, &format!("{greeting}{text}"));
        }
        for thanks in thanks(*locale) {
            check_same(*locale, text, &format!("{text}{thanks}"));
        }
        for name in names(*locale) {
            check_same(*locale, text, &format!("{name}{text}"));
        }
    }
}

#[test]
fn pictures_capitals_and_accents_change_nothing() {
    for (locale, text) in REQUESTS {
        for picture in ["🙂 ", "🏡🌲 ", "👨‍👩‍👧 "] {
            check_same(*locale, text, &format!("{picture}{text} {picture}"));
        }
        check_same(*locale, text, &text.to_uppercase());
        let bare: String = text.chars().filter_map(crate::read::ascii_fold::fold).collect();
        check_same(*locale, text, &bare);
    }
}

#[test]
fn bubbles_read_as_one_message() {
    for (locale, text) in REQUESTS {
        check_same(*locale, text, &text.replacen(", ", "\n", 1));
        for joint in [" para ", " for ", " somos "] {
            check_same(*locale, text, &text.replacen(joint, &format!("\n{}", joint.trim_start()), 1));
        }
    }
}

#[test]
fn a_question_at_the_end_of_a_long_text_is_read() {
    let long = "les cuento que venimos de un año muy largo y con muchas ganas de descansar, nos recomendó el lugar una \
                compañera y vimos las fotos del bosque, nos gusta caminar y leer tranquilos. "
        .repeat(18);
    for (locale, text) in REQUESTS.iter().filter(|(locale, _)| *locale == Locale::EsAr) {
        check_same(*locale, text, &format!("{long}{text}"));
    }
}

#[test]
fn a_second_language_changes_nothing() {
    check_same(
        Locale::EsAr,
        "hay lugar del 5 al 8 de mayo para 2 personas?",
        "hi! do you have room del 5 al 8 de mayo para 2 personas? thank you",
    );
    check_same(
        Locale::PtBr,
        "tem vaga de 5 a 8 de maio para 2 pessoas?",
        "hola! tem vaga de 5 a 8 de maio para 2 pessoas? gracias",
    );
    check_same(
        Locale::En,
        "any room from May 5 to May 8 for 2 people?",
        "hola, any room from May 5 to May 8 for 2 people? gracias",
    );
}

/// Words of the requests that name neither a day nor a number of people.
const SLIPPERY: &[&str] =
    &["lugar", "quisiera", "disponibilidad", "queríamos", "reservar", "cabin", "arriving"];

/// One letter doubled, dropped or swapped with the next.
fn slips(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut slips = Vec::new();
    for at in 1..letters.len() - 1 {
        let mut doubled = letters.clone();
        doubled.insert(at, letters[at]);
        let mut dropped = letters.clone();
        dropped.remove(at);
        let mut swapped = letters.clone();
        swapped.swap(at, at + 1);
        slips.extend([doubled, dropped, swapped].map(|letters| letters.into_iter().collect::<String>()));
    }
    slips
}

#[test]
fn a_slip_in_another_word_changes_nothing() {
    let mut tried = 0;
    for (locale, text) in REQUESTS {
        for word in SLIPPERY.iter().filter(|word| text.contains(**word)) {
            for slip in slips(word) {
                check_same(*locale, text, &text.replace(word, &slip));
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "{tried}");
}
