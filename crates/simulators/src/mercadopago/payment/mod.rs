//! Payments with their refunds: how they are kept, read and given back.

pub(super) mod actions;
pub(super) mod handlers;
pub(super) mod json;
mod model;
pub(super) mod refunds;

pub use model::PaymentStatus;
pub(super) use model::{Payment, Refund};
