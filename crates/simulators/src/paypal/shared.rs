//! What all of the handlers share.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{http::StatusCode, response::Response};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::{
    PayPalFaults, PayPalSettings,
    api_error::{self, ApiError, PayPalDialect},
    capture::Capture,
    order::Order,
    signer::Signer,
    token::Tokens,
};
use crate::{
    answer::{Answering, Reply},
    control::Simulated,
    courier::Retry,
    faults::Call,
    incoming::Incoming,
    line::Line,
    sync::lock,
    works::Works,
};

/// PayPal keeps a request id for six hours.
const KEPT: SignedDuration = SignedDuration::from_hours(6);

/// One simulated app of one seller, as the handlers see it.
pub struct Shared {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) works: Works,
    pub(crate) signer: Arc<Signer>,
    book: Mutex<Book>,
}

/// What changes.
pub(crate) struct Book {
    pub(crate) settings: PayPalSettings,
    pub(crate) tokens: Tokens,
    /// In the order in which they were created.
    pub(crate) orders: Vec<Order>,
    pub(crate) faults: PayPalFaults,
    /// Answers to repeat, by path and `PayPal-Request-Id`, and when they were given.
    answered: HashMap<String, (Reply, Timestamp)>,
}

impl Shared {
    pub(super) fn new(
        (client_id, client_secret): (String, String),
        settings: PayPalSettings,
        works: Works,
    ) -> Self {
        let book = Mutex::new(Book {
            settings,
            faults: PayPalFaults::default(),
            tokens: Tokens::default(),
            orders: Vec::new(),
            answered: HashMap::new(),
        });
        Self { client_id, client_secret, works, signer: Arc::new(Signer::new()), book }
    }

    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        lock(&self.book)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.works.now()
    }

    /// An id as PayPal's orders, captures and refunds have it.
    pub(crate) fn id(&self) -> String {
        self.works.ids.hex(17)
    }

    /// Answers a call that changes nothing.
    pub(super) async fn read(
        &self,
        call: Call,
        incoming: &Incoming,
        work: impl FnOnce(&mut Book) -> Result<Reply, ApiError>,
    ) -> Response {
        let effect = || match api_error::check_token(self, incoming) {
            Err(refused) => refused,
            Ok(()) => work(&mut self.book()).unwrap_or_else(|error| error.reply()),
        };
        self.answering(&incoming.line).answer(call, effect).await
    }

    /// Answers a call that changes something, once per request id.
    pub(super) async fn write(
        &self,
        call: Call,
        incoming: &Incoming,
        work: impl FnOnce(&mut Book, &Value) -> Result<Reply, ApiError>,
    ) -> Response {
        let effect = || {
            if let Err(refused) = api_error::check_token(self, incoming) {
                return refused;
            }
            if !incoming.header("content-type").is_some_and(|kind| kind.starts_with("application/json")) {
                return api_error::wrong_type();
            }
            self.once(incoming, work).unwrap_or_else(|error| error.reply())
        };
        self.answering(&incoming.line).answer(call, effect).await
    }

    pub(crate) fn answering<'a>(&'a self, line: &'a Line) -> Answering<'a> {
        self.works.answering(&PayPalDialect, line)
    }

    /// A repeated id gets the first answer again with status 200, whatever the body says now. An error is not kept.
    fn once(
        &self,
        incoming: &Incoming,
        work: impl FnOnce(&mut Book, &Value) -> Result<Reply, ApiError>,
    ) -> Result<Reply, ApiError> {
        let body = match incoming.body.is_empty() {
            true => Value::Object(Map::new()),
            false => serde_json::from_slice(&incoming.body).map_err(|_| {
                ApiError::invalid("MALFORMED_REQUEST_JSON", "The request JSON is not well formed.")
            })?,
        };
        let now = self.now();
        let mut book = self.book();
        let Some(id) = incoming.header("paypal-request-id") else { return work(&mut book, &body) };
        if id.len() > 108 {
            let description = "The value of a field is either too short or too long.";
            return Err(ApiError::invalid("INVALID_STRING_LENGTH", description).at("PayPal-Request-Id"));
        }
        let key = format!("{} {id}", incoming.path);
        if let Some((reply, _)) = book.answered.get(&key).filter(|(_, at)| now.duration_since(*at) < KEPT) {
            return Ok(Reply { status: StatusCode::OK, ..reply.clone() });
        }
        let reply = work(&mut book, &body)?;
        book.answered.insert(key, (reply.clone(), now));
        Ok(reply)
    }
}

impl Simulated for Shared {
    type Settings = PayPalSettings;
    type Faults = PayPalFaults;

    fn works(&self) -> &Works {
        &self.works
    }

    fn steer<T>(&self, change: impl FnOnce(&mut PayPalSettings, &mut PayPalFaults) -> T) -> T {
        let mut book = self.book();
        let Book { settings, faults, .. } = &mut *book;
        change(settings, faults)
    }

    fn retry(settings: &PayPalSettings) -> Retry {
        settings.retry.clone()
    }
}

impl Book {
    /// The order with this id, unless it has been forgotten.
    pub(crate) fn find_order(&mut self, id: &str, now: Timestamp) -> Option<&mut Order> {
        let seconds = self.settings.order_seconds;
        self.orders.iter_mut().rev().find(|order| order.id == id && !order.is_forgotten(now, seconds))
    }

    pub(crate) fn find_capture(&mut self, id: &str) -> Option<&mut Capture> {
        let captures = self.orders.iter_mut().rev().filter_map(|order| order.capture.as_mut());
        captures.into_iter().find(|capture| capture.id == id)
    }

    pub(crate) fn captures(&self) -> impl Iterator<Item = &Capture> {
        self.orders.iter().filter_map(|order| order.capture.as_ref())
    }
}
