//! Conversations: what may be said, what came in, and how sending can fail.

/// What a webhook brought, whoever the vendor is.
pub mod incoming;

/// What the desk says, and how it is cut to fit.
pub mod outgoing;

/// How sending can fail, as advice to the outbox.
mod send_error;

/// WhatsApp Cloud API.
pub mod whatsapp;

pub use outgoing::Outgoing;
pub use send_error::{Pace, SendError};

/// A vendor that carries conversations.
#[derive(Clone, Debug)]
pub enum Chat {
    WhatsApp(whatsapp::Client),
}

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
    pub wamid: String,
}

impl Chat {
    /// Whether what came for `account` may be answered from here: a guest never hears from a number that they did not
    /// write to. An event that names none is taken for ours.
    pub fn is_for(&self, account: &str) -> bool {
        match self {
            Self::WhatsApp(client) => account.is_empty() || client.phone_number_id() == account,
        }
    }

    /// Sends one message. `opaque` is our own id of it, which the vendor repeats in statuses: the only way to
    /// recognise a message whose answer was lost.
    pub async fn send(&self, to: &Recipient, message: &Outgoing, opaque: &str) -> Result<Sent, SendError> {
        match self {
            Self::WhatsApp(client) => client.send(to, message, opaque).await,
        }
    }

    /// Shows the sender that the message, and all before it, was read.
    pub async fn mark_read(&self, message_id: &str) -> Result<(), SendError> {
        match self {
            Self::WhatsApp(client) => client.mark_read(message_id).await,
        }
    }

    /// Cuts a message into messages that the vendor takes whole; the outbox stores each as a row of its own.
    pub fn split(&self, message: Outgoing) -> Vec<Outgoing> {
        match self {
            Self::WhatsApp(_) => outgoing::split(message, &whatsapp::LIMITS),
        }
    }
}

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
