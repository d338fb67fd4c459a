//! From words to a reading.
//!
//! The text becomes tokens with one spelling; attempts to command the desk are cut out; numbers that are neither days nor
//! people are masked; then lengths, people and dates are read, each claiming its tokens; intents are weighed last.

/// One spelling for each letter.
mod ascii_fold;
/// Days and months typed without their vowels.
mod calendar_by_consonants;
/// Frequent misspellings put right.
mod correct_misspellings;
/// When somebody comes and goes.
mod dates;
/// What people type on a phone, written out.
mod expand_chat_shorthand;
/// What a guest wants.
mod intents;
/// Which language a message is written in.
mod language;
/// Lengths of a stay.
mod length_of_stay;
/// Words and what they stand for.
mod lexicon;
/// Numbers that are neither days nor people.
mod mask;
/// What the words mean, by vectors and a classifier.
pub mod meaning;
/// Names of months and weekdays.
mod month_and_weekday_names;
/// From typed tokens to a sentence.
mod normalise_tokens;
/// Numbers written as words.
mod number_words;
/// How many people come.
mod people;
/// Attempts to command the desk itself.
mod prompt_injection;
/// Words that take back what was just said.
mod repair;
/// Which date a day without a year, a weekday or a feast falls on.
mod resolve_to_calendar_date;
/// Where each field comes from.
mod source_and_confidence;
/// Whether a message speaks of a stay at all.
mod stay_evidence;
/// The words of a message, and what each has been taken for.
mod token;
/// Text into tokens.
mod tokenise;
/// What a text tells of days and people by itself.
mod told;
/// A small language of word patterns.
mod word_pattern;

use jiff::civil::Date;

use crate::{
    locale::{Language, Locale},
    message_reading::{Intent, Reading},
};
use dates::{Aim, Stay};
use intents::Slots;
use length_of_stay::Length;
use meaning::{StayEvidence, Weighed, Wish};
use people::Party;
use prompt_injection::Attempt;
use told::Told;

/// Reads one message. Total: every input has a reading, in bounded time; what follows 4,096 characters is not read.
pub fn read(text: &str, today: Date, locale: Locale) -> Reading {
    read_from(text, today, locale, today)
}

/// Reads a message of a conversation about other dates: "el 12" is counted from `talked_of` on.
pub(crate) fn read_in_context(text: &str, today: Date, locale: Locale, talked_of: Date) -> Reading {
    read_from(text, today, locale, talked_of.max(today))
}

/// `bare_from` is the day from which days without a month are counted.
fn read_from(text: &str, today: Date, locale: Locale, bare_from: Date) -> Reading {
    let mut sentence = normalise_tokens::sentence(text, today, locale);
    let attempt = prompt_injection::cut(&mut sentence);
    mask::mask(&mut sentence);
    // Most messages are read once: what is told by itself is what is read. Of a long one each stretch is read by itself.
    let by_itself = meaning::is_one_stretch(&sentence).then(|| told::read(&sentence, Aim::Book, today));
    let weighed = meaning::weigh(&sentence, by_itself.as_ref().map(Told::findings));
    let mut said = intents::of_words(&weighed);
    // Old days are told from new ones where the grammar hears a change.
    let changes = weighed.finds(Intent::ChangeDates) && said.contains(&Intent::ChangeDates);
    let aim = if changes { Aim::Change } else { Aim::Book };
    let told = match by_itself {
        Some(told) if aim == Aim::Book && bare_from == today => told,
        _ => told::read(&sentence, aim, bare_from),
    };
    let Told { sentence, length, party, stay, is_bare, is_journey } = told;
    let is_alone = !is_bare && !is_journey;
    let evidence = evidence_of(&sentence, &stay, is_alone, &weighed);
    let stay = stay.told_with(evidence, weighed.wish());
    // "Cena del 5 al 8 para 4" is a stay all the same: both days and people are said.
    let is_elsewhere = evidence == StayEvidence::Elsewhere
        && !has_its_own_sentence(&sentence, &stay, &weighed)
        // "Anulame lo del 26 al 28, se enfermó la nena": days that are cancelled are those of a booking.
        && !(stay.is_firm && stay.check_out.is_some() && said.contains(&Intent::Cancel))
        // "Estaríamos llegando el 14 en vez del 15": whatever was cancelled before, the writers come.
        && !(stay.is_told && stay.is_firm && !weighed.is_surely_elsewhere())
        && !(stay.is_range && (party.guests.is_some() || party.children.is_some()));
    // People who are counted beside a wish for a stay are its guests, though nothing else says that they come.
    let is_wished = weighed.wish() == Wish::Clear;
    let party = if evidence == StayEvidence::Unclear && !stay.is_range && !party.is_of_us && !is_wished {
        Party::default()
    } else {
        party
    };
    let (party, stay, length) = if is_elsewhere {
        (Party::default(), Stay::default(), Length::default())
    } else {
        (party, stay, length)
    };
    let people_said = party.guests.is_some() || party.children.is_some() || party.is_open;
    let slots = match (stay.check_in, stay.check_out) {
        (Some(_), Some(_)) => Slots::WholeStay,
        _ if stay.is_said || people_said => Slots::Some,
        _ => Slots::Unsaid,
    };
    // "Al final somos 5 en vez de 4": other people, the same dates.
    if !stay.is_said && party.guests.is_some() && !intents::names_a_booking(&sentence) {
        said.remove(&Intent::ChangeDates);
    }
    if stay.is_replacement {
        said.insert(Intent::ChangeDates);
        said.remove(&Intent::Availability);
    }
    let mut intents = intents::with_slots(said, slots);
    if attempt == Attempt::Made {
        intents.insert(Intent::Other);
    }
    let nights = nights_between(stay.check_in, stay.check_out).or(length.nights);
    let found = source_and_confidence::Found {
        stay: &stay,
        party: &party,
        length: &length,
        has_nights: nights.is_some(),
    };
    Reading {
        sources: Box::new(source_and_confidence::of(text, &sentence, &found)),
        topics: intents::topics(&weighed, &intents),
        intents,
        check_in: stay.check_in,
        check_out: stay.check_out,
        nights,
        adults: party.adults,
        children: party.children,
        guests: party.guests,
        ambiguous: stay.ambiguous || party.ambiguous,
        problem: stay.problem,
    }
}

/// Whether a stay is spoken of; `is_alone` is false where nothing else is said, or a journey is told.
fn evidence_of(sentence: &token::Sentence, stay: &Stay, is_alone: bool, weighed: &Weighed) -> StayEvidence {
    // An arrival alone, or a day that is said of nothing: "nos vamos el 8" speaks of a stay by itself.
    let is_doubted = stay.check_in.is_some() && !stay.is_range && !stay.is_told && is_alone;
    // "Apartame una habitación para el 17": whoever orders a room is not doubted.
    let is_ordered = weighed.finds(Intent::Book) && stay_evidence::names_lodging(sentence);
    if is_doubted && !is_ordered { weighed.stay_of_a_day() } else { weighed.stay() }
}

/// Whether the days stand in a sentence that speaks of a stay by itself, whatever the others speak of.
fn has_its_own_sentence(sentence: &token::Sentence, stay: &Stay, weighed: &Weighed) -> bool {
    let is_whole = stay.check_in.is_some() && stay.check_out.is_some();
    if !(stay.is_firm && (is_whole || stay.is_replacement)) {
        return false;
    }
    let said = stay_evidence::of_days(sentence);
    let is_wished = match weighed.wish() {
        Wish::Clear => true,
        Wish::Heard => !weighed.is_surely_elsewhere(),
        Wish::None => false,
    };
    said.is_of_a_stay || said.is_free_of_others && is_wished
}

/// The language that the words speak clearly; `None` when they leave it open.
pub(crate) fn language_of(text: &str) -> Option<Language> {
    language::detect(&tokenise::tokenise(text))
}

/// The number that a message consists of: `4`, `cuatro`, `somos 4` is read elsewhere.
pub(crate) fn bare_number(text: &str) -> Option<u16> {
    let sentence = normalise_tokens::sentence(text, Date::default(), Locale::EsAr);
    let said: Vec<usize> = (0..sentence.len()).filter(|index| !sentence.is_mark(*index)).collect();
    match said.as_slice() {
        [only] => sentence.count(*only),
        // "Una noche", "dos" with a word of courtesy.
        [only, polite] if sentence.is(*polite, &["porfavor", "gracias", "please", "nomas", "obrigado"]) => {
            sentence.count(*only)
        }
        _ => None,
    }
}

/// The one number of a choice: `la 2`, `opción 1`, `la segunda`, `the first one`.
pub(crate) fn chosen_number(text: &str) -> Option<u16> {
    let sentence = normalise_tokens::sentence(text, Date::default(), Locale::EsAr);
    let meant = |index: usize| {
        let number = sentence.any_number(index)?;
        let is_article = number.shape == token::Shape::Article && sentence.len() > 1;
        let is_pronoun = sentence.is(index, &["one"]) && sentence.len() > 1;
        u16::try_from(number.value).ok().filter(|_| !is_article && !is_pronoun)
    };
    let mut numbers = (0..sentence.len()).filter_map(meant);
    match (numbers.next(), numbers.next()) {
        (Some(number), None) => Some(number),
        _ => None,
    }
}

/// The words of a text, folded, without marks.
pub(crate) fn plain_words(text: &str) -> Vec<String> {
    let tokens = tokenise::tokenise(text).into_iter();
    tokens.filter(|token| token.kind != token::Kind::Mark).map(|token| token.word).collect()
}

fn nights_between(check_in: Option<Date>, check_out: Option<Date>) -> Option<u16> {
    let days = check_in?.until(check_out?).ok()?.get_days();
    u16::try_from(days).ok()
}

#[cfg(test)]
mod tests;
