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

pub async fn find(session: &mut Session, token: &str) -> Result<Option<CalendarLink>> {
    let sql =
        "select token, accommodation_id, reader from calendar_link where token = $1 and revoked_at is null";
    session.first(sql, vec![token.into()], read).await
}

fn read(row: &Row) -> Result<CalendarLink> {
    Ok(CalendarLink {
        token: row.text("token")?,
        accommodation_id: AccommodationId::new(row.text("accommodation_id")?),
        reader: row.text("reader")?,
    })
}
