//! Background work that lies in the database. A job is a struct beside the function that runs it, and one line in the
//! `jobs` function of its room.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, de::DeserializeOwned};
use store::{
    db::DbError,
    queue::{self, Claim, NewJob},
};

use crate::{App, Tx};

/// Telling workers of other processes that there is work.
mod notify_other_processes;
/// Which kinds there are and when the recurring ones are due.
mod registry;
/// Runs one claimed job and writes down what became of it.
mod run_claimed_job;
/// Running the queue empty, for tests and tools.
mod run_until_empty;
/// The loop of a worker.
mod worker;

pub use notify_other_processes::notify_others;
pub use registry::Registry;
pub use run_until_empty::drain;
pub use worker::work;

/// Work that is written down in the transaction that causes it, and run by a worker afterwards.
///
/// The fields of the struct are its payload: rows of the version before must be readable, so a new field has a default.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The name in the database and in the metrics; it stays as long as rows with it may lie in a database.
    const KIND: &'static str;
    /// Queues have workers of their own, so that a slow provider holds up only its own kind.
    const QUEUE: &'static str;

    /// Jobs with the same key run one after another, the oldest first.
    fn order_key(&self) -> Option<String> {
        None
    }

    /// While a job with this key waits, another one is not enqueued.
    fn dedupe_key(&self) -> Option<String> {
        None
    }

    fn run(self, app: &Arc<App>, claim: &Claim) -> impl Future<Output = Result<Done, JobError>> + Send;

    /// The row to enqueue.
    fn enqueue_at(&self, run_at: Timestamp) -> NewJob {
        NewJob {
            queue: Self::QUEUE,
            kind: Self::KIND,
            dedupe_key: self.dedupe_key(),
            order_key: self.order_key(),
            payload: serde_json::to_value(self).expect("a job is plain data"),
            run_at,
            cause: None,
        }
    }
}

/// A job that went well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Its end was committed together with its effect.
    Committed,
    /// The worker may mark it as done; doing it twice would be harmless.
    Finish,
}

#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Later, not before `after`.
    #[error("{reason}")]
    RetryAfter { after: SignedDuration, reason: String },
    /// Later, at the usual pace.
    #[error("{0}")]
    Retry(String),
    /// Never: into the dead letters.
    #[error("{0}")]
    Fail(String),
    #[error("another worker has the job now")]
    LeaseLost,
    #[error("the database did not take it")]
    Database(#[from] DbError),
}

impl JobError {
    pub fn retry_after(after: SignedDuration, reason: impl Into<String>) -> Self {
        Self::RetryAfter { after, reason: reason.into() }
    }

    pub fn fail(reason: &str) -> Self {
        Self::Fail(reason.to_owned())
    }
}

impl Tx<'_> {
    /// Commits a job's effect and its end as one. After a lost lease neither happens.
    ///
    /// # Errors
    /// [`JobError::LeaseLost`], or the database's.
    pub async fn finish(mut self, claim: &Claim) -> Result<Done, JobError> {
        queue::finish(&mut self.session, claim).await?.map_err(|_| JobError::LeaseLost)?;
        self.commit().await?;
        Ok(Done::Committed)
    }
}
