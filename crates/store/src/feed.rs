//! Calendars that we read: one per accommodation and source.

use domain::ids::AccommodationId;
use jiff::Timestamp;

use crate::db::{Result, Row, Session};

#[derive(Clone, Debug, PartialEq)]
pub struct Feed {
    pub id: String,
    pub accommodation_id: AccommodationId,
    /// `airbnb`, `booking`, `vrbo`, `google`, or a name of the host's own.
    pub source: String,
    /// None when its text is posted to us.
    pub url: Option<String>,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub last_good_at: Option<Timestamp>,
    pub last_error: Option<String>,
}

const COLUMNS: &str = "id, accommodation_id, source, url, etag, last_modified, last_good_at, last_error";

/// The feed of this accommodation and source, made with `id` if there is none; a URL that is given is kept.
pub async fn ensure(
    session: &mut Session,
    id: &str,
    accommodation_id: &AccommodationId,
    source: &str,
    url: Option<&str>,
    now: Timestamp,
) -> Result<Feed> {
    let sql = format!(
        "insert into feed (id, accommodation_id, source, url, created_at) values ($1, $2, $3, $4, $5)
         on conflict (accommodation_id, source) do update set url = coalesce(excluded.url, feed.url)
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

/// Feeds with a URL whose accommodation is let at present.
pub async fn list_to_fetch(session: &mut Session) -> Result<Vec<Feed>> {
    let columns = COLUMNS.split(", ").map(|column| format!("f.{column}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "select {columns} from feed f join accommodation a on a.id = f.accommodation_id
         where f.url is not null and a.active order by f.id"
    );
    session.all(sql, vec![], read).await
}

/// The last good reading of each feed that has a URL; None for one that was never read.
pub async fn list_last_good(session: &mut Session) -> Result<Vec<(String, Option<Timestamp>)>> {
    let sql = "select source, last_good_at from feed where url is not null order by id";
    session.all(sql, vec![], |row| Ok((row.text("source")?, row.opt_instant("last_good_at")?))).await
}

/// A good reading: its nights were stored in this transaction.
pub async fn mark_good(
    session: &mut Session,
    id: &str,
    etag: Option<String>,
    last_modified: Option<String>,
    now: Timestamp,
) -> Result<()> {
    let sql = "update feed set etag = $2, last_modified = $3, last_attempt_at = $4, last_good_at = $4,
      last_error = null where id = $1";
    session.execute(sql, vec![id.into(), etag.into(), last_modified.into(), now.into()]).await?;
    Ok(())
}

/// The provider answered that nothing changed.
pub async fn mark_unchanged(session: &mut Session, id: &str, now: Timestamp) -> Result<()> {
    let sql = "update feed set last_attempt_at = $2, last_good_at = $2, last_error = null where id = $1";
    session.execute(sql, vec![id.into(), now.into()]).await?;
    Ok(())
}

/// A failed reading keeps every night that it had.
pub async fn mark_failed(session: &mut Session, id: &str, error: &str, now: Timestamp) -> Result<()> {
    let sql = "update feed set last_attempt_at = $2, last_error = $3 where id = $1";
    session.execute(sql, vec![id.into(), now.into(), error.into()]).await?;
    Ok(())
}

fn read(row: &Row) -> Result<Feed> {
    Ok(Feed {
        id: row.text("id")?,
        accommodation_id: AccommodationId::new(row.text("accommodation_id")?),
        source: row.text("source")?,
        url: row.opt_text("url")?,
        etag: row.opt_text("etag")?,
        last_modified: row.opt_text("last_modified")?,
        last_good_at: row.opt_instant("last_good_at")?,
        last_error: row.opt_text("last_error")?,
    })
}
