//! Preferences: what is to be paid, and the checkout page on which a buyer pays it.

pub(super) mod api_handlers;
pub(super) mod checkout_buttons;
mod checkout_page;
mod model;
mod validation;

pub use checkout_buttons::Outcome;
pub(super) use model::Preference;
