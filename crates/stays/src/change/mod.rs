//! A change of one stay, in one transaction: the row locked, the move made by the state machine, the change audited, the
//! guest told. What may be done to a stay, and when, is decided above, in `stay` and `money`.

use domain::{hold_checks::Refusal, stay::Refused};
use store::db::DbError;

/// What can be done to a stay.
mod action;
/// The frame of a change that needs nothing but the stay.
mod frame;
/// Whether nights are free, and ending holds that are over.
mod free;
/// What a guest hears of it.
mod news;
/// The providers' pages of a hold.
mod pages;
/// Writing a change down, and what follows from it.
mod save;

pub use action::Action;
pub use frame::cancel_hold;
pub use save::save;

pub(crate) use frame::{change, refuse};
pub(crate) use free::{expire_in, free_but_for};
pub(crate) use pages::{close_pages, enqueue_checkouts};
pub(crate) use save::{changed_meanwhile, refused};

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
