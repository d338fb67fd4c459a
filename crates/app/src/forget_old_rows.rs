//! Recurring work that concerns several rooms: forgetting what has served its time.

use std::sync::Arc;

use domain::actor::Actor;
use jiff::SignedDuration;
use kernel::{
    App,
    jobs::{Done, Job, JobError},
};
use serde::{Deserialize, Serialize};
use store::{
    feed_body, idempotency, incident,
    queue::{self, Claim},
    webhook_event,
};

/// Providers repeat a webhook for up to seven days; keys are kept for twice that.
const KEEP_EVENTS: SignedDuration = SignedDuration::from_hours(14 * 24);
const KEEP_DEAD: SignedDuration = SignedDuration::from_hours(30 * 24);
const KEEP_INCIDENTS: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Forgets what has served its time.
#[derive(Default, Serialize, Deserialize)]
pub struct CleanUp {}

impl Job for CleanUp {
    const KIND: &'static str = "clean_up";
    const QUEUE: &'static str = "upkeep";

    fn dedupe_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }

    async fn run(self, app: &Arc<App>, _: &Claim) -> Result<Done, JobError> {
        clean_up(app).await
    }
}

async fn clean_up(app: &App) -> Result<Done, JobError> {
    calendars::rotate_old_links(app).await?;
    let mut tx = app.begin_as(Actor::System).await?;
    let now = tx.now;
    let answers = idempotency::delete_expired(&mut tx.session, now).await?;
    let events = webhook_event::delete_handled(&mut tx.session, now - KEEP_EVENTS).await?;
    let dead = queue::delete_dead(&mut tx.session, now - KEEP_DEAD).await?;
    let keep_body_days = calendars::room(app).settings.keep_body_days;
    let keep_bodies = SignedDuration::from_hours(24 * i64::from(keep_body_days));
    feed_body::delete_before(&mut tx.session, now - keep_bodies).await?;
    incident::delete_closed(&mut tx.session, now - KEEP_INCIDENTS).await?;
    calendars::forget_refusals(&mut tx).await?;
    tx.commit().await?;
    app.metrics.idempotency_keys_expired.inc_by(answers);
    tracing::debug!(answers, events, dead, "cleaned up");
    Ok(Done::Finish)
}
