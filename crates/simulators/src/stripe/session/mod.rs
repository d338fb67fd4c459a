//! Checkout sessions: what is to be paid, the page on which it is, and what a buyer does there.

pub(super) mod api_handlers;
pub(super) mod buyer_outcome;
pub(super) mod checkout_buttons;
mod checkout_page;
mod model;
mod validation;

pub use buyer_outcome::Outcome;
pub(super) use model::{Session, SessionStatus};
