//! Addresses of our calendar that open nothing: counted by day, and told when somebody tries many.

use dialog::IncidentFacts;
use domain::actor::Actor;
use kernel::{App, metrics::OutcomeLabels};
use store::{db::DbError, refused_calendar_link};

use crate::{incident_kind, room};

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
