use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
};

use axum::http::HeaderMap;
use jiff::Timestamp;

use super::{MercadoPagoSettings, PaymentFault, payment::Payment, preference::Preference};
use crate::{
    answer::{Answering, Reply},
    courier::Courier,
    faults::CallFaults,
    ids::Ids,
    line::Line,
    mercadopago::api_error::MercadoPagoDialect,
    running::{Clock, Parts},
    sync::lock,
};

/// One simulated seller, as the handlers see him.
pub(crate) struct Shared {
    pub(crate) access_token: String,
    pub(crate) collector_id: u64,
    pub(crate) courier: Arc<Courier>,
    pub(crate) parts: Parts,
    pub(crate) faults: CallFaults,
    pub(crate) ids: Ids,
    pub(crate) clock: Clock,
    book: Mutex<Book>,
}

/// What changes.
pub(crate) struct Book {
    pub(crate) settings: MercadoPagoSettings,
    /// In the order in which they were created.
    pub(crate) preferences: Vec<Preference>,
    /// By id, which grows.
    pub(crate) payments: BTreeMap<u64, Payment>,
    pub(crate) payment_faults: VecDeque<PaymentFault>,
    /// Answers to repeat, by call and `X-Idempotency-Key`.
    answered: HashMap<String, Reply>,
}

impl Shared {
    pub(super) fn new(
        access_token: String,
        collector_id: u64,
        settings: MercadoPagoSettings,
        clock: Clock,
        courier: Arc<Courier>,
        parts: Parts,
    ) -> Self {
        let ids = Ids::new(clock());
        let book = Mutex::new(Book {
            settings,
            preferences: Vec::new(),
            payments: BTreeMap::new(),
            payment_faults: VecDeque::new(),
            answered: HashMap::new(),
        });
        Self { access_token, collector_id, courier, parts, faults: CallFaults::default(), ids, clock, book }
    }

    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        lock(&self.book)
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn answering<'a>(&'a self, line: &'a Line) -> Answering<'a> {
        Answering { faults: &self.faults, dialect: &MercadoPagoDialect, line, stop: &self.parts.stop }
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
