//! What is wrong for a while: a row from its beginning to its end, so that each is told once, whatever restarts.

use jiff::Timestamp;

use crate::db::{Result, Row, Session};

#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    pub id: String,
    /// `calendar_failing`, `calendar_clash`, …
    pub kind: String,
    /// What it is about: `feed:…`, `conflict:…`.
    pub subject: String,
    /// What is known of it, in no language: the app's facts as JSON. It names nobody.
    pub detail: String,
    pub opened_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, kind, subject, detail, opened_at, closed_at";

/// True when it is news: no incident of this kind and subject was open.
pub async fn open(session: &mut Session, incident: &Incident) -> Result<bool> {
    let sql = "insert into incident (id, kind, subject, detail, opened_at) values ($1, $2, $3, $4, $5)
      on conflict (kind, subject) where closed_at is null do nothing";
    let args = vec![
        incident.id.as_str().into(),
        incident.kind.as_str().into(),
        incident.subject.as_str().into(),
        incident.detail.as_str().into(),
        incident.opened_at.into(),
    ];
    Ok(session.execute(sql, args).await? == 1)
}

/// Returns the incident that this ended, if one was open.
pub async fn close(
    session: &mut Session,
    kind: &str,
    subject: &str,
    now: Timestamp,
) -> Result<Option<Incident>> {
    let sql = format!(
        "update incident set closed_at = $3 where kind = $1 and subject = $2 and closed_at is null returning {COLUMNS}"
    );
    session.first(sql, vec![kind.into(), subject.into(), now.into()], read).await
}

pub async fn find(session: &mut Session, id: &str) -> Result<Option<Incident>> {
    let sql = format!("select {COLUMNS} from incident where id = $1");
    session.first(sql, vec![id.into()], read).await
}

/// Oldest first.
pub async fn list_open(session: &mut Session) -> Result<Vec<Incident>> {
    let sql = format!("select {COLUMNS} from incident where closed_at is null order by opened_at, id");
    session.all(sql, vec![], read).await
}

/// Forgets what ended before; returns how many.
pub async fn delete_closed(session: &mut Session, before: Timestamp) -> Result<u64> {
    session.execute("delete from incident where closed_at < $1", vec![before.into()]).await
}

fn read(row: &Row) -> Result<Incident> {
    Ok(Incident {
        id: row.text("id")?,
        kind: row.text("kind")?,
        subject: row.text("subject")?,
        detail: row.text("detail")?,
        opened_at: row.instant("opened_at")?,
        closed_at: row.opt_instant("closed_at")?,
    })
}
