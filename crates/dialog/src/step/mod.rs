//! The desk's next step.

use jiff::{Timestamp, civil::Date};

use crate::{
    conversation::Conversation,
    effect::Effect,
    event::Event,
    facts::{Facts, Wanted},
};

/// The search that the app must run before `step`; its answer goes into `Facts::search`.
pub fn wanted(_conversation: &Conversation, _event: &Event, _now: Timestamp, _today: Date) -> Option<Wanted> {
    None
}

/// The next conversation, and what the app must do, in order.
pub fn step(conversation: Conversation, _event: Event, _facts: &Facts) -> (Conversation, Vec<Effect>) {
    (conversation, Vec::new())
}
