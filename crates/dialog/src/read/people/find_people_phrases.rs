//! Phrases for people: `2 adultos`, `mi hermana`, `las nenas de 4 y 7`, `yo`.

use super::{
    by_name, child_ages, counts_with_noun, people_without_count,
    person_nouns::{self, Noun, QUALITIES, noun},
    speaker_and_companions,
};
use crate::read::{
    lexicon::Words,
    token::{Claim, Sentence},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Adult,
    Child,
    /// `4 personas`: all of them.
    Total,
    /// `3 amigos`: not told apart, and perhaps without the speaker.
    Any,
    /// Girls or young women: decided by what else is said.
    Young,
    /// `mi suegra`, `mis padres`: grown-ups named by what they are to the speaker.
    Relative,
    /// `yo`, `eu`, `me`.
    Speaker,
    /// `nosotros dos`: the speaker among them.
    Us,
}

/// One phrase, `start..end` in tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    pub who: Who,
    pub people: u16,
    pub start: usize,
    pub end: usize,
    /// A number was said, and no article alone.
    pub is_counted: bool,
    /// `4 o 5 personas`
    pub is_vague: bool,
    pub is_couple: bool,
    /// Several, and nobody said how many: `mis hijas`, `los chicos`.
    pub is_unknown: bool,
}

pub(super) static OWNERS: Words = Words::new(
    "mi mis meu meus minha minhas my nuestro nuestra nuestros nuestras nosso nossa nossos nossas our su sus seu sua seus suas \
     his her their el la los las o a os as the tu tus dele dela",
);
pub(super) static OWN: Words = Words::new(
    "mi mis meu meus minha minhas my nuestro nuestra nuestros nuestras nosso nossa nossos nossas our su sus his her their seu sua",
);

/// Every phrase of the sentence, in order.
pub(super) fn find(sentence: &Sentence) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = Vec::new();
    let mut index = 0;
    while index < sentence.len() {
        match at(sentence, index) {
            Some(phrase) => {
                index = phrase.end.max(index + 1);
                found.push(phrase);
            }
            None => index += 1,
        }
    }
    found
}

fn at(sentence: &Sentence, index: usize) -> Option<Phrase> {
    speaker_and_companions::single_parent(sentence, index)
        .or_else(|| child_ages::year_olds(sentence, index))
        .or_else(|| speaker_and_companions::speaker(sentence, index))
        .or_else(|| speaker_and_companions::us(sentence, index))
        .or_else(|| speaker_and_companions::their_partners(sentence, index))
        .or_else(|| speaker_and_companions::somebody_beside(sentence, index))
        .or_else(|| people_without_count::their_people(sentence, index))
        .or_else(|| people_without_count::of_a_relative(sentence, index))
        .or_else(|| counts_with_noun::counted(sentence, index))
        .or_else(|| counts_with_noun::noun_first(sentence, index))
        .or_else(|| people_without_count::uncounted(sentence, index))
        .or_else(|| speaker_and_companions::somebody_of_mine(sentence, index))
        .or_else(|| speaker_and_companions::beside_speaker(sentence, index))
        .or_else(|| by_name::somebody_by_name(sentence, index))
}

pub(super) fn phrase(who: Who, people: u16, start: usize, end: usize) -> Phrase {
    Phrase {
        who,
        people,
        start,
        end,
        is_counted: false,
        is_vague: false,
        is_couple: false,
        is_unknown: false,
    }
}

/// What a word for people means, and how many each of them is.
pub(super) fn meaning(sentence: &Sentence, index: usize) -> Option<(Who, u16)> {
    // "Mis hijos adultos".
    if noun(sentence, index) == Some(Noun::Child)
        && sentence.is(index + 1, &["adultos", "adultas", "adulto", "adulta", "grown"])
    {
        return Some((Who::Relative, 1));
    }
    // "Mi hijo de 20" is grown up.
    let is_grown = |at: usize| {
        sentence.any_number(at).is_some_and(|number| (18..=60).contains(&number.value))
            && sentence.claim_of(at) == Some(Claim::Age)
    };
    if noun(sentence, index) == Some(Noun::Child)
        && sentence.is(index + 1, &["de", "of", "(", "com"])
        && is_grown(index + 2)
    {
        return Some((Who::Relative, 1));
    }
    // "Mi hermano chico": one brother.
    if sentence.is(index, &["chico", "chica", "pequeno", "pequena", "menor", "peque"])
        && person_nouns::is_one_relative(sentence, index.wrapping_sub(1))
    {
        return None;
    }
    Some(match noun(sentence, index) {
        Some(Noun::Couple) if !is_of_animals(sentence, index) => (Who::Adult, 2),
        Some(Noun::Couple) => return None,
        Some(Noun::Adult) => (Who::Adult, 1),
        Some(Noun::Child) => (Who::Child, 1),
        Some(Noun::Young) => (Who::Young, 1),
        Some(Noun::Companion) => (Who::Any, 1),
        Some(Noun::Total) => (Who::Total, 1),
        None if person_nouns::is_two_relatives(sentence, index) => (Who::Relative, 2),
        None if person_nouns::is_one_relative(sentence, index) => (Who::Relative, 1),
        None => return None,
    })
}

/// `a couple of dogs`, `una pareja de gatos`; `a couple of nights`.
fn is_of_animals(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index + 1, &["of", "de"])
        && noun(sentence, index + 2).is_none()
        && !sentence.is(
            index + 2,
            &[
                "amigos",
                "amigas",
                "friends",
                "4",
                "2",
                "adultos",
                "jubilados",
                "novios",
                "esposos",
                "casados",
                "recien",
                "ancianos",
                "viejos",
                "viejitos",
                "mayores",
                "padres",
                "abuelos",
                "jovenes",
                "chicas",
                "chicos",
                "idosos",
                "namorados",
                "retirees",
            ],
        )
}

/// Where a phrase ends with the adjectives behind its noun: `mis dos hijos pequeños`, `cabros chicos`.
pub(super) fn past_qualities(sentence: &Sentence, end: usize) -> usize {
    static BEHIND: Words = Words::new(
        "pequenos pequenas pequeno pequena chicos chicas chiquitos chiquitas chico chica chiquito chiquita grandes mayores menores adolescentes \
         adolescente jovenes adultos adultas solteros solteras gemelos gemelas gemeos gemeas mellizos mellizas mayor menor peques nuestros nuestras \
         mios mias meus dela dele pequenitos pequenininhos recien",
    );
    if sentence.has(end, &BEHIND) && !sentence.is(end + 1, &[":"]) { end + 1 } else { end }
}

pub(super) fn skip_qualities(sentence: &Sentence, after: usize) -> usize {
    let mut at = after;
    while at < after + 2 && sentence.has(at, &QUALITIES) && meaning(sentence, at + 1).is_some() {
        at += 1;
    }
    at
}
