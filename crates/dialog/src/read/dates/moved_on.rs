//! `lo del 20 pasa a ser el 27`, `the 10th needs to become the 17th`: the first day is what was agreed, the second what
//! holds from now on. And days on which the writers cannot come, where they name others.

use super::{arrival_or_departure::goes_between, join_days_into_unit::Unit};
use crate::read::{
    lexicon::{Sense, Words, phrases, words},
    token::Sentence,
};

/// The second day follows within so many tokens.
const REACH: usize = 10;

/// Whether a unit is the old day of the one that follows it.
pub(super) fn has_become(sentence: &Sentence, unit: &Unit, next: &Unit) -> bool {
    let gap = unit.end..next.start;
    if gap.len() > REACH || gap.clone().any(|at| sentence.is(at, &[".", "?", "!", ";"])) {
        return false;
    }
    let becomes = phrases!(
        "pasa a ser|pasaria a ser|pase a ser|pasar a ser|passa a ser|passar a ser|passaria a ser|vira|virar|viraria|virou|becomes|become|\
        became|turns into|turned into|was moved to|has moved to|is moved to|got moved to|moved to|changes to|changed to|pushed to|got pushed to|\
        se corrio al|se corrio para|se corre al|se corre para|se paso al|se paso para|se pasa al|se pasa para|se movio al|se movio para|\
        se cambio al|se cambio para|se cambia al|mudou para|mudou pra|muda para|foi para|foi transferido para|foi adiado para|foi remarcado para|\
        ficou para|queda para|quedo para"
    );
    let is_now = phrases!(
        "va a ser|vai ser|sera|seria|is now|will be|would be|es ahora|ahora es|ahora seria|agora e|agora vai ser|agora seria|now it is|tiene que ser|\
        tem que ser|vai ter que ser|needs to be|has to be|should be"
    );
    let held = words!("era eram was were estaba estava estabamos teniamos tenia tinha tinhamos");
    let was = (unit.start.saturating_sub(6)..unit.start).any(|at| sentence.has(at, held));
    let leads = gap.clone().any(|at| {
        sentence.phrase_from(at, becomes).is_some() || was && sentence.phrase_from(at, is_now).is_some()
    });
    leads && !goes_between(sentence, gap.start, gap.end)
}

/// `no alcanzamos a llegar el 7`, `não consigo chegar dia 4`, `I can't get there on the 3rd`: a verb of coming that is denied
/// right before the day.
pub(super) fn cannot_come(sentence: &Sentence, unit: &Unit) -> bool {
    static BETWEEN: Words = Words::new(
        "a el la o dia para no na en em on the by in ahi alla aca alli ai there here to you estar be ir it make get ya",
    );
    static MODALS: Words = Words::new(
        "puedo podemos podria podriamos podre podremos alcanzo alcanzamos posso consigo conseguimos vou vamos voy can could able will be \
         poder conseguir alcanzar dar va vai going",
    );
    let at = sentence.skip_articles_back(unit.start);
    let comes = |index: usize| {
        sentence.verb(index).is_some_and(|verb| matches!(verb.sense, Sense::Arrive | Sense::Go))
            || sentence.is(index, &["be", "estar", "make", "get"])
    };
    let mut has_verb = false;
    for index in (at.saturating_sub(REACH)..at).rev() {
        let is_negation = sentence.is(index, &["not", "cannot", "nao"])
            || sentence.is(index, &["no"]) && sentence.language == crate::locale::Language::Es;
        if is_negation {
            return has_verb;
        }
        has_verb |= comes(index);
        if !comes(index) && !sentence.has(index, &BETWEEN) && !sentence.has(index, &MODALS) {
            return false;
        }
    }
    false
}
