//! The frame of a change that needs nothing but the stay.

use domain::{
    ids::StayId,
    stay::{Actor, Refused, Stay},
};
use jiff::Timestamp;
use kernel::App;
use store::db::{DbError, Session};

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
    let now = app.now();
    let mut session = app.begin().await?;
    let before = store::stay::lock_by_id(&mut session, id).await?.ok_or(StayError::NotFound)?;
    let after = match make(before.clone(), now) {
        Ok(after) => after,
        Err(refused) => return Err(refuse(app, session, before, refused, now).await?),
    };
    let after = save(app, &mut session, &before, after, actor, action, now).await?;
    app.commit(session).await?;
    Ok(after)
}

/// Whoever meets an ended hold ends it; every other refusal changes nothing.
pub async fn refuse(
    app: &App,
    mut session: Session,
    before: Stay,
    refused: Refused,
    now: Timestamp,
) -> Result<StayError, DbError> {
    if refused == Refused::HoldEnded {
        expire_in(app, &mut session, before, now).await?;
        app.commit(session).await?;
    }
    Ok(refused.into())
}
