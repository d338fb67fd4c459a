//! Totals without a noun: `somos 4`, `para 2`, `familia de 5`.

use super::{
    Beside, MOST, Total,
    counts::{is_added, is_correction},
    nouns::{is_child, is_group, noun},
};
use crate::read::{
    calendar_words::month_beside_day,
    mask::is_thing,
    token::{Claim, Sentence, Shape},
};

/// Verbs that count the speakers.
const WE_ARE: &str = "\
    somos seriamos seremos serian seriam seran vamos iriamos iremos vendriamos viajamos viajariamos \
    estaremos estamos estariamos fuesemos fueramos sumamos quedariamos llegamos nosotros nosotras nos \
    iriam seria eramos entramos dormimos dormiriamos fossemos fossem sean fueran son eran van vienen";

/// Words that may stand between such a verb and its number.
const FILLERS: &str = "\
    en total como unos unas a ser por ahora solo solamente nosotros nosotras entre todos todas em uns \
    umas igual aprox ya los las casi mas menos so tipo : de probablemente seguro al final creo que nos \
    cerca o aproximadamente alrededor";

pub(super) fn read(sentence: &mut Sentence) -> Option<Total> {
    let mut total: Option<Total> = None;
    let mut last_end = 0;
    for index in 0..sentence.len() {
        let Some(found) = total_at(sentence, index) else { continue };
        if is_turned_down(sentence, found.start) {
            continue;
        }
        // "Dos familias de 4"; "para 2 … para 4" keeps the later one.
        let beside = if child_after(sentence, found.end) { Beside::Added } else { Beside::Included };
        total = Some(Total { people: found.people, vague: found.vague, children: beside });
        last_end = found.end;
        sentence.claim_free(found.start..found.end, Claim::People);
    }
    let total = total?;
    Some(corrected(sentence, last_end, total))
}

/// `no para 2`, `no somos 2`
fn is_turned_down(sentence: &Sentence, number_at: usize) -> bool {
    let lead = sentence.was(number_at, 1, &["para", "por", "for", "somos", "seriamos", "seremos", "vamos"]);
    let at = if lead { number_at - 1 } else { number_at };
    sentence.was(at, 1, &["no", "nao", "not"])
}

struct Found {
    people: u16,
    start: usize,
    end: usize,
    vague: bool,
}

fn total_at(sentence: &Sentence, index: usize) -> Option<Found> {
    after_verb(sentence, index)
        .or_else(|| after_preposition(sentence, index))
        .or_else(|| of_group(sentence, index))
        .or_else(|| of_us(sentence, index))
}

/// A free number at `index` that is no day and no other count.
fn number_at(sentence: &Sentence, index: usize) -> Option<Found> {
    let number = sentence.number(index)?;
    let people = sentence.count(index).filter(|people| (1..=MOST).contains(people))?;
    if number.shape == Shape::Article {
        return None;
    }
    let between = sentence.was(index, 1, &["entre", "between"]) && sentence.is(index + 1, &["y", "e", "and"]);
    let joint = between || sentence.is(index + 1, &["o", "u", "ou", "or"]);
    let second =
        sentence.count(index + 2).filter(|second| joint && *second > people && *second <= people + 4);
    let end = if second.is_some() { index + 3 } else { index + 1 };
    let fits = !is_thing(sentence, end) && !is_day(sentence, index) && !sentence.is(end, &["%", ":"]);
    fits.then_some(Found { people: second.unwrap_or(people), start: index, end, vague: second.is_some() })
}

/// `4 de enero`, `5/1`, `5 al 8`, `5-8`.
fn is_day(sentence: &Sentence, index: usize) -> bool {
    let number_after = |at: usize| sentence.number(at).is_some_and(|number| number.shape != Shape::Article);
    let month_after = month_beside_day(sentence, index + 1).is_some()
        && !sentence.is(index + 1, &["mar", "out", "set"])
        || sentence.is(index + 1, &["de", "of"]) && month_beside_day(sentence, index + 2).is_some();
    let stroke =
        sentence.is(index + 1, &["/", "-"]) && number_after(index + 2) && sentence.is_glued(index + 2);
    let range = sentence.is(index + 1, &["al", "a", "ao", "hasta", "ate", "to", "-"])
        && (number_after(index + 2) || sentence.is(index + 2, &["el", "dia"]) && number_after(index + 3))
        && noun(sentence, index + 3).is_none();
    let listed = sentence.is(index + 1, &["y", "e", "and"])
        && number_after(index + 2)
        && (month_beside_day(sentence, index + 3).is_some()
            || sentence.is(index + 3, &["de"]) && month_beside_day(sentence, index + 4).is_some());
    month_after || stroke || range || listed
}

/// `somos 4`, `vamos a ser 10`, `seríamos en total 6`, `we are 4`.
fn after_verb(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let mut at = index;
    for _ in 0..4 {
        if sentence.was_in(at, 1, WE_ARE) {
            // "Nos" alone is no count: "nos 2 noches". "Vamos el 4" has its article and never gets here.
            let weak =
                sentence.was_in(at, 1, "nos llegamos serian seria estamos entramos son van vienen eran");
            let closed = sentence.is_break(found.end)
                || noun(sentence, found.end).is_some()
                || sentence.is(found.end, &["y", "con", "del", "para", "en"]);
            return (!weak || at == index && closed).then_some(found);
        }
        let english = sentence.phrase_before_in(
            at,
            "\
            we are|we re|there are|there will be|it is|there would be|party is|we will be|\
            it will be|we would be",
        );
        if english.is_some() {
            return Some(found);
        }
        if !sentence.was_in(at, 1, FILLERS) {
            return None;
        }
        at -= 1;
    }
    None
}

/// `para 4`, `x2`, `for 6`, `pra uns 8`.
fn after_preposition(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let skipped =
        sentence.was_in(index, 1, "unos unas como uns umas nosotros about maybe los las nos around");
    let at = if skipped { index - 1 } else { index };
    let preposition = at.checked_sub(1)?;
    let fits = match sentence.word(preposition) {
        "para" => true,
        // Written "por" counts nights or money; written "x", people.
        "por" => sentence.tokens[preposition].written == "x",
        "for" => sentence.language == crate::locale::Language::En,
        "capacidad" | "pax" | "personas" => true,
        _ => false,
    };
    fits.then_some(found)
}

/// `familia de 4`, `un grupo de 8`, `party of 6`, `dos familias de 4`.
fn of_group(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let of = index.checked_sub(1).filter(|of| sentence.is(*of, &["de", "of", "com", "con", "como"]))?;
    let of = if sentence.is(of, &["como"]) {
        of.checked_sub(1).filter(|at| sentence.is(*at, &["de"]))?
    } else {
        of
    };
    let group = of.checked_sub(1)?;
    if is_group(sentence, group) && (sentence.is(of, &["de", "of"])) {
        return Some(found);
    }
    let groups = sentence.any_number(group.checked_sub(1)?)?.value;
    let plural = sentence.is(group, &["familias", "flias", "families", "grupos", "groups"]);
    let people = found.people.checked_mul(u16::try_from(groups).ok()?).filter(|people| *people <= MOST)?;
    plural.then_some(Found { people, ..found })
}

/// `4 of us`, `los dos`, `nosotros dos`, `nós dois`, `4 en total`, `the two of us`.
fn of_us(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let after = [
        "of us",
        "en total",
        "em total",
        "no total",
        "in total",
        "total",
        "nosotros",
        "contandome",
        "contando",
        "conmigo",
        "comigo",
    ];
    let follows = after.iter().any(|words| sentence.phrase(found.end, words).is_some());
    follows.then_some(found)
}

/// Whether a child is named right after, joined by "and" or "with".
fn child_after(sentence: &Sentence, end: usize) -> bool {
    let child = (end + 1..end + 5).find(|at| is_child(sentence, *at));
    child.is_some_and(|child| {
        let start = if sentence.any_number(child - 1).is_some() { child - 1 } else { child };
        is_added(sentence, end, start)
    })
}

/// `somos 4… no perdón 5`.
fn corrected(sentence: &mut Sentence, end: usize, total: Total) -> Total {
    let later = (end + 1..end + 7).find(|at| number_at(sentence, *at).is_some());
    let Some(at) = later else { return total };
    let direct = sentence.was_in(at, 1, "perdon digo sorry no , somos mejor ops desculpa mean");
    let Some(found) = number_at(sentence, at) else { return total };
    let closed = sentence.is_break(found.end) || sentence.is(found.end, &["en", "del", "con", "para"]);
    if direct && closed && is_correction(sentence, end, at) {
        sentence.claim_free(found.start..found.end, Claim::People);
        return Total { people: found.people, ..total };
    }
    total
}
