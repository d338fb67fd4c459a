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

/// A mail server: takes letters from the desk and keeps them.
pub mod smtp;

/// What a simulator can be told to do wrong, on a call that it answers or on a webhook that it sends.
pub mod faults;

/// The vendors' signatures over what they send.
pub mod signatures;

/// Steering that is the same for every vendor: faults, settings, webhooks.
mod control;

/// The machinery that is the same for every vendor.
mod works;

/// What every running simulator has: an address, a control handle, a way to stop.
pub mod running;

/// Sending webhooks: order, retries, planned faults, and the log of what happened.
pub mod courier;

/// Turns a planned fault into what goes over the wire.
mod answer;

/// The paths under `/sim` that all vendors share.
mod sim_routes;

/// A call as a handler gets it, whatever its body is.
mod incoming;

/// The look of the pages on which people pay, or play a guest.
mod pay_page;

/// Amounts of money without rounding.
mod amount;

/// A listener whose connections can be cut without an answer.
mod line;

/// JSON as Meta writes it: ASCII only.
mod ascii_json;

/// Members that nobody has heard of.
mod extra_fields;

/// Changing part of a settings value with a JSON object.
mod patch;

/// Ids that differ between runs and repeat with the same clock.
mod ids;

/// Background work that ends with its simulator.
mod tasks;

/// The HTTP client that webhooks leave through.
mod http_client;

/// A mutex guard that does not mind a panic elsewhere.
mod sync;

#[cfg(test)]
mod tests;

pub use calendars::{Calendars, CalendarsConfig, CalendarsControl};
pub use control::Control;
pub use mercadopago::{MercadoPago, MercadoPagoConfig, MercadoPagoControl};
pub use paypal::{PayPal, PayPalConfig, PayPalControl};
pub use running::{Clock, Running, StartError};
pub use smtp::{Smtp, SmtpConfig, SmtpControl};
pub use stripe::{Stripe, StripeConfig, StripeControl};
pub use whatsapp::{WhatsApp, WhatsAppConfig, WhatsAppControl};
