//! Rows of the kernel that have served their time.

use std::sync::Arc;

use domain::actor::Actor;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use store::{
    idempotency, incident,
    queue::{self, Claim},
    webhook_event,
};

use crate::{
    App,
    jobs::{Done, Job, JobError, Registry},
};

/// Providers repeat a webhook for up to seven days; keys are kept for twice that.
const KEEP_EVENTS: SignedDuration = SignedDuration::from_hours(14 * 24);
const KEEP_DEAD: SignedDuration = SignedDuration::from_hours(30 * 24);
const KEEP_INCIDENTS: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Forgets answers to repeated requests, handled webhooks, dead jobs and closed incidents.
#[derive(Default, Serialize, Deserialize)]
pub struct ForgetOldRows {}

impl Job for ForgetOldRows {
    const KIND: &'static str = "clean_up";
    const QUEUE: &'static str = "upkeep";

    fn dedupe_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }

    async fn run(self, app: &Arc<App>, _: &Claim) -> Result<Done, JobError> {
        let mut tx = app.begin_as(Actor::System).await?;
        let now = tx.now;
        let answers = idempotency::delete_expired(&mut tx.session, now).await?;
        let events = webhook_event::delete_handled(&mut tx.session, now - KEEP_EVENTS).await?;
        let dead = queue::delete_dead(&mut tx.session, now - KEEP_DEAD).await?;
        incident::delete_closed(&mut tx.session, now - KEEP_INCIDENTS).await?;
        tx.commit().await?;
        app.metrics.idempotency_keys_expired.inc_by(answers);
        tracing::debug!(answers, events, dead, "old rows are gone");
        Ok(Done::Finish)
    }
}

/// Registers the job, and that it runs each hour.
pub fn jobs(registry: &mut Registry) {
    registry.schedule::<ForgetOldRows>(|_| SignedDuration::from_hours(1));
}
