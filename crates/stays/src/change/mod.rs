//! A change of one stay, in one transaction: the row locked, the move made by the state machine, the change audited, the
//! guest told. What may be done to a stay, and when, is decided above, in `stay` and `money`.

use domain::{hold_checks::Refusal, stay::Refused};
use store::db::DbError;

/// What can be done to a stay.
mod audited_action;
/// The providers' pages of a hold.
mod checkout_pages;
/// Whether nights are free, and ending holds that are over.
mod nights_free;
/// Writing a change down, and what follows from it.
mod save_change;
/// What a guest hears of it.
mod tell_guest;
/// The frame of a change that needs nothing but the stay.
mod whole_transaction;

pub use audited_action::Action;
pub use save_change::save;
pub use whole_transaction::cancel_hold;

pub(crate) use checkout_pages::{close_pages, enqueue_checkouts};
pub(crate) use nights_free::{expire_in, free_but_for};
pub(crate) use save_change::{changed_meanwhile, refused};
pub(crate) use whole_transaction::{change, refuse};

#[derive(Debug, thiserror::Error)]
pub enum StayError {
    #[error("there is no such reservation")]
    NotFound,
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Dates(#[from] Refusal),
    #[error("the reservation was being changed by somebody else; look at it again")]
    Changed,
    #[error("the change could not be written down")]
    Database(#[from] DbError),
}
