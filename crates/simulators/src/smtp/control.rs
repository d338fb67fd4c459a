//! What tests and the demo steer.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{Json, Router, body::Bytes, extract::State, http::StatusCode, response::Html, routing::get};

use super::{Letter, MailFault, PlannedMailFault, Protection, Step, page};
use tokio_rustls::TlsAcceptor;

use crate::{
    sim_routes::{Refused, read},
    sync::lock,
};

/// What all connections share.
pub(super) struct Shared {
    pub(super) address: SocketAddr,
    pub(super) login: Option<(String, String)>,
    pub(super) protection: Protection,
    pub(super) tls: TlsAcceptor,
    pub(super) book: Mutex<Book>,
}

#[derive(Default)]
pub(super) struct Book {
    letters: Vec<Letter>,
    faults: VecDeque<PlannedMailFault>,
}

impl Shared {
    /// The next fault that waits for this command, if any.
    pub(super) fn fault(&self, on: Step) -> MailFault {
        let faults = &mut lock(&self.book).faults;
        let Some(nth) = faults.iter().position(|planned| planned.on == on && planned.times > 0) else {
            return MailFault::None;
        };
        faults[nth].times -= 1;
        let fault = faults[nth].fault;
        if faults[nth].times == 0 {
            faults.remove(nth);
        }
        fault
    }

    pub(super) fn take(&self, letter: Letter) {
        lock(&self.book).letters.push(letter);
    }
}

/// A handle to a running server; cheap to clone.
#[derive(Clone)]
pub struct SmtpControl {
    pub(super) shared: Arc<Shared>,
}

impl SmtpControl {
    /// Where letters are handed in.
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// What was taken, oldest first.
    pub fn letters(&self) -> Vec<Letter> {
        lock(&self.shared.book).letters.clone()
    }

    /// The same, and forgets it.
    pub fn take_letters(&self) -> Vec<Letter> {
        std::mem::take(&mut lock(&self.shared.book).letters)
    }

    pub fn misbehave(&self, planned: PlannedMailFault) {
        lock(&self.shared.book).faults.push_back(planned);
    }

    /// Forgets what is planned.
    pub fn behave(&self) {
        lock(&self.shared.book).faults.clear();
    }

    fn faults(&self) -> Vec<PlannedMailFault> {
        lock(&self.shared.book).faults.iter().copied().collect()
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
    Html(page::all(&control.letters()))
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

async fn misbehave(State(control): State<SmtpControl>, body: Bytes) -> Result<StatusCode, Refused> {
    control.misbehave(read(&body)?);
    Ok(StatusCode::CREATED)
}

async fn behave(State(control): State<SmtpControl>) -> StatusCode {
    control.behave();
    StatusCode::NO_CONTENT
}
