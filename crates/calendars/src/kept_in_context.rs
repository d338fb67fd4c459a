//! What the calendars keep in the context.

use kernel::{
    App,
    metrics::{OutcomeLabels, Series, seconds},
};
use prometheus_client::metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram};
use providers::http::fetch_feed::Feeds;

use crate::settings::Ical;

pub struct Room {
    pub settings: Ical,
    /// Of feeds that say nothing about it.
    pub interval_seconds: u32,
    pub metrics: Metrics,
    pub(crate) feeds: Feeds,
    /// How long nights that are gone from a calendar stay blocked.
    pub(crate) waiting: ical::WaitingRules,
}

pub struct Metrics {
    pub last_sync_age_minutes: Gauge<i64>,
    pub sync_errors: Counter,
    pub events_imported: Counter,
    pub fetches: Family<OutcomeLabels, Counter>,
    pub fetch_duration: Histogram,
    pub held_back_nights: Gauge<i64>,
    pub open_conflicts: Gauge<i64>,
    pub exports: Family<OutcomeLabels, Counter>,
}

impl Metrics {
    pub(crate) fn new(series: &mut Series<'_>) -> Self {
        let fetches =
            ["read", "same_body", "not_modified", "failed"].map(|outcome| OutcomeLabels { outcome });
        let exports = ["full", "not_modified", "refused"].map(|outcome| OutcomeLabels { outcome });
        Self {
            last_sync_age_minutes: series
                .gauge("ical_last_sync_age_minutes", "Age of the oldest last good reading of a feed"),
            sync_errors: series.counter("ical_sync_errors", "Feed readings that failed"),
            events_imported: series.counter("ical_events_imported", "Blocks put in by feeds"),
            fetches: series.counters(
                "ical_fetches",
                "Feed readings by outcome; not_modified and same_body brought nothing new",
                fetches,
            ),
            fetch_duration: series.histogram(
                "ical_fetch_duration_seconds",
                "Time until a calendar's server has answered",
                seconds,
            ),
            held_back_nights: series
                .gauge("ical_held_back_nights", "Nights gone from a feed and still blocked"),
            open_conflicts: series.gauge("ical_open_conflicts", "Nights sold twice that wait for a person"),
            exports: series.counters("ical_exports", "Our calendars asked for, by outcome", exports),
        }
    }
}

pub fn room(app: &App) -> &Room {
    app.room()
}
