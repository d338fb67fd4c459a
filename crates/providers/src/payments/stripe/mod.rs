//! Stripe: Checkout Sessions, PaymentIntents, refunds, events.
//!
//! Facts: docs.stripe.com/api, and the fixtures of github.com/stripe/openapi.

/// The calls.
mod client;

/// Request forms.
mod request;

/// Reading answers.
mod response;

/// Reading errors.
mod error_response;

/// Amounts in minor units.
mod amount;

/// Webhook events.
pub mod notification;

/// The `Stripe-Signature` header of webhooks.
pub mod webhook_signature;

pub use client::{Client, Config};
pub use response::{Session, SessionStatus};
