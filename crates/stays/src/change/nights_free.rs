//! Whether nights are free, and ending holds that are over.

use domain::{
    period::Period,
    stay::{Actor, Stay},
};
use jiff::Timestamp;
use kernel::App;
use store::db::{DbError, Session};

use super::{Action, StayError, save};
use crate::room;

/// Whether nothing but `own` itself lies over `period`. Ended holds in the way are ended here and now.
pub async fn free_but_for(
    app: &App,
    session: &mut Session,
    own: &Stay,
    period: Period,
    now: Timestamp,
) -> Result<bool, DbError> {
    let wanted = [(own.terms().accommodation_id.clone(), period)];
    for stay in store::stay::list_in_the_way(session, &wanted).await? {
        if stay.terms().id == own.terms().id {
            continue;
        }
        if stay.is_live(now) {
            return Ok(false);
        }
        expire_in(app, session, stay, now).await?;
    }
    Ok(store::block::list_in_the_way(session, &wanted).await?.is_empty())
}

/// Ends a hold whose time is over, in the caller's transaction, and tells the guest.
pub async fn expire_in(app: &App, session: &mut Session, stay: Stay, now: Timestamp) -> Result<(), DbError> {
    let Ok(expired) = stay.clone().held().and_then(|held| held.expire(now)) else { return Ok(()) };
    match save(app, session, &stay, expired.into(), Actor::System, Action::Expire, now).await {
        Ok(_) => {
            room(app).metrics.prereservations_expired.inc();
            Ok(())
        }
        // Somebody confirmed or cancelled it in the meantime: then it is not ours to end.
        Err(StayError::Database(error)) => Err(error),
        Err(_) => Ok(()),
    }
}
