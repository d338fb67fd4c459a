//! Numbers written as words, in three languages.

use std::{collections::HashMap, sync::LazyLock};

use super::token::{Kind, Number, Shape, Token};
use crate::locale::Language;

/// Turns number words into numbers, and joins `treinta y uno`.
pub(super) fn read_numerals(tokens: Vec<Token>, language: Language) -> Vec<Token> {
    let mut read: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let mut token = token.clone();
        index += 1;
        if token.kind == Kind::Word
            && let Some(number) = numeral(&token.word, language)
        {
            token.kind = Kind::Number(number);
            if let Some((unit, after)) = unit_after_tens(&tokens, index, number.value) {
                let shape = if unit.shape == Shape::Ordinal { Shape::Ordinal } else { Shape::Spelled };
                token.kind = Kind::Number(Number { value: number.value + unit.value, shape });
                token.bytes.1 = tokens.get(after - 1).map_or(token.bytes.1, |last| last.bytes.1);
                index = after;
            }
        }
        read.push(token);
    }
    read
}

/// The unit in `treinta y uno`, `vinte e cinco`, `twenty-five`, and where it ends.
fn unit_after_tens(tokens: &[Token], index: usize, tens: u32) -> Option<(Number, usize)> {
    if !(20..=90).contains(&tens) || !tens.is_multiple_of(10) {
        return None;
    }
    let joint = tokens.get(index)?.word.as_str();
    let unit_at = match joint {
        "y" | "e" | "-" => index + 1,
        _ if matches!(numeral(joint, Language::En), Some(unit) if unit.value < 10) => index,
        _ => return None,
    };
    let word = tokens.get(unit_at)?.word.as_str();
    let unit =
        [Language::Es, Language::Pt, Language::En].iter().find_map(|language| numeral(word, *language))?;
    // "Twenty-first" is a day; "veinte y segundo" is nothing.
    let is_ordinal = unit.shape == Shape::Ordinal
        && numeral(word, Language::En).is_none_or(|english| english.shape != Shape::Ordinal);
    let fits = (1..10).contains(&unit.value) && !is_ordinal && word != "a" && word != "an";
    fits.then_some((unit, unit_at + 1))
}

fn numeral(word: &str, language: Language) -> Option<Number> {
    let spelled = |value| Some(Number { value, shape: Shape::Spelled });
    let ordinal = |value| Some(Number { value, shape: Shape::Ordinal });
    match (word, language) {
        ("un" | "una", _) | ("um" | "uma", _) | ("a" | "an", Language::En) => {
            return Some(Number { value: 1, shape: Shape::Article });
        }
        // "Dos filhos" are of the children.
        // "Once" is a time in English and eleven in Spanish; "set" and "doce" have other meanings elsewhere.
        ("once", Language::En) | ("doce" | "dos", Language::Pt) => return None,
        ("primero" | "primeiro" | "primer" | "primera" | "primeira" | "first", _) => return ordinal(1),
        ("segundo" | "second", _) => return ordinal(2),
        // In Portuguese "segunda" is also Monday; the date grammar looks at what follows.
        ("segunda", Language::Es) => return ordinal(2),
        ("tercera" | "tercer" | "tercero" | "terceiro" | "third", _) => return ordinal(3),
        ("cuarta" | "cuarto" | "fourth", Language::Es | Language::En) => return ordinal(4),
        ("fifth", _) => return ordinal(5),
        (_, Language::En) if ENGLISH_ORDINALS.contains(&word) => {
            let nth = ENGLISH_ORDINALS.iter().position(|ordinal| *ordinal == word)?;
            return ordinal(u32::try_from(nth).ok()? + 6);
        }
        ("thirtieth", _) => return ordinal(30),
        _ => {}
    }
    static VALUES: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
        WORDS.iter().flat_map(|(value, words)| words.iter().map(|word| (*word, *value))).collect()
    });
    VALUES.get(word).and_then(|value| spelled(*value))
}

/// From the sixth on.
const ENGLISH_ORDINALS: [&str; 15] = [
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

const WORDS: &[(u32, &[&str])] = &[
    (0, &["cero", "zero", "ningun", "ninguno"]),
    (1, &["uno", "one"]),
    (2, &["dos", "dois", "duas", "two"]),
    (3, &["tres", "three"]),
    (4, &["cuatro", "cuatros", "quatro", "four", "cuatr"]),
    (5, &["cinco", "five"]),
    (6, &["seis", "meia", "six"]),
    (7, &["siete", "sete", "seven"]),
    (8, &["ocho", "oito", "eight"]),
    (9, &["nueve", "nove", "nine"]),
    (10, &["diez", "dies", "dez", "ten"]),
    (11, &["once", "onze", "eleven"]),
    (12, &["dozen", "docena", "duzia", "doce", "dose", "doze", "twelve"]),
    (13, &["trece", "trese", "treze", "thirteen"]),
    (14, &["catorce", "catorse", "quatorze", "catorze", "fourteen"]),
    (15, &["quince", "quinse", "quinze", "fifteen"]),
    (16, &["dieciseis", "dezesseis", "sixteen"]),
    (17, &["diecisiete", "dezessete", "seventeen"]),
    (18, &["dieciocho", "diesiocho", "dezoito", "eighteen"]),
    (19, &["diecinueve", "dezenove", "nineteen"]),
    (20, &["veinte", "vinte", "twenty", "beinte"]),
    (21, &["veintiuno", "veintiun", "veintiuna"]),
    (22, &["veintidos"]),
    (23, &["veintitres"]),
    (24, &["veinticuatro"]),
    (25, &["veinticinco"]),
    (26, &["veintiseis"]),
    (27, &["veintisiete"]),
    (28, &["veintiocho"]),
    (29, &["veintinueve"]),
    (30, &["treinta", "trinta", "thirty"]),
    (40, &["cuarenta", "quarenta", "forty"]),
    (50, &["cincuenta", "cinquenta", "fifty"]),
    (60, &["sesenta", "sessenta", "sixty"]),
    (70, &["setenta", "seventy"]),
    (80, &["ochenta", "oitenta", "eighty"]),
    (90, &["noventa", "ninety"]),
    (100, &["cien", "ciento", "cem", "cento", "hundred"]),
    (200, &["doscientos", "doscientas", "duzentos"]),
    (300, &["trescientos", "trezentos"]),
    (400, &["cuatrocientos", "quatrocentos"]),
    (500, &["quinientos", "quinhentos"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tokenise::tokenise;

    fn check(text: &str, language: Language, expected: &[u32]) {
        let tokens = read_numerals(tokenise(text), language);
        let values: Vec<u32> = tokens
            .iter()
            .filter_map(|token| match token.kind {
                Kind::Number(number) => Some(number.value),
                _ => None,
            })
            .collect();
        assert_eq!(values, expected, "{text}");
    }

    #[test]
    fn words_are_numbers() {
        check("del treinta y uno al dos", Language::Es, &[31, 2]);
        check("veintiséis y veintinueve", Language::Es, &[26, 29]);
        check("vinte e cinco a trinta", Language::Pt, &[25, 30]);
        check("twenty-five, twenty two", Language::En, &[25, 22]);
        check("un nene, a kid", Language::Es, &[1]);
        check("veinte y treinta", Language::Es, &[20, 30]);
    }
}
