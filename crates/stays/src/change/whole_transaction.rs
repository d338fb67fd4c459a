//! The frame of a change that needs nothing but the stay.

use domain::{
    actor::Actor,
    ids::StayId,
    stay::{Refused, Stay},
};
use jiff::Timestamp;
use kernel::{App, Tx};
use store::db::DbError;

use super::{Action, StayError, expire_in, save};

/// Cancels a hold, and nothing that was confirmed meanwhile: there is money in that.
pub async fn cancel_hold(app: &App, id: &StayId, actor: Actor) -> Result<Stay, StayError> {
    change(app, id, actor, Action::Cancel, |stay, now| {
        let held = stay.held()?;
        if held.has_ended(now) {
            return Err(Refused::HoldEnded);
        }
        Ok(held.cancel(now, None).into())
    })
    .await
}

/// The frame of every change of one stay.
pub async fn change(
    app: &App,
    id: &StayId,
    actor: Actor,
    action: Action,
    make: impl FnOnce(Stay, Timestamp) -> Result<Stay, Refused>,
) -> Result<Stay, StayError> {
    let mut tx = app.begin_as(actor).await?;
    let before = store::stay::lock_by_id(&mut tx.session, id).await?.ok_or(StayError::NotFound)?;
    let after = match make(before.clone(), tx.now) {
        Ok(after) => after,
        Err(refused) => return Err(refuse(tx, before, refused).await?),
    };
    let after = save(&mut tx, &before, after, action).await?;
    tx.commit().await?;
    Ok(after)
}

/// Whoever meets an ended hold ends it; every other refusal changes nothing.
pub async fn refuse(mut tx: Tx<'_>, before: Stay, refused: Refused) -> Result<StayError, DbError> {
    if refused == Refused::HoldEnded {
        expire_in(&mut tx, before).await?;
        tx.commit().await?;
    }
    Ok(refused.into())
}
