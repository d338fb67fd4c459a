//! Words right before a day that keep it from being exact: `antes del 5`, `la semana del 20`, `cerca del 12`.

use super::not_before;
use crate::read::lexicon::phrases;
use crate::read::token::{Claim, Sentence};

/// The day is only a mark that the stay lies near: which days, nobody said.
pub(super) fn is_only_near(sentence: &Sentence, start: usize) -> bool {
    let at = sentence.skip_articles_back(start);
    let near = phrases!(
        "\
        antes de|antes del|despues de|despues del|depois de|depois do|antes do|before|after|semana del|\
        semana de|semana do|week of|week of the|posterior al|posterior a|previo al|previa al|anterior al|\
        semana que empieza|semanita del|despues|puente del|puente de|feriado del|feriado de|feriado do|\
        feriadao de|feriadao do|finde largo del|finde largo de|week commencing|week commencing on|week starting|week beginning|\
        week from|a partir de mediados|semana que comienza|semana que arranca|semana que comeca|\
        no antes del|no later than|semana en torno al|pasado el|pasada la|de ahi en adelante|on or after|\
        week that starts|any time after|anytime after|later than|passado o|para depois do|w c|commencing|\
        en la semana del|previous to|prior to"
    );
    let Some(phrase) = sentence.phrase_to(at, near) else { return false };
    // "No llegamos antes del 12": that day, and none before.
    if sentence.is(phrase, &["antes", "before"]) && not_before::puts_off_an_arrival(sentence, phrase) {
        return false;
    }
    // "Una semana del 12": a length, claimed as such.
    sentence.claim_of(phrase) != Some(Claim::Nights)
}

/// The day is said as approximate: it is the day, and worth a question.
pub(super) fn is_about(sentence: &Sentence, start: usize, end: usize) -> bool {
    let at = sentence.skip_articles_back(start);
    let lead = skip_prepositions_back(sentence, at);
    let about = phrases!(
        "\
        mas o menos|mais ou menos|alrededor del|alrededor de|cerca del|cerca de|cerca do|around|about|\
        aprox|aproximadamente|approx|approximately|roughly|tipo|por ahi|por ahi por|por volta de|\
        por volta do|pelo|la pelo|la pela|em torno do|em torno de|en torno al|hacia|calculo que|calculo|\
        somewhere around|circa|a eso del|maybe|tal vez|talvez|quizas|quiza|ponele|ponele que|probablemente|creo que|\
        capaz|capaz que|en principio|sobre|sobre el|posiblemente|possibly|probably|perhaps|acho que|i think|el otro|otro|o outro|outro|na outra|the other"
    );
    let follows = phrases!(
        "\
        mas o menos|mais ou menos|aprox|aproximadamente|or so|or thereabouts|ou por ai|o por ahi|ponele|\
        give or take|creo|calculo|ou perto|o cerca|more or less|ish|i think|acho|approx|a confirmar|tentativamente"
    );
    // "Caeríamos por ahí el 14": there, and no about.
    let leads = |at: usize| {
        sentence.phrase_to(at, about).is_some_and(|start| {
            // "Ponele del 5 al 8": an order.
            let is_order = sentence.is(start, &["ponele"]) && sentence.is(start + 1, &["del", "desde", "de"]);
            let is_there = sentence.is(start, &["por"]) && sentence.verb(start.wrapping_sub(1)).is_some();
            !is_there && !is_order
        })
    };
    leads(at)
        || leads(lead)
        || leads(start)
        || sentence.phrase_from(end, follows).is_some()
        || sentence.is(end, &[",", "("]) && sentence.phrase_from(end + 1, follows).is_some()
}

fn skip_prepositions_back(sentence: &Sentence, at: usize) -> usize {
    let prepositions =
        ["para", "el", "por", "on", "for", "a", "em", "en", "no", "na", "llegamos", "llego", "del", "de"];
    (0..2).fold(at, |at, _| if sentence.was(at, 1, &prepositions) { at - 1 } else { at })
}
