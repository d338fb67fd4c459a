//! Double entry: every movement of money is a posting whose entries add up to nothing.

/// What money can be booked on.
mod account;
/// A movement of money.
mod posting;

pub use account::Account;
pub use posting::{Entry, Movement, Posting};
