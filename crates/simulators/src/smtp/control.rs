//! What the tests and the demo steer at the mail server, and its paths under `/sim`.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{Json, Router, extract::State, http::StatusCode, response::Html, routing::get};
use tokio_rustls::TlsAcceptor;

use super::{Email, MailFault, PlannedMailFault, Protection, Step, inbox_page};
use crate::{core::ControlBody, faults::FaultQueue, lock_ignoring_poison::lock};

/// What all connections share.
pub(super) struct Sim {
    pub(super) address: SocketAddr,
    pub(super) login: Option<(String, String)>,
    pub(super) protection: Protection,
    pub(super) tls: TlsAcceptor,
    pub(super) emails: Mutex<Vec<Email>>,
    pub(super) faults: FaultQueue<Step, MailFault>,
}

impl Sim {
    /// The next fault that waits for this command, if any.
    pub(super) fn fault(&self, on: Step) -> MailFault {
        self.faults.take(|wanted| *wanted == on).unwrap_or(MailFault::None)
    }

    pub(super) fn take(&self, email: Email) {
        lock(&self.emails).push(email);
    }
}

/// A handle to a running server; cheap to clone.
#[derive(Clone)]
pub struct SmtpControl {
    pub(super) sim: Arc<Sim>,
}

impl SmtpControl {
    /// Where e-mails are handed in.
    pub fn address(&self) -> SocketAddr {
        self.sim.address
    }

    /// What was taken, oldest first.
    pub fn emails(&self) -> Vec<Email> {
        lock(&self.sim.emails).clone()
    }

    /// The same, and forgets it.
    pub fn take_emails(&self) -> Vec<Email> {
        std::mem::take(&mut lock(&self.sim.emails))
    }

    pub fn misbehave(&self, planned: PlannedMailFault) {
        self.sim.faults.add([planned]);
    }

    /// Forgets what is planned.
    pub fn behave(&self) {
        self.sim.faults.clear();
    }

    fn faults(&self) -> Vec<PlannedMailFault> {
        self.sim.faults.list()
    }
}

pub(super) fn router(control: SmtpControl) -> Router {
    Router::new()
        .route("/", get(show))
        .route("/sim/emails", get(emails).delete(forget))
        // As it was called before.
        .route("/sim/letters", get(emails).delete(forget))
        .route("/sim/faults", get(faults).post(misbehave).delete(behave))
        .with_state(control)
}

async fn show(State(control): State<SmtpControl>) -> Html<String> {
    Html(inbox_page::all(&control.emails()))
}

async fn emails(State(control): State<SmtpControl>) -> Json<Vec<Email>> {
    Json(control.emails())
}

async fn forget(State(control): State<SmtpControl>) -> StatusCode {
    control.take_emails();
    StatusCode::NO_CONTENT
}

async fn faults(State(control): State<SmtpControl>) -> Json<Vec<PlannedMailFault>> {
    Json(control.faults())
}

async fn misbehave(
    State(control): State<SmtpControl>,
    ControlBody(planned): ControlBody<PlannedMailFault>,
) -> StatusCode {
    control.misbehave(planned);
    StatusCode::CREATED
}

async fn behave(State(control): State<SmtpControl>) -> StatusCode {
    control.behave();
    StatusCode::NO_CONTENT
}
