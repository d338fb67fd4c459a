//! Other calendars, read into blocks: additions at once, what is gone with patience, clashes kept and told.

use std::collections::HashMap;

use domain::{
    accommodation::Accommodation,
    block::{Block, BlockKind},
    ids::AccommodationId,
    period::Period,
};
use jiff::{SignedDuration, Timestamp};
use providers::http::feed::{Conditional, Fetched, Limits};
use store::{
    block,
    db::{DbError, Session},
    feed::{self, Feed},
    queue::{self, Claim},
};

use crate::{
    App, attention,
    jobs::{Done, Job, JobError, finish},
};

/// A stay that is gone from a feed while the rest is intact is freed after this; a feed that lost a quarter
/// of its future nights, or all of them, has to agree with itself for longer.
const WAIT_ONE: SignedDuration = SignedDuration::from_mins(15);
const WAIT_MANY: SignedDuration = SignedDuration::from_mins(60);
const WAIT_ALL: SignedDuration = SignedDuration::from_hours(4);

#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    pub created: usize,
    pub updated: usize,
    pub removed: usize,
    /// Gone from the feed, still blocked until the waiting time is over.
    pub held_back: usize,
    pub clashes: usize,
    pub notes: Vec<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("there is no such accommodation")]
    NotFound,
    #[error("the calendar cannot be read: {0}")]
    Unreadable(#[from] ical::ReadError),
    #[error("the calendar could not be written down")]
    Database(#[from] DbError),
}

/// How soon nights that are gone from a reading may be sold again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// A person handed this text in and answers for it.
    AtOnce,
    /// Fetched from a provider, which may have a bad minute.
    AfterWaiting,
}

/// Reads a calendar text into blocks of an accommodation, within the caller's transaction.
pub async fn import_in(
    app: &App,
    session: &mut Session,
    accommodation_id: &AccommodationId,
    source: &str,
    text: &[u8],
    now: Timestamp,
) -> Result<Imported, ImportError> {
    let Some(accommodation) = lock(session, accommodation_id).await? else {
        return Err(ImportError::NotFound);
    };
    let reading = read(&accommodation, text, now)?;
    let feed = feed::ensure(session, &app.entropy.id(now), accommodation_id, source, None, now).await?;
    let imported = apply(app, session, &accommodation, &feed, reading, Trust::AtOnce, now).await?;
    feed::mark_good(session, &feed.id, None, None, now).await?;
    Ok(imported)
}

/// Registers the address of another calendar, within the caller's transaction; the next job reads it.
pub async fn subscribe_in(
    app: &App,
    session: &mut Session,
    accommodation_id: &AccommodationId,
    source: &str,
    url: &str,
    now: Timestamp,
) -> Result<Feed, ImportError> {
    if lock(session, accommodation_id).await?.is_none() {
        return Err(ImportError::NotFound);
    }
    let feed = feed::ensure(session, &app.entropy.id(now), accommodation_id, source, Some(url), now).await?;
    let job = Job::FetchFeed { feed_id: feed.id.clone() };
    queue::enqueue(session, &[job.enqueue_at(now)], now).await?;
    Ok(feed)
}

/// Fetches one feed and applies it. A feed that fails keeps every night that it had.
pub async fn fetch(app: &App, claim: &Claim, feed_id: &str) -> Result<Done, JobError> {
    let found = feed::find(&mut app.read().await?, feed_id).await?;
    let Some((feed, url)) = found.and_then(|feed| feed.url.clone().map(|url| (feed, url))) else {
        return Ok(Done::Finish);
    };
    let known = Conditional { etag: feed.etag.clone(), last_modified: feed.last_modified.clone() };
    let fetched = app.feeds.fetch(&url, &known, &Limits::default()).await;

    let now = app.now();
    let mut session = app.begin().await?;
    let accommodation = lock(&mut session, &feed.accommodation_id).await?;
    let accommodation = accommodation.ok_or(JobError::fail("the accommodation of the feed is gone"))?;
    let failure = match fetched {
        Ok(Fetched::NotModified) => {
            let imported = apply_again(app, &mut session, &accommodation, &feed, now).await?;
            tracing::debug!(feed = feed.id, removed = imported.removed, "a feed did not change");
            feed::mark_unchanged(&mut session, &feed.id, now).await?;
            None
        }
        Ok(Fetched::Body { bytes, etag, last_modified }) => match read(&accommodation, &bytes, now) {
            Ok(reading) => {
                apply(app, &mut session, &accommodation, &feed, reading, Trust::AfterWaiting, now).await?;
                feed::mark_good(&mut session, &feed.id, etag, last_modified, now).await?;
                None
            }
            Err(error) => Some(error.to_string()),
        },
        Err(error) => Some(error.to_string()),
    };
    if let Some(reason) = failure {
        app.metrics.ical_sync_errors.inc();
        tracing::warn!(
            feed = feed.id,
            source = feed.source,
            reason,
            "a feed could not be read; its nights stay blocked"
        );
        feed::mark_failed(&mut session, &feed.id, &reason, now).await?;
    }
    finish(app, session, claim).await
}

fn read(accommodation: &Accommodation, text: &[u8], now: Timestamp) -> Result<ical::Feed, ical::ReadError> {
    let limits = ical::ReadLimits::around(accommodation.zone.today(now));
    ical::read(text, accommodation.zone.time_zone(), &limits)
}

async fn lock(session: &mut Session, id: &AccommodationId) -> Result<Option<Accommodation>, DbError> {
    Ok(store::accommodation::lock(session, std::slice::from_ref(id)).await?.pop())
}

/// Puts a reading in the place of the one before: new and moved at once, gone with patience.
async fn apply(
    app: &App,
    session: &mut Session,
    accommodation: &Accommodation,
    feed: &Feed,
    reading: ical::Feed,
    trust: Trust,
    now: Timestamp,
) -> Result<Imported, DbError> {
    let before: HashMap<String, Block> = block::list_of_feed(session, &feed.id)
        .await?
        .into_iter()
        .map(|block| (block.uid.clone(), block))
        .collect();
    let mut imported =
        Imported { created: 0, updated: 0, removed: 0, held_back: 0, clashes: 0, notes: Vec::new() };
    let mut seen = Vec::new();
    for busy in &reading.busy {
        let Some(block) = to_block(accommodation, feed, busy) else { continue };
        match before.get(&block.uid) {
            None => imported.created += 1,
            Some(known) if known.period != block.period => imported.updated += 1,
            Some(_) => {}
        }
        seen.push(block.uid.clone());
        block::put(session, &block, now).await?;
    }
    // An event whose days nobody can tell may be any of those that seem to be gone.
    if reading.unreadable.is_empty() {
        let gone: Vec<&Block> = before.values().filter(|block| !seen.contains(&block.uid)).collect();
        let kept = before.len() - gone.len();
        remove(session, accommodation, &gone, kept, trust, &mut imported, now).await?;
    }
    imported.clashes = note_clashes(app, session, feed, now).await?;
    imported.notes = reading.notes.iter().map(ToString::to_string).collect();
    app.metrics.ical_events_imported.inc_by(imported.created as u64);
    Ok(imported)
}

/// A provider that says "nothing changed" agrees with its last answer: what was missing then is still missing.
async fn apply_again(
    app: &App,
    session: &mut Session,
    accommodation: &Accommodation,
    feed: &Feed,
    now: Timestamp,
) -> Result<Imported, DbError> {
    let mut imported =
        Imported { created: 0, updated: 0, removed: 0, held_back: 0, clashes: 0, notes: Vec::new() };
    let all = block::list_of_feed(session, &feed.id).await?;
    let missing = block::list_missing(session, &feed.id).await?;
    let gone: Vec<&Block> = all.iter().filter(|block| missing.contains(&block.uid)).collect();
    let kept = all.len() - gone.len();
    remove(session, accommodation, &gone, kept, Trust::AfterWaiting, &mut imported, now).await?;
    imported.clashes = note_clashes(app, session, feed, now).await?;
    Ok(imported)
}

async fn remove(
    session: &mut Session,
    accommodation: &Accommodation,
    gone: &[&Block],
    kept: usize,
    trust: Trust,
    imported: &mut Imported,
    now: Timestamp,
) -> Result<(), DbError> {
    let today = accommodation.zone.today(now);
    let future = gone.iter().filter(|block| block.period.check_out() > today).count();
    let wait = match trust {
        Trust::AtOnce => SignedDuration::ZERO,
        Trust::AfterWaiting if kept == 0 => WAIT_ALL,
        Trust::AfterWaiting if future * 4 >= future + kept => WAIT_MANY,
        Trust::AfterWaiting => WAIT_ONE,
    };
    for block in gone {
        // What is over blocks nobody: its disappearance means nothing.
        let over = block.period.check_out() <= today;
        let since = block::mark_missing(session, &block.feed, &block.uid, now).await?;
        if over || since + wait <= now {
            block::delete(session, &block.feed, &block.uid).await?;
            imported.removed += 1;
        } else {
            imported.held_back += 1;
        }
    }
    Ok(())
}

fn to_block(accommodation: &Accommodation, feed: &Feed, busy: &ical::Busy) -> Option<Block> {
    let uid = match busy.recurrence_id {
        Some(original) => format!("{}#{original}", busy.uid),
        None => busy.uid.clone(),
    };
    Some(Block {
        accommodation_id: accommodation.id.clone(),
        feed: feed.id.clone(),
        uid,
        period: Period::new(busy.check_in, busy.check_out).ok()?,
        summary: busy.summary.clone(),
        kind: match busy.kind {
            ical::BusyKind::Stay => BlockKind::Stay,
            ical::BusyKind::Block => BlockKind::Closed,
        },
    })
}

/// A block over a live stay is kept, shown, and told to a person once.
async fn note_clashes(
    app: &App,
    session: &mut Session,
    feed: &Feed,
    now: Timestamp,
) -> Result<usize, DbError> {
    let new = block::record_clashes(session, &feed.id, now).await?;
    for clash in &new {
        tracing::error!(stay = %clash.stay_id, source = feed.source, "another calendar has sold nights of a stay of ours");
        let (subject, detail) =
            (format!("stay:{}", clash.stay_id), format!("{} lists a booking over this stay", feed.source));
        attention::raise(app, session, &subject, "calendar_clash", &detail, now).await?;
    }
    Ok(new.len())
}
