//! Addresses of calendars that open nothing and were tried out, counted by the day.

use jiff::civil::Date;

use crate::db::{Result, Session};

/// Counts one more and returns how many that makes on this day.
pub async fn count(session: &mut Session, day: Date) -> Result<i64> {
    let sql = "insert into calendar_refusal (day, refused) values ($1, 1)
      on conflict (day) do update set refused = calendar_refusal.refused + 1 returning refused";
    Ok(session.first(sql, vec![day.into()], |row| row.int("refused")).await?.unwrap_or(0))
}

pub async fn of_day(session: &mut Session, day: Date) -> Result<i64> {
    let sql = "select refused from calendar_refusal where day = $1";
    Ok(session.first(sql, vec![day.into()], |row| row.int("refused")).await?.unwrap_or(0))
}

pub async fn delete_before(session: &mut Session, day: Date) -> Result<u64> {
    session.execute("delete from calendar_refusal where day < $1", vec![day.into()]).await
}
