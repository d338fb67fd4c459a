//! Payments with their refunds: how they are kept, read and given back.

pub(super) mod api_handlers;
pub(super) mod json;
pub(super) mod make_payment;
mod model;
pub(super) mod refunds;

pub use model::PaymentStatus;
pub(super) use model::{Payment, Refund};
