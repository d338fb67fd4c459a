//! WhatsApp Cloud API. Facts: developers.facebook.com/documentation/business-messaging/whatsapp, and the error
//! page developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes.

/// What an answer to a call means.
mod response;

/// Sending and marking as read.
mod client;

/// What each error code means for us.
mod error_codes;

/// The `X-Hub-Signature-256` header of webhooks.
pub mod webhook_signature;

/// The GET by which Meta checks our webhook address.
pub mod webhook_challenge;

/// Events: the three levels of a batch.
pub mod webhook;

/// What a message holds.
mod incoming_content;

/// Request bodies.
mod request;

pub use client::{Client, Config};
pub use error_codes::verdict;

use super::outgoing::Limits;

/// Limits of text and of `cta_url` messages. A button's address is measured at 2,000 to stay clear of Meta's own.
pub const LIMITS: Limits = Limits { text: 4096, link_body: 1024, link_label: 20, link_url: 2000 };
