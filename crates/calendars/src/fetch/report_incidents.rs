//! Which incidents a feed begins and ends: failing, stale, slow.

use std::time::Duration;

use dialog::IncidentFacts;
use jiff::{SignedDuration, Timestamp};
use kernel::{App, Tx};
use store::{db::DbError, feed};

use crate::{
    incident_kind::{self, Kind},
    read_for_accommodation::About,
    room,
};

/// Begins and ends the incidents of one feed after a poll.
pub(super) async fn report_incidents(
    tx: &mut Tx<'_>,
    about: &About<'_>,
    failures: i64,
    took: Duration,
) -> Result<(), DbError> {
    let About { accommodation, feed, .. } = *about;
    let subject = format!("feed:{}", feed.id);
    let (name, source) = (accommodation.name.clone(), feed.source.clone());
    if failures == 0 {
        incident_kind::close(tx, Kind::Failing, &subject).await?;
        incident_kind::close(tx, Kind::Stale, &subject).await?;
    } else if failures >= i64::from(room(tx.app).settings.failures_to_alert) {
        let times = u32::try_from(failures).unwrap_or(u32::MAX);
        let failing = IncidentFacts::CalendarFailing { name: name.clone(), source: source.clone(), times };
        incident_kind::open(tx, &failing, &subject).await?;
    }
    let slow = Duration::from_millis(u64::from(room(tx.app).settings.slow_poll_ms));
    if took > slow {
        let milliseconds = u32::try_from(took.as_millis()).unwrap_or(u32::MAX);
        let slow = IncidentFacts::CalendarSlow { name, source, milliseconds };
        return incident_kind::open(tx, &slow, &subject).await;
    }
    incident_kind::close(tx, Kind::Slow, &subject).await
}

/// A feed that fails and was last read well too long ago. One that nobody has tried to read, because the program was off,
/// is read now and not reported.
pub(super) async fn report_stale(tx: &mut Tx<'_>) -> Result<(), DbError> {
    for age in feed::list_ages(&mut tx.session).await?.into_iter().filter(|age| age.failures > 0) {
        // One that was never read fails, and is told of as such.
        let Some(at) = age.last_good_at else { continue };
        if is_stale(tx.app, age.interval_seconds, Some(at), tx.now) {
            let minutes = u16::try_from(tx.now.duration_since(at).as_mins()).unwrap_or(u16::MAX);
            let stale = IncidentFacts::CalendarStale { name: age.name, source: age.source, minutes };
            incident_kind::open(tx, &stale, &format!("feed:{}", age.id)).await?;
        }
    }
    Ok(())
}

/// Whether the last good reading is older than the settings allow, which is never less than two readings.
pub fn is_stale(
    app: &App,
    interval_seconds: Option<i64>,
    last_good_at: Option<Timestamp>,
    now: Timestamp,
) -> bool {
    let interval = interval_seconds.unwrap_or(i64::from(room(app).interval_seconds));
    let allowed = SignedDuration::from_mins(i64::from(room(app).settings.max_age_minutes));
    let limit = allowed.max(SignedDuration::from_secs(interval.saturating_mul(2)));
    last_good_at.is_none_or(|at| now.duration_since(at) > limit)
}
