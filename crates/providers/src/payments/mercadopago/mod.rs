//! Mercado Pago: Checkout Pro preferences, payments, refunds, notifications.
//!
//! Facts: mercadopago.com/developers (reference of preferences and payments, notifications), and the official SDK
//! github.com/mercadopago/sdk-nodejs.

/// The calls.
mod client;

/// Webhook and IPN notifications.
pub mod notification;

/// Ids as they may stand in a path.
mod path_id;

/// Request bodies.
mod request;

/// Reading answers and errors.
mod response;

/// The `x-signature` header of webhooks.
pub mod webhook_signature;

pub use client::{Client, Config, Mode};

/// One per country that they are in: Argentina, Brazil, Chile, Colombia, Mexico, Peru, Uruguay. An account takes the
/// one of its country.
pub const CURRENCIES: [&str; 7] = ["ARS", "BRL", "CLP", "COP", "MXN", "PEN", "UYU"];
