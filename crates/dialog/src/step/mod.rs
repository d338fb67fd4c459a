//! One step of the dialogue: from a state and an event to the next state and effects.

/// Whether a message is a yes and nothing else.
mod assent;
/// Cancelling a stay of one's own.
mod cancel;
/// Which of the offered one is meant.
mod choice;
/// Answering a message, by what it wants.
mod heard;
/// Questions about the house, its hours and payment.
mod house;
/// What is remembered from one message to the next.
mod memory;
/// What came of something that the program asked for.
mod outcome;
/// Offering what is free, and asking for what is missing.
mod search;

use jiff::{Timestamp, civil::Date};

use crate::{
    conversation::Conversation,
    effect::Effect,
    event::Event,
    facts::{Facts, Wanted},
    phrase::{Deadline, Phrase},
};

/// The search that the app must run before `step`; its answer goes into `Facts::search`.
pub fn wanted(conversation: &Conversation, event: &Event, now: Timestamp, today: Date) -> Option<Wanted> {
    let Event::Heard { text, reading } = event else { return None };
    let conversation = memory::current(conversation.clone(), now);
    if conversation.with_person {
        return None;
    }
    let heard = memory::absorb(conversation, text, reading, today);
    heard::asks_for_search(&heard, text, reading).then(|| search::wanted(&heard.conversation)).flatten()
}

/// The next conversation, and what the app must do, in order.
pub fn step(conversation: Conversation, event: Event, facts: &Facts) -> (Conversation, Vec<Effect>) {
    match event {
        Event::Heard { text, reading } => {
            let conversation = memory::current(conversation, facts.now);
            heard::answer(conversation, &text, &reading, facts)
        }
        Event::NotSupported { .. } => {
            let conversation = memory::current(conversation, facts.now);
            let effects = match conversation.with_person {
                true => Vec::new(),
                false => vec![Effect::Say(Phrase::NotSupported)],
            };
            (Conversation { last_heard_at: Some(facts.now), ..conversation }, effects)
        }
        outcome => outcome::answer(conversation, outcome, facts),
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
