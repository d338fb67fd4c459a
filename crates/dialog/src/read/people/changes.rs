//! Who drops out of a party, or joins it: `éramos 5 pero mi hermana no va`.

use super::{
    find_people_phrases::{Phrase, Who},
    totals_without_noun::Total,
};
use crate::read::{
    lexicon::{Words, phrases},
    token::Sentence,
};

/// How far behind a person the verb may stand.
const REACH: usize = 6;

/// Whether somebody who is named does not come after all: `mi hermana no va`, `my uncle dropped out`.
pub(super) fn drops_out(sentence: &Sentence, phrase: &Phrase) -> bool {
    let out = phrases!(
        "no va|no viene|no vienen|no van|no puede|no pueden|no podra|no podran|no llega|no se suma|se bajo|se bajaron|se baja|se bajan|se cayo|\
        se cayeron|se borro|se borraron|se arrepintio|se rajo|cancelo|cancelaron|desistio|desistiram|desistieron|arrugo|fallo|ya no va|ya no viene|\
        ya no van|ya no vienen|al final no|no nos acompana|nao vai|nao vem|nao vao|nao pode|nao podem|nao vai mais|desistiu|cancelou|furou|\
        caiu fora|cannot make it|can not make it|cannot come|can not come|is not coming|are not coming|will not come|will not be coming|dropped out|\
        bailed|backed out|pulled out|is out|not going"
    );
    reached(sentence, phrase.end, out)
}

/// Whether somebody who is named comes on top of those counted before: `se suma mi primo`, `my cousin is joining us`.
pub(super) fn joins(sentence: &Sentence, phrase: &Phrase) -> bool {
    let behind = phrases!(
        "se suma|se suman|se sumo|se sumaron|se agrega|se agregan|se agrego|se agregaron|se apunta|se apuntan|se apunto|se une|se unen|se pego|\
        viene tambien|vienen tambien|tambien viene|tambien vienen|tambien va|tambem vem|tambem vai|vem tambem|vai junto|vem junto|is joining|\
        are joining|is coming too|is coming along|joined"
    );
    let before = phrases!(
        "se suma|se suman|se sumo|se sumaron|se agrega|se agregan|se agrego|se agregaron|se apunta|se apunto|se une|se unen|se pego"
    );
    // "Somos 6, que se sumó mi primo": the reason of a number that counts him.
    let is_reason = |at: usize| {
        sentence.is(at.wrapping_sub(1), &["que", "porque", "pues", "pois", "because", "since", "as", "ya"])
    };
    reached(sentence, phrase.end, behind) && !is_reason(phrase.start)
        || sentence.phrase_to(phrase.start, before).is_some_and(|at| !is_reason(at))
}

fn reached(sentence: &Sentence, end: usize, phrases: &'static crate::read::lexicon::Phrases) -> bool {
    (end..end + REACH)
        .take_while(|at| !sentence.is_break(*at))
        .any(|at| sentence.phrase_from(at, phrases).is_some())
}

/// How many a total has become by those who are named behind it.
pub(super) fn changed(sentence: &Sentence, total: Total, phrases: &[Phrase]) -> Total {
    let mut people = total.people;
    let named = |phrase: &&Phrase| {
        phrase.start >= total.at.1
            && !phrase.is_unknown
            && !matches!(phrase.who, Who::Speaker | Who::Us | Who::Total)
    };
    for phrase in phrases.iter().filter(named) {
        if drops_out(sentence, phrase) {
            people = people.saturating_sub(phrase.people);
        } else if joins(sentence, phrase) {
            people += phrase.people;
        }
    }
    if people == 0 { total } else { Total { people, ..total } }
}

/// `éramos`, `íbamos a ser`, `we were going to be`: a number that held before.
pub(super) fn held_before(sentence: &Sentence, index: usize) -> bool {
    static WERE: Words = Words::new("eramos");
    let planned = phrases!(
        "ibamos a ser|ibamos|iamos ser|iamos em|eramos em|era para ser|eran|we were going to be|we were|it was going to be|\
        there were|there were going to be|there were meant to be|we were meant to be|we were supposed to be|there were supposed to be|ibamos a ser los|iba a ser|iam ser|eramos como|ibamos a ir|iamos ser em|ibamos a venir"
    );
    sentence.had(index, 1, &WERE) || sentence.phrase_to(index, planned).is_some()
}
