//! Calendars that we read: one per accommodation and source.

use domain::ids::AccommodationId;
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::db::{Result, Row, Session, Value};

#[derive(Clone, Debug, PartialEq)]
pub struct Feed {
    pub id: String,
    pub accommodation_id: AccommodationId,
    /// `airbnb`, `booking`, `vrbo`, `google`, or a name of the host's own.
    pub source: String,
    /// None when its text is posted to us.
    pub url: Option<String>,
    /// Whose calendar it is, as the last good reading or the host said.
    pub provider: Option<String>,
    /// None: the setting's.
    pub interval_seconds: Option<i64>,
    /// What of it the host has left out; the rules own its words.
    pub leave_out: String,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// Of the last good body, without what changes at each reading.
    pub body_digest: Option<String>,
    /// What is remembered between two polls; the rules own its shape.
    pub state: Option<Json>,
    pub last_attempt_at: Option<Timestamp>,
    pub last_good_at: Option<Timestamp>,
    /// None: at once.
    pub next_fetch_at: Option<Timestamp>,
    pub last_error: Option<String>,
    /// Readings that failed since the last good one.
    pub failures: i64,
    /// How long the last reading took.
    pub fetch_ms: Option<i64>,
}

/// What became of one reading, to be kept.
#[derive(Clone, Debug)]
pub struct Polled {
    pub state: Json,
    pub provider: Option<String>,
    pub next_fetch_at: Option<Timestamp>,
    pub fetch_ms: Option<i64>,
}

/// What tells one version of a body from another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Version {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub body_digest: Option<String>,
}

const COLUMNS: &str = "id, accommodation_id, source, url, provider, interval_seconds, leave_out, etag, last_modified, body_digest, \
                       state, last_attempt_at, last_good_at, next_fetch_at, last_error, failures, fetch_ms";

/// The feed of this accommodation and source, made with `id` if there is none; a URL that is given is kept. Another URL
/// is read as if for the first time.
pub async fn ensure(
    session: &mut Session,
    id: &str,
    accommodation_id: &AccommodationId,
    source: &str,
    url: Option<&str>,
    now: Timestamp,
) -> Result<Feed> {
    let is_other = "excluded.url is not null and excluded.url <> coalesce(feed.url, '')";
    let sql = format!(
        "insert into feed (id, accommodation_id, source, url, created_at) values ($1, $2, $3, $4, $5)
         on conflict (accommodation_id, source) do update set url = coalesce(excluded.url, feed.url),
           etag = case when {is_other} then null else feed.etag end,
           last_modified = case when {is_other} then null else feed.last_modified end,
           body_digest = case when {is_other} then null else feed.body_digest end,
           next_fetch_at = case when {is_other} then null else feed.next_fetch_at end
         returning {COLUMNS}"
    );
    let args =
        vec![id.into(), accommodation_id.into(), source.into(), url.map(str::to_owned).into(), now.into()];
    let rows = session.all(sql, args, read).await?;
    Ok(rows.into_iter().next().expect("an upsert returns its row"))
}

pub async fn find(session: &mut Session, id: &str) -> Result<Option<Feed>> {
    let sql = format!("select {COLUMNS} from feed where id = $1");
    session.first(sql, vec![id.into()], read).await
}

/// All of one accommodation, or all, by id.
pub async fn list(session: &mut Session, accommodation_id: Option<&AccommodationId>) -> Result<Vec<Feed>> {
    match accommodation_id {
        Some(accommodation_id) => {
            let sql = format!("select {COLUMNS} from feed where accommodation_id = $1 order by id");
            session.all(sql, vec![accommodation_id.into()], read).await
        }
        None => session.all(format!("select {COLUMNS} from feed order by id"), vec![], read).await,
    }
}

/// Ids and URLs of feeds whose time has come, of accommodations that are let at present.
pub async fn list_due(session: &mut Session, now: Timestamp) -> Result<Vec<(String, String)>> {
    let sql = "select f.id, f.url from feed f join accommodation a on a.id = f.accommodation_id
      where f.url is not null and a.active and (f.next_fetch_at is null or f.next_fetch_at <= $1) order by f.id";
    session.all(sql, vec![now.into()], |row| Ok((row.text("id")?, row.text("url")?))).await
}

/// How long ago a feed was read well.
#[derive(Clone, Debug, PartialEq)]
pub struct Age {
    pub id: String,
    pub source: String,
    /// The accommodation's.
    pub name: String,
    pub interval_seconds: Option<i64>,
    /// In a row, since the last good reading.
    pub failures: i64,
    /// None for one that was never read.
    pub last_good_at: Option<Timestamp>,
}

/// Each feed that is read, of accommodations that are let.
pub async fn list_ages(session: &mut Session) -> Result<Vec<Age>> {
    let sql = "select f.id, f.source, a.name, f.interval_seconds, f.failures, f.last_good_at
      from feed f join accommodation a on a.id = f.accommodation_id
      where f.url is not null and a.active order by f.id";
    session
        .all(sql, vec![], |row| {
            Ok(Age {
                id: row.text("id")?,
                source: row.text("source")?,
                name: row.text("name")?,
                interval_seconds: row.opt_int("interval_seconds")?,
                failures: row.int("failures")?,
                last_good_at: row.opt_instant("last_good_at")?,
            })
        })
        .await
}

/// What the host may change: the address, whose it is, how often it is read, what is left out. Another URL is read at once.
pub async fn update(session: &mut Session, feed: &Feed) -> Result<()> {
    let sql = "update feed set url = $2, provider = $3, interval_seconds = $4, etag = $5, last_modified = $6,
      body_digest = $7, next_fetch_at = $8, leave_out = $9 where id = $1";
    let args = vec![
        feed.id.as_str().into(),
        feed.url.clone().into(),
        feed.provider.clone().into(),
        feed.interval_seconds.into(),
        feed.etag.clone().into(),
        feed.last_modified.clone().into(),
        feed.body_digest.clone().into(),
        feed.next_fetch_at.into(),
        feed.leave_out.as_str().into(),
    ];
    session.execute(sql, args).await.map(drop)
}

/// Forgets a feed and frees its nights.
pub async fn delete(session: &mut Session, id: &str) -> Result<()> {
    for sql in [
        "delete from block where feed_id = $1",
        "delete from feed_body where feed_id = $1",
        "delete from feed where id = $1",
    ] {
        session.execute(sql, vec![id.into()]).await?;
    }
    Ok(())
}

/// The next reading of each calendar of an accommodation is a whole one, whatever its server says of changes.
pub async fn forget_versions(session: &mut Session, accommodation_id: &AccommodationId) -> Result<()> {
    let sql =
        "update feed set etag = null, last_modified = null, body_digest = null where accommodation_id = $1";
    session.execute(sql, vec![accommodation_id.into()]).await.map(drop)
}

/// A good reading: its nights were stored in this transaction.
pub async fn mark_good(
    session: &mut Session,
    id: &str,
    polled: &Polled,
    version: &Version,
    now: Timestamp,
) -> Result<()> {
    let sql = "update feed set state = $2, provider = $3, next_fetch_at = $4, fetch_ms = $5, etag = $6,
      last_modified = $7, body_digest = $8, last_attempt_at = $9, last_good_at = $9, last_error = null, failures = 0
      where id = $1";
    let mut args = common(id, polled);
    args.extend([
        version.etag.clone().into(),
        version.last_modified.clone().into(),
        version.body_digest.clone().into(),
        now.into(),
    ]);
    session.execute(sql, args).await.map(drop)
}

/// A failed reading keeps every night that it had. Returns how many have failed in a row.
pub async fn mark_failed(
    session: &mut Session,
    id: &str,
    polled: &Polled,
    error: &str,
    now: Timestamp,
) -> Result<i64> {
    let sql =
        "update feed set state = $2, provider = $3, next_fetch_at = $4, fetch_ms = $5, last_attempt_at = $6,
      last_error = $7, failures = failures + 1 where id = $1 returning failures";
    let mut args = common(id, polled);
    args.extend([now.into(), error.into()]);
    Ok(session.first(sql, args, |row| row.int("failures")).await?.unwrap_or(0))
}

/// A person released nights.
pub async fn save_state(session: &mut Session, id: &str, state: &Json) -> Result<()> {
    let sql = "update feed set state = $2 where id = $1";
    session.execute(sql, vec![id.into(), state.clone().into()]).await.map(drop)
}

fn common(id: &str, polled: &Polled) -> Vec<Value> {
    vec![
        id.into(),
        polled.state.clone().into(),
        polled.provider.clone().into(),
        polled.next_fetch_at.into(),
        polled.fetch_ms.into(),
    ]
}

fn read(row: &Row) -> Result<Feed> {
    Ok(Feed {
        id: row.text("id")?,
        accommodation_id: AccommodationId::new(row.text("accommodation_id")?),
        source: row.text("source")?,
        url: row.opt_text("url")?,
        provider: row.opt_text("provider")?,
        interval_seconds: row.opt_int("interval_seconds")?,
        leave_out: row.text("leave_out")?,
        etag: row.opt_text("etag")?,
        last_modified: row.opt_text("last_modified")?,
        body_digest: row.opt_text("body_digest")?,
        state: row.opt_json("state")?,
        last_attempt_at: row.opt_instant("last_attempt_at")?,
        last_good_at: row.opt_instant("last_good_at")?,
        next_fetch_at: row.opt_instant("next_fetch_at")?,
        last_error: row.opt_text("last_error")?,
        failures: row.int("failures")?,
        fetch_ms: row.opt_int("fetch_ms")?,
    })
}
