//! Answers to repeat.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::api_error::ApiError;
use crate::answer::Reply;

/// Stripe may forget a key after a day; here it does.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Answers to repeat, by `Idempotency-Key` (<https://docs.stripe.com/api/idempotent_requests>).
#[derive(Default)]
pub(crate) struct Answered(HashMap<String, Record>);

struct Record {
    asked: Asked,
    reply: Reply,
    request_id: String,
    at: Timestamp,
}

/// What came with a key, to compare with what comes with it later.
#[derive(Clone, PartialEq)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) form: Value,
}

impl Answered {
    /// The answer that this key got before.
    pub(crate) fn find(&self, key: &str, asked: &Asked, now: Timestamp) -> Result<Option<Reply>, ApiError> {
        let is_kept = |record: &&Record| now.duration_since(record.at) < KEPT;
        let Some(record) = self.0.get(key).filter(is_kept) else { return Ok(None) };
        if record.asked.path != asked.path {
            let message = format!(
                "Keys for idempotent requests can only be used for the same endpoint they were first used for \
                 ('{}' vs '{}'). Try using a key other than '{key}' if you meant to execute a different request.",
                asked.path, record.asked.path
            );
            return Err(ApiError::idempotency(message));
        }
        if record.asked.form != asked.form {
            let message = format!(
                "Keys for idempotent requests can only be used with the same parameters they were first used with. \
                 Try using a key other than '{key}' if you meant to execute a different request."
            );
            return Err(ApiError::idempotency(message));
        }
        let reply = record.reply.clone().with_header("idempotent-replayed", "true");
        Ok(Some(reply.with_header("original-request", &record.request_id)))
    }

    /// Keeps an answer. Whatever was kept under the key goes: a 500 on the way hides what was done.
    pub(crate) fn keep(&mut self, key: &str, asked: Asked, reply: Reply, request_id: String, at: Timestamp) {
        self.0.insert(key.to_owned(), Record { asked, reply, request_id, at });
    }
}
