//! Laws of every reading.

use jiff::civil::Date;
use proptest::prelude::*;

use crate::{Intent, Locale, Reading, read};

fn locales() -> impl Strategy<Value = Locale> {
    (0..Locale::ALL.len()).prop_map(|index| Locale::ALL[index])
}

fn days() -> impl Strategy<Value = Date> {
    (1_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

/// Texts made of the words that the grammar looks for, in any order.
fn jumbles() -> impl Strategy<Value = String> {
    let words = proptest::sample::select(WORDS.split_ascii_whitespace().collect::<Vec<_>>());
    proptest::collection::vec(words, 0..25).prop_map(|words| words.join(" "))
}

const WORDS: &str = "\
    del al el de a - / . , ? 5 8 31 30 29 0 2 12 99 2027 150.000 5/1 31/12 enero febrero feb dez jan 1st viernes domingo \
    sexta friday hoy mañana pasado finde navidad carnaval quincena primera noches noche semana una dos treinta y uno para x \
    somos adultos nenes personas pareja mi novia yo con perro hasta desde entre no mejor perdón sino cancelar cambiar \
    reserva sí gracias que viene próximo año antes después las 14 hs $ % la 9 julio en 3 días dentro";

fn check_laws(reading: &Reading) {
    if let (Some(check_in), Some(check_out)) = (reading.check_in, reading.check_out) {
        assert!(check_in < check_out, "{reading:?}");
        assert!(reading.nights.is_none_or(|nights| nights > 0), "{reading:?}");
    }
    if let (Some(adults), Some(children)) = (reading.adults, reading.children) {
        assert_eq!(reading.guests, Some(adults + children), "{reading:?}");
    }
    assert!(!reading.intents.is_empty());
    let other_alone = !reading.wants(Intent::Availability) || !reading.wants(Intent::Cancel);
    assert!(other_alone, "a cancellation asks for nothing else: {reading:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_has_a_reading(text in "\\PC{0,200}", today in days(), locale in locales()) {
        check_laws(&read(&text, today, locale));
    }

    #[test]
    fn any_jumble_of_its_words_has_a_reading(text in jumbles(), today in days(), locale in locales()) {
        check_laws(&read(&text, today, locale));
    }
}

#[test]
fn a_very_long_text_is_read_in_bounded_time() {
    for piece in ["5 al 8 de enero ", "a", "1", "¿?", "dos adultos y ", "mañana ", "no, ", "🙂", "del 5 "]
    {
        let text = piece.repeat(200_000 / piece.len());
        check_laws(&read(&text, jiff::civil::date(2027, 3, 10), Locale::EsAr));
    }
}

#[test]
fn the_ends_of_the_calendar_are_no_panic() {
    for today in [Date::MIN, Date::MAX] {
        for text in
            ["mañana por 3 noches", "este finde", "navidad", "semana santa", "del 28 al 2", "viernes a lunes"]
        {
            check_laws(&read(text, today, Locale::EsAr));
        }
    }
}
