//! What is masked before anything is read.

use jiff::civil::date;

use super::*;
use crate::{locale::Locale, read::normalise_tokens};

/// The claimed tokens, in order.
fn check(text: &str, claim: Claim, expected: &str) {
    let mut sentence = normalise_tokens::sentence(text, date(2027, 1, 5), Locale::EsAr);
    mask(&mut sentence);
    let claimed: Vec<&str> = sentence
        .tokens
        .iter()
        .filter(|token| token.claim == claim)
        .map(|token| token.word.as_str())
        .collect();
    assert_eq!(claimed.join(" "), expected, "{text}");
}

#[test]
fn amounts() {
    check("me pasaron $ 45000 del 5 al 8", Claim::Amount, "45000");
    check("son 80 lucas o 60mil", Claim::Amount, "80 lucas 60 mil");
    check("sale en dos mil pesos la noche", Claim::Amount, "dos mil pesos");
    check("3 cuotas o 12 cuotas", Claim::Amount, "3 12");
    check("el 2x1 y el 30% de descuento", Claim::Amount, "2 por 1 30 %");
    check("pagaron 90 la noche", Claim::Amount, "90");
    check("para 4 por noche", Claim::Amount, "");
    check("la noche del 24", Claim::Amount, "");
}

#[test]
fn phones_and_documents() {
    check("mi cel es 2944 15-58-1205", Claim::Phone, "2944 15 - 58 - 1205");
    check("llamame al +54 9 11 5555 0142", Claim::Phone, "+ 54 9 11 5555 0142");
    check("dni 30.512.811", Claim::Document, "30512811");
    check("del 20-11-2027 al 22-11-2027", Claim::Phone, "");
    check("20-11 al 22-11", Claim::Phone, "");
}

#[test]
fn hours() {
    check("llegamos tipo 22:30", Claim::Clock, "22 : 30");
    check("a las 5 de la mañana", Claim::Clock, "5 de la manana");
    check("después de las 18", Claim::Clock, "18");
    check("entre las 14 y las 16", Claim::Clock, "14 16");
    check("de 10 a 12 hs", Claim::Clock, "10 a 12 hs");
    check("11pm", Claim::Clock, "11 pm");
    check("las 3 noches", Claim::Clock, "");
}

#[test]
fn places() {
    check("en av san martín 1205 esq 9 de julio", Claim::Place, "1205 9 de julio");
    check("la 9 de julio", Claim::Place, "9 de julio");
    check("el 9 de julio", Claim::Place, "");
    check("calle 50 entre 7 y 8", Claim::Place, "50 7 y 8");
    check("ruta 40 km 12", Claim::Place, "40 12");
    check("la cabaña 2?", Claim::Place, "2");
    check("cabaña 4 personas", Claim::Place, "");
}

#[test]
fn ages_and_things() {
    check("un nene de cinco años", Claim::Age, "cinco");
    check("2 nenes de 4 y 7", Claim::Age, "4 7");
    check("mi suegra cumple 70", Claim::Age, "70");
    check("los cuarenta de laura", Claim::Age, "cuarenta");
    check("hay 2 camas y dos perros", Claim::Thing, "2 dos");
    check("hace 2 dias", Claim::Thing, "2 dias");
    check("5 o 10 min", Claim::Thing, "5 o 10");
    check("2 noches", Claim::Thing, "");
}
