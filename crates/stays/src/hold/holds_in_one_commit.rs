//! Holds that came together, in one commit; an answer that was given before is given again.

use std::sync::Arc;

use domain::{actor::Actor, hold_checks::Refusal, stay::Held};
use jiff::Timestamp;
use kernel::{
    App, Tx,
    commit_batch::{self, Flush},
};
use store::{
    db::{DbError, Session},
    idempotency,
};

use super::{HoldAnswer, HoldError, HoldRequest, Named, place_in};

impl Flush for HoldRequest {
    type Result = Result<HoldAnswer, HoldError>;

    async fn flush(app: &Arc<App>, requests: Vec<Self>) -> Vec<Self::Result> {
        let alone = requests.len() == 1;
        match place_together(app, &requests).await {
            Ok(answers) => answers,
            Err(error) if alone => vec![Err(as_refusal(error))],
            // Perhaps all of them were kept: another try would find their own nights taken.
            Err(DbError::Unknown(cause)) => {
                requests.iter().map(|_| Err(DbError::Unknown(cause.clone()).into())).collect()
            }
            Err(error) => {
                // One of them spoils it for all, or the database had a bad moment: each on its own.
                tracing::warn!(%error, holds = requests.len(), "a batch of holds failed; trying them one by one");
                let mut answers = Vec::with_capacity(requests.len());
                for request in requests {
                    let single = place_together(app, std::slice::from_ref(&request)).await;
                    let answer = single.map(|mut answers| answers.pop()).map_err(as_refusal).transpose();
                    answers.push(
                        answer
                            .unwrap_or(Err(HoldError::NotDone(commit_batch::NotDone)))
                            .and_then(|answer| answer),
                    );
                }
                answers
            }
        }
    }
}

/// The constraint spoke where the look before it had seen nothing.
fn as_refusal(error: DbError) -> HoldError {
    match error {
        DbError::Overlap => Refusal::DatesTaken.into(),
        other => HoldError::Database(other),
    }
}

async fn place_together(
    app: &Arc<App>,
    requests: &[HoldRequest],
) -> Result<Vec<Result<HoldAnswer, HoldError>>, DbError> {
    let mut tx = app.begin_as(Actor::System).await?;
    let mut known = Vec::with_capacity(requests.len());
    for (place, request) in requests.iter().enumerate() {
        let known_here = match twin_of(request, &requests[..place]) {
            Some(twin) => Some(Err(twin)),
            None => known_answer(&mut tx.session, request, tx.now).await?,
        };
        known.push(known_here);
    }
    let open: Vec<&HoldRequest> = requests
        .iter()
        .zip(&known)
        .filter(|(_, known)| known.is_none())
        .map(|(request, _)| request)
        .collect();
    let mut placed = place_in(&mut tx, &open).await?.into_iter();

    let mut answers = Vec::with_capacity(requests.len());
    for (request, known) in requests.iter().zip(known) {
        let answer = match known {
            Some(answer) => answer,
            None => match placed.next() {
                Some(Ok(held)) => {
                    keep_answer(&mut tx, request, &held).await?;
                    Ok(HoldAnswer::Granted(Box::new(held)))
                }
                Some(Err(refusal)) => Err(refusal.into()),
                None => Err(HoldError::NotDone(commit_batch::NotDone)),
            },
        };
        answers.push(answer);
    }
    tx.commit().await?;
    Ok(answers)
}

/// An earlier request of the same batch with the same key: the same one, still running, or another one's key.
fn twin_of(request: &HoldRequest, earlier: &[HoldRequest]) -> Option<HoldError> {
    let key = key_of(request)?;
    let same = |other: &&idempotency::Key| other.scope == key.scope && other.key == key.key;
    let twin = earlier.iter().filter_map(key_of).find(same)?;
    Some(if twin.fingerprint == key.fingerprint { HoldError::KeyBusy } else { HoldError::KeyReused })
}

async fn known_answer(
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

async fn keep_answer(tx: &mut Tx<'_>, request: &HoldRequest, held: &Held) -> Result<(), DbError> {
    let Some(Named { key, render }) = &request.named else { return Ok(()) };
    let until = tx.now + tx.app.keep_answers_for();
    idempotency::keep(&mut tx.session, key, 201, &render(tx.app, held), tx.now, until).await
}

fn key_of(request: &HoldRequest) -> Option<&idempotency::Key> {
    request.named.as_ref().map(|named| &named.key)
}
