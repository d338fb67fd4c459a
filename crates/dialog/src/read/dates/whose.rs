//! Whose days they are: the speaker's at this house, or those of somebody else, of a bed elsewhere, of setting out.

use super::{
    arrival_or_departure::{self, Role},
    day_mention::Mention,
    join_days_into_unit::{Shape, Unit},
    not_before, settle_to_calendar_dates,
};
use crate::{
    locale::Language,
    read::{
        lexicon::{Sense, Tense, Words, words},
        month_and_weekday_names::is_calendar_word,
        people::person_nouns::is_person,
        token::Sentence,
    },
};

/// Drops the days that are not the speaker's at this house, where others are.
pub(super) fn keep_ours(sentence: &Sentence, units: Vec<Unit>) -> (Vec<Unit>, Vec<Unit>) {
    if units.len() < 2 {
        return (units, Vec::new());
    }
    let is_ours = |unit: &Unit| is_of_the_speaker(sentence, unit);
    let has_ours = units.iter().any(is_ours);
    let has_arrival = units.iter().any(|unit| arrives_here(sentence, unit));
    let out = setting_out(sentence, &units).and_then(|nth| units.get(nth)).map(|unit| unit.start);
    units.into_iter().partition(|unit| {
        let is_another = has_ours && !is_ours(unit) && is_of_another(sentence, unit);
        let is_elsewhere = has_arrival && !arrives_here(sentence, unit) && is_spent_elsewhere(sentence, unit);
        let is_hindered = (has_arrival || has_ours) && !is_ours(unit) && is_of_a_hindrance(sentence, unit);
        !is_another && !is_elsewhere && !is_hindered && Some(unit.start) != out
    })
}

/// Whether the speaker says in a verb of coming or going that he does so on one of the days, or both are told.
pub(super) fn is_told(sentence: &Sentence, units: &[Unit]) -> bool {
    let has = |role: Role| units.iter().any(|unit| unit.role == role);
    let says = |unit: &Unit| unit.role != Role::Unsaid && moves_himself(sentence, unit);
    let put_off = |unit: &Unit| {
        let at = sentence.skip_articles_back(unit.start);
        at > 0 && unit.role == Role::Arrival && not_before::puts_off_an_arrival(sentence, at - 1)
    };
    has(Role::Arrival) && has(Role::Departure) || units.iter().any(says) || units.iter().any(put_off)
}

/// `aterrizamos ahí el 14`, `we leave on the 18th`, `a gente chega dia 5`
pub(super) fn moves_himself(sentence: &Sentence, unit: &Unit) -> bool {
    let clause = sentence.clause(unit.start);
    let mut near = clause.start.max(unit.start.saturating_sub(5))..clause.end.min(unit.end + 4);
    let moves = |index: usize| {
        let verb = sentence.verb(index).is_some_and(|verb| {
            let goes_away = verb.sense == Sense::Go && sentence.was(index, 1, &["nos", "me"]);
            verb.tense == Tense::Now && (matches!(verb.sense, Sense::Arrive | Sense::Leave) || goes_away)
        });
        let word = sentence.word(index);
        let is_english = sentence.language == Language::En;
        let plural = word.ends_with("mos") || sentence.was(index, 1, &["gente"]);
        let singular = (word.ends_with("ria") || word.ends_with('o') && word.len() > 3)
            && !is_english
            && !is_of_another(sentence, unit);
        let told = is_english && (1..4).any(|back| sentence.was(index, back, &["we", "i"]));
        verb && (plural || singular || told || word == "llegando" || word == "chegando")
    };
    near.any(moves) || clause.clone().any(|index| lands_with_us(sentence, index))
}

/// `our train pulls in`, `nuestro vuelo llega`: with it, they come.
fn lands_with_us(sentence: &Sentence, index: usize) -> bool {
    static VEHICLES: Words = Words::new(
        "flight plane train bus coach ferry boat vuelo avion tren bus micro colectivo omnibus barco voo onibus aviao trem balsa",
    );
    let ours = sentence.had(index, 1, words!("our my nuestro mi nosso meu"));
    let arrives = |at: usize| {
        sentence.verb(at).is_some_and(|verb| verb.sense == Sense::Arrive && verb.tense == Tense::Now)
            || arrival_or_departure::comes_here(sentence, at)
            || sentence.is(at, &["gets", "pulls", "lands", "arrives", "comes", "touches"])
    };
    sentence.has(index, &VEHICLES) && ours && (index + 1..index + 4).any(arrives)
}

/// `llegamos el 14`, `we leave on the 18th`, `nosotros podemos el 14`: the speaker says of himself that he comes, goes or
/// can on that day.
pub(super) fn is_of_the_speaker(sentence: &Sentence, unit: &Unit) -> bool {
    let clause = sentence.clause(unit.start);
    let start = clause.start.max(unit.start.saturating_sub(8));
    let end = clause.end.min(unit.end + 6);
    // "De 8 a 12, e eu cuido do cachorro": the next clause, though no comma parts it.
    let parts = |index: usize| {
        sentence.is(index, &["y", "e", "and"])
            && sentence.is(index + 1, &["yo", "eu", "i", "we", "nosotros", "nosotras", "a"])
    };
    let behind = (unit.end..end).take_while(|index| !parts(*index));
    (start..unit.start).rev().chain(behind).any(|index| is_first_person(sentence, index))
}

/// A verb or a pronoun of the first person.
fn is_first_person(sentence: &Sentence, index: usize) -> bool {
    static PRONOUNS: Words = Words::new("yo nosotros nosotras eu we i");
    static VERBS: Words = Words::new(
        "voy vou iria ire irei caigo salgo vengo llegaria llegare saldria podria puedo posso chegaria sairia estoy estou quiero quero quisiera",
    );
    let word = sentence.word(index);
    let travels = sentence.verb(index).is_some_and(|verb| {
        verb.tense == Tense::Now
            && matches!(verb.sense, Sense::Arrive | Sense::Leave | Sense::Stay | Sense::Go)
    });
    let plural = word.ends_with("mos") && word.len() > 4 && sentence.language != Language::En;
    let singular = travels && word.ends_with('o') && word.len() > 3 && sentence.language != Language::En;
    // "A gente chega".
    let people = sentence.is(index, &["gente"]) && sentence.was(index, 1, &["a"]);
    let is_pronoun = sentence.has(index, &PRONOUNS)
        && (sentence.language == Language::En || !sentence.is(index, &["i", "we"]));
    plural || singular || people || is_pronoun || sentence.has(index, &VERBS)
}

/// `mi hermano va el 10`, `my brother arrives on the 5th`: the subject is somebody else.
fn is_of_another(sentence: &Sentence, unit: &Unit) -> bool {
    let clause = sentence.clause(unit.start);
    let owners =
        words!("mi mis my meu minha meus minhas nuestro nuestra nosso nossa our su sus el la o a los las");
    let subject = (clause.start..unit.start).find(|index| {
        is_person(sentence, *index)
            && sentence.had(*index, 1, owners)
            && !sentence.had(*index, 2, words!("con com with para y e and de a"))
    });
    subject.is_some_and(|subject| {
        let with_me = (subject..unit.start).any(|index| {
            sentence.is(index, &["yo", "eu", "i", "me"]) && sentence.was(index, 1, &["y", "e", "and"])
        });
        let verb = subject <= clause.start + 2
            || (subject + 1..unit.start).any(|index| sentence.verb(index).is_some());
        !with_me && verb && !(clause.start..unit.start).any(|index| is_first_person(sentence, index))
    })
}

/// `no hay buses hasta el 5`, `the road is not open until the 5th`: what keeps them away ends on that day.
fn is_of_a_hindrance(sentence: &Sentence, unit: &Unit) -> bool {
    let at = sentence.skip_articles_back(unit.start);
    let until = sentence.was(at, 1, &["hasta", "ate", "until", "till"]);
    let clause = sentence.clause(unit.start);
    let is_denied = (clause.start..at).any(|index| {
        sentence.has(index, words!("no nao not cerrado cerrada closed cortado cortada suspendido suspendida fechada fechado cancelled"))
    });
    let is_of_travel = (clause.start..at).any(|index| {
        sentence
            .verb(index)
            .is_some_and(|verb| matches!(verb.sense, Sense::Stay | Sense::Arrive | Sense::Leave))
    });
    until && is_denied && !is_of_travel
}

/// A day with a verb of arriving: `mañana llegamos ahí`.
fn arrives_here(sentence: &Sentence, unit: &Unit) -> bool {
    let clause = sentence.clause(unit.start);
    let near = clause.start.max(unit.start.saturating_sub(5))..clause.end.min(unit.end + 4);
    let next_joint = (unit.end..near.end).find(|at| sentence.is(*at, &["y", "e", "and"])).unwrap_or(near.end);
    let last_joint =
        (near.start..unit.start).rev().find(|at| sentence.is(*at, &["y", "e", "and"])).unwrap_or(near.start);
    (last_joint..next_joint).any(|index| {
        sentence.verb(index).is_some_and(|verb| verb.sense == Sense::Arrive)
            || arrival_or_departure::comes_here(sentence, index)
    })
}

/// `hoy dormimos en Malargüe`: a night at another place.
fn is_spent_elsewhere(sentence: &Sentence, unit: &Unit) -> bool {
    let clause = sentence.clause(unit.start);
    let reach = clause.start.max(unit.start.saturating_sub(6))..clause.end.min(unit.end + 7);
    let place = |index: usize| {
        sentence.is(index, &["en", "em", "in"])
            && sentence.is_capital(index + 1)
            && !is_calendar_word(sentence, index + 1)
    };
    let sleeps = |index: usize| {
        sentence.verb(index).is_some_and(|verb| verb.sense == Sense::Stay)
            && (index + 1..index + 5).any(place)
    };
    reach.into_iter().any(sleeps)
}

/// `el micro sale el 4 y llego el 5`: the day of setting out, when the day of arriving follows it.
fn setting_out(sentence: &Sentence, units: &[Unit]) -> Option<usize> {
    const LONGEST_JOURNEY: i32 = 2;
    let single = |unit: &Unit| match unit.shape {
        Shape::Single(day) => Some(day),
        _ => None,
    };
    let nth = units.iter().position(|unit| unit.role == Role::Departure && single(unit).is_some())?;
    let others = units.iter().filter(|unit| unit.role == Role::Departure).count();
    let (out, next) = (units.get(nth)?, units.get(nth + 1)?);
    if others > 1 || next.role != Role::Arrival || gives_up(sentence, out) {
        return None;
    }
    let day = |mention: &Mention| settle_to_calendar_dates::date_of(mention, sentence.today);
    let (leaving, coming) = (day(&single(out)?)?, day(next.shape.first())?);
    let days = leaving.until(coming).ok()?.get_days();
    (0..=LONGEST_JOURNEY).contains(&days).then_some(nth)
}

/// `dejamos la cabaña el 4 y …`, `check out on the 4th`: they leave this house.
fn gives_up(sentence: &Sentence, unit: &Unit) -> bool {
    let at = sentence.skip_articles_back(unit.start);
    (at.saturating_sub(5)..at).any(|index| {
        arrival_or_departure::gives_back(sentence, index)
            || sentence.is(index, &["checkout", "salida", "hasta", "until", "ate", "saida"])
    })
}
