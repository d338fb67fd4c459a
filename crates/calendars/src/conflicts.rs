//! Nights that were sold twice: here and by another calendar, or by two other calendars.

use dialog::ClashBy;
use domain::{
    actor::Actor,
    block::{Block, BlockKind},
    period::Period,
    staff::Who,
};
use ical::{BusyKind, Provider};
use jiff::{Timestamp, ToSpan, civil::Date};
use store::{
    block::{self, Stored},
    conflict::{self, Against},
    db::{DbError, Session},
    feed::{self, Feed},
};

pub use store::conflict::Conflict;

use crate::{
    conflict_incidents,
    feed_host::provider_at,
    host_source::HOST,
    read_for_accommodation::{About, provider_of},
};
use kernel::{App, Tx};

/// Everything that waits for a person, oldest first.
pub async fn list_conflicts(app: &App) -> Result<Vec<Conflict>, DbError> {
    conflict::list_open(&mut app.read().await?).await
}

/// A person has seen to it. None when there is no such conflict or it was resolved before.
pub async fn resolve_conflict(
    app: &App,
    id: &str,
    note: Option<String>,
    who: Who,
) -> Result<Option<Conflict>, DbError> {
    let mut tx = app.begin_as(Actor::Staff(who)).await?;
    let resolved = conflict::resolve(&mut tx.session, id, note, tx.now).await?;
    if let Some(conflict) = &resolved {
        conflict_incidents::close(&mut tx, &conflict.id).await?;
    }
    tx.commit().await?;
    Ok(resolved)
}

/// What lies over what.
struct Found {
    against: Against,
    /// Who bought it there, as far as the calendar tells.
    uid: String,
    period: Period,
    by: ClashBy,
}

/// Records what this feed's blocks lie over, and tells of what is new. Returns how many are new.
pub(crate) async fn note(tx: &mut Tx<'_>, about: &About<'_>) -> Result<usize, DbError> {
    let About { accommodation, feed: of, provider } = *about;
    let Some(window) = future(accommodation.zone.today(tx.now)) else { return Ok(0) };
    let blocks = block::list_stored(&mut tx.session, &accommodation.id, &window).await?;
    let of_feed: Vec<&Stored> = blocks.iter().filter(|stored| stored.block.feed == of.id).collect();
    let_go(&mut tx.session, of, &of_feed, tx.now).await?;
    let own: Vec<&Block> =
        of_feed.iter().filter(|stored| may_be_sold(stored, provider)).map(|stored| &stored.block).collect();
    if own.is_empty() {
        return Ok(0);
    }
    let mut found = Vec::new();
    for stay in store::stay::list_live(&mut tx.session, &accommodation.id, &window, tx.now).await? {
        let terms = stay.terms();
        found.extend(own.iter().filter_map(|block| {
            let period = shared(&block.period, &terms.period)?;
            let against = Against::Stay(terms.id.clone());
            Some(Found { against, uid: guest(block, of, provider).to_owned(), period, by: says(&[block]) })
        }));
    }
    let others = feed::list(&mut tx.session, Some(&accommodation.id)).await?;
    // What the host has blocked by hand is nobody's sale.
    for other in others.into_iter().filter(|other| other.source != HOST) {
        let their_provider = provider_of(&other, None);
        let others = blocks.iter().filter(|stored| {
            stored.block.feed == other.id && other.id != of.id && may_be_sold(stored, their_provider)
        });
        for theirs in others {
            found.extend(own.iter().filter_map(|block| {
                let period = shared(&block.period, &theirs.block.period)?;
                let mut guests = [guest(block, of, provider), guest(&theirs.block, &other, their_provider)];
                guests.sort_unstable();
                let against = Against::Feed(other.id.clone());
                Some(Found { against, uid: guests.join(" "), period, by: says(&[block, &theirs.block]) })
            }));
        }
    }
    let known = conflict::list_lasting(&mut tx.session, &of.id).await?;
    // A stay that runs loses its first night each day: a part of what is known is no news.
    let is_part = |one: &Found, known: &Conflict| {
        let (new, old) = (&one.period, &known.period);
        let same = if known.feed_id == of.id {
            known.against == one.against
        } else {
            one.against == Against::Feed(known.feed_id.clone())
        };
        same && known.uid == one.uid && old.check_in() <= new.check_in() && new.check_out() <= old.check_out()
    };
    found.retain(|one| !known.iter().any(|known| is_part(one, known)));
    let mut news = Vec::new();
    for one in found {
        news.extend(record(tx, about, one).await?);
    }
    conflict_incidents::open(tx, accommodation, &of.source, &news).await?;
    Ok(news.len())
}

/// A stay only where all of them say so.
fn says(blocks: &[&Block]) -> ClashBy {
    let is_closed = blocks.iter().any(|block| block.kind == BlockKind::Closed);
    if is_closed { ClashBy::Closure } else { ClashBy::Stay }
}

/// Conflicts whose nights the feed does not block any more are over: the same nights sold there once more are news. What
/// is held back still lasts, or a calendar that has a bad minute would tell of each twice.
async fn let_go(session: &mut Session, of: &Feed, blocks: &[&Stored], now: Timestamp) -> Result<(), DbError> {
    for lasting in conflict::list_lasting(session, &of.id).await? {
        let lasts = blocks.iter().any(|stored| shared(&stored.block.period, &lasting.period).is_some());
        if !lasts {
            conflict::let_go(session, &lasting.id, now).await?;
        }
    }
    Ok(())
}

/// The name of what was sold, where it lasts as long as the stay: at Airbnb and Vrbo themselves. Booking.com gives none, and
/// others may make new ones at each reading; of those a closure that a host has looked into is another thing than the stay
/// that it becomes.
fn guest<'a>(block: &'a Block, feed: &Feed, provider: Provider) -> &'a str {
    let is_at_home = feed.url.as_deref().is_none_or(|url| provider_at(url) == Some(provider));
    match (provider, block.kind) {
        (Provider::Airbnb | Provider::Vrbo, _) if is_at_home => &block.uid,
        (Provider::Google | Provider::Other, BlockKind::Closed) => "closed",
        _ => "",
    }
}

/// Whether somebody may have bought these nights there. What is gone from its feed has sold nothing.
fn may_be_sold(stored: &Stored, provider: Provider) -> bool {
    let kind = match stored.block.kind {
        BlockKind::Stay => BusyKind::Stay,
        BlockKind::Closed => BusyKind::Block,
    };
    provider.may_be_sold(kind) && stored.missing_since.is_none()
}

fn future(today: Date) -> Option<Period> {
    Period::new(today, today.saturating_add(1_200.days())).ok()
}

fn shared(one: &Period, other: &Period) -> Option<Period> {
    Period::new(one.check_in().max(other.check_in()), one.check_out().min(other.check_out())).ok()
}

/// Writes a conflict down. None when it was known.
async fn record(
    tx: &mut Tx<'_>,
    about: &About<'_>,
    found: Found,
) -> Result<Option<(Conflict, ClashBy)>, DbError> {
    let About { accommodation, feed: of, .. } = *about;
    let Found { against, uid, period, by } = found;
    let (against, feed_id, source) = match against {
        // One row for a pair of calendars, whichever of them is read first.
        Against::Feed(other) if other < of.id => {
            let source =
                feed::find(&mut tx.session, &other).await?.map_or_else(String::new, |feed| feed.source);
            (Against::Feed(of.id.clone()), other, source)
        }
        against => (against, of.id.clone(), of.source.clone()),
    };
    let conflict = Conflict {
        id: tx.app.rng.id(tx.now),
        accommodation_id: accommodation.id.clone(),
        feed_id,
        source,
        against,
        uid,
        period,
        found_at: tx.now,
        resolved_at: None,
        note: None,
    };
    Ok(conflict::record(&mut tx.session, &conflict).await?.then_some((conflict, by)))
}

/// For a staff task that is resolved: the row of its conflict, or the rows of those that were found together.
pub async fn resolve_row(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    conflict_incidents::resolve_named(tx, id).await
}

/// For a staff task that was resolved: the end of its incident.
pub async fn close_incident(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    conflict_incidents::close(tx, id).await
}
