//! Answers a message by what it wants.

use super::{
    answer_about_house, cancel_own_stay, is_plain_yes, offer_or_ask_missing,
    remembered_between_messages::{self, Heard},
    which_offered_one,
};
use crate::{
    conversation::{Awaiting, Conversation},
    message_reading::{Intent, Reading},
    phrase::{Certainty, Phrase},
    step_effect::{Effect, PersonReason},
    step_facts::{Facts, Offer, Search},
};

const YES: [Intent; 3] = [Intent::Yes, Intent::Book, Intent::Confirm];
/// What asks for a stay.
pub(super) const SEARCHES: [Intent; 4] =
    [Intent::Availability, Intent::Price, Intent::Book, Intent::ChangeDates];
const QUESTIONS: [Intent; 4] = [Intent::Services, Intent::Location, Intent::CheckinTimes, Intent::Payment];

/// Whether the answer needs to know what is free.
pub(super) fn asks_for_search(heard: &Heard, text: &str, reading: &Reading) -> bool {
    if reading.wants_any(&[Intent::Complaint, Intent::Human, Intent::Cancel])
        || is_plain_yes(heard, text, reading)
    {
        return false;
    }
    let conversation = &heard.conversation;
    let chooses = conversation.awaiting == Awaiting::Choice && !heard.has_news();
    if chooses && picked(conversation, text, reading).is_some() {
        return false;
    }
    let again = conversation.awaiting == Awaiting::Nothing && reading.wants(Intent::Yes);
    heard.has_news() || reading.wants_any(&SEARCHES) || again
}

pub(super) fn answer(
    conversation: Conversation,
    text: &str,
    reading: &Reading,
    facts: &Facts,
) -> (Conversation, Vec<Effect>) {
    let conversation = Conversation { last_heard_at: Some(facts.now), ..conversation };
    if conversation.with_person {
        return (conversation, Vec::new());
    }
    let locale = remembered_between_messages::answer_locale(text, conversation.locale, facts.locale);
    let heard = remembered_between_messages::absorb(conversation, text, reading, facts.today);
    let heard = Heard { conversation: Conversation { locale, ..heard.conversation }, ..heard };
    if reading.wants_any(&[Intent::Complaint, Intent::Human]) {
        return call_person(heard.conversation, reading);
    }
    match heard.conversation.awaiting.clone() {
        Awaiting::CancelYes { code } => cancel_answered(heard, code, text, reading, facts),
        Awaiting::HoldYes => hold_answered(heard, text, reading, facts),
        Awaiting::Choice => choice_answered(heard, text, reading, facts),
        Awaiting::Nothing | Awaiting::Dates | Awaiting::Guests => by_wish(heard, text, reading, facts),
    }
}

fn call_person(conversation: Conversation, reading: &Reading) -> (Conversation, Vec<Effect>) {
    let (reason, phrase) = if reading.wants(Intent::Complaint) {
        (PersonReason::Complaint, Phrase::PersonWillAnswerComplaint)
    } else {
        (PersonReason::AskedForOne, Phrase::PersonWillAnswer)
    };
    let next = Conversation { with_person: true, awaiting: Awaiting::Nothing, ..conversation };
    (next, vec![Effect::CallPerson { reason }, Effect::Say(phrase)])
}

fn cancel_answered(
    heard: Heard,
    code: String,
    text: &str,
    reading: &Reading,
    facts: &Facts,
) -> (Conversation, Vec<Effect>) {
    let settled = |conversation| Conversation { awaiting: Awaiting::Nothing, ..conversation };
    let agrees =
        is_plain_yes::to_cancel(text) && !cancel_own_stay::names_another(&code, text, reading, facts);
    if reading.wants(Intent::No) {
        return (settled(heard.conversation), vec![Effect::Say(Phrase::CancelKept { code })]);
    }
    if agrees && !heard.has_news() {
        return (settled(heard.conversation), vec![Effect::CancelHold { code }]);
    }
    by_wish(Heard { conversation: settled(heard.conversation), ..heard }, text, reading, facts)
}

/// A yes and nothing else, to an offer that was repeated whole.
fn is_plain_yes(heard: &Heard, text: &str, reading: &Reading) -> bool {
    let Some(offer) = &heard.conversation.chosen else { return false };
    heard.conversation.awaiting == Awaiting::HoldYes
        && is_plain_yes::to_hold(text, &offer.name)
        && !reading.wants_any(&[Intent::No, Intent::Cancel])
        && !heard.has_news()
        && !contradicts(&heard.conversation, reading)
}

/// Dates or people in the message that are not those of the offer, though they are those already known.
fn contradicts(conversation: &Conversation, reading: &Reading) -> bool {
    let Some(offer) = &conversation.chosen else { return true };
    reading.check_in.is_some_and(|day| day != offer.check_in)
        || reading.check_out.is_some_and(|day| day != offer.check_out)
        || reading.guests.is_some_and(|guests| guests != offer.guests)
}

fn hold_answered(heard: Heard, text: &str, reading: &Reading, facts: &Facts) -> (Conversation, Vec<Effect>) {
    if is_plain_yes(&heard, text, reading)
        && let Some(offer) = heard.conversation.chosen.clone()
    {
        let Offer { accommodation_id, check_in, check_out, guests, total, .. } = offer;
        // The offer stays chosen until the outcome is known.
        let next = Conversation { awaiting: Awaiting::Nothing, ..heard.conversation };
        return (next, vec![Effect::PlaceHold { accommodation_id, check_in, check_out, guests, total }]);
    }
    if is_plain_no(&heard, reading) {
        return goodbye(heard.conversation);
    }
    if !heard.has_news() && !reading.wants_any(&SEARCHES) && !reading.wants(Intent::Cancel) {
        return keep_asking(heard.conversation, reading, facts);
    }
    by_wish(heard, text, reading, facts)
}

fn choice_answered(
    heard: Heard,
    text: &str,
    reading: &Reading,
    facts: &Facts,
) -> (Conversation, Vec<Effect>) {
    let offered = &heard.conversation.offered;
    if is_plain_no(&heard, reading) {
        return goodbye(heard.conversation);
    }
    if heard.has_news() || reading.wants(Intent::Cancel) {
        return by_wish(heard, text, reading, facts);
    }
    let only = offered.first().filter(|_| offered.len() == 1 && reading.wants_any(&YES));
    if let Some(offer) = picked(&heard.conversation, text, reading).or(only).cloned() {
        return offer_or_ask_missing::offer_one(heard.conversation, offer, Certainty::Sure, facts);
    }
    if reading.wants_any(&YES) && facts.search == Search::NotAsked || reading.wants(Intent::Yes) {
        let phrase = Phrase::AskWhich { offers: offered.clone(), today: facts.today };
        return (heard.conversation, vec![Effect::Say(phrase)]);
    }
    if reading.wants_any(&SEARCHES) {
        return by_wish(heard, text, reading, facts);
    }
    keep_asking(heard.conversation, reading, facts)
}

/// The offer that a message chooses. A question about the house may name one, or a number, and chooses nothing.
fn picked<'a>(conversation: &'a Conversation, text: &str, reading: &Reading) -> Option<&'a Offer> {
    if reading.wants_any(&QUESTIONS) { None } else { which_offered_one::pick(&conversation.offered, text) }
}

fn is_plain_no(heard: &Heard, reading: &Reading) -> bool {
    reading.wants(Intent::No)
        && !heard.has_news()
        && !reading.wants_any(&[Intent::ChangeDates, Intent::Cancel])
}

fn goodbye(conversation: Conversation) -> (Conversation, Vec<Effect>) {
    let next =
        Conversation { offered: Vec::new(), chosen: None, awaiting: Awaiting::Nothing, ..conversation };
    (next, vec![Effect::Say(Phrase::Goodbye)])
}

/// Answers what was asked beside, and puts the open question again.
fn keep_asking(conversation: Conversation, reading: &Reading, facts: &Facts) -> (Conversation, Vec<Effect>) {
    let mut effects = answer_about_house::answers(reading, facts);
    if effects.is_empty() && reading.wants(Intent::Thanks) {
        return (conversation, vec![Effect::Say(Phrase::YouAreWelcome)]);
    }
    let question = match (&conversation.awaiting, &conversation.chosen) {
        (Awaiting::HoldYes, Some(offer)) => Some(Phrase::Offer {
            offer: offer.clone(),
            reading: Certainty::Sure,
            hold_minutes: facts.hold_minutes,
            today: facts.today,
        }),
        (Awaiting::Choice, _) => {
            Some(Phrase::AskWhich { offers: conversation.offered.clone(), today: facts.today })
        }
        _ => None,
    };
    effects.extend(question.map(Effect::Say));
    (conversation, effects)
}

/// What the message wants, with no question standing.
fn by_wish(heard: Heard, text: &str, reading: &Reading, facts: &Facts) -> (Conversation, Vec<Effect>) {
    if reading.wants(Intent::Cancel) {
        return cancel_own_stay::ask(heard.conversation, text, reading, facts);
    }
    if is_change_of_own_stay(&heard, reading, facts) {
        let effects = vec![
            Effect::CallPerson { reason: PersonReason::Change },
            Effect::Say(Phrase::PersonWillComplete),
        ];
        // The days of a change are no wish for another stay.
        let next = Conversation { check_in: None, check_out: None, nights: None, ..heard.conversation };
        return (next, effects);
    }
    if let Some(problem) = heard.problem {
        let mut effects = answer_about_house::answers(reading, facts);
        let (next, main) = offer_or_ask_missing::ask_other_dates(heard.conversation, problem, facts);
        effects.extend(main);
        return (next, effects);
    }
    let again = reading.wants(Intent::Yes) && offer_or_ask_missing::wanted(&heard.conversation).is_some();
    if heard.has_news() || reading.wants_any(&SEARCHES) || again {
        let mut effects = answer_about_house::answers(reading, facts);
        let (next, main) = offer_or_ask_missing::answer(heard, facts);
        effects.extend(main);
        return (next, effects);
    }
    if reading.wants_any(&QUESTIONS) {
        return (heard.conversation, answer_about_house::answers(reading, facts));
    }
    small_talk(heard.conversation, reading, facts)
}

/// A change asked by somebody who holds a stay and was not looking for another.
fn is_change_of_own_stay(heard: &Heard, reading: &Reading, facts: &Facts) -> bool {
    let was_searching = heard.conversation.guests.is_some() || !heard.conversation.offered.is_empty();
    reading.wants(Intent::ChangeDates) && !facts.own_stays.is_empty() && !was_searching
}

fn small_talk(conversation: Conversation, reading: &Reading, facts: &Facts) -> (Conversation, Vec<Effect>) {
    let own = facts.own_stays.first().map(|stay| answer_about_house::status(stay, facts));
    let pending = matches!(conversation.awaiting, Awaiting::Dates | Awaiting::Guests);
    let phrase = if reading.wants(Intent::Confirm) {
        own.unwrap_or(Phrase::NoStayFound)
    } else if reading.wants(Intent::No) {
        return goodbye(conversation);
    } else if reading.wants(Intent::Thanks) {
        Phrase::YouAreWelcome
    } else if reading.wants(Intent::Yes) {
        match own {
            Some(status) if !pending => status,
            _ => return offer_or_ask_missing::ask_missing(conversation, Certainty::Sure, facts),
        }
    } else if reading.wants(Intent::Greeting) && pending {
        return offer_or_ask_missing::ask_missing(conversation, Certainty::Sure, facts);
    } else if reading.wants(Intent::Greeting) {
        let next = Conversation { awaiting: Awaiting::Dates, ..conversation };
        return (next, vec![Effect::Say(Phrase::Greeting { property_name: facts.property_name.clone() })]);
    } else {
        Phrase::NotUnderstood
    };
    (conversation, vec![Effect::Say(phrase)])
}
