//! Whether feeds are fresh, and what is measured by looking.

use domain::period::Period;
use kernel::{
    App,
    health_checks::{Check, State, ask, row},
};
use store::feed::Age;

use crate::{is_stale, room};

pub async fn check(app: &App) -> Check {
    let Some(feeds) = ask(app, store::feed::list_ages).await else {
        return row("ical", State::Degraded, "cannot be told");
    };
    let now = app.now();
    let oldest = feeds.iter().filter_map(|age| age.last_good_at).min();
    if let Some(oldest) = oldest {
        room(app).metrics.last_sync_age_minutes.set(now.duration_since(oldest).as_mins());
    }
    let stale_now = |age: &&Age| is_stale(app, age.interval_seconds, age.last_good_at, now);
    let stale = feeds.iter().filter(stale_now).count();
    match (feeds.len(), stale) {
        (0, _) => row("ical", State::Healthy, "no calendar is read"),
        (_, 0) => row("ical", State::Healthy, "all calendars are fresh"),
        (all, stale) => row("ical", State::Degraded, &format!("{stale} of {all} calendars are stale")),
    }
}

/// How old the oldest reading is, how many nights are held back, how many were sold twice.
pub async fn measure(app: &App) {
    check(app).await;
    if let Some(held) = ask(app, store::block::list_held_back).await {
        room(app).metrics.held_back_nights.set(held.iter().map(Period::nights).sum());
    }
    if let Some(open) = ask(app, store::conflict::list_open).await {
        room(app).metrics.open_conflicts.set(i64::try_from(open.len()).unwrap_or(i64::MAX));
    }
}
