//! What an answer does to our nights: blocks, the feed's row, what is kept of it and what staff hear of, in one transaction.

use kernel::{Tx, metrics::OutcomeLabels};
use store::{
    db::DbError,
    feed::{self, Polled, Version},
    feed_body,
};

use super::{
    Answer, Outcome, Synced, classify_response::classify_response, packed, pause_until_next_poll::pause,
    report_incidents::report_incidents,
};
use crate::{
    blocks_from_poll::{Followup, Observed, Patience, follow},
    read_for_accommodation::{About, lock, provider_of},
    room,
};

/// Applies an answer, in the caller's transaction. None when the feed or its accommodation is gone.
pub(crate) async fn store_poll_result(
    tx: &mut Tx<'_>,
    feed_id: &str,
    answer: Answer,
) -> Result<Option<Synced>, DbError> {
    let (app, now) = (tx.app, tx.now);
    let Some(found) = feed::find(&mut tx.session, feed_id).await? else { return Ok(None) };
    let Some(accommodation) = lock(&mut tx.session, &found.accommodation_id).await? else { return Ok(None) };
    // Under the lock, for somebody else may have read it meanwhile.
    let Some(feed) = feed::find(&mut tx.session, feed_id).await? else { return Ok(None) };
    if feed.last_attempt_at.is_some_and(|at| at > answer.asked_at) {
        return Ok(Some(Synced::of(Outcome::Overtaken, &Followup::default())));
    }
    let response = classify_response(&accommodation, &feed, answer.fetched, now);
    let provider = match &response.observed {
        Observed::Read(reading) => provider_of(&feed, Some(reading)),
        _ => provider_of(&feed, None),
    };
    let about = About { accommodation: &accommodation, feed: &feed, provider };
    let followup = follow(tx, &about, response.observed, Patience::Wait).await?;
    let failures = match response.outcome {
        Outcome::Failed(_) => feed.failures + 1,
        _ => 0,
    };
    let polled = Polled {
        state: serde_json::to_value(&followup.state).expect("the state of a feed is plain data"),
        provider: Some(provider.to_string()),
        next_fetch_at: Some(now + pause(app, &feed, failures, response.wait)),
        fetch_ms: Some(i64::try_from(answer.took.as_millis()).unwrap_or(i64::MAX)),
    };
    match &response.outcome {
        Outcome::Failed(reason) => {
            feed::mark_failed(&mut tx.session, &feed.id, &polled, reason, now).await?;
            room(app).metrics.sync_errors.inc();
            tracing::warn!(
                feed = feed.id,
                source = feed.source,
                reason,
                "a feed could not be read; its nights stay blocked"
            );
        }
        _ => {
            let version = response.version.unwrap_or(Version {
                etag: feed.etag.clone(),
                last_modified: feed.last_modified.clone(),
                body_digest: feed.body_digest.clone(),
            });
            feed::mark_good(&mut tx.session, &feed.id, &polled, &version, now).await?;
        }
    }
    if let Some(body) = response.body {
        feed_body::add(&mut tx.session, &feed.id, now, packed(&body)).await?;
    }
    room(app).metrics.fetches.get_or_create(&OutcomeLabels { outcome: response.counted }).inc();
    report_incidents(tx, &about, failures, answer.took).await?;
    Ok(Some(Synced::of(response.outcome, &followup)))
}
