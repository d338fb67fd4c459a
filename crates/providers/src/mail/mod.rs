//! E-mail to the host, handed to the mail server of their provider.

/// What an e-mail says, and how it looks on the wire.
mod email;

/// The provider's mail server, and how handing over can fail.
mod smtp_client;

pub use email::{Email, Mailbox};
pub use smtp_client::{Security, Server};
