//! Addresses of our calendar that open nothing: counted by day, and told when somebody tries many.

use dialog::IncidentFacts;
use domain::actor::Actor;
use jiff::ToSpan;
use kernel::{App, Tx, metrics::OutcomeLabels};
use store::{db::DbError, refused_calendar_link};

use crate::{
    incident_kind::{self, Kind},
    room,
};

/// Somebody tried an address that opens nothing. Told when it is too many on one day.
pub async fn note_refusal(app: &App) -> Result<(), DbError> {
    room(app).metrics.exports.get_or_create(&OutcomeLabels { outcome: "refused" }).inc();
    let mut tx = app.begin_as(Actor::System).await?;
    let refused = refused_calendar_link::count(&mut tx.session, app.property.zone.today(tx.now)).await?;
    tracing::warn!(refused_today = refused, "a calendar was asked for at an address that opens nothing");
    if refused > i64::from(room(app).settings.refusals_per_day) {
        let probed = IncidentFacts::CalendarProbed { times: u32::try_from(refused).unwrap_or(u32::MAX) };
        incident_kind::open(&mut tx, &probed, "export").await?;
    }
    tx.commit().await
}

/// A day on which few tried ends what was told of the one before.
pub async fn forget_refusals(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let today = tx.app.property.zone.today(tx.now);
    if refused_calendar_link::of_day(&mut tx.session, today).await?
        <= i64::from(room(tx.app).settings.refusals_per_day)
    {
        incident_kind::close(tx, Kind::Probed, "export").await?;
    }
    refused_calendar_link::delete_before(&mut tx.session, today.saturating_sub(30.days())).await?;
    Ok(())
}
