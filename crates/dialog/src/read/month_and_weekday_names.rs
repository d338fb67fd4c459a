//! Names of months and weekdays in three languages.

use std::{collections::HashMap, sync::LazyLock};

use jiff::civil::Weekday;

use super::{
    lexicon::{Sense, hash},
    token::{Kind, Sentence, Shape},
};
use crate::locale::Language;

/// A month by its name; `None` for words that are months only beside a number (`mar`, `may`, `set`).
pub(super) fn month(sentence: &Sentence, index: usize) -> Option<i8> {
    static BY_NAME: LazyLock<HashMap<u64, i8>> = LazyLock::new(|| {
        let named = MONTHS.iter().zip(1..);
        named.flat_map(|(names, number)| names.iter().map(move |name| (hash(name), number))).collect()
    });
    BY_NAME.get(&sentence.tokens.get(index)?.hash).copied()
}

/// A month right after a day (`5 may`, `20 de dez`), where short and double-faced names count too.
pub(super) fn month_beside_day(sentence: &Sentence, index: usize) -> Option<i8> {
    if let Some(month) = month(sentence, index) {
        return Some(month);
    }
    let short = match (sentence.word(index), sentence.language) {
        ("mar" | "march" | "marco", _) => 3,
        ("may" | "mai", _) => 5,
        ("ago", _) => 8,
        ("set", _) => 9,
        ("out", Language::Pt) => 10,
        // Read as the number ten before; beside a day it is December.
        ("dez", _) => 12,
        _ => return foreign_month(sentence, index),
    };
    Some(short)
}

/// `18 juni`, `3 août`: the months of guests from elsewhere, right behind the number of a day.
fn foreign_month(sentence: &Sentence, index: usize) -> Option<i8> {
    let is_day = |back: usize| {
        sentence.any_number(index.wrapping_sub(back)).is_some_and(|number| {
            (1..=31).contains(&number.value) && matches!(number.shape, Shape::Digits(_) | Shape::Ordinal)
        })
    };
    let is_linked = sentence.was(index, 1, &["de", "d", "of", ".", "-"]) && is_day(2);
    if !is_day(1) && !is_linked {
        return None;
    }
    let month = match sentence.word(index) {
        "januar" | "janvier" | "januari" | "gennaio" => 1,
        "februar" | "fevrier" | "februari" | "febbraio" => 2,
        "marz" | "maart" | "maerz" => 3,
        "avril" | "aprile" => 4,
        "mei" | "maggio" => 5,
        "juni" | "juin" | "giugno" => 6,
        "juli" | "juillet" | "luglio" => 7,
        "agust" | "aout" | "augustus" => 8,
        "septembre" | "settembre" => 9,
        "oktober" | "octobre" | "ottobre" => 10,
        "novembre" => 11,
        "dezember" | "decembre" | "dicembre" => 12,
        _ => return None,
    };
    Some(month)
}

/// Whether the word names a month or a weekday.
pub(super) fn is_calendar_word(sentence: &Sentence, index: usize) -> bool {
    month_beside_day(sentence, index).is_some() || weekday(sentence, index).is_some()
}

const MONTHS: [&[&str]; 12] = [
    &["enero", "ene", "janeiro", "january", "jan"],
    &["febrero", "feb", "fevereiro", "fev", "february"],
    &["marzo", "mzo"],
    &["abril", "abr", "april", "apr"],
    &["mayo", "maio"],
    &["junio", "jun", "junho", "june"],
    &["julio", "jul", "julho", "july"],
    &["agosto", "agos", "agto", "august", "aug"],
    &["septiembre", "setiembre", "sep", "sept", "setembro", "september", "septi"],
    &["octubre", "oct", "outubro", "october", "octu"],
    &["noviembre", "nov", "novembro", "november", "novi"],
    &["diciembre", "dic", "dezembro", "december", "dec", "dici"],
];

/// A weekday at `index`, and where its name ends.
pub(super) fn weekday(sentence: &Sentence, index: usize) -> Option<(Weekday, usize)> {
    if index >= sentence.len() {
        return None;
    }
    if let Some(found) = weekday_with_feira(sentence, index) {
        return Some(found);
    }
    if sentence.tokens.get(index)?.kind != Kind::Word {
        return None;
    }
    let word = sentence.word(index);
    let short_english = sentence.language == Language::En && !sentence.was(index, 1, &["i", "we", "the"]);
    let day = match word {
        "lunes" | "lun" | "monday" => Weekday::Monday,
        "martes" | "tuesday" => Weekday::Tuesday,
        "miercoles" | "mierc" | "mie" | "wednesday" => Weekday::Wednesday,
        "jueves" | "jue" | "thursday" => Weekday::Thursday,
        "viernes" | "vie" | "friday" => Weekday::Friday,
        "sabado" | "sab" | "saturday" => Weekday::Saturday,
        "domingo" | "dom" | "sunday" => Weekday::Sunday,
        "mon" if short_english => Weekday::Monday,
        "wed" if short_english => Weekday::Wednesday,
        "thu" if short_english => Weekday::Thursday,
        "sat" if short_english => Weekday::Saturday,
        "sun" if short_english => Weekday::Sunday,
        "seg" | "ter" | "qua" | "qui" | "sex"
            if sentence.language == Language::Pt && stands_as_day(sentence, index) =>
        {
            short_portuguese(word)?
        }
        "segunda" | "terca" | "quarta" | "quinta" | "sexta" if sentence.language == Language::Pt => {
            let next = sentence.word(index + 1);
            if [
                "quinzena",
                "semana",
                "vez",
                "pessoa",
                "noite",
                "diaria",
                "opcao",
                "cabana",
                "opcion",
                "fila",
                "mao",
                "casa",
                "filha",
                "tentativa",
                "parte",
            ]
            .contains(&next)
            {
                return None;
            }
            portuguese(word)?
        }
        _ => return None,
    };
    Some((day, index + 1))
}

/// `sex a dom`, `na qui`, `qua e qui`: short names stand beside a preposition or another day.
fn stands_as_day(sentence: &Sentence, index: usize) -> bool {
    let joints = [
        "a", "e", "ate", "-", "na", "no", "da", "de", "para", "o", ",", "ou", "esta", "essa", "proxima",
        "ao", "dia",
    ];
    let travels = |at: usize| {
        sentence.verb(at).is_some_and(|verb| matches!(verb.sense, Sense::Arrive | Sense::Leave | Sense::Go))
    };
    if index > 0 && travels(index - 1) && !sentence.is(index, &["ter"]) {
        return true;
    }
    let opens = index == 0 || sentence.is_mark(index - 1) || sentence.was(index, 1, &joints);
    let closes = index + 1 >= sentence.len()
        || sentence.is_mark(index + 1)
        || sentence.is(index + 1, &joints)
        || sentence.any_number(index + 1).is_some();
    opens || closes
}

fn short_portuguese(word: &str) -> Option<Weekday> {
    Some(match word {
        "seg" => Weekday::Monday,
        "ter" => Weekday::Tuesday,
        "qua" => Weekday::Wednesday,
        "qui" => Weekday::Thursday,
        "sex" => Weekday::Friday,
        _ => return None,
    })
}

/// `sexta-feira`, `2a feira`.
fn weekday_with_feira(sentence: &Sentence, index: usize) -> Option<(Weekday, usize)> {
    if let Some(found) = numbered_feira(sentence, index) {
        return Some(found);
    }
    let joint = if sentence.is(index + 1, &["-"]) { index + 2 } else { index + 1 };
    if !sentence.is(joint, &["feira", "f"]) {
        return None;
    }
    let by_name = portuguese(sentence.word(index));
    by_name.or_else(|| feira_of(sentence, index)).map(|day| (day, joint + 1))
}

/// `2ª`, `6a`: the weekdays that Portuguese counts.
fn feira_of(sentence: &Sentence, index: usize) -> Option<Weekday> {
    Some(match sentence.any_number(index)?.value {
        2 => Weekday::Monday,
        3 => Weekday::Tuesday,
        4 => Weekday::Wednesday,
        5 => Weekday::Thursday,
        6 => Weekday::Friday,
        _ => return None,
    })
}

/// `2ª a 4ª feira`, `na 6ª`: the ordinal alone, in Portuguese.
fn numbered_feira(sentence: &Sentence, index: usize) -> Option<(Weekday, usize)> {
    let is_ordinal = |at: usize| sentence.any_number(at).is_some_and(|number| number.shape == Shape::Ordinal);
    let is_digit = sentence.word(index).bytes().all(|byte| byte.is_ascii_digit());
    if sentence.language != Language::Pt || !is_ordinal(index) || !is_digit {
        return None;
    }
    let led = sentence.was(index, 1, &["na", "nesta", "nessa", "esta", "essa", "ate"]);
    let opens = sentence.is(index + 1, &["a", "e", "ate", "-"]) && is_ordinal(index + 2);
    let closes = sentence.was(index, 1, &["a", "e", "ate", "-"])
        && is_ordinal(index.wrapping_sub(2))
        && sentence.is_break(index + 1);
    let named = sentence.is(index + 1, &["quinzena", "semana", "vez", "noite", "diaria", "parcela", "opcao"]);
    if named || !(led || opens || closes) {
        None
    } else {
        feira_of(sentence, index).map(|day| (day, index + 1))
    }
}

fn portuguese(word: &str) -> Option<Weekday> {
    let day = match word {
        "segunda" => Weekday::Monday,
        "terca" => Weekday::Tuesday,
        "quarta" => Weekday::Wednesday,
        "quinta" => Weekday::Thursday,
        "sexta" => Weekday::Friday,
        _ => return None,
    };
    Some(day)
}
