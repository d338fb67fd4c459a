//! Talking with guests: what they wrote is stored, understood, acted upon and answered, one event in one transaction.

/// What a step wants done, done in the same transaction.
mod carry_out_effects;
/// What is true at the moment of a step.
mod facts_for_step;
/// Handing a conversation to a person and back.
mod hand_over_to_person;
/// A guest's message, from its arrival to the last word about it.
mod handle_guest_message;
/// What conversations keep in the context.
mod kept_in_context;
/// The person behind a conversation.
mod person_of_conversation;
/// What a channel's webhook brought.
mod receive_webhook;
/// How conversations join a context.
mod register_in_context;

pub use hand_over_to_person::hand_back;
pub use kept_in_context::{Metrics, Room, room};
pub use receive_webhook::{HandleMessage, delivery_of};
pub use register_in_context::add;
