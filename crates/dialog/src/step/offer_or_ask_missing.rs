//! Offering what is free, and asking for what is missing.

use super::remembered_between_messages::Heard;
use crate::{
    conversation::{Awaiting, Conversation},
    message_reading::DateProblem,
    phrase::{Certainty, Phrase},
    step_effect::Effect,
    step_facts::{Facts, Offer, Search, SearchRefusal, Wanted},
};

/// A list that a phone shows without scrolling.
const MOST_CHOICES: usize = 8;

/// The search of a conversation that knows dates and people.
pub(super) fn wanted(conversation: &Conversation) -> Option<Wanted> {
    let wanted = Wanted {
        check_in: conversation.check_in?,
        check_out: conversation.check_out?,
        guests: conversation.guests?,
    };
    (wanted.check_in < wanted.check_out && wanted.guests > 0).then_some(wanted)
}

/// Says what the search found, or asks for what is missing.
pub(super) fn answer(heard: Heard, facts: &Facts) -> (Conversation, Vec<Effect>) {
    let certainty = heard.certainty;
    let conversation = Conversation { offered: Vec::new(), chosen: None, ..heard.conversation };
    let Some(wanted) = wanted(&conversation) else {
        return ask_missing(conversation, certainty, facts);
    };
    let fits = |offer: &Offer| {
        (offer.check_in, offer.check_out, offer.guests) == (wanted.check_in, wanted.check_out, wanted.guests)
    };
    match &facts.search {
        Search::Free(offers) => {
            let offers: Vec<Offer> =
                offers.iter().filter(|offer| fits(offer)).take(MOST_CHOICES).cloned().collect();
            match offers.as_slice() {
                [] => full(conversation, &wanted, &[], facts),
                [offer] => offer_one(conversation, offer.clone(), certainty, facts),
                _ => offer_several(conversation, offers, certainty, facts),
            }
        }
        Search::Full { nearest } => full(conversation, &wanted, nearest, facts),
        Search::Refused(refusal) => refuse(conversation, &wanted, *refusal),
        // The app ran no search: nothing is claimed about what is free.
        Search::NotAsked => ask_missing(conversation, certainty, facts),
    }
}

/// Repeats one offer whole and waits for a yes to exactly that.
pub(super) fn offer_one(
    conversation: Conversation,
    offer: Offer,
    reading: Certainty,
    facts: &Facts,
) -> (Conversation, Vec<Effect>) {
    let next = Conversation {
        check_in: Some(offer.check_in),
        check_out: Some(offer.check_out),
        nights: super::remembered_between_messages::nights_between(offer.check_in, offer.check_out),
        offered: vec![offer.clone()],
        chosen: Some(offer.clone()),
        awaiting: Awaiting::HoldYes,
        ..conversation
    };
    let Facts { hold_minutes, today, .. } = *facts;
    (next, vec![Effect::Say(Phrase::Offer { offer, reading, hold_minutes, today })])
}

fn offer_several(
    conversation: Conversation,
    offers: Vec<Offer>,
    reading: Certainty,
    facts: &Facts,
) -> (Conversation, Vec<Effect>) {
    let next = Conversation { offered: offers.clone(), awaiting: Awaiting::Choice, ..conversation };
    (next, vec![Effect::Say(Phrase::Choices { offers, reading, today: facts.today })])
}

fn full(
    conversation: Conversation,
    wanted: &Wanted,
    nearest: &[Offer],
    facts: &Facts,
) -> (Conversation, Vec<Effect>) {
    let today = facts.today;
    let Wanted { check_in, check_out, guests } = *wanted;
    let nearest: Vec<Offer> = nearest.iter().take(MOST_CHOICES).cloned().collect();
    let (awaiting, phrase) = if nearest.is_empty() {
        (Awaiting::Dates, Phrase::Full { check_in, check_out, guests, today })
    } else {
        (
            Awaiting::Choice,
            Phrase::FullWithNearest { check_in, check_out, guests, nearest: nearest.clone(), today },
        )
    };
    (Conversation { offered: nearest, awaiting, ..conversation }, vec![Effect::Say(phrase)])
}

fn refuse(
    conversation: Conversation,
    wanted: &Wanted,
    refusal: SearchRefusal,
) -> (Conversation, Vec<Effect>) {
    let phrase = match refusal {
        SearchRefusal::Past => Phrase::DatesPast { check_in: wanted.check_in },
        SearchRefusal::TooShort { min_nights } => Phrase::TooShort { min_nights },
        SearchRefusal::TooLong { max_nights } => Phrase::TooLong { max_nights },
        SearchRefusal::TooFar => Phrase::TooFar,
        SearchRefusal::TooManyGuests { max_capacity } => Phrase::TooManyGuests { max_capacity },
    };
    // What was refused is forgotten, so that the next answer fills it.
    let next = match refusal {
        SearchRefusal::TooManyGuests { .. } => Conversation {
            guests: None,
            adults: None,
            children: None,
            awaiting: Awaiting::Guests,
            ..conversation
        },
        _ => Conversation {
            check_in: None,
            check_out: None,
            nights: None,
            awaiting: Awaiting::Dates,
            ..conversation
        },
    };
    (next, vec![Effect::Say(phrase)])
}

/// Says what is wrong with the days that were said, and asks for others. What was offered before no longer stands.
pub(super) fn ask_other_dates(
    conversation: Conversation,
    problem: DateProblem,
    facts: &Facts,
) -> (Conversation, Vec<Effect>) {
    let next = Conversation { offered: Vec::new(), chosen: None, awaiting: Awaiting::Dates, ..conversation };
    (next, vec![Effect::Say(Phrase::AskOtherDates { problem, today: facts.today })])
}

/// Asks for the dates or people that are not known yet.
pub(super) fn ask_missing(
    conversation: Conversation,
    certainty: Certainty,
    facts: &Facts,
) -> (Conversation, Vec<Effect>) {
    let today = facts.today;
    let Conversation { check_in, check_out, guests, .. } = conversation;
    let (awaiting, phrase) = match (check_in, check_out, guests) {
        (Some(check_in), Some(check_out), _) => {
            (Awaiting::Guests, Phrase::AskGuests { check_in, check_out, reading: certainty, today })
        }
        (Some(check_in), None, _) => (Awaiting::Dates, Phrase::AskCheckOut { check_in, today }),
        (None, Some(check_out), _) => (Awaiting::Dates, Phrase::AskCheckIn { check_out, today }),
        (None, None, Some(guests)) => (Awaiting::Dates, Phrase::AskDates { guests }),
        (None, None, None) => (Awaiting::Dates, Phrase::AskDatesAndGuests),
    };
    (Conversation { awaiting, ..conversation }, vec![Effect::Say(phrase)])
}
