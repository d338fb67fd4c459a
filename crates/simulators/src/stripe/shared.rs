//! What all of the handlers share.

use std::sync::{Mutex, MutexGuard};

use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    StripeFaults, StripeSettings,
    api_error::{self, ApiError, StripeDialect},
    buyer, form,
    idempotency::{Answered, Asked},
    payment::Payment,
    session::Session,
};
use crate::{
    answer::{Answering, Dialect, Reply},
    control::Simulated,
    courier::Retry,
    faults::Call,
    incoming::Incoming,
    line::Line,
    sync::lock,
    works::Works,
};

/// One simulated account, as the handlers see it.
pub struct Shared {
    pub(crate) api_key: String,
    pub(crate) works: Works,
    book: Mutex<Book>,
}

/// What changes.
pub(crate) struct Book {
    pub(crate) settings: StripeSettings,
    /// In the order in which they were created.
    pub(crate) sessions: Vec<Session>,
    pub(crate) payments: Vec<Payment>,
    pub(crate) faults: StripeFaults,
    /// The call that is being done, as the events that it causes name it.
    pub(crate) cause: Value,
    answered: Answered,
}

impl Shared {
    pub(super) fn new(api_key: String, settings: StripeSettings, works: Works) -> Self {
        let book = Mutex::new(Book {
            settings,
            faults: StripeFaults::default(),
            sessions: Vec::new(),
            payments: Vec::new(),
            cause: nobody(),
            answered: Answered::default(),
        });
        Self { api_key, works, book }
    }

    /// The book as of now: sessions whose time has come are expired first, and told of.
    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        let mut book = lock(&self.book);
        buyer::expire_due(self, &mut book);
        book
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.works.now()
    }

    /// Answers a call that changes nothing; its parameters stand in the query.
    pub(super) async fn read(
        &self,
        call: Call,
        incoming: &Incoming,
        work: impl FnOnce(&mut Book, &Value) -> Result<Reply, ApiError>,
    ) -> Response {
        let effect = || {
            let form = api_error::check_key(self, incoming).and_then(|()| form::parse(&incoming.query));
            let done = form.and_then(|form| work(&mut self.book(), &form));
            done.unwrap_or_else(|error| error.reply()).with_header("request-id", self.request_id())
        };
        self.answering(&incoming.line).answer(call, effect).await
    }

    /// Answers a call that changes something, once per key; its parameters stand in the body.
    pub(super) async fn write(
        &self,
        call: Call,
        incoming: &Incoming,
        work: impl FnOnce(&mut Book, &Value) -> Result<Reply, ApiError>,
    ) -> Response {
        let key = incoming.header("idempotency-key");
        let request_id = self.request_id();
        let effect = || {
            let done = self.once(key, incoming, &request_id, work);
            done.unwrap_or_else(|error| error.reply()).with_header("request-id", &request_id)
        };
        let response = self.answering(&incoming.line).answer(call, effect).await;
        // Stripe keeps its own 500 like any other answer, also when the work was done. What a gateway says (502 and
        // above) it never hears of.
        let is_own = response.status().as_u16() == 500 && !incoming.line.is_cut();
        if let (Some(key), true) = (key, is_own)
            && let Ok(asked) = asked(incoming)
        {
            let reply = StripeDialect.server_error(500);
            self.book().answered.keep(key, asked, reply, request_id, self.now());
        }
        response
    }

    fn once(
        &self,
        key: Option<&str>,
        incoming: &Incoming,
        request_id: &str,
        work: impl FnOnce(&mut Book, &Value) -> Result<Reply, ApiError>,
    ) -> Result<Reply, ApiError> {
        api_error::check_key(self, incoming)?;
        if key.is_some_and(|key| key.len() > 255) {
            return Err(ApiError::invalid(None, "Idempotency keys may be at most 255 characters long"));
        }
        let asked = asked(incoming)?;
        let mut book = self.book();
        if let Some(key) = key
            && let Some(reply) = book.answered.find(key, &asked, self.now())?
        {
            return Ok(reply);
        }
        book.cause = json!({ "id": request_id, "idempotency_key": key });
        let done = work(&mut book, &asked.form);
        book.cause = nobody();
        let is_kept = done.as_ref().map_or_else(|error| error.is_kept, |_| true);
        if let (Some(key), true) = (key, is_kept) {
            let reply = done.as_ref().map_or_else(ApiError::reply, Reply::clone);
            book.answered.keep(key, asked, reply, request_id.to_owned(), self.now());
        }
        done
    }

    fn answering<'a>(&'a self, line: &'a Line) -> Answering<'a> {
        self.works.answering(&StripeDialect, line)
    }

    fn request_id(&self) -> String {
        format!("req_{}", self.works.ids.hex(14))
    }
}

impl Simulated for Shared {
    type Settings = StripeSettings;
    type Faults = StripeFaults;

    fn works(&self) -> &Works {
        &self.works
    }

    fn steer<T>(&self, change: impl FnOnce(&mut StripeSettings, &mut StripeFaults) -> T) -> T {
        let mut book = self.book();
        let Book { settings, faults, .. } = &mut *book;
        change(settings, faults)
    }

    fn retry(settings: &StripeSettings) -> Retry {
        settings.retry.clone()
    }
}

impl Book {
    pub(crate) fn find_session(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.iter_mut().rev().find(|session| session.id == id)
    }

    pub(crate) fn find_payment(&mut self, id: &str) -> Option<&mut Payment> {
        self.payments.iter_mut().rev().find(|payment| payment.id == id)
    }
}

fn asked(incoming: &Incoming) -> Result<Asked, ApiError> {
    let text = String::from_utf8_lossy(&incoming.body);
    Ok(Asked { path: incoming.path.clone(), form: form::parse(&text)? })
}

/// Events that no call caused name none.
fn nobody() -> Value {
    json!({ "id": null, "idempotency_key": null })
}
