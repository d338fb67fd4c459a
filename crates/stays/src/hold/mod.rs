//! Taking nights for a guest for half an hour: the deciding moment.
//!
//! Holds that are asked for at the same time share a transaction (see [`kernel::commit_batch`]). In it the accommodations
//! are locked, so that looking and taking are one; the database's own constraint stands behind that for every
//! other writer.

use std::sync::Arc;

use domain::{
    actor::Actor,
    cause::Cause,
    guest::{Channel, Contact},
    hold_checks::{Refusal, check},
    ids::AccommodationId,
    stay::Held,
};
use jiff::civil::Date;
use kernel::{
    App,
    booking_lock::{self, TryLock},
    commit_batch, current_cause,
    idempotency::Outcome,
};
use store::{db::DbError, idempotency};

use crate::{ByChannel, room};

/// The same key gets the same answer again.
mod answers_by_key;
/// Holds that came together, in one commit.
mod holds_in_one_commit;
/// Looking and taking, in the caller's transaction.
mod place_hold;

pub use place_hold::{Author, place_in, record};

#[derive(Clone, Debug)]
pub struct HoldRequest {
    pub accommodation_id: AccommodationId,
    pub check_in: Date,
    pub check_out: Date,
    pub guests: u16,
    pub channel: Channel,
    pub contact: Contact,
    pub conversation_id: Option<String>,
    /// Who asked, for the audit trail.
    pub actor: Actor,
    /// Holds that come together share a transaction: each says which request it came with.
    pub cause: Option<Cause>,
    /// A request that may come twice names itself.
    pub named: Option<Named>,
}

/// The name of a request, and the bytes with which its hold is answered: the same request gets the same ones again.
#[derive(Clone, Debug)]
pub struct Named {
    pub key: idempotency::Key,
    pub render: fn(&App, &Held) -> Vec<u8>,
}

#[derive(Clone, Debug)]
pub enum HoldAnswer {
    Granted(Box<Held>),
    /// The answer that the same request got before, byte for byte.
    Replayed(idempotency::Kept),
}

#[derive(Debug, thiserror::Error)]
pub enum HoldError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("this Idempotency-Key was used for another request")]
    KeyReused,
    #[error("the same request is still being carried out")]
    KeyBusy,
    #[error("the hold could not be written down")]
    Database(#[from] DbError),
    #[error(transparent)]
    NotDone(#[from] commit_batch::NotDone),
}

/// Takes nights for a guest, or says why not.
pub async fn place(app: &Arc<App>, mut request: HoldRequest) -> Result<HoldAnswer, HoldError> {
    request.cause = current_cause::current();
    let channel = ByChannel::of(request.channel);
    let named = request.named.is_some();
    let guard = match booking_lock::try_lock(app, &request.accommodation_id).await {
        TryLock::Acquired(guard) => Some(guard),
        TryLock::NotUsed => None,
        TryLock::Taken => {
            room(app).metrics.reservations_lock_failed.get_or_create(&channel).inc();
            return Err(Refusal::BeingBooked.into());
        }
    };
    let answer = commit_batch::submit(app, request).await;
    if let Some(guard) = guard {
        // Before the answer: whoever asks after it must not meet our own key.
        guard.release().await;
    }
    let answer = answer?;
    count(app, &channel, &answer);
    if named {
        count_key(app, &answer);
    }
    answer
}

/// What a guest would hear first whose contact cannot be read: dates, guests and accommodation come before it.
pub async fn refusal_before_contact(
    app: &App,
    id: &AccommodationId,
    check_in: Date,
    check_out: Date,
    guests: u16,
) -> Result<Option<Refusal>, DbError> {
    let accommodation = store::accommodation::find(&mut app.read().await?, id).await?;
    let zone = accommodation.as_ref().map_or(&app.property.zone, |accommodation| &accommodation.zone);
    Ok(check(check_in, check_out, guests, accommodation.as_ref(), zone.today(app.now())).err())
}

fn count_key(app: &App, answer: &Result<HoldAnswer, HoldError>) {
    let outcome = match answer {
        Ok(HoldAnswer::Granted(_)) => Outcome::Kept,
        Ok(HoldAnswer::Replayed(_)) => Outcome::Replayed,
        Err(HoldError::KeyReused) => Outcome::KeyReused,
        Err(HoldError::KeyBusy) => Outcome::KeyBusy,
        Err(HoldError::Refused(_)) => Outcome::Refused,
        Err(HoldError::Database(_) | HoldError::NotDone(_)) => return,
    };
    kernel::idempotency::count(app, outcome);
}

fn count(app: &App, channel: &ByChannel, answer: &Result<HoldAnswer, HoldError>) {
    match answer {
        Ok(HoldAnswer::Granted(_)) => {
            room(app).metrics.reservations_created.get_or_create(channel).inc();
        }
        Err(HoldError::Refused(Refusal::DatesTaken)) => {
            room(app).metrics.reservations_date_overlap.get_or_create(channel).inc();
        }
        _ => {}
    }
}
