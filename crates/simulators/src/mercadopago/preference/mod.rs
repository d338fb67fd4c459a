//! Preferences: what is to be paid, and the checkout page on which a buyer pays it.

pub(super) mod checkout;
pub(super) mod handlers;
mod model;
mod page;
mod validation;

pub use checkout::Outcome;
pub(super) use model::Preference;
