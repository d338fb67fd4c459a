//! Messages to people: written down in the transaction of what they tell of, then sent by a job, in order per
//! conversation and over the channel that the guest used.

/// The accounts over which guests write.
mod channel_accounts;
/// Whether a message of ours arrived.
mod delivery_status;
/// Sending what was written down.
mod send_from_outbox;
/// A message as the database keeps it.
mod stored_message;
/// Writing a message down.
mod write_to_outbox;

pub use channel_accounts::Channels;
pub use delivery_status::apply_status;
pub use send_from_outbox::{SendMessage, circuit_state, jobs, resume_channel};
pub use stored_message::{FollowUp, Written};
pub use write_to_outbox::state_of;
