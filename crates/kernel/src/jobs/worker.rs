//! The loop of a worker: claims jobs, starts them, keeps their leases alive, gives them back at the end.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use store::{
    db::DbError,
    queue::{self, Claim, notify::JobListener},
};

use super::run_claimed_job::{lease, run_one};
use crate::App;

/// Without a notification the table is read this often: jobs of the future come due by the clock.
const POLL: Duration = Duration::from_secs(1);
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
    // The next turn of all is never further ahead than the shortest interval, unless the clock was wrong when it was set.
    let sane = now.checked_add(app.jobs.shortest_interval(app)).unwrap_or(Timestamp::MAX);
    let next_due = queue::schedule::next_due(&mut session).await?;
    let schedule_due = next_due.is_none_or(|due| due <= now || due > sane);
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

async fn heartbeat(app: &App, worker: &str, running: &Running) -> Result<(), DbError> {
    let seqs: Vec<i64> = lock(running).keys().copied().collect();
    if seqs.is_empty() {
        return Ok(());
    }
    let mut session = app.begin().await?;
    queue::heartbeat(&mut session, worker, &seqs, app.now() + lease(app)).await?;
    session.commit().await
}

fn lock(running: &Running) -> std::sync::MutexGuard<'_, HashMap<i64, String>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}
