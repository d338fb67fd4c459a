//! Addresses of our calendar that open nothing: counted by day, and told when somebody tries many.

use dialog::Trouble;
use jiff::{Timestamp, ToSpan};
use kernel::{App, metrics::OutcomeLabels};
use store::{
    db::{DbError, Session},
    refused_calendar_link,
};

use crate::{
    incident_kind::{self, Kind},
    room,
};

/// Somebody tried an address that opens nothing. Told when it is too many on one day.
pub async fn note_refusal(app: &App) -> Result<(), DbError> {
    room(app).metrics.exports.get_or_create(&OutcomeLabels { outcome: "refused" }).inc();
    let now = app.now();
    let mut session = app.begin().await?;
    let refused = refused_calendar_link::count(&mut session, app.property.zone.today(now)).await?;
    tracing::warn!(refused_today = refused, "a calendar was asked for at an address that opens nothing");
    if refused > i64::from(room(app).settings.refusals_per_day) {
        let probed = Trouble::CalendarProbed { times: u32::try_from(refused).unwrap_or(u32::MAX) };
        incident_kind::open(app, &mut session, &probed, "export", now).await?;
    }
    app.commit(session).await
}

/// A day on which few tried ends what was told of the one before.
pub async fn forget_refusals(app: &App, session: &mut Session, now: Timestamp) -> Result<(), DbError> {
    let today = app.property.zone.today(now);
    if refused_calendar_link::of_day(session, today).await? <= i64::from(room(app).settings.refusals_per_day)
    {
        incident_kind::close(app, session, Kind::Probed, "export", now).await?;
    }
    refused_calendar_link::delete_before(session, today.saturating_sub(30.days())).await?;
    Ok(())
}
