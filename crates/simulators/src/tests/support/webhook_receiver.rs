//! A small desk that receives webhooks and notes them.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    routing::any,
};
use serde_json::Value;
use tokio::task::JoinSet;

use super::listener;
use crate::lock_ignoring_poison::lock;

/// One webhook as the program received it.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) query: HashMap<String, String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Received {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("webhooks are JSON")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("headers are ASCII"))
    }

    /// The `value` of the first change.
    pub(crate) fn value(&self) -> Value {
        self.json()["entry"][0]["changes"][0]["value"].take()
    }
}

/// A desk that notes each webhook and answers 200 unless told otherwise.
pub(crate) struct Desk {
    pub(crate) url: String,
    notes: Arc<Notes>,
    _serving: JoinSet<()>,
}

#[derive(Default)]
struct Notes {
    received: Mutex<Vec<Received>>,
    answers: Mutex<VecDeque<u16>>,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let notes = Arc::new(Notes::default());
        let listener = listener().await;
        let address = listener.local_addr().expect("a bound listener has an address");
        let router = Router::new().fallback(any(note)).with_state(Arc::clone(&notes));
        let mut serving = JoinSet::new();
        serving.spawn(async move {
            axum::serve(listener, router).await.expect("serves until it is dropped");
        });
        Self { url: format!("http://{address}/webhook"), notes, _serving: serving }
    }

    /// The statuses of the next answers.
    pub(crate) fn will_answer(&self, statuses: &[u16]) {
        lock(&self.notes.answers).extend(statuses);
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        lock(&self.notes.received).clone()
    }
}

async fn note(
    State(notes): State<Arc<Notes>>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    // Meta's proof of ownership wants the bare challenge back.
    if let Some(challenge) = query.get("hub.challenge") {
        return (StatusCode::OK, challenge.clone());
    }
    lock(&notes.received).push(Received { query, headers, body });
    let status = lock(&notes.answers).pop_front().unwrap_or(200);
    (StatusCode::from_u16(status).expect("a status"), String::new())
}
