//! Captures: the money that is taken for an order, and what of it goes back.

pub(super) mod api_handlers;
mod model;
mod refund;
pub(super) mod take_money;

pub(super) use model::{Capture, Refund};
pub use model::{CaptureStatus, RefundStatus};
