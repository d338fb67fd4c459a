//! Stand-ins for the outside services that Conserje talks to, faithful on the wire and able to misbehave on demand.
//!
//! They speak real HTTP, so a client cannot tell them from the vendor except by the address. They are written from the
//! vendors' documents, never from our own clients: a mistake made twice would otherwise look like agreement.
//! Each simulator has a vendor side (the vendor's paths) and a control side (paths under `/sim`, and the same calls on
//! a control handle in Rust). `README.md` beside this crate lists the control paths.

/// WhatsApp Cloud API: takes messages, sends signed webhooks, keeps each guest's transcript.
pub mod whatsapp;

/// Mercado Pago Checkout Pro: preferences, a checkout page, payments, refunds, signed notifications.
pub mod mercadopago;

/// Stripe Checkout: sessions, a checkout page, payments, refunds, signed events.
pub mod stripe;

/// PayPal: orders, an approval page, captures, refunds, events signed with a certificate.
pub mod paypal;

/// Calendars of Airbnb, Booking.com, Vrbo, Google and iCloud: feeds in each platform's shape, which read others too.
pub mod calendars;

/// A mail server: takes e-mails from the program and keeps them.
pub mod smtp;

/// What a simulator can be told to do wrong, on a call that it answers or on a webhook that it sends.
pub mod faults;

/// The vendors' signatures over what they send.
pub mod webhook_signatures;

/// What every simulator is made of: state, faults, control paths, webhooks, clock, ids.
mod core;

/// A mutex guard that does not mind a panic elsewhere.
mod lock_ignoring_poison;

/// The look of the pages on which people pay, or play a guest.
mod page_layout;

/// Amounts of money without rounding.
mod exact_amount;

/// JSON as Meta writes it: ASCII only.
mod ascii_json;

/// Members that nobody has heard of.
mod extra_fields;

#[cfg(test)]
mod tests;

pub use self::core::{CallRecord, Clock, Control, Retry, Running, StartError, WebhookAttempt};
pub use calendars::{Calendars, CalendarsConfig, CalendarsControl};
pub use mercadopago::{MercadoPago, MercadoPagoConfig, MercadoPagoControl};
pub use paypal::{PayPal, PayPalConfig, PayPalControl};
pub use smtp::{Smtp, SmtpConfig, SmtpControl};
pub use stripe::{Stripe, StripeConfig, StripeControl};
pub use whatsapp::{WhatsApp, WhatsAppConfig, WhatsAppControl};
