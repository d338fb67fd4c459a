//! Nights taken by imported calendars, or by the host.

use domain::{
    block::{Block, BlockKind},
    ids::AccommodationId,
    period::Period,
};
use jiff::Timestamp;

use crate::db::{DbError, Result, Row, Session, padded, placeholders};

const COLUMNS: &str = "feed_id, uid, accommodation_id, check_in, check_out, summary, kind";

/// A block as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub block: Block,
    /// Since when its feed has not had these nights: they are held back. None while the feed has them.
    pub missing_since: Option<Timestamp>,
}

/// Inserts a block or moves the one with the same feed and UID.
pub async fn put(session: &mut Session, stored: &Stored, now: Timestamp) -> Result<()> {
    let same = "block.check_in = excluded.check_in and block.check_out = excluded.check_out";
    let sql = format!(
        "insert into block (feed_id, uid, accommodation_id, check_in, check_out, summary, kind, missing_since,
           created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
         on conflict (feed_id, uid) do update set check_in = excluded.check_in, check_out = excluded.check_out,
           summary = excluded.summary, kind = excluded.kind, missing_since = excluded.missing_since,
           sequence = case when {same} then block.sequence else block.sequence + 1 end,
           updated_at = case when {same} then block.updated_at else excluded.updated_at end"
    );
    let block = &stored.block;
    let args = vec![
        block.feed.as_str().into(),
        block.uid.as_str().into(),
        (&block.accommodation_id).into(),
        block.period.check_in().into(),
        block.period.check_out().into(),
        block.summary.as_str().into(),
        block.kind.as_str().into(),
        stored.missing_since.into(),
        now.into(),
    ];
    session.execute(sql, args).await.map(drop)
}

pub async fn delete(session: &mut Session, feed_id: &str, uid: &str) -> Result<()> {
    session
        .execute("delete from block where feed_id = $1 and uid = $2", vec![feed_id.into(), uid.into()])
        .await?;
    Ok(())
}

pub async fn list_of_feed(session: &mut Session, feed_id: &str) -> Result<Vec<Stored>> {
    let sql = format!("select {COLUMNS}, missing_since from block where feed_id = $1 order by check_in, uid");
    session.all(sql, vec![feed_id.into()], read_stored).await
}

/// Blocks of one accommodation within `window`, by check-in.
pub async fn list(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    window: &Period,
) -> Result<Vec<Block>> {
    Ok(list_stored(session, accommodation_id, window).await?.into_iter().map(|stored| stored.block).collect())
}

/// The same with what is held back.
pub async fn list_stored(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    window: &Period,
) -> Result<Vec<Stored>> {
    let sql = format!(
        "select {COLUMNS}, missing_since from block
         where accommodation_id = $1 and check_out > $2 and check_in < $3 order by check_in, uid"
    );
    let args = vec![accommodation_id.into(), window.check_in().into(), window.check_out().into()];
    session.all(sql, args, read_stored).await
}

/// A block with whose it is and since when.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub stored: Stored,
    /// Of its feed.
    pub source: String,
    /// When it first stood there.
    pub since: Timestamp,
}

/// The same with whose they are and since when.
pub async fn list_with_source(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    window: &Period,
) -> Result<Vec<Listed>> {
    let sql = format!(
        "select {}, b.missing_since, b.created_at, f.source from block b join feed f on f.id = b.feed_id
         where b.accommodation_id = $1 and b.check_out > $2 and b.check_in < $3 order by b.check_in, b.feed_id, b.uid",
        of_block()
    );
    let args = vec![accommodation_id.into(), window.check_in().into(), window.check_out().into()];
    session.all(sql, args, read_listed).await
}

/// Everything under one source.
pub async fn list_of_source(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    source: &str,
) -> Result<Vec<Listed>> {
    let sql = format!(
        "select {}, b.missing_since, b.created_at, f.source from block b join feed f on f.id = b.feed_id
         where b.accommodation_id = $1 and f.source = $2 order by b.check_in, b.uid",
        of_block()
    );
    session.all(sql, vec![accommodation_id.into(), source.into()], read_listed).await
}

/// The columns, each of `b`.
fn of_block() -> String {
    COLUMNS.split(", ").map(|column| format!("b.{column}")).collect::<Vec<_>>().join(", ")
}

/// Every range that is held back, by accommodation and day.
pub async fn list_held_back(session: &mut Session) -> Result<Vec<Period>> {
    let sql = "select check_in, check_out from block where missing_since is not null
      order by accommodation_id, check_in, uid";
    session
        .all(sql, vec![], |row| {
            let period = Period::new(row.date("check_in")?, row.date("check_out")?);
            period.map_err(|_| DbError::Corrupt("a range of nights"))
        })
        .await
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
    let columns = of_block();
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

fn read_listed(row: &Row) -> Result<Listed> {
    Ok(Listed { stored: read_stored(row)?, source: row.text("source")?, since: row.instant("created_at")? })
}

fn read_stored(row: &Row) -> Result<Stored> {
    Ok(Stored { block: read(row)?, missing_since: row.opt_instant("missing_since")? })
}
