//! Claims jobs, runs them, writes their outcome down.

use std::{
    collections::{HashMap, HashSet},
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::cause::Cause;
use futures_util::FutureExt;
use jiff::SignedDuration;
use store::{
    db::DbError,
    queue::{
        self, Claim,
        notify::{self, JobListener},
    },
};

use super::{Done, JobError};
use tracing::Instrument as _;

use crate::{
    App, cause,
    metrics::{JobLabels, OperationLabels},
    staff_tasks,
};

/// Without a notification the table is read this often: jobs of the future come due by the clock.
const POLL: Duration = Duration::from_secs(1);
/// After so many attempts (about a day) a person must look.
const MAX_ATTEMPTS: i64 = 40;
const MAX_PAUSE_SECONDS: i64 = 1_800;

/// What this worker is running: sequence number to queue.
type Running = Arc<Mutex<HashMap<i64, String>>>;

/// Works until the process is asked to stop, then gives its leases back.
pub async fn work(app: Arc<App>) {
    let worker = app.rng.id(app.now());
    let running = Running::default();
    let mut listener = tokio::select! {
        opened = JobListener::open(&app.db) => opened.unwrap_or_else(|error| {
            tracing::warn!(%error, "jobs of other processes are not notified; the queue is read every second");
            None
        }),
        () = app.tasks.stopping() => return,
    };
    let mut last_heartbeat = app.now();
    while !app.tasks.is_stopping() {
        if let Err(error) = turn(&app, &worker, &running).await {
            tracing::warn!(%error, "the queue could not be read; trying again");
        }
        let now = app.now();
        if now.duration_since(last_heartbeat) >= lease(&app) / 3 {
            last_heartbeat = now;
            if let Err(error) = heartbeat(&app, &worker, &running).await {
                tracing::warn!(%error, "leases could not be lengthened");
            }
        }
        let notified = async {
            match &mut listener {
                Some(listener) => listener.wait().await,
                None => std::future::pending().await,
            }
        };
        let mut listener_lost = false;
        tokio::select! {
            () = app.wake.notified() => {}
            heard = notified => listener_lost = heard.is_err(),
            () = tokio::time::sleep(POLL) => {}
            () = app.tasks.stopping() => {}
        }
        if listener_lost {
            tracing::warn!("the connection that listens for jobs is lost; the queue is read every second");
            listener = None;
        }
    }
    // Whatever has not ended by then is given back with its lease; doing it twice was thought of.
    let limit = Duration::from_secs(u64::from(app.settings.server.shutdown_seconds)) * 4 / 5;
    if tokio::time::timeout(limit, drain_running(&running)).await.is_err() {
        tracing::warn!("some jobs did not finish in time; others take them over");
    }
    match app.begin().await {
        Ok(mut session) => {
            let released = queue::release(&mut session, &worker).await;
            let committed = session.commit().await;
            if let Err(error) = released.map(|_| ()).and(committed) {
                tracing::warn!(%error, "leases could not be given back; they will run out");
            }
        }
        Err(error) => tracing::warn!(%error, "leases could not be given back; they will run out"),
    }
}

async fn drain_running(running: &Running) {
    while !lock(running).is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn turn(app: &Arc<App>, worker: &str, running: &Running) -> Result<(), DbError> {
    let now = app.now();
    let mut session = app.read().await?;
    let schedule_due = queue::schedule::next_due(&mut session).await?.is_none_or(|due| due <= now);
    let due: HashSet<String> =
        queue::list_due(&mut session, app.jobs.queues(), now).await?.into_iter().collect();
    drop(session);
    if schedule_due {
        let mut session = app.begin().await?;
        app.jobs.enqueue_due(app, &mut session).await?;
        app.commit(session).await?;
    }
    for queue in app.jobs.queues().iter().filter(|queue| due.contains(**queue)) {
        let busy = lock(running).values().filter(|name| name == queue).count();
        let free = i64::from(app.settings.worker.concurrency) - i64::try_from(busy).unwrap_or(i64::MAX);
        if free <= 0 {
            continue;
        }
        let mut session = app.begin().await?;
        let claims = queue::claim(&mut session, queue, free, worker, now, lease(app)).await?;
        session.commit().await?;
        for claim in claims {
            start(app, running, claim);
        }
    }
    Ok(())
}

fn start(app: &Arc<App>, running: &Running, claim: Claim) {
    lock(running).insert(claim.seq, claim.queue.clone());
    let (app, running) = (Arc::clone(app), Arc::clone(running));
    let tasks = app.tasks.clone();
    tasks.spawn(async move {
        run_one(&app, &claim).await;
        lock(&running).remove(&claim.seq);
        // A place is free, and the next job of the same key may run.
        app.wake.notify_one();
    });
}

/// Runs one claimed job to its verdict. A panic in it is a failed attempt and nothing more.
pub async fn run_one(app: &Arc<App>, claim: &Claim) {
    let label = app.jobs.known(&claim.kind).unwrap_or("unknown");
    let cause = Cause::of_job(claim.seq, claim.trace.as_deref());
    let caused_by = claim.caused_by.as_deref();
    let span = tracing::info_span!("job", kind = label, seq = claim.seq, caused_by, trace = cause.trace);
    cause::scope(cause, run_claimed(app, claim, label)).instrument(span).await;
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
    let now = app.now();
    let mut session = app.begin().await?;
    match verdict {
        Verdict::Done => {
            // A lost lease means that it runs again, which is harmless for jobs that end this way.
            let _ = queue::finish(&mut session, claim).await?;
        }
        Verdict::Retry(pause, reason) => queue::retry(&mut session, claim, now + pause, &reason).await?,
        Verdict::Dead(reason) => {
            tracing::error!(
                job = claim.kind,
                seq = claim.seq,
                reason,
                "a job lies with the dead letters: a person must act"
            );
            queue::bury(&mut session, claim, &reason).await?;
            let (subject, detail) = (format!("job:{}", claim.seq), format!("{}: {reason}", claim.kind));
            staff_tasks::open(app, &mut session, &subject, "dead_letter", &detail, now).await?;
        }
    }
    app.commit(session).await
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

async fn heartbeat(app: &App, worker: &str, running: &Running) -> Result<(), DbError> {
    let seqs: Vec<i64> = lock(running).keys().copied().collect();
    if seqs.is_empty() {
        return Ok(());
    }
    let mut session = app.begin().await?;
    queue::heartbeat(&mut session, worker, &seqs, app.now() + lease(app)).await?;
    session.commit().await
}

fn lease(app: &App) -> SignedDuration {
    SignedDuration::from_secs(i64::from(app.settings.worker.lease_seconds.max(5)))
}

fn lock(running: &Running) -> std::sync::MutexGuard<'_, HashMap<i64, String>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

/// So many of each queue are claimed together by [`drain`].
const AT_ONCE: i64 = 8;

/// Runs everything that is due now, one after another, until nothing is: what tests and tools call.
pub async fn drain(app: &Arc<App>) -> Result<usize, DbError> {
    let worker = app.rng.id(app.now());
    let mut done = 0;
    let mut session = app.begin().await?;
    app.jobs.enqueue_due(app, &mut session).await?;
    session.commit().await?;
    loop {
        let now = app.now();
        let mut session = app.begin().await?;
        let mut claims = Vec::new();
        for queue in app.jobs.queues() {
            claims.extend(queue::claim(&mut session, queue, AT_ONCE, &worker, now, lease(app)).await?);
        }
        session.commit().await?;
        if claims.is_empty() {
            return Ok(done);
        }
        for claim in claims {
            run_one(app, &claim).await;
            done += 1;
        }
    }
}

/// Notifies workers of other processes after commits, at most every 20 ms. Only PostgreSQL has others.
pub async fn notify_others(app: Arc<App>) {
    loop {
        tokio::select! {
            () = app.wake_others.notified() => {}
            () = app.tasks.stopping() => return,
        }
        if let Err(error) = notify::notify(&app.db).await {
            tracing::debug!(%error, "other processes could not be notified; they read the queue every second");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
