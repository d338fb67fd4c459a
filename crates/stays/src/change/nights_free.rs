//! Whether nights are free, and ending holds that are over.

use domain::{actor::Actor, period::Period, stay::Stay};
use kernel::Tx;
use store::db::DbError;

use super::{Action, StayError, save};
use crate::room;

/// Whether nothing but `own` itself lies over `period`. Ended holds in the way are ended here and now.
pub async fn free_but_for(tx: &mut Tx<'_>, own: &Stay, period: Period) -> Result<bool, DbError> {
    let wanted = [(own.terms().accommodation_id.clone(), period)];
    for stay in store::stay::list_in_the_way(&mut tx.session, &wanted).await? {
        if stay.terms().id == own.terms().id {
            continue;
        }
        if stay.is_live(tx.now) {
            return Ok(false);
        }
        expire_in(tx, stay).await?;
    }
    Ok(store::block::list_in_the_way(&mut tx.session, &wanted).await?.is_empty())
}

/// Ends a hold whose time is over, in the caller's transaction, and tells the guest.
pub async fn expire_in(tx: &mut Tx<'_>, stay: Stay) -> Result<(), DbError> {
    let Ok(expired) = stay.clone().held().and_then(|held| held.expire(tx.now)) else { return Ok(()) };
    let saved = save(&mut tx.acting_as(Actor::System), &stay, expired.into(), Action::Expire).await;
    match saved {
        Ok(_) => {
            room(tx.app).metrics.prereservations_expired.inc();
            Ok(())
        }
        // Somebody confirmed or cancelled it in the meantime: then it is not ours to end.
        Err(StayError::Database(error)) => Err(error),
        Err(_) => Ok(()),
    }
}
