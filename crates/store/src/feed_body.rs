//! What feeds answered, each body that differs from the one before.

use jiff::Timestamp;

use crate::db::{Result, Session, Value};

/// `body` is as it came, or packed by the caller.
pub async fn add(session: &mut Session, feed_id: &str, fetched_at: Timestamp, body: Vec<u8>) -> Result<()> {
    let sql = "insert into feed_body (feed_id, fetched_at, body) values ($1, $2, $3) on conflict do nothing";
    let args = vec![feed_id.into(), fetched_at.into(), Value::Blob(Some(body))];
    session.execute(sql, args).await.map(drop)
}

/// Oldest first.
pub async fn list(session: &mut Session, feed_id: &str) -> Result<Vec<(Timestamp, Vec<u8>)>> {
    let sql = "select fetched_at, body from feed_body where feed_id = $1 order by fetched_at";
    session.all(sql, vec![feed_id.into()], |row| Ok((row.instant("fetched_at")?, row.blob("body")?))).await
}

/// All but the last of each feed, which may stand for what the calendar still is. Returns how many.
pub async fn delete_before(session: &mut Session, before: Timestamp) -> Result<u64> {
    let sql = "delete from feed_body where fetched_at < $1 and exists (select 1 from feed_body newer
      where newer.feed_id = feed_body.feed_id and newer.fetched_at > feed_body.fetched_at)";
    session.execute(sql, vec![before.into()]).await
}
