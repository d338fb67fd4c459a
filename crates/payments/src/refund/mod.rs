//! Money back to the payer: written down in the transaction that decides it, sent by a job under a key of its own.

/// Refunds of payments that a payer's bank asks about.
mod at_bank;
/// Refunds that failed after they had been taken on.
mod failed_later;
/// Asking the provider for a refund.
mod send;
/// Writing refunds down.
mod start;

pub use at_bank::is_by_bank;
pub use send::SendRefund;
pub use start::{Back, refund, start_refund};

pub(crate) use at_bank::owe_again;
pub(crate) use failed_later::{find_undone, undo};
pub(crate) use send::refunds_of;
