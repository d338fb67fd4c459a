//! A request that names itself by a key is answered once: the same key gets the same answer again.

use domain::stay::Held;
use jiff::Timestamp;
use kernel::Tx;
use store::{
    db::{DbError, Session},
    idempotency,
};

use super::{HoldAnswer, HoldError, HoldRequest, Named};

/// An earlier request of the same batch with the same key: the same one, still running, or another one's key.
pub(super) fn twin_of(request: &HoldRequest, earlier: &[HoldRequest]) -> Option<HoldError> {
    let key = key_of(request)?;
    let same = |other: &&idempotency::Key| other.scope == key.scope && other.key == key.key;
    let twin = earlier.iter().filter_map(key_of).find(same)?;
    Some(if twin.fingerprint == key.fingerprint { HoldError::KeyBusy } else { HoldError::KeyReused })
}

/// What was answered to this request before, or why it gets no answer.
pub(super) async fn known_answer(
    session: &mut Session,
    request: &HoldRequest,
    now: Timestamp,
) -> Result<Option<Result<HoldAnswer, HoldError>>, DbError> {
    let Some(key) = key_of(request) else { return Ok(None) };
    if !idempotency::claim(session, key).await? {
        return Ok(Some(Err(HoldError::KeyBusy)));
    }
    Ok(idempotency::find(session, key, now).await?.map(|kept| {
        if kept.fingerprint == key.fingerprint {
            Ok(HoldAnswer::Replayed(kept))
        } else {
            Err(HoldError::KeyReused)
        }
    }))
}

/// Keeps the bytes with which the hold is answered.
pub(super) async fn keep_answer(tx: &mut Tx<'_>, request: &HoldRequest, held: &Held) -> Result<(), DbError> {
    let Some(Named { key, render }) = &request.named else { return Ok(()) };
    let until = tx.now + tx.app.keep_answers_for();
    idempotency::keep(&mut tx.session, key, 201, &render(tx.app, held), tx.now, until).await
}

fn key_of(request: &HoldRequest) -> Option<&idempotency::Key> {
    request.named.as_ref().map(|named| &named.key)
}
