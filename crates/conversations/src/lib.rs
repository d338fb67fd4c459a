//! Talking with guests: what they wrote is stored, understood, acted upon and answered, one event in one transaction.

/// How conversations join a context.
mod add;
/// What a step wants done, done in the same transaction.
mod effects;
/// What is true at the moment of a step.
mod facts;
/// Handing a conversation to a person and back.
mod hand_over;
/// A guest's message, from its arrival to the last word about it.
mod hear;
/// The person behind a conversation.
mod people;
/// What a channel's webhook brought.
mod receive;
/// What conversations keep in the context.
mod room;

pub use add::add;
pub use hand_over::hand_back;
pub use receive::{HandleMessage, delivery_of};
pub use room::{Metrics, Room, room};
