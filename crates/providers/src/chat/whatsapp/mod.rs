//! WhatsApp Cloud API. Facts: developers.facebook.com/documentation/business-messaging/whatsapp, and the error
//! page developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes.

/// What an answer to a call means.
mod answer;

/// Sending and marking as read.
mod client;

/// What each error code means for us.
mod codes;

/// The `X-Hub-Signature-256` header of webhooks.
pub mod signature;

/// The GET by which Meta checks our webhook address.
pub mod subscription;

/// Events: the three levels of a batch.
pub mod webhook;

/// What a message holds.
mod content;

/// Request bodies.
mod wire;

pub use client::{Client, Config};
pub use codes::verdict;

use super::outgoing::Limits;

/// Limits of text and of `cta_url` messages. A button's address is measured at 2,000 to stay clear of Meta's own.
pub const LIMITS: Limits = Limits { text: 4096, link_body: 1024, link_label: 20, link_url: 2000 };
