//! A mail server that takes e-mails and delivers none: RFC 5321, with signing in by RFC 4954 and TLS
//! by RFC 3207 or from the first byte on.
//!
//! By hand: the page at `/`. From programs, as from [`SmtpControl`]:
//!
//! | call | what |
//! |---|---|
//! | `GET /sim/e-mails` · `DELETE /sim/e-mails` | what was taken: `from, to[], signed_in_as, over_tls, raw, subject, text` |
//! | `GET, POST, DELETE /sim/faults` | a queue of `PlannedMailFault`s: `{"kind":"reply","code":451,"on":"recipient"}` |

mod command_fault;
mod command_session;
mod connection;
mod control;
mod inbox_page;
mod received_email;
mod tls_certificate;

use std::sync::{Arc, Mutex};

use tokio::net::TcpListener;

use crate::{
    core::{Lifecycle, Running, StartError, base_url},
    faults::FaultQueue,
};

pub use command_fault::{MailFault, PlannedMailFault, Step};
pub use control::SmtpControl;
pub use received_email::Email;
pub use tls_certificate::{AUTHORITY_PEM, Protection};

use control::Sim;

/// The mail server.
pub struct Smtp;

/// What the server knows from the start.
pub struct SmtpConfig {
    /// Where e-mails are handed in.
    pub mail_listener: TcpListener,
    /// Where the page and the paths under `/sim` are.
    pub control_listener: TcpListener,
    /// User and password. Without them, everybody may hand in e-mails.
    pub login: Option<(String, String)>,
    /// Whether it speaks TLS. With [`Protection::StartTls`], nobody signs in without.
    pub protection: Protection,
}

impl Smtp {
    /// Starts answering. Must be called inside a Tokio runtime.
    pub fn start(config: SmtpConfig) -> Result<Running<SmtpControl>, StartError> {
        let base_url = base_url(&config.control_listener)?;
        let address = config.mail_listener.local_addr().map_err(StartError::Listener)?;
        let tls = tls_certificate::acceptor();
        let lifecycle = Lifecycle::new();
        let sim = Arc::new(Sim {
            address,
            login: config.login,
            protection: config.protection,
            tls,
            emails: Mutex::default(),
            faults: FaultQueue::default(),
        });
        lifecycle.tasks.spawn(connection::listen(
            config.mail_listener,
            Arc::clone(&sim),
            Arc::clone(&lifecycle.tasks),
        ));
        let control = SmtpControl { sim };
        let router = control::router(control.clone());
        Ok(Running::serve(base_url, control, config.control_listener, router, lifecycle))
    }
}
