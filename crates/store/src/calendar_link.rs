//! Addresses under which others read our calendar: a token per accommodation and reader.

use domain::ids::AccommodationId;
use jiff::Timestamp;

use crate::db::{Result, Row, Session};

#[derive(Clone, Debug, PartialEq)]
pub struct CalendarLink {
    pub token: String,
    pub accommodation_id: AccommodationId,
    /// Who reads it: what came from there is left out.
    pub reader: String,
}

/// The link of this reader, made with `token` if there is none.
pub async fn ensure(session: &mut Session, link: &CalendarLink, now: Timestamp) -> Result<CalendarLink> {
    if let Some(found) = find_of_reader(session, link).await? {
        return Ok(found);
    }
    let sql =
        "insert into calendar_link (token, accommodation_id, reader, created_at) values ($1, $2, $3, $4)
      on conflict (accommodation_id, reader) where revoked_at is null do nothing";
    let args = vec![
        link.token.as_str().into(),
        (&link.accommodation_id).into(),
        link.reader.as_str().into(),
        now.into(),
    ];
    session.execute(sql, args).await?;
    let kept = find_of_reader(session, link).await?;
    Ok(kept.expect("the row was inserted or was there"))
}

async fn find_of_reader(session: &mut Session, link: &CalendarLink) -> Result<Option<CalendarLink>> {
    let sql = "select token, accommodation_id, reader from calendar_link
      where accommodation_id = $1 and reader = $2 and revoked_at is null";
    session.first(sql, vec![(&link.accommodation_id).into(), link.reader.as_str().into()], read).await
}

/// A link as its owner sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub link: CalendarLink,
    pub created_at: Timestamp,
    /// Set on one that was rotated: it opens until then.
    pub revoked_at: Option<Timestamp>,
}

/// Links that open, of one accommodation, by reader; the one to hand out first.
pub async fn list(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    now: Timestamp,
) -> Result<Vec<Listed>> {
    let sql = "select token, accommodation_id, reader, created_at, revoked_at from calendar_link
      where accommodation_id = $1 and (revoked_at is null or revoked_at > $2)
      order by reader, case when revoked_at is null then 0 else 1 end, created_at desc";
    session.all(sql, vec![accommodation_id.into(), now.into()], read_listed).await
}

/// Links to hand out that were made before, of all accommodations that are let.
pub async fn list_older(session: &mut Session, before: Timestamp) -> Result<Vec<Listed>> {
    let sql = "select l.token, l.accommodation_id, l.reader, l.created_at, l.revoked_at from calendar_link l
      join accommodation a on a.id = l.accommodation_id
      where l.revoked_at is null and l.created_at < $1 and a.active order by l.accommodation_id, l.reader";
    session.all(sql, vec![before.into()], read_listed).await
}

/// The links of this reader open until `until`, and no longer. Returns how many had no end before.
pub async fn revoke(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    reader: &str,
    until: Timestamp,
) -> Result<u64> {
    let args = || vec![accommodation_id.into(), reader.into(), until.into()];
    let sooner = "update calendar_link set revoked_at = $3
      where accommodation_id = $1 and reader = $2 and revoked_at > $3";
    session.execute(sooner, args()).await?;
    let sql = "update calendar_link set revoked_at = $3
      where accommodation_id = $1 and reader = $2 and revoked_at is null";
    session.execute(sql, args()).await
}

fn read(row: &Row) -> Result<CalendarLink> {
    Ok(CalendarLink {
        token: row.text("token")?,
        accommodation_id: AccommodationId::new(row.text("accommodation_id")?),
        reader: row.text("reader")?,
    })
}

fn read_listed(row: &Row) -> Result<Listed> {
    Ok(Listed {
        link: read(row)?,
        created_at: row.instant("created_at")?,
        revoked_at: row.opt_instant("revoked_at")?,
    })
}
