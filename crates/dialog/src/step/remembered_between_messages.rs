//! What is remembered from one message to the next.

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::answer_by_intent::SEARCHES;
use crate::{
    conversation::{Awaiting, Conversation},
    locale::{Language, Locale},
    message_reading::{DateProblem, Intent, Reading},
    phrase::Certainty,
    read,
};

/// A conversation that was silent for longer than this begins anew.
const CONTEXT: SignedDuration = SignedDuration::from_mins(30);
/// A stay that runs into another month and is longer than this may be a slip.
const USUAL_STAY_NIGHTS: u16 = 15;
/// A departure this long after the arrival was meant to be before it.
const LONG_STAY_NIGHTS: u16 = 183;
/// More people than this are not meant by a bare number.
const MOST_GUESTS: u16 = 60;

/// The conversation with its memory, or without it after a long silence.
pub(super) fn current(conversation: Conversation, now: Timestamp) -> Conversation {
    let silent = conversation.last_heard_at.is_some_and(|last| now.duration_since(last) > CONTEXT);
    if silent {
        Conversation { locale: conversation.locale, ..Conversation::default() }
    } else {
        conversation
    }
}

/// A conversation with what a message added to it.
pub(super) struct Heard {
    pub conversation: Conversation,
    pub dates: News,
    pub guests: News,
    pub certainty: Certainty,
    /// The days of the message cannot be a stay. No earlier days stand in for them.
    pub problem: Option<DateProblem>,
}

/// Whether a message said something new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    None,
    New,
}

impl Heard {
    pub fn has_news(&self) -> bool {
        self.dates == News::New || self.guests == News::New || self.problem.is_some()
    }
}

/// Adds the dates and people of a message. They may come in any order, over several messages.
pub(super) fn absorb(before: Conversation, text: &str, reading: &Reading, today: Date) -> Heard {
    let known = (before.check_in, before.check_out, before.nights);
    let known_guests = before.guests;
    let mut certainty = if reading.ambiguous { Certainty::Asking } else { Certainty::Sure };
    let mut next = before;
    let reading = &in_context(&next, text, reading, today);
    let taken = take_dates(&mut next, text, reading, today);
    if taken == Taken::Doubtfully {
        certainty = Certainty::Asking;
    }
    let problem = if let Taken::Wrong(problem) = taken { Some(problem) } else { None };
    take_guests(&mut next, text, reading);
    let dates = if (next.check_in, next.check_out, next.nights) == known { News::None } else { News::New };
    let guests = if next.guests == known_guests { News::None } else { News::New };
    Heard { conversation: next, dates, guests, certainty, problem }
}

/// The reading once more when dates have been talked of: after "del 5 al 8 de enero", "mejor el 12" is of January.
fn in_context(conversation: &Conversation, text: &str, reading: &Reading, today: Date) -> Reading {
    let says_dates = reading.check_in.is_some() || reading.check_out.is_some();
    match conversation.check_in.or(conversation.check_out).filter(|_| says_dates) {
        Some(talked_of) => {
            read::read_in_context(text, today, conversation.locale, talked_of.first_of_month())
        }
        None => reading.clone(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    Plainly,
    /// A new arrival with as many nights as before, or a departure in a month that nobody said: worth a question.
    Doubtfully,
    Wrong(DateProblem),
}

fn take_dates(next: &mut Conversation, text: &str, reading: &Reading, today: Date) -> Taken {
    // A cancelled booking's dates are no wish, and what is read out of an order to the program is none either.
    if reading.wants(Intent::Cancel) {
        return Taken::Plainly;
    }
    if let Some(problem) = reading.problem.filter(|problem| counts(*problem, next, reading)) {
        next.check_in = None;
        next.check_out = None;
        next.nights = reading.nights;
        return Taken::Wrong(problem);
    }
    match (reading.check_in, reading.check_out) {
        (Some(check_in), Some(check_out)) => set_dates(next, check_in, check_out),
        (Some(day), None) => return take_one_day(next, day, text, reading, today),
        (None, Some(day)) => match next.check_in.and_then(|from| departure(from, day, text, next.locale)) {
            Some(departure) => return take_departure(next, departure),
            None => {
                next.check_in = None;
                next.check_out = Some(day);
                next.nights = None;
            }
        },
        (None, None) => {
            let nights = reading.nights.or_else(|| answered_nights(next, text));
            if let Some(nights) = nights {
                next.nights = Some(nights);
                next.check_out = next.check_in.and_then(|check_in| plus_nights(check_in, nights));
            }
        }
    }
    Taken::Plainly
}

/// "Tienen pileta en verano?" asks for no stay, and "hasta fin de mes" leaves the arrival as it was said.
fn counts(problem: DateProblem, known: &Conversation, reading: &Reading) -> bool {
    let waits_for_the_other_end = known.check_in.is_some() != known.check_out.is_some();
    problem != DateProblem::NotExact || reading.wants_any(&SEARCHES) && !waits_for_the_other_end
}

fn take_departure(next: &mut Conversation, departure: Departure) -> Taken {
    let Departure { check_in, check_out, kind } = departure;
    if kind == Kind::Reversed {
        next.check_out = None;
        next.nights = None;
        return Taken::Wrong(DateProblem::Reversed { check_in, check_out });
    }
    set_dates(next, check_in, check_out);
    if kind == Kind::Guessed { Taken::Doubtfully } else { Taken::Plainly }
}

/// A single day: the departure when the program waits for one, else a new arrival.
fn take_one_day(next: &mut Conversation, day: Date, text: &str, reading: &Reading, today: Date) -> Taken {
    let waits_for_departure = next.awaiting == Awaiting::Dates && next.check_out.is_none();
    if let Some(check_in) =
        next.check_in.filter(|_| waits_for_departure && !reading.wants(Intent::ChangeDates))
        && let Some(departure) = departure(check_in, day, text, next.locale)
    {
        return take_departure(next, departure);
    }
    let lone_departure = next.check_out.filter(|out| next.check_in.is_none() && *out > day && day >= today);
    if let Some(check_out) = lone_departure {
        set_dates(next, day, check_out);
        return Taken::Plainly;
    }
    let replaces = next.check_in.is_some() && next.check_out.is_some();
    let length = next.nights.filter(|_| replaces || next.check_in.is_none());
    match length.and_then(|nights| plus_nights(day, nights)) {
        Some(check_out) => {
            set_dates(next, day, check_out);
            if replaces { Taken::Doubtfully } else { Taken::Plainly }
        }
        None => {
            next.check_in = Some(day);
            next.check_out = None;
            next.nights = None;
            Taken::Plainly
        }
    }
}

/// The departure that `day` means after an arrival: "el 8", said of a stay in January, is read again from January on.
fn departure(check_in: Date, day: Date, text: &str, locale: Locale) -> Option<Departure> {
    if day > check_in {
        return Some(Departure { check_in, check_out: day, kind: Kind::Said });
    }
    let again = read::read(text, check_in, locale);
    let later = again.check_out.or(again.check_in).filter(|day| *day > check_in)?;
    let nights = nights_between(check_in, later)?;
    Some(match nights {
        // Only the next year has that day after the arrival: a month was said, and it is the wrong one.
        LONG_STAY_NIGHTS.. => Departure { check_in, check_out: day, kind: Kind::Reversed },
        USUAL_STAY_NIGHTS.. => Departure { check_in, check_out: later, kind: Kind::Guessed },
        _ => Departure { check_in, check_out: later, kind: Kind::Said },
    })
}

struct Departure {
    check_in: Date,
    check_out: Date,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Said,
    /// In the month after, for want of a better one.
    Guessed,
    /// Not after the arrival, in the year of the arrival.
    Reversed,
}

fn set_dates(next: &mut Conversation, check_in: Date, check_out: Date) {
    next.check_in = Some(check_in);
    next.check_out = Some(check_out);
    next.nights = nights_between(check_in, check_out);
}

pub(super) fn nights_between(check_in: Date, check_out: Date) -> Option<u16> {
    u16::try_from(check_in.until(check_out).ok()?.get_days()).ok()
}

fn plus_nights(check_in: Date, nights: u16) -> Option<Date> {
    check_in.checked_add(jiff::Span::new().days(i64::from(nights))).ok()
}

/// A bare "3" after "until when, or how many nights?".
fn answered_nights(conversation: &Conversation, text: &str) -> Option<u16> {
    let asked = conversation.awaiting == Awaiting::Dates && conversation.check_in.is_some();
    if asked { read::bare_number(text).filter(|nights| (1..=30).contains(nights)) } else { None }
}

fn take_guests(next: &mut Conversation, text: &str, reading: &Reading) {
    if let Some(guests) = reading.guests {
        next.guests = Some(guests);
        next.adults = reading.adults;
        next.children = reading.children;
        return;
    }
    // A bare "4" answers the question how many come.
    let answered = read::bare_number(text).filter(|guests| (1..=MOST_GUESTS).contains(guests));
    if next.awaiting == Awaiting::Guests
        && let Some(guests) = answered
    {
        next.guests = Some(guests);
        next.adults = None;
        next.children = None;
    }
}

/// The locale to answer in: that of the message when its language is clear, else the one so far.
pub(super) fn answer_locale(text: &str, so_far: Locale, house: Locale) -> Locale {
    match read::language_of(text) {
        Some(language) if language != so_far.language() => match language {
            Language::Pt => Locale::PtBr,
            Language::En => Locale::En,
            Language::Es if house.language() == Language::Es => house,
            Language::Es => Locale::EsAr,
        },
        _ => so_far,
    }
}
