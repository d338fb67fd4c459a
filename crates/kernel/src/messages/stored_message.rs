//! A message as the database keeps it.

use providers::chat::Outgoing;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{db::DbError, message::Message};

use crate::{Tx, jobs::Job};

#[derive(Serialize, Deserialize)]
pub struct Written {
    #[serde(flatten)]
    pub message: Outgoing,
    /// What is done where the message does not arrive; a person is told where nothing else is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_undelivered: Option<FollowUp>,
}

/// A job that is enqueued if something happens later.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FollowUp {
    kind: String,
    payload: Value,
}

impl From<Outgoing> for Written {
    fn from(message: Outgoing) -> Self {
        Self { message, on_undelivered: None }
    }
}

impl Written {
    pub fn read(kept: &Message) -> Result<Self, serde_json::Error> {
        Self::deserialize(&kept.body)
    }
}

impl FollowUp {
    /// The job's `reason` is filled in when it is enqueued.
    pub fn new<J: Job>(job: &J) -> Self {
        let payload = serde_json::to_value(job).expect("a job is plain data");
        Self { kind: J::KIND.to_owned(), payload }
    }

    async fn enqueue(mut self, tx: &mut Tx<'_>, reason: &str) -> Result<bool, DbError> {
        self.payload["reason"] = reason.into();
        let Some(job) = tx.app.jobs.restore(&self.kind, self.payload, tx.now) else {
            tracing::error!(job = self.kind, "what follows an undelivered message is no job of this version");
            return Ok(false);
        };
        tx.enqueue(&[job]).await?;
        Ok(true)
    }
}

/// A message will not arrive: what its sender wanted in that case is enqueued. False where its sender wanted nothing.
pub(super) async fn follow_up(tx: &mut Tx<'_>, message: &Message, reason: &str) -> Result<bool, DbError> {
    match Written::read(message).ok().and_then(|written| written.on_undelivered) {
        Some(wanted) => wanted.enqueue(tx, reason).await,
        None => Ok(false),
    }
}
