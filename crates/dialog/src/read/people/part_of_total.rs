//! A whole whose parts are told: `de los nueve, tres son chicos`; and wholes that are sums: `una familia de 4 y otra de 3`.

use super::{
    person_nouns,
    totals_without_noun::{Found, Total, number_at},
};
use crate::read::{
    lexicon::{phrases, words},
    token::Sentence,
};

/// `de los nueve que vamos, tres son chicos`, `dos seis, dois são crianças`, `of the six, two are kids`
pub(super) fn out_of(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let of_all =
        phrases!("de los|de las|de nosotros|dos|das|of the|of us|out of|out of the|de nos|entre los");
    let lead = sentence.phrase_to(index, of_all)?;
    if lead > 0 && !sentence.is_break(lead - 1) {
        return None;
    }
    // "… que vamos": but of those who were to come, only some do.
    let goes = sentence.is(found.end, &["que"])
        && sentence.has(
            found.end + 1,
            words!("vamos somos viajamos iremos iriamos seremos seriamos llegamos vao vem vienen van"),
        );
    let end = if goes { found.end + 2 } else { found.end };
    let part = (end..end + 3).find(|at| sentence.any_count(*at).is_some())?;
    let is_parted = (end..part).any(|at| sentence.is(at, &[","])) || goes;
    let are = sentence
        .has(part + 1, words!("son sao are is es e seran serao will menores ninos criancas kids children"));
    (is_parted && are).then_some(Found { is_whole: true, ..found })
}

/// `una de 4 y otra de 3`: the other group beside one that was counted.
pub(super) fn another_group(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let of = index.checked_sub(1).filter(|of| sentence.is(*of, &["de", "of", "com", "con", "with"]))?;
    let is_other = |at: usize| sentence.is(at, &["otra", "otro", "outra", "outro", "another", "other"]);
    let is_one = |at: usize| sentence.is(at, &["una", "uno", "un", "uma", "um", "one"]);
    let goes_on = || {
        (found.end..found.end + 3).any(|at| sentence.is(at, &["y", "e", "and", ","]))
            && (found.end + 1..found.end + 5).any(is_other)
    };
    // "Mis dos niñas, una de 3 y otra de 9": ages.
    let of_groups = || {
        (index.saturating_sub(9)..of).any(|at| {
            person_nouns::is_group(sentence, at)
                || sentence.is_in(at, "familias flias families grupos groups parties")
        })
    };
    let fits = of > 0 && (is_other(of - 1) || is_one(of - 1) && goes_on()) && of_groups();
    fits.then_some(Found { is_whole: true, ..found })
}

/// Groups that stand beside each other are added: `my family of 4 and my sister's family of 5`.
pub(super) fn summed(sentence: &Sentence, totals: Vec<Total>) -> Vec<Total> {
    let small = words!(
        "y e and , + mas plus con com with mi la el una un otra otro my the another other a family familia grupo group de of s outra outro uma \
         um mais su nuestra nossa our hermana hermano sister brother cunada cunado friend amigos friends"
    );
    let mut summed: Vec<Total> = Vec::new();
    for total in totals {
        let joins = |last: &Total| {
            let gap = last.at.1..total.at.0;
            (2..=8).contains(&gap.len())
                && gap.clone().any(|at| sentence.is(at, &["y", "e", "and", "+", "mas", "plus", "mais"]))
                && gap.clone().all(|at| sentence.has(at, small))
                && sentence.is(gap.end - 1, &["de", "of", "con", "com", "with"])
        };
        match summed.last_mut() {
            Some(last) if last.is_whole && total.is_whole && !last.is_open && joins(last) => {
                *last = Total { people: last.people + total.people, at: (last.at.0, total.at.1), ..*last };
            }
            _ => summed.push(total),
        }
    }
    summed
}
