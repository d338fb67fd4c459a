//! Whether all is well: a row per check, and the worst of them for the whole.

use std::time::{Duration, Instant};

use domain::{guest::Channel, period::Period};
use serde::Serialize;
use store::{
    db::{Result, Session},
    feed::Age,
    message::find_channel_stop,
};

use crate::{App, calendar, outbox};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Healthy,
    Degraded,
    Unhealthy,
}

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

/// Whoever watches over us is answered before they give up, and long before a request may take.
const PATIENCE: Duration = Duration::from_secs(2);
/// Answers slower than these are degraded.
const SLOW_DATABASE_MS: u64 = 500;
const SLOW_REDIS_MS: u64 = 200;

pub async fn check(app: &App) -> Health {
    let (database, redis, feeds, jobs, whatsapp) =
        tokio::join!(database(app), redis(app), feeds(app), jobs(app), whatsapp(app));
    let checks = vec![database, redis, feeds, jobs, whatsapp, payments(app)];
    let status = checks.iter().map(|check| check.status).max().unwrap_or(State::Healthy);
    Health { status, checks }
}

/// Whether requests can be served at all.
pub async fn is_ready(app: &App) -> bool {
    !app.tasks.is_stopping() && database(app).await.status != State::Unhealthy
}

/// Asks the database one thing, without more patience than a health page may have.
async fn ask<T>(app: &App, question: impl AsyncFnOnce(&mut Session) -> Result<T>) -> Option<T> {
    let asked = async { question(&mut app.read().await?).await };
    tokio::time::timeout(PATIENCE, asked).await.ok()?.ok()
}

async fn database(app: &App) -> Check {
    let begun = Instant::now();
    let answer = ask(app, async |session| session.rows("select 1 as one", vec![]).await).await;
    let latency = millis(begun);
    let row = |status, detail: &str| check_row("database", status, detail, Some(latency));
    match answer {
        Some(_) if latency > SLOW_DATABASE_MS => row(State::Degraded, "answers slowly"),
        Some(_) => row(State::Healthy, "answers"),
        None => row(State::Unhealthy, "does not answer; see DATABASE_URL"),
    }
}

async fn redis(app: &App) -> Check {
    let Some(link) = &app.redis else {
        return check_row("redis", State::Healthy, "not used", None);
    };
    let begun = Instant::now();
    let answer =
        link.ask(app.now(), async |redis| redis::cmd("PING").query_async::<String>(redis).await).await;
    let latency = millis(begun);
    let row = |status, detail: &str| check_row("redis", status, detail, Some(latency));
    match answer {
        Some(_) if latency > SLOW_REDIS_MS => row(State::Degraded, "answers slowly"),
        Some(_) => row(State::Healthy, "answers"),
        // Nothing depends on it.
        None => row(State::Degraded, "does not answer; bookings go on without it"),
    }
}

/// Refreshes what is measured by looking: the age of the oldest calendar, whether the channel is stopped, refunds on their
/// way.
pub async fn measure(app: &App) {
    // One after another they would be asked with more patience than a scrape has.
    let all = async { tokio::join!(feeds(app), whatsapp(app), counts(app)) };
    if tokio::time::timeout(PATIENCE, all).await.is_err() {
        tracing::warn!("the database does not answer: what is measured by looking is old");
    }
}

/// How many nights are held back, how many were sold twice, how much money is on its way back.
async fn counts(app: &App) {
    if let Some(held) = ask(app, store::block::list_held_back).await {
        app.metrics.ical_held_back_nights.set(held.iter().map(Period::nights).sum());
    }
    if let Some(open) = ask(app, store::conflict::list_open).await {
        app.metrics.ical_open_conflicts.set(i64::try_from(open.len()).unwrap_or(i64::MAX));
    }
    if let Some(pending) = ask(app, store::refund::count_pending).await {
        app.metrics.refunds_pending.set(pending);
    }
}

async fn feeds(app: &App) -> Check {
    let Some(feeds) = ask(app, store::feed::list_ages).await else {
        return check_row("ical", State::Degraded, "cannot be told", None);
    };
    let now = app.now();
    let oldest = feeds.iter().filter_map(|age| age.last_good_at).min();
    if let Some(oldest) = oldest {
        app.metrics.ical_last_sync_age_minutes.set(now.duration_since(oldest).as_mins());
    }
    let is_stale = |age: &&Age| calendar::is_stale(app, age.interval_seconds, age.last_good_at, now);
    let stale = feeds.iter().filter(is_stale).count();
    match (feeds.len(), stale) {
        (0, _) => check_row("ical", State::Healthy, "no calendar is read", None),
        (_, 0) => check_row("ical", State::Healthy, "all calendars are fresh", None),
        (all, stale) => {
            check_row("ical", State::Degraded, &format!("{stale} of {all} calendars are stale"), None)
        }
    }
}

async fn jobs(app: &App) -> Check {
    let Some(counts) = ask(app, store::queue::count_by_state).await else {
        return check_row("jobs", State::Degraded, "cannot be told", None);
    };
    let count = |state: &str| counts.iter().find(|(name, _)| name == state).map_or(0, |(_, count)| *count);
    match count("dead") {
        0 => check_row("jobs", State::Healthy, &format!("{} waiting", count("ready")), None),
        dead => check_row("jobs", State::Degraded, &format!("{dead} dead letters wait for a person"), None),
    }
}

async fn whatsapp(app: &App) -> Check {
    let row = |status, detail: &str| check_row("whatsapp", status, detail, None);
    if app.chat.is_none() {
        return row(State::Healthy, "not configured");
    }
    let account = app.config.whatsapp.phone_id.as_str();
    let channel = Channel::Whatsapp.as_str();
    let stopped_at = ask(app, async |session| find_channel_stop(session, channel, account).await).await;
    if let Some(stopped_at) = stopped_at {
        app.metrics.circuits.named(outbox::CIRCUIT).is(outbox::circuit_state(stopped_at, app.now()));
    }
    match stopped_at {
        Some(None) => row(State::Healthy, "configured"),
        Some(Some(_)) => row(State::Degraded, "accepts no message of ours; see /api/v1/attention"),
        None => row(State::Degraded, "cannot be told"),
    }
}

fn payments(app: &App) -> Check {
    let names: Vec<_> = app.payments.iter().map(providers::payments::Payments::name).collect();
    let detail = if names.is_empty() { "not configured".to_owned() } else { names.join(", ") };
    check_row("payments", State::Healthy, &detail, None)
}

fn check_row(name: &'static str, status: State, detail: &str, latency_ms: Option<u64>) -> Check {
    Check { name, status, detail: detail.to_owned(), latency_ms }
}

fn millis(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}
