//! Nights taken by imported calendars, and where they clash with stays.

use domain::{
    block::{Block, BlockKind},
    ids::{AccommodationId, StayId},
    period::Period,
};
use jiff::Timestamp;

use crate::db::{DbError, Result, Row, Session, padded, placeholders};

const COLUMNS: &str = "feed_id, uid, accommodation_id, check_in, check_out, summary, kind";

/// A block that lies over a live stay. It is shown until a person resolves it.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    pub feed_id: String,
    pub uid: String,
    pub stay_id: StayId,
    pub found_at: Timestamp,
}

/// Inserts a block or moves the one with the same feed and UID.
pub async fn put(session: &mut Session, block: &Block, now: Timestamp) -> Result<()> {
    let sql = "insert into block (feed_id, uid, accommodation_id, check_in, check_out, summary, kind, created_at, updated_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
      on conflict (feed_id, uid) do update set check_in = excluded.check_in, check_out = excluded.check_out,
        summary = excluded.summary, kind = excluded.kind, missing_since = null,
        updated_at = case when block.check_in = excluded.check_in and block.check_out = excluded.check_out
          then block.updated_at else excluded.updated_at end";
    let args = vec![
        block.feed.as_str().into(),
        block.uid.as_str().into(),
        (&block.accommodation_id).into(),
        block.period.check_in().into(),
        block.period.check_out().into(),
        block.summary.as_str().into(),
        block.kind.as_str().into(),
        now.into(),
    ];
    session.execute(sql, args).await?;
    Ok(())
}

/// Notes since when each of these UIDs has been missing from good readings, and returns that instant.
pub async fn mark_missing(
    session: &mut Session,
    feed_id: &str,
    uid: &str,
    now: Timestamp,
) -> Result<Timestamp> {
    let sql = "update block set missing_since = coalesce(missing_since, $3) where feed_id = $1 and uid = $2
      returning missing_since";
    let since = session
        .first(sql, vec![feed_id.into(), uid.into(), now.into()], |row| row.opt_instant("missing_since"))
        .await?;
    Ok(since.flatten().unwrap_or(now))
}

pub async fn delete(session: &mut Session, feed_id: &str, uid: &str) -> Result<()> {
    session
        .execute("delete from block where feed_id = $1 and uid = $2", vec![feed_id.into(), uid.into()])
        .await?;
    Ok(())
}

pub async fn list_of_feed(session: &mut Session, feed_id: &str) -> Result<Vec<Block>> {
    let sql = format!("select {COLUMNS} from block where feed_id = $1 order by check_in, uid");
    session.all(sql, vec![feed_id.into()], read).await
}

/// Blocks of one accommodation within `window`, by check-in.
pub async fn list(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    window: &Period,
) -> Result<Vec<Block>> {
    let sql = format!(
        "select {COLUMNS} from block where accommodation_id = $1 and check_out > $2 and check_in < $3
         order by check_in, uid"
    );
    let args = vec![accommodation_id.into(), window.check_in().into(), window.check_out().into()];
    session.all(sql, args, read).await
}

/// A block with the instants that an export shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Exported {
    pub block: Block,
    pub created_at: Timestamp,
    /// When its nights last changed.
    pub updated_at: Timestamp,
}

/// Blocks of one accommodation within `window`, but for those that came from `reader` itself: they would echo.
pub async fn list_for_reader(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    window: &Period,
    reader: &str,
) -> Result<Vec<Exported>> {
    let columns = COLUMNS.split(", ").map(|column| format!("b.{column}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "select {columns}, b.created_at, b.updated_at from block b join feed f on f.id = b.feed_id
         where b.accommodation_id = $1 and b.check_out > $2 and b.check_in < $3 and f.source <> $4
         order by b.check_in, b.uid"
    );
    let args =
        vec![accommodation_id.into(), window.check_in().into(), window.check_out().into(), reader.into()];
    session
        .all(sql, args, |row| {
            Ok(Exported {
                block: read(row)?,
                created_at: row.instant("created_at")?,
                updated_at: row.instant("updated_at")?,
            })
        })
        .await
}

/// The UIDs that were missing from the last good reading.
pub async fn list_missing(session: &mut Session, feed_id: &str) -> Result<Vec<String>> {
    let sql = "select uid from block where feed_id = $1 and missing_since is not null order by uid";
    session.all(sql, vec![feed_id.into()], |row| row.text("uid")).await
}

/// Blocks over any of the wanted nights.
pub async fn list_in_the_way(
    session: &mut Session,
    wanted: &[(AccommodationId, Period)],
) -> Result<Vec<Block>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = padded(wanted);
    let columns = COLUMNS.split(", ").map(|column| format!("b.{column}")).collect::<Vec<_>>().join(", ");
    let rows: Vec<String> =
        (0..wanted.len()).map(|row| format!("({})", placeholders(row * 3 + 1, 3))).collect();
    let sql = format!(
        "with wanted (accommodation_id, check_in, check_out) as (values {})
         select distinct {columns} from wanted w join block b on b.accommodation_id = w.accommodation_id
         where b.check_out > w.check_in and b.check_in < w.check_out",
        rows.join(", ")
    );
    let args = wanted
        .iter()
        .flat_map(|(id, period)| [id.into(), period.check_in().into(), period.check_out().into()]);
    session.all(sql, args.collect(), read).await
}

/// Records clashes of this feed's blocks with live stays; returns those that were not known.
pub async fn record_clashes(session: &mut Session, feed_id: &str, now: Timestamp) -> Result<Vec<Clash>> {
    let sql = "insert into clash (feed_id, uid, stay_id, found_at)
      select b.feed_id, b.uid, s.id, $2 from block b join stay s on s.accommodation_id = b.accommodation_id
      where b.feed_id = $1 and s.status in ('held', 'confirmed') and (s.status = 'confirmed' or s.expires_at > $2)
        and s.check_out > b.check_in and s.check_in < b.check_out
      on conflict (feed_id, uid, stay_id) do nothing
      returning feed_id, uid, stay_id, found_at";
    session.all(sql, vec![feed_id.into(), now.into()], read_clash).await
}

pub async fn list_open_clashes(session: &mut Session) -> Result<Vec<Clash>> {
    let sql = "select feed_id, uid, stay_id, found_at from clash where resolved_at is null order by found_at, stay_id";
    session.all(sql, vec![], read_clash).await
}

fn read(row: &Row) -> Result<Block> {
    let period = Period::new(row.date("check_in")?, row.date("check_out")?);
    Ok(Block {
        feed: row.text("feed_id")?,
        uid: row.text("uid")?,
        accommodation_id: AccommodationId::new(row.text("accommodation_id")?),
        period: period.map_err(|_| DbError::Corrupt("a range of nights"))?,
        summary: row.text("summary")?,
        kind: row.named("kind", BlockKind::parse)?,
    })
}

fn read_clash(row: &Row) -> Result<Clash> {
    Ok(Clash {
        feed_id: row.text("feed_id")?,
        uid: row.text("uid")?,
        stay_id: StayId::new(row.text("stay_id")?),
        found_at: row.instant("found_at")?,
    })
}
