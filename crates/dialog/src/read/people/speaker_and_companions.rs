//! The speaker, and who is named beside: `yo`, `nosotros dos`, `me + 3`, `mi jermu y yo`.

use super::{
    MOST, by_name,
    find_people_phrases::{Phrase, Who, meaning, phrase},
    person_nouns,
};
use crate::{
    locale::Language,
    read::{
        lexicon::{Words, phrases, words},
        token::{Kind, Sentence, Shape},
    },
};

/// `eu e mais 3`, `me + 3`, `yo y ella`: others who are named beside the speaker alone.
pub(super) fn beside_speaker(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let more =
        if sentence.is(index, &["mais", "otros", "otras", "outros", "outras"]) { index + 1 } else { index };
    let joint = index.wrapping_sub(1);
    let speaker = sentence.is(index.wrapping_sub(2), &["yo", "eu", "me", "mi"])
        && sentence.is(joint, &["y", "e", "and", "+", "plus", "mas", "con"]);
    if !speaker {
        return None;
    }
    let is_he = sentence.tokens.get(index).is_some_and(|token| token.written == "él");
    if is_he || sentence.is(index, &["ella", "ela", "ele", "him", "her"]) {
        return Some(phrase(Who::Relative, 1, index, index + 1));
    }
    let people = sentence.count(more).filter(|people| (1..=MOST).contains(people))?;
    let end = if sentence.is(more + 1, &["mas", "more", "mais", "others", "otros", "otras", "outros"]) {
        more + 2
    } else {
        more + 1
    };
    sentence.is_break(end).then_some(Phrase { is_counted: true, ..phrase(Who::Any, people, index, end) })
}

/// `él y yo`, `ela e eu`, `he and I`
pub(super) fn somebody_beside(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let is_pronoun = sentence.tokens.get(index).is_some_and(|token| token.written == "él")
        || sentence.is(index, &["ella", "ela", "ele", "him", "her", "he", "she"]);
    let joined =
        sentence.is(index + 1, &["y", "e", "and"]) && sentence.is(index + 2, &["yo", "eu", "i", "me"]);
    // "Ella, mis padres, mi hermano y yo": the first of a list that ends with the speaker.
    let opens_list = || {
        sentence.is(index + 1, &[","])
            && (index == 0
                || sentence.is_mark(index - 1)
                || sentence.had(
                    index,
                    1,
                    words!("somos ser sao seran serao are be vamos iremos seremos ir son es sera seria ir"),
                ))
            && by_name::leads_to_speaker(sentence, index + 2)
    };
    (is_pronoun && (joined || opens_list())).then_some(phrase(Who::Relative, 1, index, index + 1))
}

/// `dos hermanas con sus maridos`, `4 friends with their wives`: as many again.
pub(super) fn their_partners(sentence: &Sentence, index: usize) -> Option<Phrase> {
    static PARTNERS: Words = Words::new(
        "maridos mujeres esposos esposas parejas novios novias companeros companeras husbands wives partners girlfriends boyfriends \
         spouses esposos namorados namoradas conjuges",
    );
    let owned = sentence.is(
        index,
        &[
            "sus",
            "nuestras",
            "nuestros",
            "their",
            "our",
            "suas",
            "seus",
            "nossas",
            "nossos",
            "respectivas",
            "respectivos",
        ],
    );
    let joined =
        sentence.is(index.wrapping_sub(1), &["con", "y", "e", "com", "with", "and", "plus", "mas", ","]);
    if !owned || !joined || !sentence.has(index + 1, &PARTNERS) {
        return None;
    }
    let people = (index.saturating_sub(6)..index).rev().find_map(|at| sentence.any_count(at))?;
    (people >= 2).then(|| Phrase { is_counted: true, ..phrase(Who::Any, people, index, index + 2) })
}

/// `mi jermu y yo`, `yo, mi concubino y …`: whoever stands with the speaker in a list and belongs to them.
pub(super) fn somebody_of_mine(sentence: &Sentence, index: usize) -> Option<Phrase> {
    static MINE: Words = Words::new("mi meu minha my nuestro nuestra nosso nossa our");
    static THINGS: Words = Words::new(
        "reserva nombre nome name cuenta conta casa auto carro car moto mail email correo correo telefono celular numero number \
         viaje trip stay booking reservation vuelo flight idea consulta duda pregunta question parte cumple cumpleanos birthday hijo",
    );
    let word = index + 1;
    let is_mine = sentence.has(index, &MINE)
        && sentence.is_free(word)
        && sentence.tokens.get(word).is_some_and(|token| token.kind == Kind::Word);
    let joined =
        sentence.is(word + 1, &["y", "e", "and", ","]) || sentence.was(index, 1, &["y", "e", "and", ","]);
    let near_speaker = (index.saturating_sub(5)..index + 7).any(|at| {
        sentence.is(at, &["yo", "eu"]) || sentence.language == Language::En && sentence.is(at, &["me"])
    });
    // "Our twin boys": the word describes those who follow.
    let describes = person_nouns::QUALITIES.has(sentence.word(word)) && meaning(sentence, word + 1).is_some();
    let is_thing = describes
        || sentence.has(word, &THINGS)
        || crate::read::mask::is_thing(sentence, word)
        || sentence.verb(word).is_some();
    (is_mine && joined && near_speaker && !is_thing && meaning(sentence, word).is_none()).then_some(phrase(
        Who::Relative,
        1,
        index,
        word + 1,
    ))
}

/// `single mum with two kids`, `madre soltera con …`
pub(super) fn single_parent(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let words = phrases!(
        "single mum|single mom|single dad|single mother|single father|single parent|madre soltera|padre soltero|mama soltera|\
        papa soltero|mae solteira|mae solo|pai solteiro|pai solo"
    );
    let end = sentence.phrase_from(index, words)?;
    Some(Phrase { is_counted: true, ..phrase(Who::Adult, 1, index, end) })
}

pub(super) fn speaker(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let english = sentence.language == Language::En;
    let is_self = sentence.is(index, &["yo", "eu"])
        || sentence.is(index, &["myself", "servidor", "servidora"])
        || english && sentence.is(index, &["me", "i"]) && is_in_a_list(sentence, index)
        // "I" of the next clause: "3 people and I'd like".
        && !(sentence.is(index, &["i"])
            && sentence.has(index + 1, words!("would am will have want need was can do think like"))
            && !follows_companion(sentence, index));
    let is_self = is_self || is_for_me(sentence, index);
    let start = if sentence.is(index, &["servidor", "servidora"]) { index.saturating_sub(1) } else { index };
    is_self.then_some(phrase(Who::Speaker, 1, start, index + 1))
}

/// `my husband and I would love`: the speaker after a companion, whatever verb follows.
fn follows_companion(sentence: &Sentence, index: usize) -> bool {
    let who = index.wrapping_sub(2);
    let is_companion = super::person_nouns::is_person(sentence, who)
        && super::person_nouns::noun(sentence, who) != Some(super::person_nouns::Noun::Total)
        || sentence.is(who, &[")"]);
    sentence.was(index, 1, &["and", "&"]) && is_companion
}

/// `para mí y mis dos hijos`, `pra mim e minha esposa`, `for me and my son`
fn is_for_me(sentence: &Sentence, index: usize) -> bool {
    let is_me = sentence.tokens.get(index).is_some_and(|token| token.written == "mí")
        || sentence.is(index, &["mim"])
        || sentence.is(index, &["mi"]) && sentence.is_break(index + 1)
        || sentence.is(index, &["mi"]) && sentence.is(index + 1, &["y", "con"]);
    let joined = sentence.is(index + 1, &["y", "e", "con", "com", ",", "mas", "+"]);
    // "Para mis viejos y para mí".
    let closes = sentence.is_break(index + 1) && sentence.was(index, 2, &["y", "e"]);
    is_me && sentence.was(index, 1, &["para", "por"]) && (joined || closes)
}

/// `me and my wife`, `my wife and me`, `just me`
fn is_in_a_list(sentence: &Sentence, index: usize) -> bool {
    let joints = ["and", ",", "plus", "&", "+"];
    // "Four adults, I forgot my brother": the "I" of the next clause.
    let opens_clause = sentence.is(index, &["i"]) && sentence.was(index, 1, &[","]);
    sentence.is(index + 1, &joints) || sentence.was(index, 1, &joints) && !opens_clause
}

/// `nosotros dos`, `nós dois`, `us two`, `the two of us`
pub(super) fn us(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let number = if sentence.is(index, &["the"]) { index + 1 } else { index };
    if let (Some(end), Some(people)) = (sentence.phrase(number + 1, "of us"), sentence.count(number))
        && (2..=MOST).contains(&people)
        && sentence.number(number).is_some_and(|number| number.shape != Shape::Article)
        && !sentence.is(number.wrapping_sub(1), &["or", "o", "-"])
        && !sentence.was(index, 1, &["or"])
        && is_beside_others(sentence, index, end)
    {
        return Some(Phrase { is_counted: true, ..phrase(Who::Us, people, index, end) });
    }
    if !sentence.is(index, &["nosotros", "nosotras", "nos", "us", "los", "las"]) {
        return None;
    }
    let is_pronoun = sentence.is(index, &["nosotros", "nosotras"])
        || sentence.language == Language::En && sentence.is(index, &["us"])
        || sentence.language == Language::Pt && sentence.is(index, &["nos"]);
    let people = sentence.count(index + 1).filter(|people| (2..=MOST).contains(people))?;
    let closed = sentence.is_break(index + 2)
        || sentence.is(index + 2, &["+", "&"])
        || sentence.has(index + 2, words!("y e con com and mas mais + & plus solos solas juntos juntas"))
        // "Nosotras tres queremos …".
        || !sentence.is(index, &["us", "los", "las"]) && sentence.word(index + 2).ends_with("mos");
    (is_pronoun && closed).then_some(Phrase { is_counted: true, ..phrase(Who::Us, people, index, index + 2) })
}

/// `my in-laws and the two of us`, `the two of us plus our kids`: alone it is a total.
fn is_beside_others(sentence: &Sentence, start: usize, end: usize) -> bool {
    // "Five of us and one is a toddler": one of the five.
    let is_part = sentence.any_number(end + 1).is_some() && sentence.is(end + 2, &["is", "are", "of"]);
    let is_behind = sentence.was(start, 1, &["and", "plus", "&", "+"]);
    !is_part && (is_behind || sentence.is(end, &["and", "plus", "&", "+", "with"]))
}
