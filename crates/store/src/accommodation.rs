//! What is let.

use domain::{
    accommodation::{Accommodation, Kind, StayRules, Zone},
    ids::AccommodationId,
};
use jiff::{SignedDuration, Timestamp};

use crate::db::{DbError, Engine, Result, Row, Session, Value, padded, placeholders};

const COLUMNS: &str =
    "id, name, kind, description, photos, capacity, pricing, min_nights, max_nights, horizon_days,
  timezone, check_in_time, check_out_time, active";

pub async fn create(session: &mut Session, accommodation: &Accommodation, now: Timestamp) -> Result<()> {
    let sql = "insert into accommodation (id, name, kind, description, photos, capacity, pricing, min_nights,
        max_nights, horizon_days, timezone, check_in_time, check_out_time, active, created_at, updated_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)";
    let changed_at = next_change(session, now).await?;
    session.execute(sql, values(accommodation, changed_at)).await?;
    Ok(())
}

pub async fn update(session: &mut Session, accommodation: &Accommodation, now: Timestamp) -> Result<()> {
    let sql = "update accommodation set name = $2, kind = $3, description = $4, photos = $5, capacity = $6,
        pricing = $7, min_nights = $8, max_nights = $9, horizon_days = $10, timezone = $11, check_in_time = $12,
        check_out_time = $13, active = $14, updated_at = $15
      where id = $1";
    let changed_at = next_change(session, now).await?;
    session.execute(sql, values(accommodation, changed_at)).await?;
    Ok(())
}

/// An instant after every earlier change, whatever the clock of this process says: caches go by the latest one.
/// Those who change accommodations take turns, so that the instants are committed in their order.
async fn next_change(session: &mut Session, now: Timestamp) -> Result<Timestamp> {
    if session.engine() == Engine::Postgres {
        // An arbitrary number that only this function uses.
        session.rows("select pg_advisory_xact_lock(727275)", vec![]).await?;
    }
    let last = last_change(session).await?;
    Ok(last.map_or(now, |last| now.max(last + SignedDuration::from_micros(1))))
}

fn values(accommodation: &Accommodation, changed_at: Timestamp) -> Vec<Value> {
    vec![
        (&accommodation.id).into(),
        accommodation.name.as_str().into(),
        accommodation.kind.as_str().into(),
        accommodation.description.as_str().into(),
        Value::json(&accommodation.photos),
        accommodation.capacity.into(),
        Value::json(&accommodation.pricing),
        accommodation.rules.min_nights.into(),
        accommodation.rules.max_nights.into(),
        accommodation.rules.horizon_days.into(),
        accommodation.zone.name().into(),
        accommodation.check_in_time.to_string().into(),
        accommodation.check_out_time.to_string().into(),
        accommodation.active.into(),
        changed_at.into(),
    ]
}

pub async fn find(session: &mut Session, id: &AccommodationId) -> Result<Option<Accommodation>> {
    let sql = format!("select {COLUMNS} from accommodation where id = $1");
    session.first(sql, vec![id.into()], read).await
}

pub async fn list(session: &mut Session) -> Result<Vec<Accommodation>> {
    let sql = format!("select {COLUMNS} from accommodation order by name, id");
    session.all(sql, vec![], read).await
}

/// Changes whenever any accommodation does: the key of a cache of all of them.
pub async fn last_change(session: &mut Session) -> Result<Option<Timestamp>> {
    let sql = "select max(updated_at) as at from accommodation";
    Ok(session.first(sql, vec![], |row| row.opt_instant("at")).await?.flatten())
}

/// Whoever sells or blocks nights holds these rows until he commits, so that a check and the write after it are one.
/// SQLite's single writer is such a lock already.
const LOCK_POSTGRES: &str = "for no key update";

/// Reads and locks, always in the order of ids, so that two writers never wait for each other in a circle.
pub async fn lock(session: &mut Session, ids: &[AccommodationId]) -> Result<Vec<Accommodation>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let lock = match session.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => LOCK_POSTGRES,
    };
    let ids = padded(ids);
    let among = placeholders(1, ids.len());
    let sql = format!("select {COLUMNS} from accommodation where id in ({among}) order by id {lock}");
    session.all(sql, ids.iter().map(Value::from).collect(), read).await
}

fn read(row: &Row) -> Result<Accommodation> {
    let time = |column| row.text(column)?.parse().map_err(|_| DbError::Corrupt("a time of day"));
    Ok(Accommodation {
        id: AccommodationId::new(row.text("id")?),
        name: row.text("name")?,
        kind: row.named("kind", Kind::parse)?,
        description: row.text("description")?,
        photos: row.json("photos")?,
        capacity: row.count("capacity")?,
        pricing: row.json("pricing")?,
        rules: StayRules {
            min_nights: row.count("min_nights")?,
            max_nights: row.count("max_nights")?,
            horizon_days: row.count("horizon_days")?,
        },
        zone: row.named("timezone", |name| Zone::parse(name).ok())?,
        check_in_time: time("check_in_time")?,
        check_out_time: time("check_out_time")?,
        active: row.bool("active")?,
    })
}
