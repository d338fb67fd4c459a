//! Runs one claimed job and writes down what became of it: done, again later, or dead.

use std::{panic::AssertUnwindSafe, sync::Arc};

use domain::{actor::Actor, cause::Cause};
use futures_util::FutureExt;
use jiff::SignedDuration;
use store::{
    db::DbError,
    queue::{self, Claim},
};
use tracing::Instrument as _;

use super::{Done, JobError};
use crate::{
    App, current_cause,
    metrics::{JobLabels, OperationLabels},
};

/// After so many attempts (about a day) a person must look.
const MAX_ATTEMPTS: i64 = 40;
const MAX_PAUSE_SECONDS: i64 = 1_800;

/// Runs one claimed job to its verdict. A panic in it is a failed attempt and nothing more.
pub async fn run_one(app: &Arc<App>, claim: &Claim) {
    let label = app.jobs.known(&claim.kind).unwrap_or("unknown");
    let cause = Cause::of_job(claim.seq, claim.trace.as_deref());
    let caused_by = claim.caused_by.as_deref();
    let span = tracing::info_span!("job", kind = label, seq = claim.seq, caused_by, trace = cause.trace);
    current_cause::scope(cause, run_claimed(app, claim, label)).instrument(span).await;
}

async fn run_claimed(app: &Arc<App>, claim: &Claim, label: &'static str) {
    let verdict = match app.jobs.run(app, claim) {
        // Dropping this future drops the job: a worker that is ended leaves no job running.
        Some(job) => AssertUnwindSafe(job)
            .catch_unwind()
            .await
            .unwrap_or_else(|_| Err(JobError::Retry("the job panicked".to_owned()))),
        None => Err(JobError::fail("this version of the program does not know the job")),
    };
    let operation = OperationLabels { operation: label };
    let count = |outcome| {
        app.metrics.jobs.get_or_create(&JobLabels { kind: label, outcome }).inc();
        let retries = match outcome {
            "done" if claim.attempts > 1 => &app.metrics.retry_success,
            "retry" => &app.metrics.retry_attempts,
            "dead" if claim.attempts >= MAX_ATTEMPTS => &app.metrics.retry_exhausted,
            _ => return,
        };
        retries.get_or_create(&operation).inc();
    };
    let settled = match verdict {
        Ok(Done::Committed) => {
            count("done");
            return;
        }
        Ok(Done::Finish) => {
            count("done");
            settle(app, claim, Verdict::Done).await
        }
        Err(JobError::LeaseLost) => {
            tracing::warn!(
                job = label,
                seq = claim.seq,
                "a job ran longer than its lease; another worker has it"
            );
            return;
        }
        Err(JobError::Fail(reason)) => {
            count("dead");
            settle(app, claim, Verdict::Dead(reason)).await
        }
        // Whoever asks to wait knows why, and ends it by itself: a stopped channel loses nothing.
        Err(error) if claim.attempts >= MAX_ATTEMPTS && !matches!(error, JobError::RetryAfter { .. }) => {
            count("dead");
            settle(app, claim, Verdict::Dead(describe(&error))).await
        }
        Err(error) => {
            count("retry");
            let pause = match &error {
                JobError::RetryAfter { after, .. } => *after,
                _ => backoff(app, claim.attempts),
            };
            tracing::debug!(
                job = label,
                attempt = claim.attempts,
                reason = describe(&error),
                "a job will run again"
            );
            settle(app, claim, Verdict::Retry(pause, describe(&error))).await
        }
    };
    if let Err(error) = settled {
        tracing::warn!(job = label, %error, "the verdict of a job could not be written down; its lease will run out");
    }
}

enum Verdict {
    Done,
    Retry(SignedDuration, String),
    Dead(String),
}

async fn settle(app: &App, claim: &Claim, verdict: Verdict) -> Result<(), DbError> {
    let mut tx = app.begin_as(Actor::System).await?;
    match verdict {
        Verdict::Done => {
            // A lost lease means that it runs again, which is harmless for jobs that end this way.
            let _ = queue::finish(&mut tx.session, claim).await?;
        }
        Verdict::Retry(pause, reason) => {
            queue::retry(&mut tx.session, claim, tx.now + pause, &reason).await?
        }
        Verdict::Dead(reason) => {
            tracing::error!(
                job = claim.kind,
                seq = claim.seq,
                reason,
                "a job lies with the dead letters: a person must act"
            );
            queue::bury(&mut tx.session, claim, &reason).await?;
            let (subject, detail) = (format!("job:{}", claim.seq), format!("{}: {reason}", claim.kind));
            tx.open_task(&subject, "dead_letter", &detail).await?;
        }
    }
    tx.commit().await
}

/// The error with its causes, for the row and the log.
fn describe(error: &JobError) -> String {
    let causes = std::iter::successors(Some(error as &dyn std::error::Error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// One second, doubling, at most half an hour, with jitter.
fn backoff(app: &App, attempts: i64) -> SignedDuration {
    let doubled = 1_i64.checked_shl(u32::try_from(attempts - 1).unwrap_or(0)).unwrap_or(MAX_PAUSE_SECONDS);
    let seconds = doubled.clamp(1, MAX_PAUSE_SECONDS);
    SignedDuration::from_millis(seconds * 1_000 + app.rng.below(seconds * 250))
}

/// For how long a claimed job is its worker's.
pub(super) fn lease(app: &App) -> SignedDuration {
    SignedDuration::from_secs(i64::from(app.settings.worker.lease_seconds.max(5)))
}
