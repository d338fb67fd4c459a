//! Answers that a repeated idempotency key gets again.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::Reply;

/// The answers that were given, by key. How long a key is good and what must be the same with it is the vendor's.
#[derive(Default)]
pub(crate) struct KeptAnswers(HashMap<String, KeptAnswer>);

/// What came with a key and what was answered.
pub(crate) struct KeptAnswer {
    /// To compare with what comes with the key later; null where the vendor does not compare.
    pub(crate) request: Value,
    pub(crate) reply: Reply,
    at: Timestamp,
}

impl KeptAnswers {
    /// What this key got less than `lifetime` ago.
    pub(crate) fn find(&self, key: &str, now: Timestamp, lifetime: SignedDuration) -> Option<&KeptAnswer> {
        self.0.get(key).filter(|kept| now.duration_since(kept.at) < lifetime)
    }

    /// Keeps an answer in place of whatever was kept under the key.
    pub(crate) fn keep(&mut self, key: String, request: Value, reply: Reply, at: Timestamp) {
        self.0.insert(key, KeptAnswer { request, reply, at });
    }
}
