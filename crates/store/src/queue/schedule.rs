//! When a recurring job is next due. Any number of processes may ask; one is told to go.

use jiff::{SignedDuration, Timestamp};

use crate::db::{Result, Session};

/// Whether `name` is due at `now`; if so it is next due after `every`.
///
/// A turn that lies further ahead than `every` was written when the clock was wrong, or when the interval was longer: it is
/// due now, or nothing would run until then.
pub async fn take_turn(
    session: &mut Session,
    name: &str,
    every: SignedDuration,
    now: Timestamp,
) -> Result<bool> {
    let sql =
        "update schedule set next_run_at = $2 where name = $1 and (next_run_at <= $3 or next_run_at > $2)";
    let moved = session.execute(sql, vec![name.into(), (now + every).into(), now.into()]).await?;
    if moved == 1 {
        return Ok(true);
    }
    let sql = "insert into schedule (name, next_run_at) values ($1, $2) on conflict do nothing";
    let begun = session.execute(sql, vec![name.into(), (now + every).into()]).await?;
    Ok(begun == 1)
}

/// When the first of all schedules is due.
pub async fn next_due(session: &mut Session) -> Result<Option<Timestamp>> {
    let sql = "select min(next_run_at) as at from schedule";
    Ok(session.first(sql, vec![], |row| row.opt_instant("at")).await?.flatten())
}
