//! The only crate with outbound HTTP and mail: one folder per vendor, each with its client and its wire types.
//!
//! It knows formats and manners of the outside services. It knows neither the database nor the clock: whatever
//! needs the time is handed a `jiff::Timestamp`. A new vendor is one folder and one enum variant.

/// The one HTTP client, how a call can fail, and the guarded fetch of calendar feeds.
pub mod http;

/// Conversations: WhatsApp today; what may be said, what came in, how sending can fail.
pub mod chat;

/// Letters to the host, handed to a mail server.
pub mod mail;

/// A few sentences for the host: e-mail, Slack, Discord, Telegram.
pub mod notification_target;

/// Deposits: Mercado Pago, Stripe, PayPal; checkouts, payments read back, refunds, notifications.
pub mod payments;

/// Signatures of the webhooks that the program sends, as standardwebhooks.com has them.
pub mod standard_webhooks;

/// A token or key that never shows in logs.
pub mod secret;

/// Numbers as exact decimal text, never through a double.
mod decimal_text;

/// Reading JSON that may have any type in any place.
mod lenient_json;

/// HMAC-SHA256 and comparing in constant time.
mod hmac_sha256;

pub use secret::Secret;
