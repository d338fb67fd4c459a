//! What the readers of our calendar were shown last.

use domain::ids::AccommodationId;
use jiff::{SignedDuration, Timestamp};
use store::{
    calendar_last_shown,
    db::{DbError, Session},
};

use crate::own_events_coming_back::ShownEvent;

/// What a reader was shown is believed to stand there so long after its last reading: later, what it has closed may as well
/// be sold.
const BELIEVED_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What the platform behind `source` was last shown of this accommodation, but for what came from there: by its own link
/// and no other, since nobody knows who follows the common one. None where nothing is known of what it was shown.
pub(crate) async fn shown_to(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    source: &str,
    now: Timestamp,
) -> Result<Option<Vec<ShownEvent>>, DbError> {
    let all = calendar_last_shown::list(session, accommodation_id).await?;
    let is_believed = |at: Timestamp| now.duration_since(at) <= BELIEVED_FOR;
    let mut own =
        all.into_iter().filter(|shown| shown.reader == source && shown.read_at.is_some_and(is_believed));
    let Some(events) = own.next().and_then(|shown| shown.events) else { return Ok(None) };
    let events: Vec<ShownEvent> =
        serde_json::from_value(events).map_err(|_| DbError::Corrupt("what a reader was shown"))?;
    Ok(Some(events.into_iter().filter(|event| event.source.as_deref() != Some(source)).collect()))
}
