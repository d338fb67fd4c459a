//! What a stay does with money.

/// Asking for what is due.
mod asking;
/// A stay as a payable: what payments ask of it.
mod business;
/// Money that came after its hold had ended.
mod late;
/// Cash and bank transfers for a stay.
mod offline;
/// What money that arrived is used for.
mod use_money;

pub use crate::owed::{Summary, add_penalty_in, is_offer, next_due, payable_of, summary};
pub use asking::{AskForCharges, AskStaffForCharge};
pub use business::StayMoney;
pub use late::accept_offer;
pub use offline::{OfflineError, find_receipt, list_receipts, receipt_url, refund_by_staff, take_in};
