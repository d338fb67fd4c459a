//! Totals and lists put together: `somos 5, mi mujer, mis tres hijos y yo` are two adults and three children.

use super::{
    Party,
    changes::joins as comes_too,
    find_people_phrases::{Phrase, Who},
    lists_of_people::List,
    person_nouns::is_group,
    solo_traveller::alone,
    totals_without_noun::Total,
};
use crate::read::{
    lexicon::{Words, words},
    repair::is_repair,
    token::Sentence,
};

/// Sums over the phrases that count.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    /// Grown-ups said as such: `2 adultos`, `una pareja`.
    adults: u16,
    /// Named without telling how old: relatives, friends, the speaker.
    others: u16,
    children: u16,
    has_adults: bool,
    has_children: bool,
    is_vague: bool,
    /// Some are named whose number nobody said.
    has_unknown: bool,
    at: Option<(usize, usize)>,
    children_at: Option<(usize, usize)>,
}

pub(super) fn assemble(sentence: &Sentence, lists: &[List], total: Option<Total>) -> Party {
    let sums = sum(sentence, lists);
    let at = match (sums.at, total) {
        (Some((start, end)), Some(total)) => Some((start.min(total.at.0), end.max(total.at.1))),
        (at, total) => at.or(total.map(|total| total.at)),
    };
    let is_open = sums.is_vague || total.is_some_and(|total| total.is_open);
    if is_open && !sums.has_children {
        return Party { ambiguous: true, is_open: true, at, ..Party::default() };
    }
    let party = match total {
        Some(total) => with_total(sentence, &sums, total),
        None => without_total(sentence, &sums),
    };
    let party = Party { at, children_at: party.children.and(sums.children_at), ..party };
    if is_open { Party { guests: None, adults: None, ambiguous: true, is_open, ..party } } else { party }
}

fn with_total(sentence: &Sentence, sums: &Sums, total: Total) -> Party {
    let named = sums.adults + sums.others;
    // "6 contando al bebé": who they are is not told apart.
    let is_counted_in = total.is_whole
        && sums.children <= 1
        && sums.children_at.is_some_and(|(start, _)| start >= total.at.1 && start <= total.at.1 + 2)
        || sums.children <= 1
            && sums.children_at.is_some_and(|(start, end)| is_included(sentence, start, end));
    if !sums.has_children && is_group_and_others(sentence, sums, &total) {
        return Party { guests: Some(total.people + named), ..Party::default() };
    }
    if !sums.has_children || is_counted_in && !sums.has_adults {
        let adults = (sums.has_adults && sums.adults == total.people).then_some(total.people);
        let is_adults_only = sums.has_adults && sums.others == 0;
        let guests = total.people;
        return match adults {
            Some(_) => Party { adults, guests: Some(guests), ..Party::default() },
            // "4 personas, 2 adultos": the others are not said.
            None if is_adults_only && sums.adults < guests => {
                Party { adults: Some(sums.adults), guests: Some(guests), ..Party::default() }
            }
            None => Party {
                guests: Some(guests.max(if is_adults_only { sums.adults } else { 0 })),
                ..Party::default()
            },
        };
    }
    let children = sums.children;
    let is_added = is_added(sentence, &total, sums);
    if is_added || total.people <= children {
        return parts(total.people, children);
    }
    let adults = total.people - children;
    // "Somos 4, 2 adultos y 1 nene": it does not add up.
    let fits = named == 0 || !sums.has_adults || named == adults || named + children == total.people;
    if sums.has_adults && !fits {
        return Party {
            ambiguous: total.people != sums.adults,
            ..parts(sums.adults + sums.others, children)
        };
    }
    parts(adults, children)
}

/// `mi familia de 4 y mis papás`: the others come on top of the group.
fn is_group_and_others(sentence: &Sentence, sums: &Sums, total: &Total) -> bool {
    let group = total.at.0.wrapping_sub(2);
    let is_group = sentence.was(total.at.0, 1, &["de", "of"]) && is_group(sentence, group);
    let follows = sums.at.is_some_and(|(start, _)| start == total.at.1 + 1);
    is_group
        && follows
        && sums.others > 0
        && sentence.has(total.at.1, words!("y e and + mas mais plus con com with"))
}

fn without_total(sentence: &Sentence, sums: &Sums) -> Party {
    let named = sums.adults + sums.others;
    if sums.has_unknown {
        let adults = (sums.has_adults && sums.others == 0).then_some(sums.adults);
        return Party { adults, ..Party::default() };
    }
    if sums.has_children {
        return match named {
            0 => Party { children: Some(sums.children), ..Party::default() },
            _ => parts(named, sums.children),
        };
    }
    if sums.has_adults && sums.others == 0 {
        return Party { adults: Some(sums.adults), guests: Some(sums.adults), ..Party::default() };
    }
    if named > 0 {
        return Party { guests: Some(named), ..Party::default() };
    }
    match alone(sentence) {
        Some(at) => Party { guests: Some(1), at: Some(at), ..Party::default() },
        None => Party::default(),
    }
}

fn parts(adults: u16, children: u16) -> Party {
    Party {
        adults: Some(adults),
        children: Some(children),
        guests: Some(adults + children),
        ..Party::default()
    }
}

/// Whether nothing but "and", "with", "plus" stands between a total and the children after it.
fn is_added(sentence: &Sentence, total: &Total, sums: &Sums) -> bool {
    static JOINTS: Words = Words::new(
        "y e and con com with mas + plus & el la los mi nuestro nuestra our the o a mais los las tambien",
    );
    let Some((start, _)) = sums.children_at else { return false };
    let from = total.at.1;
    // "Somos seis y uno es guagua": one of the six.
    if sentence.any_number(start).is_some()
        && sentence.has(start + 1, words!("son sao are is es e of de them deles"))
    {
        return false;
    }
    !total.is_whole
        && from <= start
        && start - from <= 3
        && (from..start).any(|index| sentence.has(index, &JOINTS))
        && (from..start).all(|index| sentence.has(index, &JOINTS))
}

/// `contando al bebé`, `la guagua incluida`, `including the baby`
fn is_included(sentence: &Sentence, start: usize, end: usize) -> bool {
    let before = words!("contando contandome incluyendo incluido including counting incluindo");
    let after = words!(
        "incluido incluida incluidos incluidas included incluso contando contado contada contados inclusive"
    );
    (start.saturating_sub(3)..start).any(|index| sentence.has(index, before))
        || (end..end + 3).any(|index| sentence.has(index, after))
}

fn sum(sentence: &Sentence, lists: &[List]) -> Sums {
    let mut sums = Sums::default();
    let mut counted: Vec<Phrase> = Vec::new();
    let adults_named = lists.iter().any(|list| list.has(Who::Adult));
    let grown_up = names_next_generation(sentence, lists);
    let mut is_put_right = false;
    for list in lists.iter().filter(|list| list.travels(sentence)) {
        let speaker = list.adds_speaker(sentence);
        sums.others += u16::from(speaker);
        for phrase in &list.phrases {
            let who = match phrase.who {
                Who::Young if adults_named => Who::Child,
                Who::Young => Who::Any,
                Who::Child if grown_up && !phrase.is_counted && is_son_or_daughter(sentence, phrase) => {
                    Who::Relative
                }
                other => other,
            };
            let phrase = Phrase { who, ..*phrase };
            // "Sorry, two children, my niece is coming too": the reason of the number.
            if is_put_right && !phrase.is_counted && comes_too(sentence, &phrase) {
                continue;
            }
            // "7 of us including the toddler" are seven.
            if who == Who::Child
                && phrase.people <= 1
                && sums.others > 0
                && is_included(sentence, phrase.start, phrase.end)
            {
                continue;
            }
            // "Dos hermanas con sus maridos" are no correction.
            let is_again_counted =
                !sentence.is(phrase.start, &["sus", "nuestras", "nuestros", "their", "our", "suas", "seus"]);
            if is_again_counted && is_again(sentence, &counted, &phrase) {
                take_back(&mut sums, &mut counted, who);
                is_put_right = true;
            } else if counted.iter().any(|before| before.who == Who::Speaker && who == Who::Speaker)
                || !phrase.is_counted
                    && who == Who::Child
                    && counted.iter().any(|before| {
                        before.who == Who::Child && !is_listed(sentence, before.end, phrase.start)
                    })
            {
                // The same one, named twice.
                continue;
            }
            add(&mut sums, &phrase);
            counted.push(phrase);
        }
    }
    // "5 adultos, 3 hombres y 2 mujeres", "4 adultos (2 parejas)": the same people again.
    let adults: Vec<&Phrase> = counted.iter().filter(|phrase| phrase.who == Who::Adult).collect();
    if let [first, rest @ ..] = adults.as_slice()
        && (rest.len() >= 2 || rest.iter().any(|phrase| phrase.is_couple))
        && rest.iter().map(|phrase| phrase.people).sum::<u16>() == first.people
    {
        sums.adults = first.people;
    }
    sums
}

/// `minha filha, meu genro e os netinhos`: who has a husband or children of her own is grown up.
fn names_next_generation(sentence: &Sentence, lists: &[List]) -> bool {
    let in_law = words!(
        "yerno yernos nuera nueras genro genros nora noras nieto nieta nietos nietas neto neta netos netas grandson granddaughter grandsons granddaughters grandkids grandchildren netinhos netinhas netinho netinha nietitos nietitas"
    );
    let names = |phrase: &Phrase| (phrase.start..phrase.end).any(|index| sentence.has(index, in_law));
    lists.iter().flat_map(|list| &list.phrases).any(names)
}

fn is_son_or_daughter(sentence: &Sentence, phrase: &Phrase) -> bool {
    sentence.is(phrase.end.wrapping_sub(1), &["hijo", "hija", "filho", "filha", "son", "daughter"])
}

fn add(sums: &mut Sums, phrase: &Phrase) {
    let join = |at: Option<(usize, usize)>| match at {
        Some((start, _)) => Some((start, phrase.end)),
        None => Some((phrase.start, phrase.end)),
    };
    match phrase.who {
        Who::Adult => {
            sums.adults += phrase.people;
            sums.has_adults = true;
        }
        Who::Child => {
            sums.children += phrase.people;
            sums.has_children = true;
            sums.children_at = join(sums.children_at);
        }
        Who::Total => {}
        Who::Any | Who::Young | Who::Relative | Who::Speaker | Who::Us => sums.others += phrase.people,
    }
    sums.is_vague |= phrase.is_vague;
    if phrase.is_unknown {
        sums.has_unknown = true;
        sums.has_children = sums.children > 0;
    }
    sums.at = join(sums.at);
}

/// A count said again is not added: `con un bb … 2 adu + el bb`, `2 adultos, perdón, 3 adultos`.
fn is_again(sentence: &Sentence, counted: &[Phrase], phrase: &Phrase) -> bool {
    let Some(last) = counted.iter().rev().find(|before| before.who == phrase.who) else { return false };
    if !matches!(phrase.who, Who::Adult | Who::Child | Who::Any) {
        return false;
    }
    let same_word = sentence.word(last.end - 1) == sentence.word(phrase.end - 1)
        || is_repair(sentence, phrase.start.saturating_sub(4), phrase.start);
    let both_counted = phrase.is_counted && last.is_counted;
    // "Mis tres hijos … Los niños tienen 4, 7 y 12": the same three.
    let are_those = phrase.who == Who::Child
        && phrase.people == last.people
        && sentence.is(phrase.start, &["los", "las", "the", "os", "as"])
        && !is_listed(sentence, last.end, phrase.start);
    if both_counted && are_those {
        return true;
    }
    is_repair(sentence, last.end, phrase.start)
        || (same_word || phrase.who == Who::Any)
            && both_counted
            && !is_listed(sentence, last.end, phrase.start)
}

fn is_listed(sentence: &Sentence, from: usize, to: usize) -> bool {
    to <= from + 2
        && (from..to).all(|index| sentence.is(index, &["y", "e", "and", ",", "+", "mas", "con", "mais"]))
}

fn take_back(sums: &mut Sums, counted: &mut Vec<Phrase>, who: Who) {
    let Some(at) = counted.iter().rposition(|before| before.who == who) else { return };
    let before = counted.remove(at);
    let sum = match who {
        Who::Adult => &mut sums.adults,
        Who::Child => &mut sums.children,
        _ => &mut sums.others,
    };
    *sum = sum.saturating_sub(before.people);
}
