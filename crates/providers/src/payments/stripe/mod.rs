//! Stripe: Checkout Sessions, PaymentIntents, refunds, events.
//!
//! Facts: docs.stripe.com/api, and the fixtures of github.com/stripe/openapi.

/// The calls.
mod client;

/// Request forms.
mod wire;

/// Reading answers.
mod answer;

/// Reading errors.
mod error;

/// Amounts in minor units.
mod amount;

/// Webhook events.
pub mod notification;

/// The `Stripe-Signature` header of webhooks.
pub mod signature;

pub use answer::{Session, SessionStatus};
pub use client::{Client, Config};
