//! Answers kept for requests that come twice, stored in the transaction of the effect they tell of.

use jiff::Timestamp;

use crate::db::{DbError, Engine, Result, Row, Session, Value};

/// A request that named itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Who asks and for what: the client and the route.
    pub scope: String,
    pub key: String,
    /// A hash of the body.
    pub fingerprint: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub fingerprint: String,
    pub status: u16,
    pub body: Vec<u8>,
}

/// False when another process is working on the same key right now. The claim ends with the transaction.
pub async fn claim(session: &mut Session, key: &Key) -> Result<bool> {
    if session.engine() == Engine::Sqlite {
        return Ok(true);
    }
    let sql = "select pg_try_advisory_xact_lock(hashtextextended($1, 11)) as mine";
    let name = format!("{}\n{}", key.scope, key.key);
    Ok(session.first(sql, vec![name.into()], |row| row.bool("mine")).await?.unwrap_or(false))
}

pub async fn find(session: &mut Session, key: &Key, now: Timestamp) -> Result<Option<Kept>> {
    let sql =
        "select fingerprint, status, body from idempotency where scope = $1 and key = $2 and expires_at > $3";
    session.first(sql, vec![key.scope.as_str().into(), key.key.as_str().into(), now.into()], read).await
}

/// Keeps an answer until `expires_at`; an expired one is overwritten.
///
/// # Errors
/// [`DbError::Unique`] when the key holds an answer that has not expired.
pub async fn keep(
    session: &mut Session,
    key: &Key,
    status: u16,
    body: &[u8],
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    let sql = "insert into idempotency (scope, key, fingerprint, status, body, created_at, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (scope, key) do update set fingerprint = excluded.fingerprint, status = excluded.status,
        body = excluded.body, created_at = excluded.created_at, expires_at = excluded.expires_at
      where idempotency.expires_at <= excluded.created_at";
    let args = vec![
        key.scope.as_str().into(),
        key.key.as_str().into(),
        key.fingerprint.as_str().into(),
        status.into(),
        Value::Blob(Some(body.to_vec())),
        now.into(),
        expires_at.into(),
    ];
    if session.execute(sql, args).await? == 0 {
        // Somebody kept an answer under this key since the caller looked: the caller's effect must not stand.
        return Err(DbError::Unique("idempotency".to_owned()));
    }
    Ok(())
}

pub async fn delete_expired(session: &mut Session, now: Timestamp) -> Result<u64> {
    session.execute("delete from idempotency where expires_at <= $1", vec![now.into()]).await
}

fn read(row: &Row) -> Result<Kept> {
    Ok(Kept { fingerprint: row.text("fingerprint")?, status: row.count("status")?, body: row.blob("body")? })
}
