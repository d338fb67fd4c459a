//! Companions by their names, in a list of people: `mi tía, la Caro y yo`, `Sara and I`.

use super::{
    find_people_phrases::{Phrase, Who, phrase},
    person_nouns::is_person,
};
use crate::read::{
    lexicon::{Words, words},
    month_and_weekday_names::is_calendar_word,
    token::{Kind, Sentence},
};

static JOINTS: Words = Words::new(", y e and + & con com with mas más plus");
static ARTICLES: Words = Words::new("la el o a");
/// What leads a list of those who come.
static COMPANY: Words = Words::new(
    "somos seriamos seremos vamos iriamos iremos viajamos vienen viene van son con com with be are sera seria serian vem vao eramos estamos para",
);

/// A capital name that stands in the row with people. Who is greeted, or says who he is, stands in none.
pub(super) fn somebody_by_name(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let has_article = sentence.has(index, &ARTICLES) && !sentence.is_capital(index);
    let name = if has_article { index + 1 } else { index };
    if !is_name_like(sentence, name) {
        return None;
    }
    let follows = joined_before(sentence, index);
    let leads = sentence.had(index, 1, &COMPANY)
        && sentence.has(name + 1, words!(", y e and & +"))
        && leads_to_speaker(sentence, name + 1);
    let closes = sentence.is_break(name + 1) || sentence.has(name + 1, &JOINTS);
    ((follows || leads) && closes).then_some(phrase(Who::Relative, 1, index, name + 1))
}

/// `mi tía, la Caro`, `yo, Ana`: a person and a joint before.
fn joined_before(sentence: &Sentence, start: usize) -> bool {
    let Some(joint) = start.checked_sub(1).filter(|at| sentence.has(*at, &JOINTS)) else { return false };
    // "…, y Ana".
    let before = if joint > 0 && sentence.is(joint, &["y", "e", "and"]) && sentence.is(joint - 1, &[","]) {
        joint.wrapping_sub(2)
    } else {
        joint.wrapping_sub(1)
    };
    let is_named = || {
        is_name_like(sentence, before)
            && (sentence.had(before, 1, &ARTICLES) || before > 0 && joined_before(sentence, before))
    };
    // "Mi marido, Juan" is one.
    let is_comma = sentence.is(joint, &[","]);
    let goes_on = || leads_to_speaker(sentence, start + 1) || leads_to_speaker(sentence, start + 2);
    sentence.is(before, &["yo", "eu", "me", "i", "nosotros", "nosotras"])
        || is_named()
        || is_person(sentence, before) && (!is_comma || sentence.has(start, &ARTICLES) && goes_on())
}

/// Whether nothing but people and joints stands between `from` and the speaker.
pub(super) fn leads_to_speaker(sentence: &Sentence, from: usize) -> bool {
    let small = words!(
        "mi mis my meu minha meus minhas nuestros nuestras nosso nossa nossos nossas our su sus her his their seu sua seus suas nuestro nuestra la el los las o a os as dos two tres dois duas"
    );
    (from..from + 24)
        .take_while(|at| {
            sentence.has(*at, &JOINTS)
                || sentence.has(*at, small)
                || is_person(sentence, *at)
                || is_name_like(sentence, *at)
                || sentence.is(*at, &["yo", "eu", "me", "i", "myself"])
        })
        .any(|at| sentence.is(at, &["yo", "eu", "me", "i", "myself"]))
}

fn is_name_like(sentence: &Sentence, index: usize) -> bool {
    static NO_NAMES: Words = Words::new(
        "i yo eu hola hi hello oi del para desde llegamos somos queria quiero airbnb booking whatsapp",
    );
    let is_word = sentence.tokens.get(index).is_some_and(|token| token.kind == Kind::Word);
    is_word
        && sentence.is_capital(index)
        && sentence.is_free(index)
        && sentence.word(index).len() > 1
        && !is_calendar_word(sentence, index)
        && !is_person(sentence, index)
        && !sentence.has(index, &NO_NAMES)
        // At the head of a sentence any word has a capital.
        && (index > 0 && !sentence.is_mark(index - 1) || sentence.verb(index).is_none())
}
