//! Reading other calendars over the network: the jobs, and reading one feed now.

use std::{sync::Arc, time::Duration};

use domain::actor::Actor;
use jiff::SignedDuration;
use kernel::{
    App,
    jobs::{Done, Job, JobError},
};
use providers::http::fetch_feed::{FeedError, Limits};
use serde::{Deserialize, Serialize};
use store::{db::DbError, feed, queue::Claim};

use crate::{blocks_from_poll::Followup, feed_host::host_of};

/// What an answer is: a calendar, the same one, or a failure.
mod classify_response;
/// What feeds answered, as it is kept.
mod kept_body;
/// When a feed is read next.
mod pause_until_next_poll;
/// Which incidents a feed begins and ends.
mod report_incidents;
/// One request to a calendar's server.
mod request;
/// What an answer does to our nights, in one transaction.
mod store_poll_result;

pub(crate) use kept_body::{digest, packed, unpacked};
pub use report_incidents::is_stale;
pub(crate) use request::{Answer, PollOutcome, poll};
pub(crate) use store_poll_result::store_poll_result;

/// A job whose host is in use by another reading of ours comes again after this.
const HOST_IN_USE_PAUSE: SignedDuration = SignedDuration::from_secs(5);

/// What came of one reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Synced {
    pub outcome: Outcome,
    pub created: usize,
    pub updated: usize,
    pub removed: usize,
    /// Nights that stay blocked though the calendar does not have them.
    pub held_back: i64,
    pub conflicts: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Read,
    /// The same as last time.
    Unchanged,
    /// Why it failed, in a sentence. Every night stays as it was.
    Failed(String),
    /// Another reading that began later was quicker.
    Overtaken,
}

impl Synced {
    pub(crate) fn of(outcome: Outcome, followup: &Followup) -> Self {
        Self {
            outcome,
            created: followup.created,
            updated: followup.updated,
            removed: followup.removed,
            held_back: followup.held_back,
            conflicts: followup.conflicts,
        }
    }
}

/// Reads one feed and applies it.
#[derive(Serialize, Deserialize)]
pub struct FetchFeed {
    pub feed_id: String,
    /// Of its address: one connection to it at a time.
    #[serde(default)]
    pub host: Option<String>,
}

impl Job for FetchFeed {
    const KIND: &'static str = "fetch_feed";
    const QUEUE: &'static str = "feeds";

    fn dedupe_key(&self) -> Option<String> {
        Some(format!("fetch_feed:{}", self.feed_id))
    }

    fn order_key(&self) -> Option<String> {
        self.host.as_ref().map(|host| format!("host:{host}"))
    }

    async fn run(self, app: &Arc<App>, claim: &Claim) -> Result<Done, JobError> {
        fetch(app, claim, &self.feed_id).await
    }
}

/// Has each feed read whose time has come.
#[derive(Default, Serialize, Deserialize)]
pub struct FetchFeeds {}

impl Job for FetchFeeds {
    const KIND: &'static str = "fetch_feeds";
    const QUEUE: &'static str = "upkeep";

    fn dedupe_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }

    async fn run(self, app: &Arc<App>, _: &Claim) -> Result<Done, JobError> {
        fetch_feeds(app).await
    }
}

async fn fetch(app: &App, claim: &Claim, feed_id: &str) -> Result<Done, JobError> {
    let mut session = app.read().await?;
    let Some(feed) = feed::find(&mut session, feed_id).await? else { return Ok(Done::Finish) };
    let accommodation = store::accommodation::find(&mut session, &feed.accommodation_id).await?;
    drop(session);
    if !accommodation.is_some_and(|accommodation| accommodation.active) {
        return Ok(Done::Finish);
    }
    let answer = match poll(app, &feed, Limits::default()).await {
        PollOutcome::Answered(answer) => answer,
        PollOutcome::HostInUse => {
            return Err(JobError::retry_after(HOST_IN_USE_PAUSE, FeedError::HostInUse.to_string()));
        }
        PollOutcome::NoAddress => return Ok(Done::Finish),
    };
    let mut tx = app.begin_as(Actor::Feed).await?;
    store_poll_result(&mut tx, feed_id, answer).await?;
    tx.finish(claim).await
}

/// Somebody waits for the answer: less than any request may take.
const WHILE_WAITING: Duration = Duration::from_secs(8);

pub(crate) fn while_waiting() -> Limits {
    Limits { total: WHILE_WAITING, ..Limits::default() }
}

/// Reads one feed now, whatever its interval. None when there is no such feed or it has no address.
pub async fn sync(app: &App, feed_id: &str) -> Result<Option<Synced>, DbError> {
    let mut session = app.read().await?;
    let Some(feed) = feed::find(&mut session, feed_id).await? else { return Ok(None) };
    let accommodation = store::accommodation::find(&mut session, &feed.accommodation_id).await?;
    drop(session);
    if accommodation.is_some_and(|accommodation| !accommodation.active) {
        let failed =
            Outcome::Failed("the accommodation is not let, so its calendars are not read".to_owned());
        return Ok(Some(Synced::of(failed, &Followup::default())));
    }
    let answer = match poll(app, &feed, while_waiting()).await {
        PollOutcome::Answered(answer) => answer,
        PollOutcome::HostInUse => {
            let failed = Outcome::Failed(FeedError::HostInUse.to_string());
            return Ok(Some(Synced::of(failed, &Followup::default())));
        }
        PollOutcome::NoAddress => return Ok(None),
    };
    let mut tx = app.begin_as(Actor::Feed).await?;
    let synced = store_poll_result(&mut tx, feed_id, answer).await?;
    tx.commit().await?;
    Ok(synced)
}

/// Enqueues a reading of each feed whose time has come, and tells of those that are stale.
async fn fetch_feeds(app: &App) -> Result<Done, JobError> {
    let mut tx = app.begin_as(Actor::System).await?;
    let due = feed::list_due(&mut tx.session, tx.now).await?;
    let jobs: Vec<_> = due
        .into_iter()
        .map(|(feed_id, url)| FetchFeed { feed_id, host: host_of(&url) }.enqueue_at(tx.now))
        .collect();
    tx.enqueue(&jobs).await?;
    report_incidents::report_stale(&mut tx).await?;
    tx.commit().await?;
    Ok(Done::Finish)
}
