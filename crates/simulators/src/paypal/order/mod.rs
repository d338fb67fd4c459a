//! Orders: what is to be paid, the page on which a buyer approves it, and what a buyer does there.

pub(super) mod api_handlers;
pub(super) mod approval_buttons;
mod approval_page;
pub(super) mod buyer_outcome;
mod model;
mod validation;

pub use buyer_outcome::Outcome;
pub(super) use model::{Instrument, Order, OrderStatus};
