//! Accounts of channels on which nothing is sent, and since when.

use jiff::Timestamp;

use crate::db::{Result, Session};

/// Stops sending on a channel's account, or notes that it still does not work.
pub async fn stop(
    session: &mut Session,
    channel: &str,
    account: &str,
    reason: &str,
    now: Timestamp,
) -> Result<()> {
    let sql = "insert into channel_stop (channel, account, reason, stopped_at) values ($1, $2, $3, $4)
      on conflict (channel, account) do update set reason = excluded.reason, stopped_at = excluded.stopped_at";
    session.execute(sql, vec![channel.into(), account.into(), reason.into(), now.into()]).await?;
    Ok(())
}

/// Since when nothing is sent there; None for a channel that works.
pub async fn find(session: &mut Session, channel: &str, account: &str) -> Result<Option<Timestamp>> {
    let sql = "select stopped_at from channel_stop where channel = $1 and account = $2";
    session.first(sql, vec![channel.into(), account.into()], |row| row.instant("stopped_at")).await
}

/// Messages are sent there again.
pub async fn resume(session: &mut Session, channel: &str, account: &str) -> Result<()> {
    let sql = "delete from channel_stop where channel = $1 and account = $2";
    session.execute(sql, vec![channel.into(), account.into()]).await?;
    Ok(())
}
