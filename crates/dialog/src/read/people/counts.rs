//! Counts with a noun: `2 adultos y 1 nene`.

use super::{
    Beside, MOST,
    nouns::{Noun, QUALITIES, is_child, noun},
};
use crate::read::token::{Claim, Kind, Sentence, Shape};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counts {
    pub adults: Option<u16>,
    pub children: Option<u16>,
    /// Counted without telling grown-ups from children: `4 personas`.
    pub total: Option<u16>,
    /// How children beside that total are meant.
    pub beside: Beside,
    pub vague: bool,
}

/// One count that was found, `start..end` in tokens.
#[derive(Clone, Copy, Debug)]
struct Found {
    people: u16,
    noun: Noun,
    start: usize,
    end: usize,
    vague: bool,
}

pub(super) fn read(sentence: &mut Sentence) -> Counts {
    let found = find(sentence);
    for count in &found {
        sentence.claim_free(count.start..count.end, Claim::People);
    }
    let adults_named = found.iter().any(|count| matches!(count.noun, Noun::Adult | Noun::Couple));
    let class_of = |count: &Found| match count.noun {
        Noun::Couple => Noun::Adult,
        Noun::Young if adults_named => Noun::Child,
        Noun::Young => Noun::Total,
        other => other,
    };
    let sum = |wanted: Noun| sum_of(sentence, found.iter().filter(|count| class_of(count) == wanted));
    let total_at = found.iter().rposition(|count| class_of(count) == Noun::Total);
    let child_after = total_at.and_then(|at| Some((found[at], *found.get(at + 1)?)));
    let added = child_after.is_some_and(|(total, child)| is_added(sentence, total.end, child.start));
    Counts {
        adults: sum(Noun::Adult),
        children: sum(Noun::Child),
        total: total_of(sentence, &found, class_of).map(|total| match total_at {
            Some(at) if joins_the_speaker(sentence, &found[at]) => total + 1,
            _ => total,
        }),
        beside: if added { Beside::Added } else { Beside::Included },
        vague: found.iter().any(|count| count.vague),
    }
}

/// Whether nothing but "and", "with", "plus" stands between a total and the children after it.
pub(super) fn is_added(sentence: &Sentence, from: usize, to: usize) -> bool {
    let joints = "y e and con com with mas + plus & el la los mi nuestro nuestra our the o a";
    from < to && to - from <= 3 && (from..to).all(|index| sentence.is_in(index, joints))
}

/// `voy con 3 amigas`: the speaker comes on top.
fn joins_the_speaker(sentence: &Sentence, count: &Found) -> bool {
    let start = if sentence.was(count.start, 1, &["mis", "unos", "unas", "otros", "otras", "my"]) {
        count.start - 1
    } else {
        count.start
    };
    let speaker = "voy viajo iria ire vou viajaria llego estoy";
    sentence.was(start, 1, &["con", "com", "with"])
        && (start.saturating_sub(6)..start).any(|index| sentence.is_in(index, speaker))
}

fn find(sentence: &Sentence) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut index = 0;
    while index < sentence.len() {
        let next = counted(sentence, index)
            .or_else(|| noun_first(sentence, index))
            .or_else(|| uncounted_child(sentence, index, &found))
            .or_else(|| uncounted_twins(sentence, index))
            .or_else(|| uncounted_couple(sentence, index));
        match next {
            Some(count) => {
                index = count.end;
                found.push(count);
            }
            None => index += 1,
        }
    }
    found
}

/// `2 adultos`, `dos niños pequeños`, `4 o 5 personas`.
fn counted(sentence: &Sentence, index: usize) -> Option<Found> {
    let first = sentence.count(index)?;
    // "15/02 adultos 2": the end of a date.
    let before = index.wrapping_sub(1);
    if sentence.is(before, &["/"])
        && sentence.is_glued(index)
        && sentence.number(index.wrapping_sub(2)).is_some()
    {
        return None;
    }
    let joint = sentence.is(index + 1, &["o", "u", "ou", "or", "a", "-", "to"]);
    let second = sentence.count(index + 2).filter(|second| joint && *second > first);
    let (people, after) = match second {
        Some(second) => (second, index + 3),
        None => (first, index + 1),
    };
    let mut at = after;
    while at < after + 2 && sentence.is_in(at, QUALITIES) && noun(sentence, at + 1).is_some() {
        at += 1;
    }
    // "Somos 5, dos son chicos", "two of them kids".
    let linked =
        (at..at + 3).take_while(|index| sentence.is_in(*index, "son sao are of them de ellos deles")).count();
    if linked > 0 && noun(sentence, at + linked) == Some(Noun::Child) && !is_child(sentence, at) {
        at += linked;
    }
    let noun = noun(sentence, at)?;
    // "Dos matrimonios con un nene cada uno": as many times as there are couples before.
    let each = sentence.is(at + 1, &["cada"]) && noun == Noun::Child;
    let people = if each { people * couples_before(sentence, index) } else { people };
    let is_article = sentence.number(index)?.shape == Shape::Article;
    if people > MOST || is_article && noun == Noun::Total && !is_one_traveller(sentence, index, at) {
        return None;
    }
    // "Una persona más" joins people that were said before; "un menor costo" is no child.
    let joins = sentence.is(at + 1, &["mas", "extra", "more", "adicional", "adicionales"]);
    // "3 adultos más 2 chicos" counts all of them.
    let goes_on = sentence.is(at + 1, &["mas"]) && sentence.any_number(at + 2).is_some();
    if joins && !goes_on
        || sentence.is(at, &["menor", "grandes"])
            && sentence.is(at + 1, &["costo", "precio", "tiempo", "cabanas"])
    {
        return None;
    }
    let people = if noun == Noun::Couple { people * 2 } else { people };
    Some(Found { people, noun, start: index, end: at + 1, vague: second.is_some() })
}

fn couples_before(sentence: &Sentence, index: usize) -> u16 {
    let couples = (0..index).rev().find(|at| noun(sentence, *at) == Some(Noun::Couple));
    couples.and_then(|at| sentence.count(at.checked_sub(1)?)).unwrap_or(1)
}

/// "Hablar con una persona" asks for somebody else than a guest.
fn is_one_traveller(sentence: &Sentence, index: usize, noun_at: usize) -> bool {
    let before = "para somos soy viaja por for seria es sou";
    sentence.was_in(index, 1, before) && !sentence.is(noun_at + 1, &["que", "real", "who"])
        || sentence.is(noun_at.wrapping_sub(1), &["sola", "unica", "only"])
        || sentence.is(noun_at + 1, &["sola", "solo", "so", "sozinha"])
        || (index == 0 || sentence.is_break(index - 1)) && sentence.is_break(noun_at + 1)
}

/// `adultos: 2`, `niños 1`.
fn noun_first(sentence: &Sentence, index: usize) -> Option<Found> {
    let noun = noun(sentence, index).filter(|noun| *noun != Noun::Couple)?;
    let colon = sentence.is(index + 1, &[":", "=", "-"]);
    let at = if colon { index + 2 } else { index + 1 };
    let people = sentence.count(at)?;
    // "2 adultos 2" counts before the noun; a date before it ("15/02 adultos 2") does not.
    let before = index.wrapping_sub(1);
    let is_date = sentence.was(before, 1, &["/", "-", "."]) && sentence.is_glued(before);
    let is_form = noun_before(sentence, before);
    if sentence.number(before).is_some() && !is_date && !is_form || people > MOST {
        return None;
    }
    let closed = sentence.is_break(at + 1) && !sentence.is(at + 1, &["-", "/"])
        || noun_at_with_number(sentence, at + 1)
        || colon && !sentence.is(at + 1, &["de", "al", "a"]);
    let is_digit = sentence.number(at)?.shape != Shape::Article;
    (closed && is_digit).then_some(Found { people, noun, start: index, end: at + 1, vague: false })
}

/// `adultos 2 menores 1`: the number before belongs to the noun before it.
fn noun_before(sentence: &Sentence, number_at: usize) -> bool {
    let at = number_at.wrapping_sub(1);
    let at = if sentence.is(at, &[":"]) { at.wrapping_sub(1) } else { at };
    let first = sentence.number(at.wrapping_sub(1)).is_none() || sentence.was(at, 2, &["/"]);
    noun(sentence, at).is_some() && first
}

fn noun_at_with_number(sentence: &Sentence, index: usize) -> bool {
    let at = if sentence.is(index, &["y", "e", "and"]) { index + 1 } else { index };
    noun(sentence, at).is_some() && (sentence.number(at + 1).is_some() || sentence.is(at + 1, &[":"]))
}

/// `con el bebé`, `mi hija y yo`, `con bebé`: one child, unless children have been counted already.
fn uncounted_child(sentence: &Sentence, index: usize, found: &[Found]) -> Option<Found> {
    let singular = "\
        bebe beba bb baby nene nena hijo hija nino nina hijito filho filha daughter toddler nenem \
        bebito bebita guagua nieto nieta neto neta peque";
    let english_son = sentence.is(index, &["son"]) && is_child(sentence, index);
    if !english_son && !sentence.is_in(index, singular) || found.iter().any(|count| count.noun == Noun::Child)
    {
        return None;
    }
    let owners = "el la mi o a meu minha my our su nuestro nuestra nosso nossa the";
    let start = if sentence.was_in(index, 1, owners) { index - 1 } else { index };
    let joined = sentence.was_in(start, 1, "con com with y e and + mas plus &")
        || sentence.is(index + 1, &["y", "e", "and"]) && sentence.is(index + 2, &["yo", "eu", "i", "me"]);
    let possessed = start < index;
    let travels = possessed || sentence.was(start, 1, &["con", "com", "with", "+"]);
    (joined && travels && sentence.is_free(index)).then_some(Found {
        people: 1,
        noun: Noun::Child,
        start: index,
        end: index + 1,
        vague: false,
    })
}

/// `y mellizos de 3 años`
fn uncounted_twins(sentence: &Sentence, index: usize) -> Option<Found> {
    let twins = "mellizos mellizas gemelos gemelas gemeos gemeas twins";
    let start = if sentence.was(index, 1, &["mis", "los", "las", "nuestros", "our", "os"]) {
        index - 1
    } else {
        index
    };
    let joined = sentence.was_in(start, 1, "y e and con com with mas + , :");
    (sentence.is_in(index, twins) && joined && sentence.is_free(index)).then_some(Found {
        people: 2,
        noun: Noun::Child,
        start: index,
        end: index + 1,
        vague: false,
    })
}

/// `somos pareja`, `en pareja`, `pareja con bebé`; "mi pareja" is one companion and counted elsewhere.
fn uncounted_couple(sentence: &Sentence, index: usize) -> Option<Found> {
    if noun(sentence, index) != Some(Noun::Couple) || !sentence.is_free(index) {
        return None;
    }
    if !sentence.is(index, &["pareja", "matrimonio", "casal", "couple"]) {
        return None;
    }
    let travels = index == 0
        || sentence.was_in(index, 1, "somos en em para as for de seriamos")
        || sentence.tokens[index - 1].kind == Kind::Mark && sentence.is(index + 1, &["con", "com", "with"]);
    let owned = sentence.was(index, 1, &["mi", "tu", "su"]);
    (travels && !owned).then_some(Found {
        people: 2,
        noun: Noun::Couple,
        start: index,
        end: index + 1,
        vague: false,
    })
}

/// The sum, except that a count said again is not added: "con un bb … 2 adu + el bb", "2 adultos, perdón, 3 adultos".
fn sum_of<'a>(sentence: &Sentence, counts: impl Iterator<Item = &'a Found>) -> Option<u16> {
    let mut sum: Option<u16> = None;
    let mut last: Option<&Found> = None;
    for count in counts {
        let again = last.is_some_and(|last| {
            is_correction(sentence, last.end, count.start)
                || same_noun(sentence, last, count) && !is_listed(sentence, last.end, count.start)
        });
        let before = if again {
            sum.unwrap_or(0).saturating_sub(last.map_or(0, |last| last.people))
        } else {
            sum.unwrap_or(0)
        };
        sum = Some(before.saturating_add(count.people));
        last = Some(count);
    }
    sum
}

fn same_noun(sentence: &Sentence, one: &Found, other: &Found) -> bool {
    sentence.word(one.end - 1) == sentence.word(other.end - 1)
}

fn is_listed(sentence: &Sentence, from: usize, to: usize) -> bool {
    to <= from + 2 && (from..to).all(|index| sentence.is(index, &["y", "e", "and", ",", "+", "mas"]))
}

pub(super) fn is_correction(sentence: &Sentence, from: usize, to: usize) -> bool {
    let words = "perdon digo corrijo sorry desculpa ops alias mejor no actually nao mean";
    to > from && to - from <= 6 && (from..to).any(|index| sentence.is_in(index, words))
}

fn total_of(sentence: &Sentence, found: &[Found], class_of: impl Fn(&Found) -> Noun) -> Option<u16> {
    let mut total: Option<u16> = None;
    let mut last_end = None;
    for count in found.iter().filter(|count| class_of(count) == Noun::Total) {
        let listed = last_end.is_some_and(|end| is_listed(sentence, end, count.start) && count.start > end);
        total = Some(if listed { total.unwrap_or(0).saturating_add(count.people) } else { count.people });
        last_end = Some(count.end);
    }
    total
}
