//! E-mail to the host, handed to the mail server of their provider.

/// What a letter says, and how it looks on the wire.
mod letter;

/// The provider's mail server, and how handing over can fail.
mod server;

pub use letter::{Letter, Mailbox};
pub use server::{Security, Server};
