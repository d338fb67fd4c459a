//! Captures: the money that is taken for an order, and what of it goes back.

pub(super) mod actions;
pub(super) mod handlers;
mod model;

pub(super) use model::{Capture, Refund};
pub use model::{CaptureStatus, RefundStatus};
