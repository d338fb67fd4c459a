//! Checkout sessions: what is to be paid, the page on which it is, and what a buyer does there.

pub(super) mod actions;
pub(super) mod checkout;
pub(super) mod handlers;
mod model;
mod page;
mod validation;

pub use actions::Outcome;
pub(super) use model::{Session, SessionStatus};
