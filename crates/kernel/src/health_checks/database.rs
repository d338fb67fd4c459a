//! The database: whether it answers, and whether it keeps what is written.
//!
//! A full disk, a file that became read-only or a standby answers every question and takes nothing: only a write shows it.

use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

use jiff::{SignedDuration, Timestamp};
use store::{
    db::{self, DbError},
    write_probe,
};

use super::{Check, HEALTH_TIMEOUT, State, ask, millis, timed_row};
use crate::App;

/// Answers slower than these are degraded.
const SLOW_DATABASE_MS: u64 = 500;
/// While writes succeed one is tried this often, however often somebody asks.
const TRY_EVERY: SignedDuration = SignedDuration::from_secs(10);

/// When a write succeeded last.
#[derive(Debug, Default)]
pub struct Writes(Mutex<Option<Timestamp>>);

impl Writes {
    fn are_fresh(&self, now: Timestamp) -> bool {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|last| last <= now && now.duration_since(last) < TRY_EVERY)
    }

    fn succeeded(&self, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }
}

pub async fn database(app: &App) -> Check {
    let begun = Instant::now();
    let answer = ask(app, async |session| session.rows("select 1 as one", vec![]).await).await;
    let latency = millis(begun);
    let row = |status, detail: &str| timed_row("database", status, detail, latency);
    if answer.is_none() {
        return row(State::Unhealthy, "does not answer; see DATABASE_URL");
    }
    match try_to_write(app).await {
        Tried::Refused(error) => {
            let causes = db::with_causes(&error);
            row(State::Unhealthy, &format!("answers, but keeps nothing that is written: {causes}"))
        }
        Tried::Late => row(State::Degraded, "answers, but writes wait long"),
        Tried::Kept if latency > SLOW_DATABASE_MS => row(State::Degraded, "answers slowly"),
        Tried::Kept => row(State::Healthy, "answers, and keeps what is written"),
    }
}

enum Tried {
    Kept,
    Refused(DbError),
    /// Perhaps only because others write much.
    Late,
}

async fn try_to_write(app: &App) -> Tried {
    let now = app.now();
    if app.health.writes.are_fresh(now) {
        return Tried::Kept;
    }
    let write = async {
        let mut session = app.begin().await?;
        write_probe::write(&mut session, now).await?;
        session.commit().await
    };
    match tokio::time::timeout(HEALTH_TIMEOUT, write).await {
        Ok(Ok(())) => {
            app.health.writes.succeeded(now);
            Tried::Kept
        }
        Ok(Err(error)) => Tried::Refused(error),
        Err(_) => Tried::Late,
    }
}
