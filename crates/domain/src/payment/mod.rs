//! Rules of payments: what a look at one changes, what its money does, how one is divided, what a payer's bank has of it.
//! The payment itself is a row: `store::payment::Payment`.
//!
//! A notification only says "look". What counts is the payment as the provider's API shows it.

/// What a payer's bank has of a payment.
pub mod at_bank;
/// What a look at a payment changes.
pub mod change_seen;
/// What an approved payment does to a stay.
mod decision;
/// How the question of a payer's bank stands.
pub mod dispute;
/// One payment over several payables.
pub mod divide_in_order;
/// What a payment names as its purpose at the provider.
mod reference;
/// The states of a payment.
mod status;

pub use decision::{Decision, Doubt, Useless, decide};
pub use reference::Reference;
pub use status::PaymentStatus;
