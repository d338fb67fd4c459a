//! One step of the dialogue: from a state and an event to the next state and effects.

/// Questions about the house, its hours and payment.
mod answer_about_house;
/// Answering a message, by what it wants.
mod answer_by_intent;
/// Cancelling a stay of one's own.
mod cancel_own_stay;
/// Whether a message is a yes and nothing else.
mod is_plain_yes;
/// Offering what is free, and asking for what is missing.
mod offer_or_ask_missing;
/// What is remembered from one message to the next.
mod remembered_between_messages;
/// What came of something that the program asked for.
mod tell_effect_outcome;
/// Which of the offered one is meant.
mod which_offered_one;

use jiff::{Timestamp, civil::Date};

use crate::{
    conversation::Conversation,
    phrase::{Deadline, Phrase},
    step_effect::Effect,
    step_event::Event,
    step_facts::{Facts, Wanted},
};

/// The search that the app must run before `step`; its answer goes into `Facts::search`.
pub fn wanted(conversation: &Conversation, event: &Event, now: Timestamp, today: Date) -> Option<Wanted> {
    let Event::Heard { text, reading } = event else { return None };
    let conversation = remembered_between_messages::current(conversation.clone(), now);
    if conversation.with_person {
        return None;
    }
    let heard = remembered_between_messages::absorb(conversation, text, reading, today);
    answer_by_intent::asks_for_search(&heard, text, reading)
        .then(|| offer_or_ask_missing::wanted(&heard.conversation))
        .flatten()
}

/// The next conversation, and what the app must do, in order.
pub fn step(conversation: Conversation, event: Event, facts: &Facts) -> (Conversation, Vec<Effect>) {
    match event {
        Event::Heard { text, reading } => {
            let conversation = remembered_between_messages::current(conversation, facts.now);
            answer_by_intent::answer(conversation, &text, &reading, facts)
        }
        Event::NotSupported { .. } => {
            let conversation = remembered_between_messages::current(conversation, facts.now);
            let effects = match conversation.with_person {
                true => Vec::new(),
                false => vec![Effect::Say(Phrase::NotSupported)],
            };
            (Conversation { last_heard_at: Some(facts.now), ..conversation }, effects)
        }
        outcome => tell_effect_outcome::answer(conversation, outcome, facts),
    }
}

/// An instant by the clock of the property.
fn deadline(at: Timestamp, facts: &Facts) -> Deadline {
    let local = facts.zone.to_datetime(at);
    if local.date() == facts.today {
        Deadline::Today(local.time())
    } else {
        Deadline::On(local.date(), local.time())
    }
}

#[cfg(test)]
mod tests;
