//! PayPal: orders, captures, refunds, webhooks.
//!
//! Facts: developer.paypal.com/docs/api (Orders v2, Payments v2, Webhooks v1) and the specifications in
//! github.com/paypal/paypal-rest-api-specifications.

/// Live or sandbox.
mod environment;

/// The calls.
mod client;

/// Access tokens, kept until they end.
mod access_token;

/// Request bodies.
mod request;

/// Reading answers.
mod response;

/// Reading errors.
mod error_response;

/// Webhook events.
pub mod notification;

/// The `PAYPAL-TRANSMISSION-…` headers of webhooks.
pub mod webhook_signature;

/// Which addresses a signing certificate may be fetched from.
mod certificate_url;

/// Signing certificates and the roots that they must lead to.
pub mod certificate_chain;

/// Whether a webhook is theirs: by the signature, or by asking them.
mod webhook_check;

pub use client::{Client, Config};
pub use environment::{CURRENCIES, Environment};
pub use webhook_check::{Check, WebhookConfig, WebhookError};
