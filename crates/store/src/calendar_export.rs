//! What our calendar for a reader is made of: two statements, because every reader asks every few minutes.

use domain::{
    accommodation::Zone,
    ids::{AccommodationId, StayId},
    period::Period,
};
use jiff::{Timestamp, civil::Date};

use crate::db::{Result, Row, Session};

/// Who reads under an address, whose calendar, and what was shown last.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub accommodation_id: AccommodationId,
    /// Of the accommodation.
    pub name: String,
    pub zone: Zone,
    /// What came from there is left out.
    pub reader: String,
    pub last: Option<LastShown>,
}

/// What this reader was shown last.
#[derive(Clone, Debug, PartialEq)]
pub struct LastShown {
    pub digest: String,
    /// When the calendar became that.
    pub changed_at: Timestamp,
    /// Of the calendar whose events are kept as taken; None when it never was taken, or before this was written down.
    pub taken_digest: Option<String>,
    pub read_at: Option<Timestamp>,
}

/// An event of our calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Exported {
    pub what: What,
    pub check_in: Date,
    pub check_out: Date,
    /// How often it changed.
    pub sequence: i64,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Stay(StayId),
    /// Nights that another calendar blocks: the feed, the UID in it, and whose it is.
    Block {
        feed_id: String,
        uid: String,
        source: String,
    },
}

/// None for an address that opens nothing, and for an accommodation that is not let. An address that was replaced opens
/// until its overlap is over.
pub async fn find(session: &mut Session, token: &str, now: Timestamp) -> Result<Option<Reading>> {
    let sql = "select a.id, a.name, a.timezone, l.reader, s.digest, s.changed_at, s.taken_digest, s.read_at
      from calendar_link l
      join accommodation a on a.id = l.accommodation_id
      left join calendar_shown s on s.accommodation_id = l.accommodation_id and s.reader = l.reader
      where l.token = $1 and (l.revoked_at is null or l.revoked_at > $2) and a.active";
    session.first(sql, vec![token.into(), now.into()], read_reading).await
}

/// Everything that takes nights within `window`, but for what came from `reader` itself: it would echo. In no order.
///
/// One statement, and so one moment: stays that are live at `now`, those that are over, and blocks.
pub async fn list(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    reader: &str,
    window: &Period,
    now: Timestamp,
) -> Result<Vec<Exported>> {
    // Two branches for stays, because each state has an index of its own.
    let of_stays = |status: &str| {
        format!(
            "select s.id, null as uid, null as source, s.check_in, s.check_out, s.version - 1 as sequence,
               s.created_at, coalesce((select max(c.at) from audit c where c.noun_id = s.id), s.created_at) as changed_at
             from stay s where s.accommodation_id = $1 and s.check_out > $2 and s.check_in < $3 and {status}"
        )
    };
    let live =
        of_stays("s.status in ('held', 'confirmed') and (s.status = 'confirmed' or s.expires_at > $4)");
    let over = of_stays("s.status = 'completed'");
    let sql = format!(
        "{live} union all {over} union all
         select b.feed_id, b.uid, f.source, b.check_in, b.check_out, b.sequence, b.created_at, b.updated_at
         from block b join feed f on f.id = b.feed_id
         where b.accommodation_id = $1 and b.check_out > $2 and b.check_in < $3 and f.source <> $5"
    );
    let args = vec![
        accommodation_id.into(),
        window.check_in().into(),
        window.check_out().into(),
        now.into(),
        reader.into(),
    ];
    session.all(sql, args, read_exported).await
}

fn read_reading(row: &Row) -> Result<Reading> {
    let last = match row.opt_text("digest")? {
        Some(digest) => Some(LastShown {
            digest,
            changed_at: row.instant("changed_at")?,
            taken_digest: row.opt_text("taken_digest")?,
            read_at: row.opt_instant("read_at")?,
        }),
        None => None,
    };
    Ok(Reading {
        accommodation_id: AccommodationId::new(row.text("id")?),
        name: row.text("name")?,
        zone: row.named("timezone", |name| Zone::parse(name).ok())?,
        reader: row.text("reader")?,
        last,
    })
}

fn read_exported(row: &Row) -> Result<Exported> {
    let id = row.text("id")?;
    let what = match (row.opt_text("uid")?, row.opt_text("source")?) {
        (Some(uid), Some(source)) => What::Block { feed_id: id, uid, source },
        _ => What::Stay(StayId::new(id)),
    };
    Ok(Exported {
        what,
        check_in: row.date("check_in")?,
        check_out: row.date("check_out")?,
        sequence: row.int("sequence")?,
        created_at: row.instant("created_at")?,
        changed_at: row.instant("changed_at")?,
    })
}
