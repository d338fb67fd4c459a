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
        nada mas yo|nomas yo|unicamente yo|somente eu|una persona sola|un solo huesped"
    );
    (0..sentence.len()).find_map(|index| {
        if let Some(end) = sentence.phrase_from(index, phrases) {
            // "Solo yo y mi perro" is one; "solo yo y mi hermana" is counted elsewhere.
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
