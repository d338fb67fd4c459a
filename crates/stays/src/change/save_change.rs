//! Writing a change down, and what follows from it in the same transaction: pages, charges, news, money that goes back.

use domain::{
    actor::Actor,
    payable::Payable,
    stay::{Refused, Stay},
};
use jiff::SignedDuration;
use kernel::{Tx, jobs::JobError};
use store::{audit, db::DbError};

use super::{Action, StayError, close_pages, enqueue_checkouts, tell_guest::tell};
use crate::owed;

/// When a change that met another one is tried again.
const RETRY_SOON: SignedDuration = SignedDuration::from_secs(5);

/// Writes a change over the version it was made from, audits it, and tells the guest what concerns them.
/// Returns the stay as it is stored now.
pub async fn save(tx: &mut Tx<'_>, before: &Stay, after: Stay, action: Action) -> Result<Stay, StayError> {
    if !store::stay::update(&mut tx.session, &after).await? {
        return Err(StayError::Changed);
    }
    let name = action.as_str();
    audit::write(&mut tx.session, &[audit::Entry::of_stay(tx.actor, name, Some(before), &after)], tx.now)
        .await?;
    follow_pages(tx, before, &after).await?;
    if matches!(after, Stay::Confirmed(_)) {
        owed::follow_price(tx, &after).await?;
    }
    tell(tx, before, &after, action).await?;
    if matches!(after, Stay::Expired(_)) && tx.actor != Actor::Payment {
        return_part(tx, &after).await?;
    }
    Ok(store::stay::find_by_id(&mut tx.session, &after.terms().id).await?.unwrap_or(after))
}

/// The providers' pages move along with a hold, and end with it.
async fn follow_pages(tx: &mut Tx<'_>, before: &Stay, after: &Stay) -> Result<(), DbError> {
    // Money that is on its way by another page needs none.
    if let Stay::Held(held) = after
        && tx.actor != Actor::Payment
    {
        enqueue_checkouts(tx, std::slice::from_ref(held), &[None]).await?;
    }
    // Confirmed too: what is paid on another page then is paid twice.
    if matches!(before, Stay::Held(_)) && !matches!(after, Stay::Held(_)) {
        close_pages(tx, after).await?;
    }
    Ok(())
}

/// Part of a deposit in a hold that has ended goes back: nothing that comes later makes it whole.
async fn return_part(tx: &mut Tx<'_>, ended: &Stay) -> Result<(), DbError> {
    let received = owed::received(&mut tx.session, ended).await?;
    payments::refund(tx, &Payable::from(&ended.terms().id), received, "hold_ended").await?;
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
