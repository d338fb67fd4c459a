//! Nights that the host blocks by hand, each range with its reason: repairs, the family, a closed season. They stand among
//! the blocks of calendars under a source of their own, so everything that looks at blocks sees them.

use domain::{
    accommodation::Accommodation,
    actor::Actor,
    block::{Block, BlockKind},
    ids::AccommodationId,
    period::Period,
    staff::Who,
};
use jiff::{Timestamp, civil::Date};
use kernel::{App, DbError, Tx};
use serde_json::json;
use store::{
    audit,
    block::{self, Listed, Stored},
    db::Session,
    feed,
};

use crate::{host_source::HOST, read_for_accommodation::lock};

/// A range that the host has blocked.
#[derive(Clone, Debug, PartialEq)]
pub struct HostBlock {
    pub id: String,
    pub period: Period,
    pub reason: String,
    /// When it was made.
    pub since: Timestamp,
}

/// What the host may change; None leaves it.
#[derive(Clone, Debug, Default)]
pub struct HostBlockChange {
    pub check_in: Option<Date>,
    pub check_out: Option<Date>,
    pub reason: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum HostBlockError {
    #[error("there is no such accommodation")]
    NoAccommodation,
    #[error("there is no such block")]
    NotFound,
    #[error("to must be after from")]
    NotAPeriod,
    #[error("these nights are over")]
    Over,
    #[error("a block has at most {MOST_NIGHTS} nights: make several")]
    TooLong,
    /// A booking lies there. Its code.
    #[error("these nights are those of booking {0}: move it or cancel it first")]
    Booked(String),
    #[error("the block could not be written down")]
    Database(#[from] DbError),
}

/// Longer than this no range is blocked at once.
const MOST_NIGHTS: i64 = 1_200;

/// Blocks nights, within the caller's transaction. What other calendars block may lie there too; a booking may not.
pub async fn block_in(
    tx: &mut Tx<'_>,
    accommodation_id: &AccommodationId,
    period: Period,
    reason: &str,
) -> Result<HostBlock, HostBlockError> {
    let accommodation =
        lock(&mut tx.session, accommodation_id).await?.ok_or(HostBlockError::NoAccommodation)?;
    refuse(tx, &accommodation, period).await?;
    let feed_id = tx.app.rng.id(tx.now);
    let feed = feed::ensure(&mut tx.session, &feed_id, accommodation_id, HOST, None, tx.now).await?;
    let id = tx.app.rng.id(tx.now);
    write(tx, accommodation_id, &feed.id, &id, period, reason).await?;
    audit(tx, "block", &id, None, Some(period)).await?;
    Ok(HostBlock { id, period, reason: reason.to_owned(), since: tx.now })
}

/// Moves a block, or says another reason.
pub async fn change_block(
    app: &App,
    accommodation_id: &AccommodationId,
    id: &str,
    change: HostBlockChange,
    who: Who,
) -> Result<HostBlock, HostBlockError> {
    let mut tx = app.begin_as(Actor::Staff(who)).await?;
    let accommodation =
        lock(&mut tx.session, accommodation_id).await?.ok_or(HostBlockError::NoAccommodation)?;
    let listed = find(&mut tx.session, accommodation_id, id).await?.ok_or(HostBlockError::NotFound)?;
    let before = listed.stored.block;
    let check_in = change.check_in.unwrap_or(before.period.check_in());
    let check_out = change.check_out.unwrap_or(before.period.check_out());
    let period = Period::new(check_in, check_out).map_err(|_| HostBlockError::NotAPeriod)?;
    if period != before.period {
        refuse(&mut tx, &accommodation, period).await?;
    }
    let reason = change.reason.unwrap_or(before.summary);
    write(&mut tx, accommodation_id, &before.feed, id, period, &reason).await?;
    audit(&mut tx, "change", id, Some(before.period), Some(period)).await?;
    tx.commit().await?;
    Ok(HostBlock { id: id.to_owned(), period, reason, since: listed.since })
}

/// Its nights are free at once, unless somebody else has them.
pub async fn unblock(
    app: &App,
    accommodation_id: &AccommodationId,
    id: &str,
    who: Who,
) -> Result<(), HostBlockError> {
    let mut tx = app.begin_as(Actor::Staff(who)).await?;
    lock(&mut tx.session, accommodation_id).await?.ok_or(HostBlockError::NoAccommodation)?;
    let listed = find(&mut tx.session, accommodation_id, id).await?.ok_or(HostBlockError::NotFound)?;
    let before = listed.stored.block;
    block::delete(&mut tx.session, &before.feed, id).await?;
    audit(&mut tx, "unblock", id, Some(before.period), None).await?;
    tx.commit().await?;
    Ok(())
}

/// What the host has blocked and is not over, by its first night.
pub async fn list_host_blocks(app: &App, accommodation: &Accommodation) -> Result<Vec<HostBlock>, DbError> {
    let today = accommodation.zone.today(app.now());
    let listed = block::list_of_source(&mut app.read().await?, &accommodation.id, HOST).await?;
    let standing = listed.into_iter().filter(|listed| listed.stored.block.period.check_out() > today);
    Ok(standing.map(shown).collect())
}

fn shown(listed: Listed) -> HostBlock {
    let block = listed.stored.block;
    HostBlock { id: block.uid, period: block.period, reason: block.summary, since: listed.since }
}

async fn find(
    session: &mut Session,
    accommodation_id: &AccommodationId,
    id: &str,
) -> Result<Option<Listed>, DbError> {
    let listed = block::list_of_source(session, accommodation_id, HOST).await?;
    Ok(listed.into_iter().find(|listed| listed.stored.block.uid == id))
}

async fn refuse(
    tx: &mut Tx<'_>,
    accommodation: &Accommodation,
    period: Period,
) -> Result<(), HostBlockError> {
    if period.check_out() <= accommodation.zone.today(tx.now) {
        return Err(HostBlockError::Over);
    }
    if period.nights() > MOST_NIGHTS {
        return Err(HostBlockError::TooLong);
    }
    let booked = store::stay::list_live(&mut tx.session, &accommodation.id, &period, tx.now).await?;
    match booked.first() {
        Some(stay) => Err(HostBlockError::Booked(stay.terms().code.to_string())),
        None => Ok(()),
    }
}

async fn write(
    tx: &mut Tx<'_>,
    accommodation_id: &AccommodationId,
    feed_id: &str,
    id: &str,
    period: Period,
    reason: &str,
) -> Result<(), DbError> {
    let block = Block {
        accommodation_id: accommodation_id.clone(),
        feed: feed_id.to_owned(),
        uid: id.to_owned(),
        period,
        summary: reason.to_owned(),
        kind: BlockKind::Closed,
    };
    block::put(&mut tx.session, &Stored { block, missing_since: None }, tx.now).await
}

/// The days only: a reason may name somebody.
async fn audit(
    tx: &mut Tx<'_>,
    action: &'static str,
    id: &str,
    before: Option<Period>,
    after: Option<Period>,
) -> Result<(), DbError> {
    let days = |period: Period| json!({ "from": period.check_in(), "to": period.check_out() });
    let entry = audit::Entry {
        noun: "block",
        noun_id: id.to_owned(),
        actor: tx.actor,
        action,
        before: before.map(days),
        after: after.map(days),
        cause: None,
    };
    audit::write(&mut tx.session, &[entry], tx.now).await
}
