//! A request that names itself is carried out once: the answer is kept in the transaction of its effect.

use domain::actor::Actor;
use serde::Serialize;
use store::idempotency;

pub use store::idempotency::{Kept, Key};

use crate::{App, DbError, Tx, metrics::ErrorLabels};

pub enum Once<E> {
    /// Carried out now: the status and body to answer with.
    Done(Kept),
    /// Carried out before.
    Replayed(Kept),
    KeyReused,
    KeyBusy,
    /// Refused, with no effect: the next try with this key starts afresh.
    Refused(E),
}

impl<E> Once<E> {
    fn outcome(&self) -> Outcome {
        match self {
            Self::Done(_) => Outcome::Kept,
            Self::Replayed(_) => Outcome::Replayed,
            Self::KeyReused => Outcome::KeyReused,
            Self::KeyBusy => Outcome::KeyBusy,
            Self::Refused(_) => Outcome::Refused,
        }
    }
}

/// What became of a request that named itself, for the metrics.
#[derive(Clone, Copy)]
pub enum Outcome {
    /// Carried out, and the answer kept.
    Kept,
    /// Carried out, with nothing to keep.
    Refused,
    Replayed,
    KeyReused,
    KeyBusy,
}

pub fn count(app: &App, outcome: Outcome) {
    let metrics = &app.metrics;
    let refused = |error_type| {
        metrics.idempotency_errors.get_or_create(&ErrorLabels { error_type }).inc();
    };
    match outcome {
        Outcome::Kept => {
            metrics.idempotency_cache_misses.inc();
            metrics.idempotency_keys_created.inc();
        }
        Outcome::Refused => {
            metrics.idempotency_cache_misses.inc();
        }
        Outcome::Replayed => {
            metrics.idempotency_cache_hits.inc();
        }
        Outcome::KeyReused => refused("key_reused"),
        Outcome::KeyBusy => refused("key_busy"),
    }
}

/// The answer that this very request got before, if it is kept.
pub async fn find_answer(app: &App, key: &Key) -> Result<Option<Kept>, DbError> {
    let kept = idempotency::find(&mut app.read().await?, key, app.now()).await?;
    let same = kept.filter(|kept| kept.fingerprint == key.fingerprint);
    if same.is_some() {
        count(app, Outcome::Replayed);
    }
    Ok(same)
}

/// Runs `work` in a transaction of `actor`, unless the same request was carried out before.
///
/// # Errors
/// The database's; then nothing was changed.
pub async fn once<A: Serialize, E>(
    app: &App,
    actor: Actor,
    key: Option<&Key>,
    status: u16,
    work: impl AsyncFnOnce(&mut Tx<'_>) -> Result<Result<A, E>, DbError>,
) -> Result<Once<E>, DbError> {
    let done = once_uncounted(app, actor, key, status, work).await?;
    if key.is_some() {
        count(app, done.outcome());
    }
    Ok(done)
}

async fn once_uncounted<A: Serialize, E>(
    app: &App,
    actor: Actor,
    key: Option<&Key>,
    status: u16,
    work: impl AsyncFnOnce(&mut Tx<'_>) -> Result<Result<A, E>, DbError>,
) -> Result<Once<E>, DbError> {
    let mut tx = app.begin_as(actor).await?;
    if let Some(key) = key {
        if !idempotency::claim(&mut tx.session, key).await? {
            return Ok(Once::KeyBusy);
        }
        if let Some(kept) = idempotency::find(&mut tx.session, key, tx.now).await? {
            let same = kept.fingerprint == key.fingerprint;
            return Ok(if same { Once::Replayed(kept) } else { Once::KeyReused });
        }
    }
    let answer = match work(&mut tx).await? {
        Ok(answer) => answer,
        Err(refusal) => return Ok(Once::Refused(refusal)),
    };
    let body = serde_json::to_vec(&answer).expect("an answer is plain data");
    if let Some(key) = key {
        let until = tx.now + app.keep_answers_for();
        idempotency::keep(&mut tx.session, key, status, &body, tx.now, until).await?;
    }
    tx.commit().await?;
    let fingerprint = key.map(|key| key.fingerprint.clone()).unwrap_or_default();
    Ok(Once::Done(Kept { fingerprint, status, body }))
}
