//! Reading other calendars over the network: when, how politely, and what is kept of it.

use std::{
    io::{Read as _, Write as _},
    sync::Arc,
    time::Duration,
};

use dialog::Trouble;
use domain::accommodation::Accommodation;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use ical::Provider;
use jiff::{SignedDuration, Timestamp};
use providers::http::feed::{Conditional, FeedError, Fetched, Limits, Visit};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{
    db::{DbError, Session},
    feed::{self, Feed, Polled, Version},
    feed_body, queue,
    queue::Claim,
};

use crate::{
    follow::{About, Followup, Patience, Seen, follow},
    reading::{lock, provider_of, read_calendar},
};
use crate::{
    incident::{self, Kind},
    room,
};
use kernel::{
    App,
    jobs::{Done, Job, JobError, finish},
    metrics::OutcomeLabels,
};

/// However often a feed fails, it is looked at again after this.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// A job that did not get its turn at a host comes again after this.
const NO_TURN_PAUSE: SignedDuration = SignedDuration::from_secs(5);
/// Providers must not see all feeds at once: a tenth of the interval, either way.
const JITTER_PERCENT: i64 = 20;

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

/// An answer, with the moment at which it was asked for and how long it took.
pub(crate) struct Answer {
    asked_at: Timestamp,
    took: Duration,
    fetched: Result<Fetched, FeedError>,
}

/// What came of asking.
pub(crate) enum Asked {
    Answered(Answer),
    /// Its server is busy with another reading of ours: it was not asked, and nothing is known of it.
    NoTurn,
    NoAddress,
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
    let answer = match ask(app, &feed, Limits::default()).await {
        Asked::Answered(answer) => answer,
        Asked::NoTurn => return Err(JobError::retry_after(NO_TURN_PAUSE, FeedError::NoTurn.to_string())),
        Asked::NoAddress => return Ok(Done::Finish),
    };
    let mut session = app.begin().await?;
    settle(app, &mut session, feed_id, answer).await?;
    finish(app, session, claim).await
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
    let answer = match ask(app, &feed, while_waiting()).await {
        Asked::Answered(answer) => answer,
        Asked::NoTurn => {
            let failed = Outcome::Failed(FeedError::NoTurn.to_string());
            return Ok(Some(Synced::of(failed, &Followup::default())));
        }
        Asked::NoAddress => return Ok(None),
    };
    let mut session = app.begin().await?;
    let synced = settle(app, &mut session, feed_id, answer).await?;
    app.commit(session).await?;
    Ok(synced)
}

/// Enqueues a reading of each feed whose time has come, and tells of those that are stale.
async fn fetch_feeds(app: &App) -> Result<Done, JobError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let due = feed::list_due(&mut session, now).await?;
    let jobs: Vec<_> = due
        .into_iter()
        .map(|(feed_id, url)| FetchFeed { feed_id, host: host_of(&url) }.enqueue_at(now))
        .collect();
    queue::enqueue(&mut session, &jobs, now).await?;
    tell_of_stale(app, &mut session, now).await?;
    app.commit(session).await?;
    Ok(Done::Finish)
}

/// Asks the calendar's server.
pub(crate) async fn ask(app: &App, feed: &Feed, limits: Limits) -> Asked {
    let Some(url) = feed.url.as_deref() else { return Asked::NoAddress };
    let known = Conditional { etag: feed.etag.clone(), last_modified: feed.last_modified.clone() };
    let asked_at = app.now();
    let Visit { took, outcome } = room(app).feeds.fetch(url, &known, &limits).await;
    if outcome == Err(FeedError::NoTurn) {
        return Asked::NoTurn;
    }
    room(app).metrics.fetch_duration.observe(took.as_secs_f64());
    Asked::Answered(Answer { asked_at, took, fetched: outcome })
}

/// Applies an answer, in the caller's transaction. None when the feed or its accommodation is gone.
pub(crate) async fn settle(
    app: &App,
    session: &mut Session,
    feed_id: &str,
    answer: Answer,
) -> Result<Option<Synced>, DbError> {
    let now = app.now();
    let Some(found) = feed::find(session, feed_id).await? else { return Ok(None) };
    let Some(accommodation) = lock(session, &found.accommodation_id).await? else { return Ok(None) };
    // Under the lock, for somebody else may have read it meanwhile.
    let Some(feed) = feed::find(session, feed_id).await? else { return Ok(None) };
    if feed.last_attempt_at.is_some_and(|at| at > answer.asked_at) {
        return Ok(Some(Synced::of(Outcome::Overtaken, &Followup::default())));
    }
    let seen = look(&accommodation, &feed, answer.fetched, now);
    let provider = match &seen.seen {
        Seen::Read(reading) => provider_of(&feed, Some(reading)),
        _ => provider_of(&feed, None),
    };
    let about = About { accommodation: &accommodation, feed: &feed, provider };
    let followup = follow(app, session, &about, seen.seen, Patience::Wait, now).await?;
    let failures = match seen.outcome {
        Outcome::Failed(_) => feed.failures + 1,
        _ => 0,
    };
    let polled = Polled {
        state: serde_json::to_value(&followup.state).expect("the state of a feed is plain data"),
        provider: Some(provider.to_string()),
        next_fetch_at: Some(now + pause(app, &feed, failures, seen.wait)),
        fetch_ms: Some(i64::try_from(answer.took.as_millis()).unwrap_or(i64::MAX)),
    };
    match &seen.outcome {
        Outcome::Failed(reason) => {
            feed::mark_failed(session, &feed.id, &polled, reason, now).await?;
            room(app).metrics.sync_errors.inc();
            tracing::warn!(
                feed = feed.id,
                source = feed.source,
                reason,
                "a feed could not be read; its nights stay blocked"
            );
        }
        _ => {
            let version = seen.version.unwrap_or(Version {
                etag: feed.etag.clone(),
                last_modified: feed.last_modified.clone(),
                body_digest: feed.body_digest.clone(),
            });
            feed::mark_good(session, &feed.id, &polled, &version, now).await?;
        }
    }
    if let Some(body) = seen.body {
        feed_body::add(session, &feed.id, now, packed(&body)).await?;
    }
    room(app).metrics.fetches.get_or_create(&OutcomeLabels { outcome: seen.counted }).inc();
    tell(app, session, &about, failures, answer.took, now).await?;
    Ok(Some(Synced::of(seen.outcome, &followup)))
}

impl Synced {
    fn of(outcome: Outcome, followup: &Followup) -> Self {
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

/// What an answer of the server was found to be.
struct Looked {
    seen: Seen,
    outcome: Outcome,
    counted: &'static str,
    version: Option<Version>,
    /// When it is worth keeping.
    body: Option<Vec<u8>>,
    /// What the server asks us to wait.
    wait: Wait,
}

enum Wait {
    /// The usual pace.
    No,
    /// It would rather not be asked so often.
    Polite,
    /// At least so long.
    AtLeast(SignedDuration),
}

fn look(
    accommodation: &Accommodation,
    feed: &Feed,
    fetched: Result<Fetched, FeedError>,
    now: Timestamp,
) -> Looked {
    let failed = |reason: String, body, wait| Looked {
        seen: Seen::Failed,
        outcome: Outcome::Failed(reason),
        counted: "failed",
        version: None,
        body,
        wait,
    };
    let unchanged = |counted, version| Looked {
        seen: Seen::Unchanged,
        outcome: Outcome::Unchanged,
        counted,
        version,
        body: None,
        wait: Wait::No,
    };
    match fetched {
        Ok(Fetched::NotModified) => unchanged("not_modified", None),
        Ok(Fetched::Body { bytes, etag, last_modified }) => {
            let digest = digest(&bytes);
            let version = Version { etag, last_modified, body_digest: Some(digest.clone()) };
            if feed.body_digest.as_ref() == Some(&digest) && feed.state.is_some() {
                return unchanged("same_body", Some(version));
            }
            match read_calendar(accommodation, &bytes, now) {
                Ok(reading) => Looked {
                    seen: Seen::Read(reading),
                    outcome: Outcome::Read,
                    counted: "read",
                    version: Some(version),
                    body: Some(bytes),
                    wait: Wait::No,
                },
                Err(error) => {
                    let reason = error.to_string();
                    // The same page again and again is kept once.
                    let body = (feed.last_error.as_ref() != Some(&reason)).then_some(bytes);
                    failed(reason, body, Wait::No)
                }
            }
        }
        Err(error) => {
            let wait = match &error {
                FeedError::Busy { after: Some(after), .. } => {
                    Wait::AtLeast(SignedDuration::try_from(*after).unwrap_or(LONGEST_PAUSE))
                }
                FeedError::Busy { .. } | FeedError::Refused { .. } | FeedError::ServerFault { .. } => {
                    Wait::Polite
                }
                _ => Wait::No,
            };
            failed(error.to_string(), None, wait)
        }
    }
}

/// Until the next reading: the interval, longer for a server that refuses, doubling with each refusal.
fn pause(app: &App, feed: &Feed, failures: i64, wait: Wait) -> SignedDuration {
    let interval = feed.interval_seconds.unwrap_or(i64::from(room(app).interval_seconds)).max(1);
    let jitter = app.rng.below(interval * 1_000 * JITTER_PERCENT / 100);
    let usual =
        SignedDuration::from_millis(interval * 1_000 - interval * 1_000 * JITTER_PERCENT / 200 + jitter);
    let doubled = || {
        let times = 1_i64 << failures.clamp(1, 10);
        let longest = LONGEST_PAUSE.max(usual);
        SignedDuration::from_secs(interval.saturating_mul(times)).min(longest)
    };
    match wait {
        Wait::No => usual,
        Wait::Polite => usual.max(doubled()),
        Wait::AtLeast(least) => usual.max(least),
    }
}

/// Begins and ends what a host hears about one feed.
async fn tell(
    app: &App,
    session: &mut Session,
    about: &About<'_>,
    failures: i64,
    took: Duration,
    now: Timestamp,
) -> Result<(), DbError> {
    let About { accommodation, feed, .. } = *about;
    let subject = format!("feed:{}", feed.id);
    let (name, source) = (accommodation.name.clone(), feed.source.clone());
    if failures == 0 {
        incident::close(app, session, Kind::CalendarFailing, &subject, now).await?;
        incident::close(app, session, Kind::CalendarStale, &subject, now).await?;
    } else if failures >= i64::from(room(app).settings.failures_to_alert) {
        let times = u32::try_from(failures).unwrap_or(u32::MAX);
        let failing = Trouble::CalendarFailing { name: name.clone(), source: source.clone(), times };
        incident::open(app, session, &failing, &subject, now).await?;
    }
    let slow = Duration::from_millis(u64::from(room(app).settings.slow_poll_ms));
    if took > slow {
        let milliseconds = u32::try_from(took.as_millis()).unwrap_or(u32::MAX);
        let slow = Trouble::CalendarSlow { name, source, milliseconds };
        return incident::open(app, session, &slow, &subject, now).await;
    }
    incident::close(app, session, Kind::CalendarSlow, &subject, now).await
}

/// A feed that fails and was last read well too long ago. One that nobody has tried to read, because the desk was off, is
/// read now and not told of.
async fn tell_of_stale(app: &App, session: &mut Session, now: Timestamp) -> Result<(), DbError> {
    for age in feed::list_ages(session).await?.into_iter().filter(|age| age.failures > 0) {
        // One that was never read fails, and is told of as such.
        let Some(at) = age.last_good_at else { continue };
        if is_stale(app, age.interval_seconds, Some(at), now) {
            let minutes = u16::try_from(now.duration_since(at).as_mins()).unwrap_or(u16::MAX);
            let stale = Trouble::CalendarStale { name: age.name, source: age.source, minutes };
            incident::open(app, session, &stale, &format!("feed:{}", age.id), now).await?;
        }
    }
    Ok(())
}

/// Whether the last good reading is older than the settings allow, which is never less than two readings.
pub fn is_stale(
    app: &App,
    interval_seconds: Option<i64>,
    last_good_at: Option<Timestamp>,
    now: Timestamp,
) -> bool {
    let interval = interval_seconds.unwrap_or(i64::from(room(app).interval_seconds));
    let allowed = SignedDuration::from_mins(i64::from(room(app).settings.max_age_minutes));
    let limit = allowed.max(SignedDuration::from_secs(interval.saturating_mul(2)));
    last_good_at.is_none_or(|at| now.duration_since(at) > limit)
}

/// Platforms write the moment of the reading into each event: that alone is no news.
pub(crate) fn digest(body: &[u8]) -> String {
    let mut hasher = Sha256::new();
    for line in body.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.starts_with(b"DTSTAMP")) {
        hasher.update(line);
    }
    hex::encode(hasher.finalize())
}

/// With gzip, as `conserje calendar replay` takes it.
pub(crate) fn packed(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).and_then(|()| encoder.finish()).expect("writing into memory does not fail")
}

/// None for what [`packed`] has not made.
pub(crate) fn unpacked(body: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    GzDecoder::new(body).read_to_end(&mut text).ok()?;
    Some(text)
}

/// Feeds of one host are read one after another.
pub(crate) fn host_of(url: &str) -> Option<String> {
    let url = url.replacen("webcal://", "https://", 1);
    reqwest::Url::parse(&url).ok()?.host_str().map(str::to_owned)
}

/// Whose calendar stands under this address, as far as the address says.
pub(crate) fn provider_at(url: &str) -> Option<Provider> {
    let host = host_of(url)?;
    let is_of = |name: &str| host.split('.').any(|part| part == name);
    match () {
        () if is_of("airbnb") => Some(Provider::Airbnb),
        () if is_of("booking") => Some(Provider::Booking),
        () if is_of("vrbo") || is_of("homeaway") || is_of("abritel") => Some(Provider::Vrbo),
        () if is_of("google") => Some(Provider::Google),
        () => None,
    }
}
