//! Which of several offered accommodations or stays a guest means.

use crate::{read, step_facts::Offer};

/// The offer that the guest chose: by its number in the list, or by a word of its name that no other has.
pub(super) fn pick<'a>(offered: &'a [Offer], text: &str) -> Option<&'a Offer> {
    by_name(offered, text).or_else(|| by_number(offered, text))
}

fn by_number<'a>(offered: &'a [Offer], text: &str) -> Option<&'a Offer> {
    let number = read::chosen_number(text)?;
    offered.get(usize::from(number).checked_sub(1)?)
}

fn by_name<'a>(offered: &'a [Offer], text: &str) -> Option<&'a Offer> {
    let said = read::plain_words(text);
    let names: Vec<Vec<String>> = offered.iter().map(|offer| read::plain_words(&offer.name)).collect();
    let is_own_word = |nth: usize, word: &String| {
        let elsewhere = names.iter().enumerate().any(|(other, name)| other != nth && name.contains(word));
        word.chars().count() >= 3 && !elsewhere && !GENERIC.contains(&word.as_str())
    };
    let named = |nth: usize| names[nth].iter().any(|word| is_own_word(nth, word) && said.contains(word));
    let mut chosen = (0..offered.len()).filter(|nth| named(*nth));
    match (chosen.next(), chosen.next()) {
        (Some(nth), None) => offered.get(nth),
        _ => None,
    }
}

/// Words that guests use of any house.
const GENERIC: &[&str] = &[
    "cabana",
    "cabin",
    "casa",
    "house",
    "depto",
    "departamento",
    "apartamento",
    "apartment",
    "room",
    "quarto",
    "habitacion",
    "suite",
    "del",
    "las",
    "los",
    "the",
    "con",
    "para",
    "and",
    "dos",
    "una",
    "uno",
    "tres",
    "two",
    "one",
    "grande",
    "chica",
];

#[cfg(test)]
mod tests {
    use domain::money::{Currency, Money};
    use jiff::civil::date;

    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let money = Money::new(1_000_000, Currency::parse("ARS").unwrap());
        let offered = ["Cabaña del Arroyo", "Cabaña Los Pinos", "Cabaña 7"].map(|name| Offer {
            accommodation_id: name.to_owned(),
            name: name.to_owned(),
            capacity: 4,
            check_in: date(2027, 1, 5),
            check_out: date(2027, 1, 8),
            guests: 4,
            total: money,
            deposit: money,
        });
        assert_eq!(pick(&offered, text).map(|offer| offer.name.as_str()), expected, "{text}");
    }

    #[test]
    fn by_number_or_by_name() {
        check("la 2", Some("Cabaña Los Pinos"));
        check("2", Some("Cabaña Los Pinos"));
        check("opción 1 porfa", Some("Cabaña del Arroyo"));
        check("la segunda", Some("Cabaña Los Pinos"));
        check("the first one", Some("Cabaña del Arroyo"));
        check("la del arroyo", Some("Cabaña del Arroyo"));
        check("quiero los pinos", Some("Cabaña Los Pinos"));
        check("la cabaña", None);
        check("5", None);
        check("0", None);
        check("no sé, vos qué decís?", None);
    }
}
