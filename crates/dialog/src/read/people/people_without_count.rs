//! People who are named and not counted: `mi hermana`, `mis suegros`, `con el bebé`, `las nenas de 4 y 7`.

use super::{
    child_ages::ages_after,
    find_people_phrases::{OWN, OWNERS, Phrase, Who, meaning, past_qualities, phrase},
    person_nouns::{self, QUALITIES},
};
use crate::read::{
    lexicon::{Words, words},
    token::Sentence,
};

/// `mi hermana`, `mis suegros`, `con el bebé`, `las nenas de 4 y 7`, `pareja`.
pub(super) fn uncounted(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let pair = person_nouns::is_two_relatives(sentence, index).then_some((Who::Relative, 2));
    let (who, each) = pair.or_else(|| meaning(sentence, index))?;
    if !sentence.is_free(index) {
        return None;
    }
    let owner = owner_before(sentence, index);
    let start = owner.unwrap_or(index);
    let is_owned = owner.is_some();
    // "Vou visitar minha avó": she is at home.
    let visited = if sentence.was(start, 1, &["a"]) { start.wrapping_sub(1) } else { start };
    // "Soy la tía de Ana": who writes.
    if who == Who::Relative
        && is_owned
        && sentence.had(start, 1, words!("soy sou habla fala escribe escreve"))
    {
        return None;
    }
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
            let opens = opens
                || sentence.had(start, 1, words!("somos seriamos seremos vamos iriamos iremos van vienen :"));
            // "Mi hermanita de 8" is a child, whatever she is called.
            let end = past_relation(sentence, index).unwrap_or_else(|| past_qualities(sentence, index + 1));
            let age = age_behind(sentence, end);
            let who = if age.is_some_and(|(age, _)| age < 18) { Who::Child } else { who };
            let end = age.map_or(end, |(_, end)| end);
            (is_owned || joined || opens).then_some(Phrase { who, end, ..plain })
        }
        Who::Child if past_relation(sentence, index).is_some() => {
            let end = past_relation(sentence, index)?;
            let end = age_behind(sentence, end).map_or(end, |(_, end)| end);
            let is_one = person_nouns::is_one_child(sentence, index);
            let people = person_nouns::born_together(sentence, index).unwrap_or(u16::from(is_one));
            (is_owned || joined).then_some(Phrase { end, people, is_unknown: people == 0, ..plain })
        }
        Who::Child | Who::Young => young(sentence, index, &plain, joined, is_owned),
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

/// `las nenas de 4 y 7`, `our twins`, `mi hijo`, `los chicos`
fn young(sentence: &Sentence, index: usize, plain: &Phrase, joined: bool, is_owned: bool) -> Option<Phrase> {
    if let Some((ages, end)) = ages_after(sentence, index) {
        let who = Who::Child;
        // "Niños de 5 años": how many, nobody said.
        let is_plural = sentence.word(index).ends_with('s') && !person_nouns::is_twins(sentence, index);
        if ages == 1 && is_plural {
            return Some(Phrase { who, people: 0, is_unknown: true, end, ..*plain });
        }
        let ages = ages.max(person_nouns::born_together(sentence, index).unwrap_or_default());
        return Some(Phrase { who, people: ages, end, is_counted: ages > 1, ..*plain });
    }
    if let Some(people) = person_nouns::born_together(sentence, index) {
        return (joined || is_owned).then_some(Phrase {
            people,
            end: past_qualities(sentence, index + 1),
            ..*plain
        });
    }
    let several = is_owned && sentence.word(index).ends_with('s') && plain.who == Who::Child;
    if several {
        return Some(Phrase { people: 0, is_unknown: true, ..*plain });
    }
    let one = person_nouns::is_one_child(sentence, index)
        && (is_owned || joined || closes_with_speaker(sentence, index));
    one.then_some(*plain)
}

/// `la hija de mi pareja`: whose they are is no second person. Where the words end.
fn past_relation(sentence: &Sentence, index: usize) -> Option<usize> {
    let of = index + 1;
    let owner = of + 1;
    let owned = sentence.is(of, &["de", "da", "do", "del", "of"])
        && (sentence.has(owner, &OWN) || sentence.is(owner, &["el", "la", "o", "a", "un", "una"]))
        && person_nouns::is_person(sentence, owner + 1);
    owned.then_some(owner + 2)
}

/// The age right behind a person, and where it ends: `de 8`, `(7)`, `que tiene 10 años`, `who is 12`.
fn age_behind(sentence: &Sentence, end: usize) -> Option<(u32, usize)> {
    static LEADS: Words = Words::new(
        "de of ( , que tiene tem who is s she he aged con com ya va por cumplir turning edad idade anos",
    );
    let led = (end..end + 4).take_while(|at| sentence.has(*at, &LEADS)).count();
    let at = end + led;
    let says_so = (end..at).any(|index| !sentence.is(index, &[",", "con", "com", "ya", "que", "va", "por"]));
    let age = sentence.any_number(at).map(|number| number.value).filter(|age| (1..=110).contains(age))?;
    let unit =
        if sentence.is(at + 1, &["anos", "anios", "years", "year", "anitos"]) { at + 2 } else { at + 1 };
    let unit = if sentence.is(unit, &["old"]) { unit + 1 } else { unit };
    let closes = sentence.is_break(unit) || sentence.is(unit, &["y", "e", "and", "con", "com", "mas"]);
    let end = if sentence.is(unit, &[")"]) { unit + 1 } else { unit };
    (says_so && closes).then_some((age, end))
}

/// `mi jefe con su equipo`, `my brother and his family`: how many they are, nobody said.
pub(super) fn their_people(sentence: &Sentence, index: usize) -> Option<Phrase> {
    static THEIR: Words = Words::new("su sus sua seu seus suas his her their la dele dela");
    let group = index + 1;
    let joined = sentence.had(index, 1, words!("con com with y e and"));
    let of_somebody = person_nouns::is_one_relative(sentence, index.wrapping_sub(2));
    let is_group = person_nouns::is_group(sentence, group) && !sentence.is(group + 1, &["de", "of"]);
    (sentence.has(index, &THEIR) && joined && of_somebody && is_group)
        .then(|| Phrase { is_unknown: true, ..phrase(Who::Any, 0, index, group + 1) })
}

/// `my partner's daughter`: the second of them, as what she is.
pub(super) fn of_a_relative(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let who = index + 3;
    let owned = sentence.has(index, &OWN)
        && person_nouns::is_person(sentence, index + 1)
        && sentence.is(index + 2, &["s"])
        && sentence.is_free(who);
    let (who_is, each) = meaning(sentence, who).filter(|_| owned)?;
    let end = past_qualities(sentence, who + 1);
    let age = age_behind(sentence, end);
    let who_is = if age.is_some_and(|(age, _)| age < 18) { Who::Child } else { who_is };
    Some(phrase(who_is, each, index, age.map_or(end, |(_, end)| end)))
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
