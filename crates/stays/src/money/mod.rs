//! What a stay does with money.

/// Asking for what is due.
mod ask_for_charges;
/// Money that came after its hold had ended.
mod late_money;
/// Cash and bank transfers for a stay.
mod offline_payments;
/// A stay as a payable: what payments ask of it.
mod stay_as_payable;
/// What money that arrived is used for.
mod use_arrived_money;

pub use crate::owed::{Summary, add_penalty_in, is_offer, next_due, payable_of, summary};
pub use ask_for_charges::{AskForCharges, AskStaffForCharge};
pub use late_money::accept_offer;
pub use offline_payments::{
    OfflineError, find_receipt, list_receipts, receipt_url, refund_by_staff, take_in,
};
pub use stay_as_payable::StayMoney;
