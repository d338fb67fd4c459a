//! Health checks: a row per check, and the worst of them for the whole. The composition at the top lists the
//! checks of all rooms; here are those of the kernel.

use std::time::{Duration, Instant};

use futures_util::future::{BoxFuture, join_all};
use providers::chat::Channel;
use serde::Serialize;
use store::{
    channel_stop,
    db::{Result, Session},
};

use crate::{App, messages};

/// The database: whether it answers, and whether it keeps what is written.
mod database;

pub use database::{Writes, database};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Healthy,
    Degraded,
    Unhealthy,
}

/// One row.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    pub name: &'static str,
    pub status: State,
    /// A sentence for a person.
    pub detail: String,
    pub latency_ms: Option<u64>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Health {
    pub status: State,
    pub checks: Vec<Check>,
}

/// Looks at one thing.
pub type Look = for<'a> fn(&'a App) -> BoxFuture<'a, Check>;
/// Refreshes metrics that are measured by looking.
pub type Measure = for<'a> fn(&'a App) -> BoxFuture<'a, ()>;

/// All of them, in the order of the rows.
#[derive(Default)]
pub struct HealthChecks {
    pub looks: Vec<Look>,
    pub measures: Vec<Measure>,
    /// When a write was tried last, and how it went.
    pub writes: Writes,
}

/// Whoever watches over us is answered before they give up, and long before a request may take.
const HEALTH_TIMEOUT: Duration = Duration::from_secs(2);
/// Answers slower than these are degraded.
const SLOW_REDIS_MS: u64 = 200;

pub async fn check(app: &App) -> Health {
    let checks = join_all(app.health.looks.iter().map(|look| look(app))).await;
    let status = checks.iter().map(|check| check.status).max().unwrap_or(State::Healthy);
    Health { status, checks }
}

/// Whether requests can be served at all.
pub async fn is_ready(app: &App) -> bool {
    !app.tasks.is_stopping() && database(app).await.status != State::Unhealthy
}

/// Asks the database one thing, without more patience than a health page may have.
pub async fn ask<T>(app: &App, question: impl AsyncFnOnce(&mut Session) -> Result<T>) -> Option<T> {
    let asked = async { question(&mut app.read().await?).await };
    tokio::time::timeout(HEALTH_TIMEOUT, asked).await.ok()?.ok()
}

/// Refreshes what is measured by looking.
pub async fn measure(app: &App) {
    // One after another they would be asked with more patience than a scrape has.
    let all = join_all(app.health.measures.iter().map(|measure| measure(app)));
    if tokio::time::timeout(HEALTH_TIMEOUT, all).await.is_err() {
        tracing::warn!("the database does not answer: what is measured by looking is old");
    }
}

pub async fn redis(app: &App) -> Check {
    let Some(link) = &app.redis else {
        return row("redis", State::Healthy, "not used");
    };
    let begun = Instant::now();
    let answer =
        link.ask(app.now(), async |redis| redis::cmd("PING").query_async::<String>(redis).await).await;
    let latency = millis(begun);
    let row = |status, detail: &str| timed_row("redis", status, detail, latency);
    match answer {
        Some(_) if latency > SLOW_REDIS_MS => row(State::Degraded, "answers slowly"),
        Some(_) => row(State::Healthy, "answers"),
        // Nothing depends on it.
        None => row(State::Degraded, "does not answer; bookings go on without it"),
    }
}

pub async fn jobs(app: &App) -> Check {
    let Some(counts) = ask(app, store::queue::count_by_state).await else {
        return row("jobs", State::Degraded, "cannot be told");
    };
    let count = |state: &str| counts.iter().find(|(name, _)| name == state).map_or(0, |(_, count)| *count);
    match count("dead") {
        0 => row("jobs", State::Healthy, &format!("{} waiting", count("ready"))),
        dead => row("jobs", State::Degraded, &format!("{dead} dead letters wait for a person")),
    }
}

/// The worst of the accounts of one channel.
pub async fn channel(app: &App, name: &'static str) -> Check {
    let mut worst = row(name, State::Healthy, "not configured");
    for channel in app.channels.iter().filter(|channel| channel.name() == name) {
        let check = account(app, channel).await;
        if check.status >= worst.status {
            worst = check;
        }
    }
    worst
}

async fn account(app: &App, channel: &dyn Channel) -> Check {
    let (name, account) = (channel.name(), channel.account());
    match ask(app, async |session| channel_stop::find(session, name, account).await).await {
        None => row(name, State::Degraded, "cannot be told"),
        Some(stopped_at) => {
            app.metrics.circuits.named(name).is(messages::circuit_state(stopped_at, app.now()));
            match stopped_at {
                None => row(name, State::Healthy, "configured"),
                Some(_) => row(name, State::Degraded, "accepts no message of ours; see /api/v1/attention"),
            }
        }
    }
}

pub fn row(name: &'static str, status: State, detail: &str) -> Check {
    Check { name, status, detail: detail.to_owned(), latency_ms: None }
}

fn timed_row(name: &'static str, status: State, detail: &str, latency_ms: u64) -> Check {
    Check { latency_ms: Some(latency_ms), ..row(name, status, detail) }
}

fn millis(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}
