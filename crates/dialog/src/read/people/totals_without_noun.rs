//! Totals without a noun or with a general one: `somos 4`, `para 2`, `familia de 5`, `6 personas`.

use super::{
    MOST,
    changes::{drops_out, held_before, joins},
    find_people_phrases::{Phrase, Who},
    part_of_total::{another_group, out_of, summed},
    person_nouns::{is_group, noun},
    trades::is_trade,
    who_is_a_guest::is_capacity,
    wholes::{
        by_now, counted_with_speaker, instead, known_from, of_us, opens_with_child, pair_of_us, regulars,
    },
};
use crate::read::{
    lexicon::{Sense, Tense, Words, phrases, words},
    mask::is_thing,
    month_and_weekday_names::month_beside_day,
    repair::is_repair,
    token::{Claim, Sentence, Shape},
};

/// A total, and where it was said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Total {
    pub people: u16,
    /// `4 o 5`
    pub is_open: bool,
    /// All are in it: `en total`, `conmigo`, `familia de`.
    pub is_whole: bool,
    pub at: (usize, usize),
}

/// Verbs that count the speakers.
static WE_ARE: Words = Words::new(
    "siendo juntamos juntariamos reunimos juntaremos \
    somos seriamos seremos serian seriam seran vamos iriamos iremos vendriamos viajamos viajariamos \
    estaremos estamos estariamos fuesemos fueramos sumamos quedariamos llegamos nosotros nosotras nos \
    iriam seria entramos dormimos dormiriamos fossemos fossem sean fueran son eran van vienen seamos sejamos eramos ficamos ficariamos \
    quedamos quedariamos ficaremos quedaremos iamos ibamos",
);

/// Words that may stand between such a verb and its number.
static FILLERS: Words = Words::new(
    "\
    en total como unos unas a ser por ahora solo solamente nosotros nosotras entre todos todas em uns \
    umas igual aprox ya los las casi mas menos so tipo : de probablemente seguro al final creo que nos \
    cerca o aproximadamente alrededor",
);

pub(super) fn read(sentence: &mut Sentence, phrases: &[Phrase]) -> Option<Total> {
    let mut totals: Vec<Total> = Vec::new();
    for index in 0..sentence.len() {
        let Some(found) = total_at(sentence, index) else { continue };
        let phrase = found.as_phrase();
        if is_turned_down(sentence, found.start)
            || is_capacity(sentence, &phrase)
            || is_for_a_table(sentence, found.start)
        {
            continue;
        }
        totals.push(Total {
            people: found.people,
            is_open: found.vague,
            is_whole: found.is_whole,
            at: (found.start, found.end),
        });
        sentence.claim_free(found.start..found.end, Claim::People);
    }
    let general = phrases.iter().filter(|phrase| phrase.who == Who::Total);
    totals.extend(general.map(|phrase| Total {
        people: phrase.people,
        is_open: phrase.is_vague,
        is_whole: false,
        at: (phrase.start, phrase.end),
    }));
    totals.sort_by_key(|total| total.at.0);
    totals = summed(sentence, totals);
    totals.extend(pair_of_us(sentence).filter(|_| totals.is_empty()));
    // What held before counts only where somebody dropped out or joined since.
    let is_changed = phrases.iter().any(|phrase| drops_out(sentence, phrase) || joins(sentence, phrase));
    let is_now = |total: &Total| !held_before(sentence, total.at.0);
    if !is_changed || totals.iter().any(is_now) {
        totals.retain(is_now);
    }
    // The later one counts; but one that says it is the whole wins.
    let whole = totals.iter().rev().find(|total| total.is_whole);
    let total = *whole.or_else(|| totals.last())?;
    Some(corrected(sentence, total))
}

/// `mesa para 4`, `asado para 10`
fn is_for_a_table(sentence: &Sentence, start: usize) -> bool {
    static TABLE: Words = Words::new(
        "mesa table cena dinner almuerzo lunch asado jantar almoco churrasco torta picada comida cama camas carpa sabanas toallas tienda sillas",
    );
    sentence.had(start, 1, words!("para for pra de"))
        && (sentence.had(start, 2, &TABLE)
            || sentence.had(start, 3, &TABLE) && !sentence.was(start, 2, &[",", ".", "?"]))
}

/// `no para 2`, `no somos 2`
pub(super) fn is_turned_down(sentence: &Sentence, number_at: usize) -> bool {
    let lead = sentence.was(number_at, 1, &["para", "por", "for", "somos", "seriamos", "seremos", "vamos"]);
    let at = if lead { number_at - 1 } else { number_at };
    sentence.was(at, 1, &["no", "nao", "not"])
}

pub(super) struct Found {
    pub people: u16,
    pub start: usize,
    pub end: usize,
    pub vague: bool,
    pub is_whole: bool,
}

impl Found {
    fn as_phrase(&self) -> Phrase {
        Phrase {
            who: Who::Total,
            people: self.people,
            start: self.start.saturating_sub(1),
            end: self.end,
            is_counted: true,
            is_vague: self.vague,
            is_couple: false,
            is_unknown: false,
        }
    }
}

fn total_at(sentence: &Sentence, index: usize) -> Option<Found> {
    opens_with_child(sentence, index)
        .or_else(|| counted_with_speaker(sentence, index))
        .or_else(|| after_verb(sentence, index))
        .or_else(|| after_preposition(sentence, index))
        .or_else(|| of_group(sentence, index))
        .or_else(|| of_us(sentence, index))
        .or_else(|| regulars(sentence, index))
        .or_else(|| instead(sentence, index))
        .or_else(|| by_now(sentence, index))
        .or_else(|| out_of(sentence, index))
        .or_else(|| another_group(sentence, index))
        .or_else(|| known_from(sentence, index))
}

/// A free number at `index` that is no day and no other count.
pub(super) fn number_at(sentence: &Sentence, index: usize) -> Option<Found> {
    let number = sentence.number(index)?;
    let people = sentence.count(index).filter(|people| (1..=MOST).contains(people))?;
    if number.shape == Shape::Article {
        return None;
    }
    let between = sentence.was(index, 1, &["entre", "between"]) && sentence.is(index + 1, &["y", "e", "and"]);
    let joint = between || sentence.is(index + 1, &["o", "u", "ou", "or"]);
    let second =
        sentence.count(index + 2).filter(|second| joint && *second > people && *second <= people + 4);
    let end = if second.is_some() { index + 3 } else { index + 1 };
    // "Somos cinco gatos locos".
    let is_joke = sentence.was(index, 1, &["somos", "seremos", "seriamos", "eramos"])
        && sentence.is(end, &["gatos", "gato", "perros"]);
    // "A las 4:30"; but "somos 6: dos son chicos".
    let is_clock = sentence.is(end, &[":"]) && sentence.is_glued(end + 1);
    let is_counted = is_joke || !is_thing(sentence, end);
    let fits = is_counted && !is_clock && !is_day(sentence, index) && !sentence.is(end, &["%"]);
    fits.then_some(Found {
        people: second.unwrap_or(people),
        start: index,
        end,
        vague: second.is_some(),
        is_whole: false,
    })
}

/// `4 de enero`, `5/1`, `5 al 8`, `5-8`.
fn is_day(sentence: &Sentence, index: usize) -> bool {
    let number_after = |at: usize| sentence.number(at).is_some_and(|number| number.shape != Shape::Article);
    let month_after = month_beside_day(sentence, index + 1).is_some()
        && !sentence.is(index + 1, &["mar", "out", "set"])
        || sentence.is(index + 1, &["de", "of"]) && month_beside_day(sentence, index + 2).is_some();
    let stroke =
        sentence.is(index + 1, &["/", "-"]) && number_after(index + 2) && sentence.is_glued(index + 2);
    let range = sentence.is(index + 1, &["al", "a", "ao", "hasta", "ate", "to", "-"])
        && (number_after(index + 2) || sentence.is(index + 2, &["el", "dia"]) && number_after(index + 3))
        && noun(sentence, index + 3).is_none();
    let listed = sentence.is(index + 1, &["y", "e", "and"])
        && number_after(index + 2)
        && (month_beside_day(sentence, index + 3).is_some()
            || sentence.is(index + 3, &["de"]) && month_beside_day(sentence, index + 4).is_some());
    month_after || stroke || range || listed
}

/// `somos 4`, `vamos a ser 10`, `seríamos en total 6`, `we are 4`.
fn after_verb(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let mut at = index;
    // "Caemos 6", "nos quedaríamos 5": any verb of the first person, right before.
    if let Some(before) = index.checked_sub(1)
        && sentence.word(before).ends_with("mos")
        && sentence.verb(before).is_some_and(|verb| {
            verb.tense == Tense::Now && matches!(verb.sense, Sense::Arrive | Sense::Go | Sense::Stay)
        })
        && (sentence.is_break(found.end)
            || noun(sentence, found.end).is_some()
            || sentence.is(found.end, &["y", "con", "en", "del", "este", "el"]))
    {
        return Some(found);
    }
    // "Vamos a caer 9".
    if let Some(before) = index.checked_sub(1)
        && sentence.was(before, 1, &["a"])
        && sentence.was(before, 2, &["vamos", "van"])
        && sentence
            .verb(before)
            .is_some_and(|verb| matches!(verb.sense, Sense::Arrive | Sense::Go | Sense::Stay))
        && (sentence.is_break(found.end) || sentence.is(found.end, &["el", "este", "en", "y", "con", "del"]))
    {
        return Some(found);
    }
    // "Ponele 8", "contá 6".
    static SAY: Words =
        Words::new("ponele poneles contale conta calculale calcula anotame anota pongale ponga echale bota");
    if sentence.had(index, 1, &SAY) && sentence.is_break(found.end) {
        return Some(found);
    }
    for _ in 0..4 {
        if sentence.had(at, 1, &WE_ARE) {
            // "Nos" alone is no count: "nos 2 noches". "Vamos el 4" has its article and never gets here.
            let weak =
                sentence.had(at, 1, words!(
                "nos llegamos serian seria estamos entramos son van vienen eran ficamos ficariamos quedamos quedariamos ficaremos quedaremos iamos ibamos"
            ));
            // "Nos quedamos 3" counts nights as often.
            let stays = sentence.is(at.wrapping_sub(1), &["quedamos", "quedariamos", "quedaremos"])
                && sentence.was(at.wrapping_sub(1), 1, &["nos"]);
            if stays {
                return None;
            }
            // "Vienen 2 plomeros": they come to work.
            let is_named = noun(sentence, found.end).is_some() && !is_trade(sentence, found.end);
            let closed = sentence.is_break(found.end)
                || is_named
                || sentence.is(found.end, &["y", "con", "del", "para", "en"]);
            let in_number = sentence.was(index, 1, &["em"]) && closed;
            return (!weak || at == index && closed || in_number).then_some(found);
        }
        // "A gente vai em 9".
        if sentence.was(at, 1, &["vai", "iria", "seria"])
            && sentence.was(at, 2, &["gente"])
            && sentence.is_break(found.end)
        {
            return Some(found);
        }
        let english = sentence.phrase_to(
            at,
            phrases!(
                "\
            we are|we re|there are|there will be|it is|there would be|party is|we will be|\
            it will be|we would be"
            ),
        );
        if english.is_some() {
            return Some(found);
        }
        if !sentence.had(at, 1, &FILLERS) {
            return None;
        }
        at -= 1;
    }
    None
}

/// `para 4`, `x2`, `for 6`, `pra uns 8`.
fn after_preposition(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let skipped =
        sentence.had(index, 1, words!("unos unas como uns umas nosotros about maybe los las nos around"));
    let at = if skipped { index - 1 } else { index };
    let preposition = at.checked_sub(1)?;
    let fits = match sentence.word(preposition) {
        "para" => true,
        // Written "por" counts nights or money; written "x", people.
        "por" => sentence.tokens[preposition].written == "x",
        "for" => sentence.language == crate::locale::Language::En,
        "capacidad" | "pax" | "personas" => true,
        _ => false,
    };
    fits.then_some(found)
}

/// `familia de 4`, `un grupo de 8`, `party of 6`, `dos familias de 4`.
fn of_group(sentence: &Sentence, index: usize) -> Option<Found> {
    let found = number_at(sentence, index)?;
    let of = index.checked_sub(1).filter(|of| sentence.is(*of, &["de", "of", "com", "con", "como"]))?;
    let of = if sentence.is(of, &["como"]) {
        of.checked_sub(1).filter(|at| sentence.is(*at, &["de"]))?
    } else {
        of
    };
    let group = of.checked_sub(1)?;
    let group =
        if sentence.is(group, &["como", "mas", "casi", "about"]) { group.checked_sub(1)? } else { group };
    // "Somos un lote de 8": whatever the group is called.
    let is_called_so = sentence.has(group.wrapping_sub(1), words!("un una um uma a"))
        && sentence.had(group.wrapping_sub(1), 1, &WE_ARE);
    if (is_group(sentence, group) || is_called_so) && (sentence.is(of, &["de", "of"])) {
        return Some(Found { is_whole: true, ..found });
    }
    let groups = sentence.any_number(group.checked_sub(1)?)?.value;
    let plural = sentence.is(group, &["familias", "flias", "families", "grupos", "groups"]);
    let people = found.people.checked_mul(u16::try_from(groups).ok()?).filter(|people| *people <= MOST)?;
    plural.then_some(Found { people, ..found })
}

/// `somos 4… no perdón 5`.
fn corrected(sentence: &mut Sentence, total: Total) -> Total {
    let end = total.at.1;
    let later = (end + 1..end + 8).find(|at| number_at(sentence, *at).is_some());
    let Some(at) = later else { return total };
    let Some(found) = number_at(sentence, at) else { return total };
    let closed = sentence.is_break(found.end)
        || sentence.is(
            found.end,
            &[
                "en", "del", "con", "para", "y", "contando", "in", "with", "com", "porque", "que", "because",
                "since", "pois",
            ],
        )
        || noun(sentence, found.end).is_some();
    if closed && is_repair(sentence, end, at) {
        sentence.claim_free(found.start..found.end, Claim::People);
        return Total { people: found.people, is_open: found.vague, at: (found.start, found.end), ..total };
    }
    total
}
