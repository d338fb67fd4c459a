//! What speaks for a stay, and what for something else.

use jiff::civil::date;

use super::*;
use crate::{
    locale::Locale,
    read::{length_of_stay, mask, normalise_tokens},
};

fn check(locale: Locale, text: &str, expected: StayEvidence) {
    let mut sentence = normalise_tokens::sentence(text, date(2027, 1, 5), locale);
    mask::mask(&mut sentence);
    length_of_stay::read(&mut sentence);
    assert_eq!(weigh(&sentence), expected, "{text}");
}

#[test]
fn words_of_a_stay() {
    for text in
        ["hay lugar el sábado?", "llegamos el 5", "dos noches desde el viernes", "el 5", "para el 8 somos 3"]
    {
        check(Locale::EsAr, text, StayEvidence::Stay);
    }
    check(Locale::PtBr, "tem vaga pra sexta?", StayEvidence::Stay);
    check(Locale::En, "arriving on the 5th", StayEvidence::Stay);
}

#[test]
fn words_of_other_businesses() {
    for text in [
        "su turno con el dentista es el martes 9",
        "el pedido llega mañana entre las 10 y las 14",
        "la reunión de padres pasa al jueves",
    ] {
        check(Locale::EsMx, text, StayEvidence::Elsewhere);
    }
    check(Locale::PtBr, "a prova de matemática foi adiada para quinta", StayEvidence::Elsewhere);
    check(Locale::En, "your package will be delivered on Friday", StayEvidence::Elsewhere);
}

#[test]
fn a_sentence_of_nobodys_words_leaves_it_open() {
    check(
        Locale::EsAr,
        "cómo estaba vestida Carla el domingo encima con esos zapatos",
        StayEvidence::Unclear,
    );
}
