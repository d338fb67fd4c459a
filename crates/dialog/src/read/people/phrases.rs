//! Phrases for people: `2 adultos`, `mi hermana`, `las nenas de 4 y 7`, `yo`.

use super::{
    MOST,
    nouns::{self, Noun, QUALITIES, is_child, noun},
};
use crate::{
    locale::Language,
    read::{
        lexicon::{Words, phrases, words},
        token::{Claim, Kind, Sentence, Shape},
    },
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

static OWNERS: Words = Words::new(
    "mi mis meu meus minha minhas my nuestro nuestra nuestros nuestras nosso nossa nossos nossas our su sus seu sua seus suas \
     his her their el la los las o a os as the tu tus dele dela",
);
static OWN: Words = Words::new(
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
    single_parent(sentence, index)
        .or_else(|| year_olds(sentence, index))
        .or_else(|| speaker(sentence, index))
        .or_else(|| us(sentence, index))
        .or_else(|| their_partners(sentence, index))
        .or_else(|| counted(sentence, index))
        .or_else(|| noun_first(sentence, index))
        .or_else(|| uncounted(sentence, index))
        .or_else(|| somebody_of_mine(sentence, index))
        .or_else(|| beside_speaker(sentence, index))
}

/// `eu e mais 3`, `me + 3`, `yo y ella`: others who are named beside the speaker alone.
fn beside_speaker(sentence: &Sentence, index: usize) -> Option<Phrase> {
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

/// `dos hermanas con sus maridos`, `4 friends with their wives`: as many again.
fn their_partners(sentence: &Sentence, index: usize) -> Option<Phrase> {
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
    let joined = sentence.is(index.wrapping_sub(1), &["con", "y", "e", "com", "with", "and", "plus", "mas"]);
    if !owned || !joined || !sentence.has(index + 1, &PARTNERS) {
        return None;
    }
    let people = (index.saturating_sub(6)..index).rev().find_map(|at| sentence.any_count(at))?;
    (people >= 2).then(|| Phrase { is_counted: true, ..phrase(Who::Any, people, index, index + 2) })
}

/// `mi jermu y yo`, `yo, mi concubino y …`: whoever stands with the speaker in a list and belongs to them.
fn somebody_of_mine(sentence: &Sentence, index: usize) -> Option<Phrase> {
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
    let is_thing = sentence.has(word, &THINGS)
        || crate::read::mask::is_thing(sentence, word)
        || sentence.verb(word).is_some();
    (is_mine && joined && near_speaker && !is_thing && named(sentence, word).is_none()).then_some(phrase(
        Who::Relative,
        1,
        index,
        word + 1,
    ))
}

/// `single mum with two kids`, `madre soltera con …`
fn single_parent(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let words = phrases!(
        "single mum|single mom|single dad|single mother|single father|single parent|madre soltera|padre soltero|mama soltera|\
        papa soltero|mae solteira|mae solo|pai solteiro|pai solo"
    );
    let end = sentence.phrase_from(index, words)?;
    Some(Phrase { is_counted: true, ..phrase(Who::Adult, 1, index, end) })
}

/// `our 4 and 6 year olds`, `a 3 year old`
fn year_olds(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let is_age = |at: usize| sentence.claim_of(at) == Some(Claim::Age) && sentence.any_number(at).is_some();
    if !is_age(index) {
        return None;
    }
    let mut at = index;
    let mut ages = 1;
    while sentence.is(at + 1, &["and", ",", "&", "y", "e"]) && is_age(at + 2) {
        at += 2;
        ages += 1;
    }
    let mut end = at + 1;
    while sentence.has(end, words!("- year years yr yrs")) {
        end += 1;
    }
    let is_old = sentence.is(end, &["old", "olds"]) && end > at + 1;
    let led = sentence.has(index.wrapping_sub(1), words!("our my a an with and plus , two the &"));
    // "Is it ok for a 2 year old?" counts nobody alone.
    let is_counted = !sentence.has(index.wrapping_sub(1), words!("a an"));
    (is_old && led)
        .then_some(Phrase { is_counted, ..phrase(Who::Child, ages, index.saturating_sub(1), end + 1) })
}

fn speaker(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let english = sentence.language == Language::En;
    let is_self = sentence.is(index, &["yo", "eu"])
        || sentence.is(index, &["myself", "servidor", "servidora"])
        || english && sentence.is(index, &["me", "i"]) && is_in_a_list(sentence, index)
        // "I" of the next clause: "3 people and I'd like".
        && !(sentence.is(index, &["i"]) && sentence.has(index + 1, words!("would am will have want need was can do think like")));
    let start = if sentence.is(index, &["servidor", "servidora"]) { index.saturating_sub(1) } else { index };
    is_self.then_some(phrase(Who::Speaker, 1, start, index + 1))
}

/// `me and my wife`, `my wife and me`, `just me`
fn is_in_a_list(sentence: &Sentence, index: usize) -> bool {
    let joints = ["and", ",", "plus", "&", "+"];
    sentence.is(index + 1, &joints) || sentence.was(index, 1, &joints)
}

/// `nosotros dos`, `nós dois`, `us two`, `the two of us`
fn us(sentence: &Sentence, index: usize) -> Option<Phrase> {
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
        || sentence.is(index + 2, &["y", "e", "con", "com", "and", "mas", "solos", "solas"]);
    (is_pronoun && closed).then_some(Phrase { is_counted: true, ..phrase(Who::Us, people, index, index + 2) })
}

/// `my in-laws and the two of us`, `the two of us plus our kids`: alone it is a total.
fn is_beside_others(sentence: &Sentence, start: usize, end: usize) -> bool {
    sentence.was(start, 1, &["and", "plus", "&", "+"]) || sentence.is(end, &["and", "plus", "&", "+", "with"])
}

fn phrase(who: Who, people: u16, start: usize, end: usize) -> Phrase {
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

/// `2 adultos`, `mis dos hijos`, `dos niños pequeños`, `4 o 5 personas`, `una amiga`.
fn counted(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let first = sentence.count(index)?;
    if is_end_of_a_date(sentence, index) {
        return None;
    }
    let joint = sentence.is(index + 1, &["o", "u", "ou", "or", "a", "-", "to"]);
    let second = sentence.count(index + 2).filter(|second| joint && *second > first);
    let (people, after) = match second {
        Some(second) => (second, index + 3),
        None => (first, index + 1),
    };
    let at = skip_qualities(sentence, after);
    let is_article = sentence.number(index)?.shape == Shape::Article;
    let noun_at = linked_child(sentence, at).unwrap_or(at);
    let (who, each) = named(sentence, noun_at)?;
    let is_relative = who == Who::Relative;
    // "Una pareja" are two; "una persona" is mostly nobody in particular.
    if is_article && matches!(who, Who::Any | Who::Total) && !is_one_traveller(sentence, index, noun_at)
        || is_relative && !is_article && each == 2
        || sentence.is(noun_at + 1, &["cama", "camas", "plazas"])
    {
        return None;
    }
    if is_extra(sentence, noun_at) || people > MOST {
        return None;
    }
    // "Dos matrimonios con un nene cada uno": as many times as there are couples before.
    let times = if sentence.is(noun_at + 1, &["cada", "each"]) || is_each_before(sentence, index) {
        couples_before(sentence, index)
    } else {
        1
    };
    let ages = ages_after(sentence, noun_at);
    let end = ages.map_or(noun_at + 1, |(_, end)| end);
    // "Una banda de 9 pibes": nine in all, whatever they are called.
    let in_group = sentence.was(index, 1, &["de", "of"])
        && (nouns::is_group(sentence, index.wrapping_sub(2))
            || sentence.has(index.wrapping_sub(3), words!("un una um uma a"))
                && sentence.has(index.wrapping_sub(4), words!("somos seriamos seremos vamos are be")));
    let who = match who {
        Who::Child | Who::Any | Who::Adult | Who::Young if in_group => Who::Total,
        Who::Relative if people > 1 => Who::Any,
        other => other,
    };
    Some(Phrase {
        who,
        people: people.checked_mul(each)?.checked_mul(times)?,
        start: start_with_owner(sentence, index),
        end,
        is_counted: !is_article || who != Who::Relative,
        is_vague: second.is_some(),
        is_couple: each == 2,
        is_unknown: false,
    })
}

/// What a word for people means, and how many each of them is.
fn named(sentence: &Sentence, index: usize) -> Option<(Who, u16)> {
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
    Some(match noun(sentence, index) {
        Some(Noun::Couple) if !is_of_animals(sentence, index) => (Who::Adult, 2),
        Some(Noun::Couple) => return None,
        Some(Noun::Adult) => (Who::Adult, 1),
        Some(Noun::Child) => (Who::Child, 1),
        Some(Noun::Young) => (Who::Young, 1),
        Some(Noun::Companion) => (Who::Any, 1),
        Some(Noun::Total) => (Who::Total, 1),
        None if nouns::is_two_relatives(sentence, index) => (Who::Relative, 2),
        None if nouns::is_one_relative(sentence, index) => (Who::Relative, 1),
        None => return None,
    })
}

/// `a couple of dogs`, `una pareja de gatos`; `a couple of nights`.
fn is_of_animals(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index + 1, &["of", "de"])
        && noun(sentence, index + 2).is_none()
        && !sentence.is(index + 2, &["amigos", "friends", "4", "2", "adultos", "jubilados", "novios"])
}

fn skip_qualities(sentence: &Sentence, after: usize) -> usize {
    let mut at = after;
    while at < after + 2 && sentence.has(at, &QUALITIES) && named(sentence, at + 1).is_some() {
        at += 1;
    }
    at
}

/// "Somos 5, dos son chicos", "two of them kids".
fn linked_child(sentence: &Sentence, at: usize) -> Option<usize> {
    let linked = (at..at + 3)
        .take_while(|index| sentence.has(*index, words!("son sao are of them de ellos deles")))
        .count();
    (linked > 0 && noun(sentence, at + linked) == Some(Noun::Child) && !is_child(sentence, at))
        .then_some(at + linked)
}

/// "15/02 adultos 2": the end of a date.
fn is_end_of_a_date(sentence: &Sentence, index: usize) -> bool {
    sentence.was(index, 1, &["/"])
        && sentence.is_glued(index)
        && sentence.number(index.wrapping_sub(2)).is_some()
}

/// "Una persona más" joins people that were said before; "un menor costo" is no child.
fn is_extra(sentence: &Sentence, noun_at: usize) -> bool {
    let joins = sentence.is(noun_at + 1, &["mas", "extra", "more", "adicional", "adicionales", "a"])
        && (!sentence.is(noun_at + 1, &["a"]) || sentence.is(noun_at + 2, &["mais"]));
    // "3 adultos más 2 chicos" counts all of them.
    let goes_on = sentence.is(noun_at + 1, &["mas"])
        && (sentence.any_number(noun_at + 2).is_some()
            || sentence.is(noun_at + 2, &["yo", "eu", "me", "nosotros"])
            || sentence.has(noun_at + 2, &OWN));
    let is_quality = sentence.is(noun_at, &["menor", "grandes", "mayor"])
        && sentence.is(noun_at + 1, &["costo", "precio", "tiempo", "cabanas", "que"]);
    let is_other = sentence
        .is(noun_at.wrapping_sub(1), &["otra", "otro", "extra", "another", "additional", "outra", "outro"]);
    joins && !goes_on || is_quality || is_other
}

/// `cada uno con un crío`, `each with two kids`
fn is_each_before(sentence: &Sentence, index: usize) -> bool {
    (index.saturating_sub(4)..index).any(|at| sentence.is(at, &["cada", "each"]))
        && sentence.was(index, 1, &["con", "com", "with", "tiene", "tem", "has"])
}

fn couples_before(sentence: &Sentence, index: usize) -> u16 {
    let couples = (0..index).rev().find(|at| noun(sentence, *at) == Some(Noun::Couple));
    couples.and_then(|at| sentence.any_count(at.checked_sub(1)?)).unwrap_or(1)
}

/// "Hablar con una persona" asks for somebody else than a guest.
fn is_one_traveller(sentence: &Sentence, index: usize, noun_at: usize) -> bool {
    static BEFORE: Words = Words::new("para somos soy viaja por for seria es sou e serian");
    if sentence.has(noun_at, words!("amigo amiga friend colega prima primo hermano hermana")) {
        return true;
    }
    sentence.had(index, 1, &BEFORE) && !sentence.is(noun_at + 1, &["que", "real", "who", "mas", "humana"])
        || sentence.is(noun_at.wrapping_sub(1), &["sola", "unica", "only", "single"])
        || sentence.is(noun_at + 1, &["sola", "solo", "so", "sozinha"])
        || (index == 0 || sentence.is_break(index - 1)) && sentence.is_break(noun_at + 1)
}

/// `adultos: 2`, `niños 1`.
fn noun_first(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let (who, each) = named(sentence, index)?;
    if each == 2 || who == Who::Relative {
        return None;
    }
    let colon = sentence.is(index + 1, &[":", "=", "-"]);
    let at = if colon { index + 2 } else { index + 1 };
    let people = sentence.count(at).filter(|people| *people <= MOST)?;
    let before = index.wrapping_sub(1);
    let is_date = sentence.was(before, 1, &["/", "-", "."]) && sentence.is_glued(before);
    let is_form = noun(sentence, before.wrapping_sub(1)).is_some();
    if sentence.number(before).is_some() && !is_date && !is_form {
        return None;
    }
    let next_noun = (at + 1..at + 3).any(|at| noun(sentence, at).is_some());
    let closed = sentence.is_break(at + 1) && !sentence.is(at + 1, &["-", "/"])
        || next_noun
        || colon && !sentence.is(at + 1, &["de", "al", "a"]);
    let is_digit = sentence.number(at)?.shape != Shape::Article;
    (closed && is_digit).then_some(Phrase { is_counted: true, ..phrase(who, people, index, at + 1) })
}

/// `mi hermana`, `mis suegros`, `con el bebé`, `las nenas de 4 y 7`, `pareja`.
fn uncounted(sentence: &Sentence, index: usize) -> Option<Phrase> {
    let pair = nouns::is_two_relatives(sentence, index).then_some((Who::Relative, 2));
    let (who, each) = pair.or_else(|| named(sentence, index))?;
    if !sentence.is_free(index) {
        return None;
    }
    let owner = owner_before(sentence, index);
    let start = owner.unwrap_or(index);
    let is_owned = owner.is_some();
    let joined = sentence.had(start, 1, words!("con com with y e and + mas plus & ,"))
        || sentence.is_mark(start.wrapping_sub(1));
    let plain = phrase(who, each, start, index + 1);
    match who {
        Who::Relative => {
            // "Papá, mamá y 2 nenes" opens a list; "mi abuela de 80 y yo" goes on behind her age.
            let opens = (start == 0 || sentence.is_break(start - 1))
                && sentence.is(index + 1, &["y", "e", "and", ",", "con", "+", "com"]);
            let end = if sentence.is(index + 1, &["de", "of"])
                && sentence.any_number(index + 2).is_some_and(|age| (18..=110).contains(&age.value))
            {
                if sentence.is(index + 3, &["anos", "years", "anios"]) { index + 4 } else { index + 3 }
            } else {
                index + 1
            };
            (is_owned || joined || opens).then_some(Phrase { end, ..plain })
        }
        Who::Child | Who::Young => {
            if let Some((ages, end)) = ages_after(sentence, index) {
                let who = Who::Child;
                // "Niños de 5 años": how many, nobody said.
                let is_plural = sentence.word(index).ends_with('s') && !nouns::is_twins(sentence, index);
                if ages == 1 && is_plural {
                    return Some(Phrase { who, people: 0, is_unknown: true, end, ..plain });
                }
                let ages = if nouns::is_twins(sentence, index) { ages.max(2) } else { ages };
                return Some(Phrase { who, people: ages, end, is_counted: ages > 1, ..plain });
            }
            if nouns::is_twins(sentence, index) {
                return (joined || is_owned).then_some(Phrase { people: 2, ..plain });
            }
            let several = is_owned && sentence.word(index).ends_with('s') && who == Who::Child;
            if several {
                return Some(Phrase { people: 0, is_unknown: true, ..plain });
            }
            let one = nouns::is_one_child(sentence, index)
                && (is_owned || joined || closes_with_speaker(sentence, index));
            one.then_some(plain)
        }
        Who::Adult if each == 2 => {
            let travels = index == 0
                || sentence.had(index, 1, words!("somos en em para as for de seriamos por pra"))
                || sentence.is_mark(index.wrapping_sub(1))
                || sentence.is(index + 1, &["con", "com", "with", "e", "y"]);
            // "Mi pareja" is one companion.
            let is_companion =
                sentence.is(index, &["pareja"]) && is_owned && sentence.has(index.wrapping_sub(1), &OWN);
            if is_companion {
                return Some(Phrase { people: 1, who: Who::Relative, ..plain });
            }
            (travels && sentence.is(index, &["pareja", "matrimonio", "casal", "couple", "parejita"]))
                .then_some(Phrase { is_counted: true, is_couple: true, ..plain })
        }
        _ => None,
    }
}

/// `hijo y yo`
fn closes_with_speaker(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index + 1, &["y", "e", "and"]) && sentence.is(index + 2, &["yo", "eu", "i", "me"])
}

fn owner_before(sentence: &Sentence, index: usize) -> Option<usize> {
    let quality = sentence.has(index.wrapping_sub(1), &QUALITIES);
    let at = if quality { index - 1 } else { index };
    let before = at.checked_sub(1)?;
    // "Con a" in Portuguese; "a" as an English article is a number.
    (sentence.has(before, &OWNERS) && sentence.is_free(before)).then_some(before)
}

fn start_with_owner(sentence: &Sentence, index: usize) -> usize {
    if sentence.had(index, 1, &OWNERS)
        || sentence.was(index, 1, &["otros", "otras", "unos", "unas", "outros"])
    {
        index - 1
    } else {
        index
    }
}

/// The ages of children behind their noun, counted, and where they end: `de 3 y 7 años`, `(5 and 8)`, `: 4, 6`.
fn ages_after(sentence: &Sentence, noun_at: usize) -> Option<(u16, usize)> {
    static BEFORE_AGES: Words = Words::new(
        "de of ( : , aged con com entre with ages edad edades idades que tienen son is are age who tiene turning - anos",
    );
    static JOINTS: Words = Words::new("y e and , & o /");
    let is_age = |at: usize| sentence.claim_of(at) == Some(Claim::Age) && sentence.any_number(at).is_some();
    let first = (noun_at + 1..noun_at + 5).find(|at| !sentence.has(*at, &BEFORE_AGES))?;
    if !is_age(first) || first == noun_at {
        return None;
    }
    let mut at = first;
    let mut ages = 1;
    while at < first + 24 {
        // "3 años y 7 meses" may say its unit each time.
        let mut next = at + 1;
        while sentence
            .has(next, words!("anos ano anitos year years yr yrs old mes meses month months y/o anios yo"))
        {
            next += 1;
        }
        let joint = next;
        while sentence.has(next, &JOINTS) && next < joint + 2 {
            next += 1;
        }
        if next > joint
            && sentence.is(next, &["de", "el", "la", "otro", "otra", "uno", "o", "one"])
            && is_age(next + 1)
        {
            next += 1;
        }
        if next == joint || !is_age(next) {
            at = joint;
            break;
        }
        ages += 1;
        at = next;
    }
    let end = if sentence.is(at, &[")"]) { at + 1 } else { at };
    Some((ages, end))
}
