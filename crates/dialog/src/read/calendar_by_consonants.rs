//! Days and months typed without their vowels: `dmngo`, `vrns`, `jlio`, `sgnda`.

use std::{collections::HashMap, sync::LazyLock};

/// The word that was meant: it opens alike, has the same consonants in order, and more vowels. Whether a day or a month can
/// stand there, the caller sees to.
pub(super) fn meant_by(word: &str) -> Option<&'static str> {
    if !(3..=10).contains(&word.len()) || !word.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return None;
    }
    let key = skeleton(word);
    if key.len() < LEAST_CONSONANTS {
        return None;
    }
    let fits = |whole: &&&str| {
        // "Juli" and "lune" are names, or cut short: a vowel must be missing within.
        let within = word.len() < whole.len() && !whole.starts_with(word);
        within && whole.as_bytes().first() == word.as_bytes().first() && is_within(word, whole)
    };
    BY_SKELETON.get(key.as_str())?.iter().find(fits).copied()
}

const LEAST_CONSONANTS: usize = 2;

static BY_SKELETON: LazyLock<HashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut words: HashMap<String, Vec<&'static str>> = HashMap::new();
    for word in WORDS.split_ascii_whitespace() {
        words.entry(skeleton(word)).or_default().push(word);
    }
    words
});

/// Spanish before Portuguese: where both fit, they mean the same.
const WORDS: &str = "\
    lunes martes miercoles jueves viernes sabado domingo segunda terca quarta quinta sexta monday tuesday wednesday thursday \
    friday saturday sunday enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre \
    janeiro fevereiro maio junho julho setembro outubro novembro dezembro january february march april august september \
    october november december";

/// The consonants, a double one once.
fn skeleton(word: &str) -> String {
    let mut consonants = String::with_capacity(word.len());
    for letter in word.chars().filter(|letter| !"aeiou".contains(*letter)) {
        if !consonants.ends_with(letter) {
            consonants.push(letter);
        }
    }
    consonants
}

/// Whether the letters of a word stand in another in this order.
fn is_within(word: &str, whole: &str) -> bool {
    let mut letters = whole.bytes();
    word.bytes().all(|letter| letters.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: Option<&str>) {
        assert_eq!(meant_by(word), expected, "{word}");
    }

    #[test]
    fn vowels_are_supplied_and_names_left_alone() {
        check("dmngo", Some("domingo"));
        check("vrns", Some("viernes"));
        check("jlio", Some("julio"));
        check("sgnda", Some("segunda"));
        check("thrsday", Some("thursday"));
        check("mrzo", Some("marzo"));
        check("sptmbr", Some("septiembre"));
        for word in ["juli", "lune", "mary", "mari", "jul", "dom", "mar", "vern", "mrs", "jan", "april"] {
            check(word, None);
        }
    }
}
