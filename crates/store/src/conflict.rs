//! Nights that were sold twice, here and elsewhere: kept and listed until a person resolves it.

use domain::{
    ids::{AccommodationId, StayId},
    period::Period,
};
use jiff::Timestamp;

use crate::db::{DbError, Result, Row, Session};

#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    pub id: String,
    pub accommodation_id: AccommodationId,
    pub feed_id: String,
    /// Whose calendar has sold the nights.
    pub source: String,
    pub against: Against,
    /// The guest that the calendars sold to, as far as they name one.
    pub uid: String,
    /// The nights that both have.
    pub period: Period,
    pub found_at: Timestamp,
    pub resolved_at: Option<Timestamp>,
    /// What was done about it, in the words of staff.
    pub note: Option<String>,
}

/// Who else has the nights.
#[derive(Clone, Debug, PartialEq)]
pub enum Against {
    Stay(StayId),
    /// Another calendar, by its feed.
    Feed(String),
}

const COLUMNS: &str = "id, accommodation_id, feed_id, source, against, stay_id, uid, check_in, check_out, found_at, \
                       resolved_at, note";

/// True when it was not known. One that a person has resolved stays resolved for as long as it lasts.
pub async fn record(session: &mut Session, conflict: &Conflict) -> Result<bool> {
    let sql = "insert into conflict (id, accommodation_id, feed_id, source, against, stay_id, uid, check_in, check_out, found_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      on conflict (feed_id, against, uid, check_in, check_out) where gone_at is null do nothing";
    let stay_id = match &conflict.against {
        Against::Stay(id) => Some(id.as_str().to_owned()),
        Against::Feed(_) => None,
    };
    let args = vec![
        conflict.id.as_str().into(),
        (&conflict.accommodation_id).into(),
        conflict.feed_id.as_str().into(),
        conflict.source.as_str().into(),
        conflict.against.to_text().into(),
        stay_id.into(),
        conflict.uid.as_str().into(),
        conflict.period.check_in().into(),
        conflict.period.check_out().into(),
        conflict.found_at.into(),
    ];
    Ok(session.execute(sql, args).await? == 1)
}

/// Those of a feed, on either side, of which it is not known that the nights were let go; resolved ones too.
pub async fn list_lasting(session: &mut Session, feed_id: &str) -> Result<Vec<Conflict>> {
    let sql = format!(
        "select {COLUMNS} from conflict where gone_at is null and (feed_id = $1 or against = 'feed:' || $1) order by id"
    );
    session.all(sql, vec![feed_id.into()], read).await
}

/// One of the two has let the nights go.
pub async fn let_go(session: &mut Session, id: &str, now: Timestamp) -> Result<()> {
    let sql = "update conflict set gone_at = $2 where id = $1";
    session.execute(sql, vec![id.into(), now.into()]).await.map(drop)
}

/// Oldest first.
pub async fn list_open(session: &mut Session) -> Result<Vec<Conflict>> {
    let sql = format!("select {COLUMNS} from conflict where resolved_at is null order by found_at, id");
    session.all(sql, vec![], read).await
}

/// Those about one stay, resolved ones too.
pub async fn list_of_stay(session: &mut Session, stay_id: &StayId) -> Result<Vec<Conflict>> {
    let sql = format!("select {COLUMNS} from conflict where stay_id = $1 order by found_at, id");
    session.all(sql, vec![stay_id.into()], read).await
}

/// One conflict and all of the same accommodation that were found at the same instant, resolved ones too.
pub async fn list_found_with(session: &mut Session, id: &str) -> Result<Vec<Conflict>> {
    let columns = COLUMNS.split(", ").map(|column| format!("c.{column}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "select {columns} from conflict one
         join conflict c on c.accommodation_id = one.accommodation_id and c.found_at = one.found_at
         where one.id = $1 order by c.id"
    );
    session.all(sql, vec![id.into()], read).await
}

/// None when there is no such conflict or it was resolved before.
pub async fn resolve(
    session: &mut Session,
    id: &str,
    note: Option<String>,
    now: Timestamp,
) -> Result<Option<Conflict>> {
    let sql = format!(
        "update conflict set resolved_at = $2, note = $3 where id = $1 and resolved_at is null returning {COLUMNS}"
    );
    session.first(sql, vec![id.into(), now.into(), note.into()], read).await
}

impl Against {
    fn to_text(&self) -> String {
        match self {
            Self::Stay(id) => format!("stay:{id}"),
            Self::Feed(id) => format!("feed:{id}"),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            ("stay", id) => Some(Self::Stay(StayId::new(id))),
            ("feed", id) => Some(Self::Feed(id.to_owned())),
            _ => None,
        }
    }
}

fn read(row: &Row) -> Result<Conflict> {
    let period = Period::new(row.date("check_in")?, row.date("check_out")?);
    Ok(Conflict {
        id: row.text("id")?,
        accommodation_id: AccommodationId::new(row.text("accommodation_id")?),
        feed_id: row.text("feed_id")?,
        source: row.text("source")?,
        against: row.named("against", Against::parse)?,
        uid: row.text("uid")?,
        period: period.map_err(|_| DbError::Corrupt("a range of nights"))?,
        found_at: row.instant("found_at")?,
        resolved_at: row.opt_instant("resolved_at")?,
        note: row.opt_text("note")?,
    })
}
