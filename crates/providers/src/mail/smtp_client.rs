//! The provider's mail server (RFC 5321, RFC 6409), and how handing over can fail.
//!
//! The commands are given one by one, because what a failure means depends on what had been said before it.

use std::{error::Error as _, future::Future, io, time::Duration};

use lettre::transport::smtp::{
    Error,
    authentication::{Credentials, DEFAULT_MECHANISMS},
    client::{AsyncSmtpConnection, TlsParameters},
    commands::{Data, Mail, Rcpt},
    extension::ClientId,
};

use super::{Email, Mailbox};
use crate::{Secret, http::CallError};

/// How the way to the server is kept from others' eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte on, usually on port 465.
    Implicit,
    /// TLS is asked for before anything is said, usually on port 587. A server that does not offer it gets nothing.
    StartTls,
    /// Readable by whoever is on the way.
    Plain,
}

/// Where e-mails are handed in.
#[derive(Clone, Debug)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// User and password. None for a server that knows us by our address.
    pub login: Option<(String, Secret)>,
    /// For connecting, and for the answer to each command.
    pub timeout: Duration,
}

impl Server {
    /// Hands one e-mail to the server, for one recipient.
    ///
    /// # Errors
    /// `Retry` when the server could not be reached or answered 4xx; `Denied` when it does not take user and password;
    /// `Refused` for any other 5xx, or when it does not offer what the settings ask for; `Unknown` when the e-mail was
    /// handed over and the answer is lost: it may have arrived.
    pub async fn send(&self, email: &Email<'_>, from: &Mailbox, to: &Mailbox) -> Result<(), CallError> {
        let bytes = email.bytes(from, to).map_err(|_| refused(0, "the e-mail cannot be written"))?;
        let (sender, recipient) = (Some(from.0.email.clone()), to.0.email.clone());
        let mut server = self.connect(from.domain()).await?;
        self.step(Step::Sender, server.command(Mail::new(sender, Vec::new()))).await?;
        self.step(Step::Recipient, server.command(Rcpt::new(recipient, Vec::new()))).await?;
        self.step(Step::Data, server.command(Data)).await?;
        self.step(Step::Email, server.message(&bytes)).await?;
        // It has the e-mail, however it takes leave.
        let _taken_already = tokio::time::timeout(self.timeout, server.quit()).await;
        Ok(())
    }

    /// Greeted, behind TLS, signed in.
    async fn connect(&self, our_name: &str) -> Result<AsyncSmtpConnection, CallError> {
        let hello = ClientId::Domain(our_name.to_owned());
        let tls = match self.security {
            Security::Plain => None,
            Security::Implicit | Security::StartTls => {
                let prepared = TlsParameters::new(self.host.clone());
                Some(prepared.map_err(|_| refused(0, "cannot set up TLS; is ca-certificates installed?"))?)
            }
        };
        let (at_once, asked_for) = match self.security {
            Security::StartTls => (None, tls),
            Security::Implicit | Security::Plain => (tls, None),
        };
        let address = (self.host.as_str(), self.port);
        let connecting =
            AsyncSmtpConnection::connect_tokio1(address, Some(self.timeout), &hello, at_once, None);
        let mut server = self.step(Step::Connect, connecting).await?;
        if let Some(tls) = asked_for {
            self.step(Step::Tls, server.starttls(tls, &hello)).await?;
        }
        if let Some((user, password)) = &self.login {
            let login = Credentials::new(user.clone(), password.expose().to_owned());
            self.step(Step::SignIn, server.auth(DEFAULT_MECHANISMS, &login)).await?;
        }
        Ok(server)
    }

    async fn step<T>(
        &self,
        step: Step,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, CallError> {
        match tokio::time::timeout(self.timeout, work).await {
            Ok(done) => done.map_err(|error| step.failed(&error)),
            Err(_elapsed) => Err(step.unanswered("no answer in time")),
        }
    }
}

/// What was being done when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Connect,
    Tls,
    SignIn,
    Sender,
    Recipient,
    Data,
    Email,
}

impl Step {
    /// The server's own words are left out: they repeat addresses.
    fn failed(self, error: &Error) -> CallError {
        if let Some(status) = error.status().map(u16::from) {
            return match (self, status) {
                (_, ..500) => CallError::Retry { after: None, detail: format!("{status} {}", self.words()) },
                (Self::SignIn, _) => CallError::Denied { status, detail: self.words().to_owned() },
                _ => refused(status, self.words()),
            };
        }
        match self {
            Self::Tls if error.is_client() => refused(0, "the mail server offers no STARTTLS"),
            Self::SignIn if error.is_client() => {
                refused(0, "the mail server offers no way of signing in that we know (PLAIN, LOGIN)")
            }
            _ => self.unanswered(&cause(error)),
        }
    }

    /// Only an e-mail that was handed over may have arrived.
    fn unanswered(self, detail: &str) -> CallError {
        let detail = format!("{detail}, {}", self.words());
        match self {
            Self::Email => CallError::Unknown { detail },
            _ => CallError::Retry { after: None, detail },
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Connect => "when the mail server was called",
            Self::Tls => "when TLS was asked for",
            Self::SignIn => "when user and password were given",
            Self::Sender => "when the sender was named",
            Self::Recipient => "when the recipient was named",
            Self::Data => "when the e-mail was announced",
            Self::Email => "when the e-mail was handed over",
        }
    }
}

/// What the system or TLS says is about the host and nobody else: "Connection refused", "invalid peer certificate".
fn cause(error: &Error) -> String {
    let mut causes = std::iter::successors(error.source(), |cause| (*cause).source());
    let of_the_system = causes.find_map(|cause| cause.downcast_ref::<io::Error>());
    of_the_system.map_or_else(|| "the connection broke".to_owned(), ToString::to_string)
}

fn refused(status: u16, detail: &str) -> CallError {
    CallError::Refused { status, code: None, detail: detail.to_owned() }
}
