//! People who are named and not counted: `mi hermana`, `mis suegros`, `con el bebé`, `las nenas de 4 y 7`.

use super::{
    ages::ages_after,
    nouns::{self, QUALITIES},
    phrases::{OWN, OWNERS, Phrase, Who, meaning, phrase},
};
use crate::read::{lexicon::words, token::Sentence};

/// `mi hermana`, `mis suegros`, `con el bebé`, `las nenas de 4 y 7`, `pareja`.
pub(super) fn uncounted(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let pair = nouns::is_two_relatives(sentence, index).then_some((Who::Relative, 2));
    let (who, each) = pair.or_else(|| meaning(sentence, index))?;
    if !sentence.is_free(index) {
        return None;
    }
    let owner = owner_before(sentence, index);
    let start = owner.unwrap_or(index);
    let is_owned = owner.is_some();
    // "Vou visitar minha avó": she is at home.
    let visited = if sentence.was(start, 1, &["a"]) { start.wrapping_sub(1) } else { start };
    if who == Who::Relative && sentence.starts_with(visited.wrapping_sub(1), &["visit"]) {
        return None;
    }
    let joined = sentence.had(start, 1, words!("con com with y e and + mas plus & ,"))
        || sentence.is_mark(start.wrapping_sub(1));
    let plain = phrase(who, each, start, index + 1);
    match who {
        Who::Relative => {
            // "Papá, mamá y 2 nenes" opens a list; "mi abuela de 80 y yo" goes on behind her age.
            let opens = (start == 0 || sentence.is_break(start - 1))
                && sentence.is(index + 1, &["y", "e", "and", ",", "con", "+", "com"]);
            // "Mi hermano chico de 10".
            let little =
                sentence.is(index + 1, &["chico", "chica", "pequeno", "pequena", "menor", "mayor", "peque"]);
            let last = if little { index + 1 } else { index };
            let least = if little { 1 } else { 18 };
            let end = if sentence.is(last + 1, &["de", "of"])
                && sentence.any_number(last + 2).is_some_and(|age| (least..=110).contains(&age.value))
            {
                if sentence.is(last + 3, &["anos", "years", "anios"]) { last + 4 } else { last + 3 }
            } else {
                last + 1
            };
            (is_owned || joined || opens).then_some(Phrase { end, ..plain })
        }
        Who::Child | Who::Young => {
            if let Some((ages, end)) = ages_after(sentence, index) {
                let who = Who::Child;
                // "Niños de 5 años": how many, nobody said.
                let is_plural = sentence.word(index).ends_with('s') && !nouns::is_twins(sentence, index);
                if ages == 1 && is_plural {
                    return Some(Phrase { who, people: 0, is_unknown: true, end, ..plain });
                }
                let ages = if nouns::is_twins(sentence, index) { ages.max(2) } else { ages };
                return Some(Phrase { who, people: ages, end, is_counted: ages > 1, ..plain });
            }
            if nouns::is_twins(sentence, index) {
                return (joined || is_owned).then_some(Phrase { people: 2, ..plain });
            }
            let several = is_owned && sentence.word(index).ends_with('s') && who == Who::Child;
            if several {
                return Some(Phrase { people: 0, is_unknown: true, ..plain });
            }
            let one = nouns::is_one_child(sentence, index)
                && (is_owned || joined || closes_with_speaker(sentence, index));
            one.then_some(plain)
        }
        Who::Adult if each == 2 => {
            let travels = index == 0
                || sentence.had(index, 1, words!("somos en em para as for de seriamos por pra"))
                || sentence.is_mark(index.wrapping_sub(1))
                || sentence.is(index + 1, &["con", "com", "with", "e", "y"]);
            // "Mi pareja" is one companion.
            let is_companion =
                sentence.is(index, &["pareja"]) && is_owned && sentence.has(index.wrapping_sub(1), &OWN);
            if is_companion {
                return Some(Phrase { people: 1, who: Who::Relative, ..plain });
            }
            (travels && sentence.is(index, &["pareja", "matrimonio", "casal", "couple", "parejita"]))
                .then_some(Phrase { is_counted: true, is_couple: true, ..plain })
        }
        _ => None,
    }
}

/// `hijo y yo`
fn closes_with_speaker(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index + 1, &["y", "e", "and"]) && sentence.is(index + 2, &["yo", "eu", "i", "me"])
}

fn owner_before(sentence: &Sentence, index: usize) -> Option<usize> {
    let quality = sentence.has(index.wrapping_sub(1), &QUALITIES);
    let at = if quality { index - 1 } else { index };
    let before = at.checked_sub(1)?;
    // "Con a" in Portuguese; "a" as an English article is a number.
    (sentence.has(before, &OWNERS) && sentence.is_free(before)).then_some(before)
}

pub(super) fn start_with_owner(sentence: &Sentence, index: usize) -> usize {
    if sentence.had(index, 1, &OWNERS)
        || sentence.was(index, 1, &["otros", "otras", "unos", "unas", "outros"])
    {
        index - 1
    } else {
        index
    }
}
