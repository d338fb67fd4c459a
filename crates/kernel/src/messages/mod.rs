//! Messages to people: written down in the transaction of what they tell of, then sent by a job, in order per
//! conversation and over the channel that the guest used.

/// The accounts over which guests write.
mod channels;
/// Sending what was written down.
mod outbox;
/// Whether a message of ours arrived.
mod status;
/// Writing a message down.
mod tell;
/// A message as the database keeps it.
mod written;

pub use channels::Channels;
pub use outbox::{SendMessage, circuit_state, jobs, resume_channel};
pub use status::apply_status;
pub use tell::state_of;
pub use written::{FollowUp, Written};
