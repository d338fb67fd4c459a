//! The calendars that are read: registered, changed, forgotten, released by hand; and how each of them does.

use domain::{accommodation::Accommodation, actor::Actor, ids::AccommodationId, period::Period, staff::Who};
use ical::{BusyKind, HeldBack, LeaveOut, NightSet, PersonalDays, Terms};
use jiff::{SignedDuration, Timestamp, civil::Date};
use providers::http::fetch_feed::{Conditional, FeedError, Fetched, is_same_address, tidy};
use store::{
    db::{DbError, Session},
    feed::{self, Feed},
    feed_body,
};

use crate::{
    blocks_from_poll::{Followup, State, reconcile, rows, state_of, tell_of_shrink},
    conflicts,
    feed_host::{host_of, provider_at},
    fetch::{is_stale, unpacked, while_waiting},
    host_source::HOST,
    last_shown_to_readers::shown_to,
    own_events_coming_back,
    read_for_accommodation::{About, lock, provider_of, read_calendar},
    reading_counts::ReadingCounts,
};
use crate::{
    fetch::FetchFeed,
    incident_kind::{self, Kind},
    room,
};
use kernel::{App, Tx, jobs::Job as _};

/// A feed and how it does.
#[derive(Clone, Debug)]
pub struct FeedStatus {
    pub feed: Feed,
    /// `airbnb`, `booking`, `vrbo`, `google` or `other`: what its events are known by.
    pub provider: String,
    pub interval_seconds: i64,
    pub is_stale: bool,
    /// Events of the last good reading whose days could not be read.
    pub unreadable_events: u32,
    /// What the last good reading consisted of.
    pub counts: ReadingCounts,
    /// Nights that it blocks, those held back among them.
    pub blocked_nights: i64,
    pub held_back: Vec<Waiting>,
}

/// Nights that the calendar does not have any more and that stay blocked.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub period: Period,
    pub since: Timestamp,
    /// When they can be free at the earliest, if every reading agrees.
    pub until: Timestamp,
    /// `one_stay`, `several`, `quarter` or `everything`: what their absence looks like.
    pub reason: &'static str,
}

/// What a calendar says, for the person who registers it.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    pub provider: String,
    pub stays: usize,
    pub blocks: usize,
    pub nights: i64,
    pub unreadable: usize,
    /// Whole days that may be nobody's stay, those to come.
    pub personal: Vec<PersonalDays>,
    pub notes: Vec<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum FeedProblem {
    #[error("there is no such accommodation")]
    NoAccommodation,
    #[error("there is no such calendar")]
    NotFound,
    #[error(
        "this address is read already, as {source_name}: under a second name each of its stays would be a night sold \
         twice. To give it another name, forget that one first"
    )]
    ReadAlready { source_name: String },
    #[error(transparent)]
    Unreachable(#[from] FeedError),
    #[error("the calendar cannot be read: {0}")]
    Unreadable(#[from] ical::ReadError),
    #[error("the calendar could not be written down")]
    Database(#[from] DbError),
}

/// What the host may say about a feed; None leaves it.
#[derive(Clone, Debug, Default)]
pub struct FeedChange {
    pub url: Option<String>,
    pub interval_seconds: Option<i64>,
    /// Read anew at once.
    pub leave_out: Option<LeaveOut>,
}

/// Whether an address can be asked at all, and how it is kept. One that begins with https and leads into a private network is
/// refused when it is asked, like one whose name does.
pub fn check_address(app: &App, url: &str) -> Result<String, FeedError> {
    match room(app).feeds.check_address(url) {
        Err(FeedError::PrivateAddress) if tidy(url).starts_with("https://") => Ok(tidy(url)),
        checked => checked,
    }
}

/// Fetches an address once and says what stands there. Nothing is kept.
pub async fn preview(
    app: &App,
    accommodation_id: &AccommodationId,
    url: &str,
    leave_out: &LeaveOut,
) -> Result<Preview, FeedProblem> {
    let accommodation = store::accommodation::find(&mut app.read().await?, accommodation_id).await?;
    let accommodation = accommodation.ok_or(FeedProblem::NoAccommodation)?;
    let visit = room(app).feeds.fetch(url, &Conditional::default(), &while_waiting()).await;
    let Fetched::Body { bytes, .. } = visit.outcome? else {
        return Err(FeedError::Refused { status: 304 }.into());
    };
    let now = app.now();
    let reading = read_calendar(&accommodation, &bytes, leave_out, now)?;
    let today = accommodation.zone.today(now);
    let of_kind = |kind: BusyKind| reading.busy.iter().filter(|busy| busy.kind == kind).count();
    let nights = NightSet::of(reading.busy.iter().map(|busy| (busy.check_in, busy.check_out)));
    let provider = provider_at(url).unwrap_or_else(|| ical::Provider::of(&reading));
    Ok(Preview {
        provider: provider.to_string(),
        stays: of_kind(BusyKind::Stay),
        blocks: of_kind(BusyKind::Block),
        nights: nights.from_day(today).len(),
        unreadable: reading.unreadable.len(),
        personal: reading.personal.into_iter().filter(|one| one.busy.check_out > today).collect(),
        notes: reading.notes.iter().map(ToString::to_string).collect(),
    })
}

/// Registers the address of another calendar, within the caller's transaction; a job reads it at once.
pub async fn subscribe_in(
    tx: &mut Tx<'_>,
    accommodation_id: &AccommodationId,
    source: &str,
    url: &str,
    interval_seconds: Option<i64>,
) -> Result<Feed, FeedProblem> {
    subscribe_without(tx, accommodation_id, source, url, interval_seconds, None).await
}

/// The same, without what the host leaves out; None leaves that as it was.
pub async fn subscribe_without(
    tx: &mut Tx<'_>,
    accommodation_id: &AccommodationId,
    source: &str,
    url: &str,
    interval_seconds: Option<i64>,
    leave_out: Option<&LeaveOut>,
) -> Result<Feed, FeedProblem> {
    if lock(&mut tx.session, accommodation_id).await?.is_none() {
        return Err(FeedProblem::NoAccommodation);
    }
    refuse_second_reading(&mut tx.session, accommodation_id, source, url).await?;
    let id = tx.app.rng.id(tx.now);
    let mut feed = feed::ensure(&mut tx.session, &id, accommodation_id, source, Some(url), tx.now).await?;
    feed.interval_seconds = interval_seconds.or(feed.interval_seconds);
    if let Some(leave_out) = leave_out {
        set_leave_out(&mut feed, leave_out);
    }
    feed.next_fetch_at = Some(next_after(tx.app, &feed, tx.now));
    feed::update(&mut tx.session, &feed).await?;
    let job = FetchFeed { feed_id: feed.id.clone(), host: host_of(url) };
    tx.enqueue(&[job.enqueue_at(tx.now)]).await?;
    Ok(feed)
}

/// Every calendar, or those of one accommodation, with how each does.
pub async fn list_feeds(
    app: &App,
    accommodation_id: Option<&AccommodationId>,
) -> Result<Vec<FeedStatus>, DbError> {
    let mut session = app.read().await?;
    let mut listed = Vec::new();
    let feeds = feed::list(&mut session, accommodation_id).await?;
    for feed in feeds.into_iter().filter(|feed| feed.source != HOST) {
        listed.push(status(app, &mut session, feed).await?);
    }
    Ok(listed)
}

pub async fn find_feed(app: &App, id: &str) -> Result<Option<FeedStatus>, DbError> {
    let mut session = app.read().await?;
    match find_calendar(&mut session, id).await? {
        Some(feed) => Ok(Some(status(app, &mut session, feed).await?)),
        None => Ok(None),
    }
}

/// What a calendar answered, oldest first: each body that differed from the one before, for as long as the settings keep it.
pub async fn list_bodies(app: &App, id: &str) -> Result<Vec<(Timestamp, Vec<u8>)>, DbError> {
    let kept = feed_body::list(&mut app.read().await?, id).await?;
    let unpacked = |body: Vec<u8>| unpacked(&body).ok_or(DbError::Corrupt("what a calendar answered"));
    kept.into_iter().map(|(at, body)| Ok((at, unpacked(body)?))).collect()
}

/// Another address is read at once, and what the old one had waits like anything that is gone.
pub async fn change_feed(
    app: &App,
    id: &str,
    change: FeedChange,
    who: Who,
) -> Result<FeedStatus, FeedProblem> {
    let mut tx = app.begin_as(Actor::Staff(who)).await?;
    let mut feed = find_calendar(&mut tx.session, id).await?.ok_or(FeedProblem::NotFound)?;
    let before = (feed.url.clone(), feed.leave_out.clone());
    if let Some(url) = change.url.filter(|url| feed.url.as_ref() != Some(url)) {
        refuse_second_reading(&mut tx.session, &feed.accommodation_id, &feed.source, &url).await?;
        (feed.etag, feed.last_modified, feed.body_digest) = (None, None, None);
        feed.url = Some(url);
    }
    if let Some(leave_out) = &change.leave_out {
        set_leave_out(&mut feed, leave_out);
    }
    if let Some(url) = feed.url.as_deref().filter(|_| before != (feed.url.clone(), feed.leave_out.clone())) {
        let job = FetchFeed { feed_id: feed.id.clone(), host: host_of(url) };
        tx.enqueue(&[job.enqueue_at(tx.now)]).await?;
    }
    feed.interval_seconds = change.interval_seconds.or(feed.interval_seconds);
    feed.next_fetch_at = Some(next_after(app, &feed, tx.now));
    feed::update(&mut tx.session, &feed).await?;
    let changed = status(tx.app, &mut tx.session, feed).await?;
    tx.commit().await?;
    Ok(changed)
}

/// Forgets a calendar; its nights are free at once. False when there is no such feed.
pub async fn forget_feed(app: &App, id: &str, who: Who) -> Result<bool, DbError> {
    let mut tx = app.begin_as(Actor::Staff(who)).await?;
    let Some(feed) = find_calendar(&mut tx.session, id).await? else { return Ok(false) };
    lock(&mut tx.session, &feed.accommodation_id).await?;
    feed::delete(&mut tx.session, id).await?;
    for kind in Kind::OF_FEEDS {
        incident_kind::close(&mut tx, kind, &format!("feed:{id}")).await?;
    }
    incident_kind::close(&mut tx, Kind::Shrunk, &format!("feed:{id}/everything")).await?;
    tx.commit().await?;
    Ok(true)
}

/// What a host says of nights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// Those that are held back are free: all of them, or those of a range. Nights that the calendar has stay blocked.
    HeldBack(Option<Period>),
    /// Those of a range are nobody's there: what the calendar still has of them it read from us.
    CameBack(Period),
}

/// Carries out what the host says. Returns how many nights were released.
pub async fn release(app: &App, id: &str, said: Release, who: Who) -> Result<i64, FeedProblem> {
    let mut tx = app.begin_as(Actor::Staff(who)).await?;
    let feed = find_calendar(&mut tx.session, id).await?.ok_or(FeedProblem::NotFound)?;
    let accommodation = lock(&mut tx.session, &feed.accommodation_id).await?.ok_or(FeedProblem::NotFound)?;
    let feed = feed::find(&mut tx.session, id).await?.ok_or(FeedProblem::NotFound)?;
    let mut state = state_of(&mut tx.session, &feed).await?;
    let nights_of = |period: Period| NightSet::of([(period.check_in(), period.check_out())]);
    let wanted = match said {
        Release::HeldBack(Some(period)) | Release::CameBack(period) => nights_of(period),
        Release::HeldBack(None) => state.followed.held_back_nights(),
    };
    let mut released = state.followed.release(&wanted).len();
    let about = About { accommodation: &accommodation, feed: &feed, provider: provider_of(&feed, None) };
    if let Release::CameBack(_) = said {
        // What is told as a stay is no loopback, and nothing comes back that was never shown.
        let shown =
            shown_to(&mut tx.session, &accommodation.id, &feed.source, tx.now).await?.unwrap_or_default();
        let shown = NightSet::of(shown.iter().map(|event| (event.check_in, event.check_out)));
        let closed = own_events_coming_back::genuine(&state.followed, about.provider);
        let came_back = wanted.shared_with(&shown).shared_with(&closed);
        released += own_events_coming_back::disown(&mut state.followed, &mut state.loopbacks, &came_back);
    }
    let left = rows(&accommodation, &feed, &state.followed, &std::collections::HashMap::new());
    reconcile(&mut tx.session, &feed, left, &mut Followup::default(), tx.now).await?;
    conflicts::note(&mut tx, &about).await?;
    let kept = serde_json::to_value(&state).expect("the state of a feed is plain data");
    feed::save_state(&mut tx.session, &feed.id, &kept).await?;
    tell_of_shrink(&mut tx, &about, &state.followed).await?;
    tx.commit().await?;
    tracing::info!(feed = feed.id, source = feed.source, released, "nights were released by hand");
    Ok(released)
}

/// A calendar that is read; the host's own blocks are none.
async fn find_calendar(session: &mut Session, id: &str) -> Result<Option<Feed>, DbError> {
    Ok(feed::find(session, id).await?.filter(|feed| feed.source != HOST))
}

/// The same calendar under two names says everything twice. For two accommodations it may well be read.
async fn refuse_second_reading(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    source: &str,
    url: &str,
) -> Result<(), FeedProblem> {
    let others = feed::list(session, Some(accommodation_id)).await?;
    let is_same = |feed: &Feed| feed.url.as_deref().is_some_and(|known| is_same_address(known, url));
    match others.into_iter().find(|feed| feed.source != source && is_same(feed)) {
        Some(other) => Err(FeedProblem::ReadAlready { source_name: other.source }),
        None => Ok(()),
    }
}

/// The whole body is read again when it is another one.
fn set_leave_out(feed: &mut Feed, leave_out: &LeaveOut) {
    let text = leave_out.to_text();
    if feed.leave_out != text {
        (feed.etag, feed.last_modified, feed.body_digest) = (None, None, None);
        feed.leave_out = text;
    }
}

async fn status(app: &App, session: &mut Session, feed: Feed) -> Result<FeedStatus, DbError> {
    let accommodation = store::accommodation::find(session, &feed.accommodation_id).await?;
    let zone = accommodation.as_ref().map_or(&app.property.zone, |found: &Accommodation| &found.zone);
    let provider = provider_of(&feed, None);
    let State { followed: state, counts, .. } = state_of(session, &feed).await?;
    let terms = Terms { provider, zone: zone.time_zone(), rules: &room(app).waiting };
    let now = app.now();
    let is_stale = feed.url.is_some() && is_stale(app, feed.interval_seconds, feed.last_good_at, now);
    let today: Date = zone.today(now);
    Ok(FeedStatus {
        provider: provider.to_string(),
        interval_seconds: feed.interval_seconds.unwrap_or(i64::from(room(app).interval_seconds)),
        is_stale,
        unreadable_events: state.unreadable,
        counts,
        blocked_nights: state.blocked_nights().from_day(today).len(),
        held_back: state.held_back.iter().filter_map(|one| waiting(one, &terms)).collect(),
        feed,
    })
}

fn waiting(one: &HeldBack, terms: &Terms<'_>) -> Option<Waiting> {
    Some(Waiting {
        period: Period::new(one.check_in, one.check_out).ok()?,
        since: one.missing_since,
        until: one.earliest(terms),
        reason: match one.loss {
            ical::Loss::OneStay => "one_stay",
            ical::Loss::Several => "several",
            ical::Loss::Quarter => "quarter",
            ical::Loss::Everything => "everything",
        },
    })
}

fn next_after(app: &App, feed: &Feed, now: Timestamp) -> Timestamp {
    let seconds = feed.interval_seconds.unwrap_or(i64::from(room(app).interval_seconds));
    now + SignedDuration::from_secs(seconds.max(1))
}
