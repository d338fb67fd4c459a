//! Calendars of others that are read, and how each does.

use std::sync::Arc;

use axum::{
    Json as Answer,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use calendars::FeedChange;
use calendars::FeedProblem;
use calendars::FeedStatus;
use calendars::LeaveOut;
use calendars::Outcome;
use calendars::PersonalDays;
use calendars::PersonalKind;
use calendars::Preview;
use calendars::ReadingCounts;
use calendars::Release;
use domain::{actor::Actor, ids::AccommodationId, period::Period};
use jiff::{Timestamp, civil::Date};
use kernel::App;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    accommodations::{answer, not_found},
    availability::date,
    calendar_export_and_import::source,
};
use crate::{
    auth::Staff,
    idempotency,
    parse_request::{Json, OptionalJson, Query},
    problem::{Problem, Result},
};

/// More often than this no calendar is read.
const LEAST_INTERVAL_SECONDS: i64 = 60;
const MOST_INTERVAL_SECONDS: i64 = 86_400;
/// More days than these are not named to a host.
const MOST_PERSONAL_DAYS: usize = 100;

#[derive(Debug, Deserialize, ToSchema)]
pub struct FeedIn {
    pub accommodation_id: String,
    /// `airbnb`, `booking`, `vrbo`, `google`, or a name of your own
    pub source: String,
    /// The address of the calendar, https://… or webcal://…
    pub url: String,
    /// How often it is read; the setting's when missing
    pub interval_seconds: Option<i64>,
    /// Whole days that block nothing: `marked_free`, `birthdays`, `holidays`. None of them when missing
    pub leave_out: Option<Vec<String>>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct FeedEdit {
    /// Another address: what the old one had waits like anything that is gone
    pub url: Option<String>,
    pub interval_seconds: Option<i64>,
    /// Whole days that block nothing: `marked_free`, `birthdays`, `holidays`; nights that only they had are free with the
    /// next reading
    pub leave_out: Option<Vec<String>>,
}

#[derive(Debug, Deserialize, IntoParams)]
pub struct FeedFilter {
    pub accommodation_id: Option<String>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct ReleaseIn {
    /// YYYY-MM-DD; everything that is held back when both are missing
    pub from: Option<String>,
    /// YYYY-MM-DD, not included
    pub to: Option<String>,
    /// The nights of the range are nobody's there, though the calendar has them: it read them from us. Only where stays
    /// and closures look alike is this ever needed, after a conflict
    #[serde(default)]
    pub came_back: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseOut {
    /// Nights that can be sold again
    pub released: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SyncOut {
    /// `read`, `unchanged`, `failed` or `overtaken`
    pub outcome: &'static str,
    /// Why it failed; every night stays as it was
    pub error: Option<String>,
    pub created: usize,
    pub updated: usize,
    pub removed: usize,
    pub held_back: i64,
    pub clashes: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NewFeedOut {
    pub id: String,
    pub accommodation_id: String,
    pub source: String,
    /// What the address says now
    pub reading: ReadingOut,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ReadingOut {
    /// `airbnb`, `booking`, `vrbo`, `google` or `other`
    pub provider: String,
    pub stays: usize,
    pub blocks: usize,
    /// From today on
    pub nights: i64,
    /// Events whose days cannot be read: one may be a booking
    pub unreadable_events: usize,
    /// Whole days to come that may be nobody's stay, the first hundred: they block unless `leave_out` names them
    pub personal_days: Vec<PersonalDaysOut>,
    /// What was repaired or passed over, by line
    pub notes: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PersonalDaysOut {
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// The event's own
    pub words: String,
    /// `marked_free`, `birthdays` or `holidays`: what to leave it out by
    pub kind: &'static str,
    pub left_out: bool,
}

/// What the last good reading consisted of, in events.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadingCountsOut {
    pub stays: u32,
    pub closures: u32,
    /// Whole days that are marked as free time and block all the same, unless they are left out
    pub marked_free: u32,
    pub birthdays: u32,
    pub holidays: u32,
    /// Those of the three that block nothing, because `leave_out` names them
    pub left_out: u32,
    pub cancelled: u32,
    /// Hours that are marked as free time: they block nothing
    pub free_time: u32,
    /// Visits within a day, and events without length: they block nothing
    pub no_night: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FeedOut {
    pub id: String,
    pub accommodation_id: String,
    pub source: String,
    pub provider: String,
    /// None when its text is posted
    pub url: Option<String>,
    pub interval_seconds: i64,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_good_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_attempt_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_fetch_at: Option<Timestamp>,
    pub age_minutes: Option<i64>,
    pub stale: bool,
    /// Readings that failed since the last good one
    pub failures: i64,
    pub last_error: Option<String>,
    pub fetch_ms: Option<i64>,
    pub blocked_nights: i64,
    /// Events of the last good reading whose days could not be read: one may be a booking
    pub unreadable_events: u32,
    /// What the last good reading consisted of
    pub counts: ReadingCountsOut,
    /// Whole days that block nothing: `marked_free`, `birthdays`, `holidays`
    pub leave_out: Vec<&'static str>,
    /// Nights that the calendar does not have any more and that stay blocked
    pub held_back: Vec<HeldBackOut>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct HeldBackOut {
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    /// When they are free at the earliest
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
    /// `one_stay`, `several`, `quarter` or `everything`: what their absence looks like
    pub reason: &'static str,
}

/// Registers the address of another calendar. It is fetched once before it is kept: the answer says what stands there.
#[utoipa::path(post, path = "/api/v1/ical/feeds", tag = "calendar", security(("staff" = [])),
    request_body = FeedIn, responses((status = 201, body = NewFeedOut)))]
pub async fn create_feed(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    headers: HeaderMap,
    body: Json<FeedIn>,
) -> Result<Response> {
    let key = idempotency::key(&headers, "staff POST /ical/feeds", &body.bytes)?;
    let asked = body.value;
    let source = source("/source", &asked.source)?;
    let url = check_address(&app, &asked.url)?;
    check_interval(asked.interval_seconds)?;
    let leave_out = asked.leave_out.as_deref().map(leave_out).transpose()?;
    let id = AccommodationId::new(asked.accommodation_id);
    let reading = calendars::preview(&app, &id, &url, &leave_out.clone().unwrap_or_default()).await?;
    let done = kernel::idempotency::once(&app, Actor::Staff(who), key.as_ref(), 201, async |tx| {
        let interval = asked.interval_seconds;
        match calendars::subscribe_without(tx, &id, &source, &url, interval, leave_out.as_ref()).await {
            Ok(feed) => Ok(Ok(NewFeedOut {
                id: feed.id,
                accommodation_id: feed.accommodation_id.as_str().to_owned(),
                source: feed.source,
                reading: reading_out(reading),
            })),
            Err(FeedProblem::Database(error)) => Err(error),
            Err(refused) => Ok(Err(refused.into())),
        }
    })
    .await?;
    answer(done)
}

/// Lists the calendars that are read, with how each does.
#[utoipa::path(get, path = "/api/v1/ical/feeds", tag = "calendar", security(("staff" = [])),
    params(FeedFilter), responses((status = 200, body = Vec<FeedOut>)))]
pub async fn list_feeds(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Query(filter): Query<FeedFilter>,
) -> Result<Answer<Vec<FeedOut>>> {
    let id = filter.accommodation_id.map(AccommodationId::new);
    let listed = calendars::list_feeds(&app, id.as_ref()).await?;
    Ok(Answer(listed.into_iter().map(|status| feed_out(&app, status)).collect()))
}

/// Shows one of them.
#[utoipa::path(get, path = "/api/v1/ical/feeds/{id}", tag = "calendar", security(("staff" = [])),
    params(("id" = String, Path)), responses((status = 200, body = FeedOut)))]
pub async fn get_feed(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Path(id): Path<String>,
) -> Result<Answer<FeedOut>> {
    let found = calendars::find_feed(&app, &id).await?.ok_or(FeedProblem::NotFound)?;
    Ok(Answer(feed_out(&app, found)))
}

/// Changes the address, which is fetched once before it is kept, or how often it is read.
#[utoipa::path(patch, path = "/api/v1/ical/feeds/{id}", tag = "calendar", security(("staff" = [])),
    params(("id" = String, Path)), request_body = FeedEdit, responses((status = 200, body = FeedOut)))]
pub async fn update_feed(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path(id): Path<String>,
    body: Json<FeedEdit>,
) -> Result<Answer<FeedOut>> {
    let edit = body.value;
    check_interval(edit.interval_seconds)?;
    let leave_out = edit.leave_out.as_deref().map(leave_out).transpose()?;
    let url = edit.url.as_deref().map(|url| check_address(&app, url)).transpose()?;
    if let Some(url) = &url {
        let found = calendars::find_feed(&app, &id).await?.ok_or(FeedProblem::NotFound)?;
        calendars::preview(&app, &found.feed.accommodation_id, url, &LeaveOut::default()).await?;
    }
    let change = FeedChange { url, interval_seconds: edit.interval_seconds, leave_out };
    Ok(Answer(feed_out(&app, calendars::change_feed(&app, &id, change, who).await?)))
}

/// Forgets a calendar: its nights are free at once.
#[utoipa::path(delete, path = "/api/v1/ical/feeds/{id}", tag = "calendar", security(("staff" = [])),
    params(("id" = String, Path)), responses((status = 204)))]
pub async fn delete_feed(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    if calendars::forget_feed(&app, &id, who).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(FeedProblem::NotFound.into())
}

/// Reads a calendar now.
#[utoipa::path(post, path = "/api/v1/ical/feeds/{id}/sync", tag = "calendar", security(("staff" = [])),
    params(("id" = String, Path)), responses((status = 200, body = SyncOut)))]
pub async fn sync_feed(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Path(id): Path<String>,
) -> Result<Answer<SyncOut>> {
    let synced = calendars::sync(&app, &id).await?.ok_or(FeedProblem::NotFound)?;
    let (outcome, error) = match synced.outcome {
        Outcome::Read => ("read", None),
        Outcome::Unchanged => ("unchanged", None),
        Outcome::Failed(reason) => ("failed", Some(reason)),
        Outcome::Overtaken => ("overtaken", None),
    };
    Ok(Answer(SyncOut {
        outcome,
        error,
        created: synced.created,
        updated: synced.updated,
        removed: synced.removed,
        held_back: synced.held_back,
        clashes: synced.conflicts,
    }))
}

/// Says that nights which are held back are free: all of them, or those of a range. Nights that the calendar has stay
/// blocked, unless they are said to have come back from us.
#[utoipa::path(post, path = "/api/v1/ical/feeds/{id}/release", tag = "calendar", security(("staff" = [])),
    params(("id" = String, Path)), request_body = Option<ReleaseIn>, responses((status = 200, body = ReleaseOut)))]
pub async fn release_nights(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path(id): Path<String>,
    OptionalJson(range): OptionalJson<ReleaseIn>,
) -> Result<Answer<ReleaseOut>> {
    let invalid = |detail: &str| Problem::invalid("invalid_dates", "/to", detail);
    let nights = match (range.from, range.to) {
        (None, None) => None,
        (Some(from), Some(to)) => {
            let period = Period::new(date("/from", &from)?, date("/to", &to)?);
            Some(period.map_err(|_| invalid("to must be after from"))?)
        }
        _ => return Err(invalid("give both from and to, or neither")),
    };
    let said = match (range.came_back, nights) {
        (false, nights) => Release::HeldBack(nights),
        (true, Some(nights)) => Release::CameBack(nights),
        (true, None) => return Err(invalid("say which nights came back: give both from and to")),
    };
    Ok(Answer(ReleaseOut { released: calendars::release(&app, &id, said, who).await? }))
}

/// The address as it is kept. Plain http only where private networks are allowed: in tests and demos.
fn check_address(app: &App, url: &str) -> Result<String> {
    let invalid = |detail: String| Problem::invalid("invalid_request", "/url", detail);
    let url = calendars::check_address(app, url).map_err(|refused| invalid(refused.to_string()))?;
    if url.len() > 2_000 {
        return Err(invalid("a calendar's address has at most 2000 characters".to_owned()));
    }
    Ok(url)
}

/// What a host leaves out, by names that are known.
fn leave_out(names: &[String]) -> Result<LeaveOut> {
    let kind = |name: &String| {
        let known = PersonalKind::ALL.into_iter().find(|kind| kind.as_str() == name);
        let detail = "leave out any of marked_free, birthdays, holidays";
        known.ok_or_else(|| Problem::invalid("invalid_request", "/leave_out", detail))
    };
    Ok(LeaveOut::of(names.iter().map(kind).collect::<Result<Vec<_>>>()?))
}

fn check_interval(seconds: Option<i64>) -> Result<()> {
    let sound = seconds.is_none_or(|s| (LEAST_INTERVAL_SECONDS..=MOST_INTERVAL_SECONDS).contains(&s));
    if sound {
        return Ok(());
    }
    let detail = "read a calendar every 60 to 86400 seconds";
    Err(Problem::invalid("invalid_request", "/interval_seconds", detail))
}

fn reading_out(preview: Preview) -> ReadingOut {
    ReadingOut {
        provider: preview.provider,
        stays: preview.stays,
        blocks: preview.blocks,
        nights: preview.nights,
        unreadable_events: preview.unreadable,
        personal_days: preview.personal.into_iter().take(MOST_PERSONAL_DAYS).map(personal_days).collect(),
        notes: preview.notes,
    }
}

fn personal_days(days: PersonalDays) -> PersonalDaysOut {
    PersonalDaysOut {
        from: days.busy.check_in,
        to: days.busy.check_out,
        words: days.busy.summary,
        kind: days.kind.as_str(),
        left_out: days.left_out,
    }
}

fn counts(counts: ReadingCounts) -> ReadingCountsOut {
    ReadingCountsOut {
        stays: counts.stays,
        closures: counts.closures,
        marked_free: counts.marked_free,
        birthdays: counts.birthdays,
        holidays: counts.holidays,
        left_out: counts.passed_over.left_out,
        cancelled: counts.passed_over.cancelled,
        free_time: counts.passed_over.free_time,
        no_night: counts.passed_over.no_night,
    }
}

fn feed_out(app: &App, status: FeedStatus) -> FeedOut {
    let feed = status.feed;
    let held_back = status.held_back.into_iter().map(|waiting| HeldBackOut {
        from: waiting.period.check_in(),
        to: waiting.period.check_out(),
        since: waiting.since,
        until: waiting.until,
        reason: waiting.reason,
    });
    FeedOut {
        id: feed.id,
        accommodation_id: feed.accommodation_id.as_str().to_owned(),
        source: feed.source,
        provider: status.provider,
        interval_seconds: status.interval_seconds,
        age_minutes: feed.last_good_at.map(|at| app.now().duration_since(at).as_mins()),
        last_good_at: feed.last_good_at,
        last_attempt_at: feed.last_attempt_at,
        // A text that is posted is never fetched.
        next_fetch_at: feed.next_fetch_at.filter(|_| feed.url.is_some()),
        url: feed.url,
        stale: status.is_stale,
        failures: feed.failures,
        last_error: feed.last_error,
        fetch_ms: feed.fetch_ms,
        blocked_nights: status.blocked_nights,
        unreadable_events: status.unreadable_events,
        counts: counts(status.counts),
        leave_out: LeaveOut::parse(&feed.leave_out).kinds().iter().map(|kind| kind.as_str()).collect(),
        held_back: held_back.collect(),
    }
}

impl From<FeedProblem> for Problem {
    fn from(problem: FeedProblem) -> Self {
        let detail = problem.to_string();
        match problem {
            FeedProblem::NoAccommodation => not_found(),
            FeedProblem::NotFound => Self::not_found(detail),
            FeedProblem::ReadAlready { .. } => {
                Self::new(StatusCode::CONFLICT, "calendar_already_read", detail)
            }
            FeedProblem::Unreachable(_) => Self::invalid("calendar_unreachable", "/url", detail),
            FeedProblem::Unreadable(_) => Self::invalid("invalid_calendar", "/url", detail),
            FeedProblem::Database(error) => error.into(),
        }
    }
}
