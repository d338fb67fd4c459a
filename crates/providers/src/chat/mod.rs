//! Conversations: what may be said, what came in, and how sending can fail.

/// What a webhook brought, whoever the vendor is.
pub mod incoming;

/// What is said, and how it is cut to fit.
pub mod outgoing;

/// How sending can fail, as advice to the outbox.
mod send_error;

/// WhatsApp Cloud API.
pub mod whatsapp;

use std::{pin::Pin, time::Duration};

pub use outgoing::Outgoing;
pub use send_error::{Pace, SendError};

/// Whom to write to. With both, the phone is used; with neither, sending is refused.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Recipient {
    /// Digits with country code, as the vendor gave them.
    pub phone: Option<String>,
    /// The vendor's own id of the person; for WhatsApp the business-scoped user id (BSUID).
    pub user_id: Option<String>,
}

/// The vendor accepted a message. Whether it arrives is told by a later status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The vendor's id of the message; statuses name it.
    pub external_id: String,
}

/// One account at a vendor that carries conversations: a WhatsApp number, a Telegram bot. A new vendor implements it in
/// its folder.
pub trait Channel: Send + Sync {
    /// The vendor, as it stands in the database, in metrics and in health.
    fn name(&self) -> &'static str;

    /// The vendor's name for this account; webhooks say it, and a guest is answered from the account that they wrote to.
    fn account(&self) -> &str;

    /// Cuts a message into messages that the vendor takes whole; the outbox stores each as a row of its own.
    fn split(&self, message: Outgoing) -> Vec<Outgoing>;

    /// How long after a guest's last message a business may write freely; None where it always may.
    fn service_window(&self) -> Option<Duration>;

    /// Sends one message. `opaque` is our own id of it, which the vendor repeats in statuses where it can: the only way
    /// to recognise a message whose answer was lost.
    fn send<'a>(&'a self, to: &'a Recipient, message: &'a Outgoing, opaque: &'a str) -> Sending<'a>;
}

/// A message on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Sent, SendError>> + Send + 'a>>;

impl std::fmt::Debug for Recipient {
    /// Says which ids there are; the ids themselves stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let known = |id: &Option<String>| id.as_ref().map(|_| "…");
        f.debug_struct("Recipient")
            .field("phone", &known(&self.phone))
            .field("user_id", &known(&self.user_id))
            .finish()
    }
}
