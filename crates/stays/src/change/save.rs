//! Writing a change down, and what follows from it in the same transaction: pages, charges, news, money that goes back.

use domain::{
    payable::Payable,
    stay::{Actor, Refused, Stay},
};
use jiff::{SignedDuration, Timestamp};
use kernel::{App, jobs::JobError};
use store::{
    audit,
    db::{DbError, Session},
};

use super::{Action, StayError, close_pages, enqueue_checkouts, tell_guest::tell};
use crate::owed;

/// When a change that met another one is tried again.
const RETRY_SOON: SignedDuration = SignedDuration::from_secs(5);

/// Writes a change over the version it was made from, audits it, and tells the guest what concerns them.
/// Returns the stay as it is stored now.
pub async fn save(
    app: &App,
    session: &mut Session,
    before: &Stay,
    after: Stay,
    actor: Actor,
    action: Action,
    now: Timestamp,
) -> Result<Stay, StayError> {
    if !store::stay::update(session, &after).await? {
        return Err(StayError::Changed);
    }
    let name = action.as_str();
    audit::write(session, &[audit::Entry::of_stay(actor, name, Some(before), &after)], now).await?;
    follow_pages(app, session, before, &after, actor, now).await?;
    if matches!(after, Stay::Confirmed(_)) {
        owed::follow_price(app, session, &after, now).await?;
    }
    tell(app, session, before, &after, actor, action, now).await?;
    if matches!(after, Stay::Expired(_)) && actor != Actor::Payment {
        return_part(app, session, &after, now).await?;
    }
    Ok(store::stay::find_by_id(session, &after.terms().id).await?.unwrap_or(after))
}

/// The providers' pages move along with a hold, and end with it.
async fn follow_pages(
    app: &App,
    session: &mut Session,
    before: &Stay,
    after: &Stay,
    actor: Actor,
    now: Timestamp,
) -> Result<(), DbError> {
    // Money that is on its way by another page needs none.
    if let Stay::Held(held) = after
        && actor != Actor::Payment
    {
        enqueue_checkouts(app, session, std::slice::from_ref(held), &[None], now).await?;
    }
    // Confirmed too: what is paid on another page then is paid twice.
    if matches!(before, Stay::Held(_)) && !matches!(after, Stay::Held(_)) {
        close_pages(session, after, now).await?;
    }
    Ok(())
}

/// Part of a deposit in a hold that has ended goes back: nothing that comes later makes it whole.
async fn return_part(app: &App, session: &mut Session, ended: &Stay, now: Timestamp) -> Result<(), DbError> {
    let received = owed::received(session, ended).await?;
    payments::refund(app, session, &Payable::from(&ended.terms().id), received, "hold_ended", now).await?;
    Ok(())
}

/// A payment met a stay that somebody else was changing: it is applied again.
pub fn changed_meanwhile(error: StayError) -> JobError {
    match error {
        StayError::Database(error) => JobError::from(error),
        _ => JobError::retry_after(RETRY_SOON, "the stay changed while its payment was applied"),
    }
}

pub fn refused(refused: Refused) -> JobError {
    JobError::retry_after(RETRY_SOON, refused.to_string())
}
