//! Tasks for staff: what waits for a person.

use jiff::Timestamp;

use crate::db::{Result, Session};

#[derive(Clone, Debug)]
pub struct Attention {
    pub id: String,
    /// What it is about: `stay:…`, `payment:…`, `conversation:…`, `channel:…`.
    pub subject: String,
    pub reason: String,
    pub detail: String,
    pub created_at: Timestamp,
}

/// True when this is news.
pub async fn raise(session: &mut Session, item: &Attention) -> Result<bool> {
    let sql = "insert into attention (id, subject, reason, detail, created_at) values ($1, $2, $3, $4, $5)
      on conflict (subject, reason) do update set detail = excluded.detail, resolved_at = null,
        created_at = excluded.created_at
      where attention.resolved_at is not null";
    let args = vec![
        item.id.as_str().into(),
        item.subject.as_str().into(),
        item.reason.as_str().into(),
        item.detail.as_str().into(),
        item.created_at.into(),
    ];
    Ok(session.execute(sql, args).await? == 1)
}

pub async fn list_open(session: &mut Session) -> Result<Vec<Attention>> {
    let sql = "select id, subject, reason, detail, created_at from attention where resolved_at is null
      order by created_at, id";
    session
        .all(sql, vec![], |row| {
            Ok(Attention {
                id: row.text("id")?,
                subject: row.text("subject")?,
                reason: row.text("reason")?,
                detail: row.text("detail")?,
                created_at: row.instant("created_at")?,
            })
        })
        .await
}

/// Its cause is gone by itself.
pub async fn resolve_about(
    session: &mut Session,
    subject: &str,
    reason: &str,
    now: Timestamp,
) -> Result<bool> {
    let sql =
        "update attention set resolved_at = $3 where subject = $1 and reason = $2 and resolved_at is null";
    Ok(session.execute(sql, vec![subject.into(), reason.into(), now.into()]).await? == 1)
}

pub async fn resolve(session: &mut Session, id: &str, now: Timestamp) -> Result<bool> {
    let sql = "update attention set resolved_at = $2 where id = $1 and resolved_at is null";
    Ok(session.execute(sql, vec![id.into(), now.into()]).await? == 1)
}
