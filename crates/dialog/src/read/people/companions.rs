//! People named instead of counted: `mi novia y yo`, `viajo sola`.

use super::{
    counts::Counts,
    nouns::{Noun, RELATIVE, TWO_RELATIVES, is_child, noun},
};
use crate::{locale::Language, read::token::Sentence};

const SELF: &[&str] = &["yo", "eu"];
const SELF_IN_ENGLISH: &[&str] = &["i", "me"];
const OWN: &str = "\
    mi mis meu meus minha minhas my nuestro nuestra nuestros un una um uma el la a o tu otra otro su sus";
const WITH: &[&str] = &["con", "com", "with"];

/// Grown-ups, the speaker included; `None` when nobody is named.
pub(super) fn read(sentence: &Sentence, counts: &Counts) -> Option<u16> {
    if counts.adults.is_some() {
        return None;
    }
    listed_with_self(sentence)
        .or_else(|| travelling_with(sentence))
        .or_else(|| alone(sentence))
        .or_else(|| speaker_with_children(sentence, counts))
}

/// `mi mujer y yo`, `yo y mi hermana`, `mi marido yo y los chicos`, `me and my wife`.
fn listed_with_self(sentence: &Sentence) -> Option<u16> {
    let speaker = (0..sentence.len()).find(|index| is_listed_self(sentence, *index))?;
    let others: u16 = neighbours(sentence, speaker).map(|index| relatives_at(sentence, index)).sum();
    let friends = friends_beside(sentence, speaker);
    (others + friends > 0).then_some(1 + others + friends)
}

fn is_listed_self(sentence: &Sentence, index: usize) -> bool {
    let joints = ["y", "e", "and", ",", "con", "com", "+"];
    let joined = sentence.was(index, 1, &joints)
        || sentence.is(index + 1, &joints)
        || sentence.is_in(index.wrapping_sub(1), RELATIVE);
    is_self(sentence, index) && joined
}

/// The Spanish "me" is no person of a list.
fn is_self(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index, SELF) || sentence.language == Language::En && sentence.is(index, SELF_IN_ENGLISH)
}

/// The tokens of the list around the speaker: relatives, owners, counts and joints.
fn neighbours(sentence: &Sentence, speaker: usize) -> impl Iterator<Item = usize> {
    let belongs = |index: usize| {
        sentence.is_in(index, RELATIVE)
            || sentence.is_in(index, TWO_RELATIVES)
            || sentence.is_in(index, OWN)
            || sentence.is(index, WITH)
            || sentence.is_in(index, "y e and , + mas los las os as the our sus")
            || sentence.any_number(index).is_some()
            || noun(sentence, index).is_some()
    };
    let start = (0..speaker).rev().take_while(|index| belongs(*index)).last().unwrap_or(speaker);
    let end = (speaker + 1..sentence.len()).take_while(|index| belongs(*index)).last().unwrap_or(speaker);
    start..end + 1
}

fn relatives_at(sentence: &Sentence, index: usize) -> u16 {
    let own = sentence.was_in(index, 1, OWN) || sentence.was(index, 1, &["y", "e", "and", ","]);
    if !own || is_child(sentence, index) && !sentence.is(index, &["chico", "chica"]) {
        return 0;
    }
    if sentence.is_in(index, RELATIVE) {
        1
    } else if sentence.is_in(index, TWO_RELATIVES) {
        2
    } else {
        0
    }
}

/// `yo y 3 amigos`, `yo con mis 2 hermanas`.
fn friends_beside(sentence: &Sentence, speaker: usize) -> u16 {
    let near = speaker.saturating_sub(4)..speaker + 5;
    let counted = |index: &usize| {
        noun(sentence, *index) == Some(Noun::Total) && sentence.any_number(index.wrapping_sub(1)).is_some()
    };
    let Some(index) = near.into_iter().find(counted) else { return 0 };
    sentence
        .any_number(index - 1)
        .and_then(|number| u16::try_from(number.value).ok())
        .filter(|many| *many < 30)
        .unwrap_or(0)
}

/// `viajo con mi novio`, `con mi mujer y mis dos hijos`; "lo hablo con mi señora" is no journey.
fn travelling_with(sentence: &Sentence) -> Option<u16> {
    let talk = [
        "habl", "consult", "charl", "convers", "fal", "discut", "pregunt", "decid", "lo", "talk", "check",
        "ask", "combin", "peli", "pele", "vere", "veo", "cheq", "confirm", "arregl", "discuss", "acord",
    ];
    (0..sentence.len()).filter(|index| sentence.is(*index, WITH)).find_map(|with| {
        let clause = sentence.clause(with);
        let is_talk = (clause.start..with).rev().take(6).any(|index| {
            sentence.starts_with(index, &talk)
                && (sentence.word(index) != "lo" || with - index <= 3)
                && !sentence.is(index, &["familia", "falta", "local", "lourdes"])
                && !sentence.word(index).starts_with("los")
                && !sentence.word(index).starts_with("lug")
                && !sentence.is(index, &["loft"])
        });
        if is_talk {
            return None;
        }
        let list = (with + 1..sentence.len()).take_while(|index| {
            sentence.is_in(*index, OWN)
                || sentence.is_in(*index, RELATIVE)
                || sentence.is_in(*index, TWO_RELATIVES)
                || sentence.is(*index, &["y", "e", "and", ","])
                || sentence.any_number(*index).is_some()
                || noun(sentence, *index).is_some()
                || sentence.is(*index, &["mis", "los", "las", "sus"])
        });
        let others: u16 = list.map(|index| relatives_at(sentence, index)).sum();
        (others > 0).then_some(1 + others)
    })
}

/// `viajo sola`, `sozinho`, `just me`.
fn alone(sentence: &Sentence) -> Option<u16> {
    let verbs = "\
        viajo voy iria viajaria ire soy estoy estaria mi yo vou viajando sou ir viajar quedarme \
        travelling traveling am going eu estarei iba reservo persona vaya";
    let phrases = "\
        just me|only me|by myself|on my own|solo yo|solo soy yo|so eu|yo nomas|yo nada mas|solamente yo|\
        apenas eu|para mi solo|para mi sola|solo para mi|just myself|solo traveler|solo traveller|\
        travel alone";
    (0..sentence.len()).find_map(|index| {
        let word = sentence.is(index, &["solo", "sola", "solito", "solita", "alone", "sozinho", "sozinha"]);
        let travels = sentence.was_in(index, 1, verbs)
            || sentence.was(index, 2, &["viajo", "voy", "soy", "vou", "iria", "estoy"]);
        let only = sentence.is(index, &["solo"])
            && sentence.is_in(index + 1, "el la para por una un quiero necesito de a")
            && !sentence.was(index, 1, &["viajo", "voy", "soy"]);
        let said = word && travels && !only
            || sentence.is(index, &["sozinho", "sozinha"])
            || sentence.any_phrase_in(index, phrases).is_some();
        said.then_some(1)
    })
}

/// `voy con mis 2 hijos`: the speaker is the grown-up. Said in the plural, nobody knows how many.
fn speaker_with_children(sentence: &Sentence, counts: &Counts) -> Option<u16> {
    counts.children?;
    let verbs = "voy viajo iria ire vou viajaria estoy yo eu soy llego viajando";
    let first_person = (0..sentence.len()).any(|index| sentence.is_in(index, verbs));
    let with_children = (0..sentence.len()).any(|index| {
        let owned = sentence.is_in(index + 1, OWN) || sentence.any_number(index + 1).is_some();
        sentence.is(index, &["con", "com", "with", "y", "e"])
            && owned
            && (index + 1..index + 4).any(|at| is_child(sentence, at))
    });
    let me_too = (0..sentence.len())
        .any(|index| sentence.is(index, &["y", "e", "and"]) && is_self(sentence, index + 1));
    (me_too || first_person && with_children).then_some(1)
}
