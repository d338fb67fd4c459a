//! What the tests and the demo steer at the mail server, and its paths under `/sim`.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{Json, Router, extract::State, http::StatusCode, response::Html, routing::get};
use tokio_rustls::TlsAcceptor;

use super::{Letter, MailFault, PlannedMailFault, Protection, Step, inbox_page};
use crate::core::ControlBody;
use crate::faults::FaultQueue;
use crate::lock_ignoring_poison::lock;

/// What all connections share.
pub(super) struct Sim {
    pub(super) address: SocketAddr,
    pub(super) login: Option<(String, String)>,
    pub(super) protection: Protection,
    pub(super) tls: TlsAcceptor,
    pub(super) letters: Mutex<Vec<Letter>>,
    pub(super) faults: FaultQueue<Step, MailFault>,
}

impl Sim {
    /// The next fault that waits for this command, if any.
    pub(super) fn fault(&self, on: Step) -> MailFault {
        self.faults.take(|wanted| *wanted == on).unwrap_or(MailFault::None)
    }

    pub(super) fn take(&self, letter: Letter) {
        lock(&self.letters).push(letter);
    }
}

/// A handle to a running server; cheap to clone.
#[derive(Clone)]
pub struct SmtpControl {
    pub(super) sim: Arc<Sim>,
}

impl SmtpControl {
    /// Where letters are handed in.
    pub fn address(&self) -> SocketAddr {
        self.sim.address
    }

    /// What was taken, oldest first.
    pub fn letters(&self) -> Vec<Letter> {
        lock(&self.sim.letters).clone()
    }

    /// The same, and forgets it.
    pub fn take_letters(&self) -> Vec<Letter> {
        std::mem::take(&mut lock(&self.sim.letters))
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
        .route("/sim/letters", get(letters).delete(forget))
        .route("/sim/faults", get(faults).post(misbehave).delete(behave))
        .with_state(control)
}

async fn show(State(control): State<SmtpControl>) -> Html<String> {
    Html(inbox_page::all(&control.letters()))
}

async fn letters(State(control): State<SmtpControl>) -> Json<Vec<Letter>> {
    Json(control.letters())
}

async fn forget(State(control): State<SmtpControl>) -> StatusCode {
    control.take_letters();
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
