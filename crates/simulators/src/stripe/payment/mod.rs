//! Payments, which Stripe calls PaymentIntents, with their charges and refunds.

pub(super) mod api_handlers;
pub(super) mod json;
mod model;

pub use model::RefundStatus;
pub(super) use model::{IntentStatus, Payment, Refund};
