//! What all of the handlers share.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard},
};

use axum::http::HeaderMap;
use jiff::Timestamp;

use super::{MercadoPagoFaults, MercadoPagoSettings, payment::Payment, preference::Preference};
use crate::{
    answer::{Answering, Reply},
    control::Simulated,
    courier::Retry,
    line::Line,
    mercadopago::api_error::MercadoPagoDialect,
    sync::lock,
    works::Works,
};

/// One simulated seller, as the handlers see him.
pub struct Shared {
    pub(crate) access_token: String,
    pub(crate) collector_id: u64,
    pub(crate) works: Works,
    book: Mutex<Book>,
}

/// What changes.
pub(crate) struct Book {
    pub(crate) settings: MercadoPagoSettings,
    /// In the order in which they were created.
    pub(crate) preferences: Vec<Preference>,
    /// By id, which grows.
    pub(crate) payments: BTreeMap<u64, Payment>,
    pub(crate) faults: MercadoPagoFaults,
    /// Answers to repeat, by call and `X-Idempotency-Key`.
    answered: HashMap<String, Reply>,
}

impl Shared {
    pub(super) fn new(
        access_token: String,
        collector_id: u64,
        settings: MercadoPagoSettings,
        works: Works,
    ) -> Self {
        let book = Mutex::new(Book {
            settings,
            faults: MercadoPagoFaults::default(),
            preferences: Vec::new(),
            payments: BTreeMap::new(),
            answered: HashMap::new(),
        });
        Self { access_token, collector_id, works, book }
    }

    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        lock(&self.book)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.works.now()
    }

    pub(crate) fn answering<'a>(&'a self, line: &'a Line) -> Answering<'a> {
        self.works.answering(&MercadoPagoDialect, line)
    }
}

impl Simulated for Shared {
    type Settings = MercadoPagoSettings;
    type Faults = MercadoPagoFaults;

    fn works(&self) -> &Works {
        &self.works
    }

    fn steer<T>(&self, change: impl FnOnce(&mut MercadoPagoSettings, &mut MercadoPagoFaults) -> T) -> T {
        let mut book = self.book();
        let Book { settings, faults, .. } = &mut *book;
        change(settings, faults)
    }

    fn retry(settings: &MercadoPagoSettings) -> Retry {
        settings.retry.clone()
    }
}

impl Book {
    pub(crate) fn find_preference(&self, id: &str) -> Option<&Preference> {
        self.preferences.iter().find(|preference| preference.id == id)
    }

    /// Does a thing once per key: a repeated key gets the first answer again, whatever the body says now.
    /// An error is not kept, so the caller may correct the request.
    pub(crate) fn once(
        &mut self,
        call: &str,
        key: Option<&str>,
        work: impl FnOnce(&mut Self) -> Reply,
    ) -> Reply {
        let Some(key) = key else { return work(self) };
        let key = format!("{call} {key}");
        if let Some(reply) = self.answered.get(&key) {
            return reply.clone();
        }
        let reply = work(self);
        if reply.status.is_success() {
            self.answered.insert(key, reply.clone());
        }
        reply
    }
}

/// The caller's key, if it sent one.
pub(crate) fn idempotency_key(headers: &HeaderMap) -> Option<&str> {
    headers.get("x-idempotency-key").and_then(|value| value.to_str().ok()).filter(|key| !key.is_empty())
}
