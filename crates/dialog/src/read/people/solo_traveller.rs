//! One who travels alone: `viajo sola`, `sozinho`, `just me`.

use crate::read::{
    lexicon::{Words, phrases, words},
    token::Sentence,
};

/// Where somebody says so.
pub(super) fn alone(sentence: &Sentence) -> Option<(usize, usize)> {
    static VERBS: Words = Words::new(
        "viajo voy iria viajaria ire soy estoy estaria mi yo vou viajando sou ir viajar quedarme travelling \
         traveling am going eu estarei iba reservo persona vaya caigo llego vengo chego fico viajarei traveling myself travel come coming",
    );
    static ALONE: Words = Words::new("solo sola solito solita alone sozinho sozinha solita solo");
    let phrases = phrases!(
        "\
        just me|only me|by myself|on my own|solo yo|solo soy yo|so eu|yo nomas|yo nada mas|solamente yo|\
        apenas eu|para mi solo|para mi sola|solo para mi|just myself|solo traveler|solo traveller|\
        travel alone|yo solo|yo sola|eu mesmo|eu mesma|yo solito|yo solita|just the one of us|party of one|\
        nada mas yo|nomas yo|so para mim|just for me|only for me|solo para mi|para mi nomas|unicamente yo|somente eu|una persona sola|un solo huesped"
    );
    (0..sentence.len()).find_map(|index| {
        if let Some(end) = sentence.phrase_from(index, phrases) {
            // "Solo yo y mi perro" is one; "solo yo y mi hermana" is counted elsewhere.
            return Some((index, end));
        }
        if let Some(end) = with_an_animal(sentence, index).or_else(|| led_by_an_animal(sentence, index)) {
            return Some((index, end));
        }
        let travels = sentence.had(index, 1, &VERBS)
            || sentence.was(
                index,
                2,
                &["viajo", "voy", "soy", "vou", "iria", "estoy", "travelling", "llego"],
            );
        let only = sentence.is(index, &["solo"])
            && sentence.has(index + 1, words!("el la para por una un quiero necesito de a del en hasta"))
            && !sentence.was(index, 1, &["viajo", "voy", "soy"]);
        let said =
            sentence.has(index, &ALONE) && travels && !only || sentence.is(index, &["sozinho", "sozinha"]);
        said.then_some((index, index + 1))
    })
}

/// `yo y mi perro`, `para mí y mi gata`
fn with_an_animal(sentence: &Sentence, index: usize) -> Option<usize> {
    let is_speaker = sentence.is(index, &["yo", "eu", "me", "mim", "mi"]);
    let joined = sentence.is(index + 1, &["y", "e", "and", "con", "com", "with"]);
    let animal = (index + 2..index + 5).find(|at| crate::read::mask::is_animal(sentence, *at))?;
    let small = (index + 2..animal).all(|at| {
        sentence.is(at, &["mi", "my", "meu", "minha", "un", "una", "um", "uma", "el", "la", "o", "a"])
    });
    (is_speaker && joined && small && sentence.is_break(animal + 1)).then_some(animal + 1)
}

/// `mi perro y yo`, `viajo con mi perra`
fn led_by_an_animal(sentence: &Sentence, index: usize) -> Option<usize> {
    static TRAVELS: Words =
        Words::new("viajo voy vou iria llego viajaria caigo travelling traveling viajando vengo");
    let is_animal = |at: usize| crate::read::mask::is_animal(sentence, at);
    let owned = sentence.is(index, &["mi", "my", "meu", "minha"]) && is_animal(index + 1);
    let closes = owned
        && sentence.is(index + 2, &["y", "e", "and"])
        && sentence.is(index + 3, &["yo", "eu", "i", "me"]);
    if closes {
        return Some(index + 4);
    }
    let with = sentence.is(index + 1, &["con", "com", "with"])
        && sentence.is(index + 2, &["mi", "my", "meu", "minha", "un", "una", "um", "uma"]);
    (sentence.has(index, &TRAVELS) && with && is_animal(index + 3)).then_some(index + 4)
}
