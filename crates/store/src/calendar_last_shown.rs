//! What each reader of our calendar was last shown, and when that changed.

use domain::ids::AccommodationId;
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::db::{Result, Row, Session};

#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub accommodation_id: AccommodationId,
    pub reader: String,
    /// Of the text that is shown now.
    pub digest: String,
    /// When that text became what it is.
    pub changed_at: Timestamp,
    /// What was in it when the reader last took it; None when it never did.
    pub events: Option<Json>,
    pub read_at: Option<Timestamp>,
}

pub async fn list(session: &mut Session, accommodation_id: &AccommodationId) -> Result<Vec<Shown>> {
    let sql = "select accommodation_id, reader, digest, changed_at, events, read_at from calendar_shown
      where accommodation_id = $1 order by reader";
    session.all(sql, vec![accommodation_id.into()], read).await
}

/// Of two that write the same digest the earlier instant counts. Events and reading stay when they are not given;
/// events that are given are those of the digest.
pub async fn put(session: &mut Session, shown: &Shown) -> Result<()> {
    let sql = "insert into calendar_shown (accommodation_id, reader, digest, changed_at, events, read_at, taken_digest)
      values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (accommodation_id, reader) do update set
        changed_at = case when calendar_shown.digest = excluded.digest then calendar_shown.changed_at
          else excluded.changed_at end,
        digest = excluded.digest,
        events = coalesce(excluded.events, calendar_shown.events),
        read_at = coalesce(excluded.read_at, calendar_shown.read_at),
        taken_digest = coalesce(excluded.taken_digest, calendar_shown.taken_digest)";
    let taken_digest = shown.events.as_ref().map(|_| shown.digest.clone());
    let args = vec![
        (&shown.accommodation_id).into(),
        shown.reader.as_str().into(),
        shown.digest.as_str().into(),
        shown.changed_at.into(),
        crate::db::Value::Json(shown.events.clone()),
        shown.read_at.into(),
        taken_digest.into(),
    ];
    session.execute(sql, args).await.map(drop)
}

/// A reader who is shown nothing any more.
pub async fn delete(session: &mut Session, accommodation_id: &AccommodationId, reader: &str) -> Result<()> {
    let sql = "delete from calendar_shown where accommodation_id = $1 and reader = $2";
    session.execute(sql, vec![accommodation_id.into(), reader.into()]).await.map(drop)
}

fn read(row: &Row) -> Result<Shown> {
    Ok(Shown {
        accommodation_id: AccommodationId::new(row.text("accommodation_id")?),
        reader: row.text("reader")?,
        digest: row.text("digest")?,
        changed_at: row.instant("changed_at")?,
        events: row.opt_json("events")?,
        read_at: row.opt_instant("read_at")?,
    })
}
