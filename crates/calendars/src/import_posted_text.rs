//! A calendar's text that a person hands in.

use domain::ids::AccommodationId;
use ical::LeaveOut;
use store::{
    db::DbError,
    feed::{self, Polled, Version},
    feed_body,
};

use crate::{
    blocks_from_poll::{Observed, Patience, follow},
    fetch::{digest, packed},
    read_for_accommodation::{About, lock, provider_of, read_calendar},
};
use kernel::Tx;

#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    pub created: usize,
    pub updated: usize,
    pub removed: usize,
    /// Nights that are gone from the calendar and still blocked, until the waiting time is over.
    pub held_back: i64,
    pub conflicts: usize,
    pub notes: Vec<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("there is no such accommodation")]
    NotFound,
    #[error("the calendar cannot be read: {0}")]
    Unreadable(#[from] ical::ReadError),
    #[error("the calendar could not be written down")]
    Database(#[from] DbError),
}

/// Whether who hands a text in has looked at what it frees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    Yes,
    No,
}

/// Reads a calendar text into blocks of an accommodation, within the caller's transaction. What it frees is free at
/// once; a quarter of what is known, or more, only when it was confirmed, else it waits like that of a feed.
pub async fn import_in(
    tx: &mut Tx<'_>,
    accommodation_id: &AccommodationId,
    source: &str,
    text: &[u8],
    confirmed: Confirmed,
) -> Result<Imported, ImportError> {
    let Some(accommodation) = lock(&mut tx.session, accommodation_id).await? else {
        return Err(ImportError::NotFound);
    };
    let known = feed::list(&mut tx.session, Some(accommodation_id)).await?;
    let known = known.iter().find(|feed| feed.source == source);
    let leave_out = known.map(|feed| LeaveOut::parse(&feed.leave_out)).unwrap_or_default();
    let reading = read_calendar(&accommodation, text, &leave_out, tx.now)?;
    let feed =
        feed::ensure(&mut tx.session, &tx.app.rng.id(tx.now), accommodation_id, source, None, tx.now).await?;
    let notes = reading.notes.iter().map(ToString::to_string).collect();
    let provider = provider_of(&feed, Some(&reading));
    let about = About { accommodation: &accommodation, feed: &feed, provider };
    let patience = match confirmed {
        Confirmed::Yes => Patience::None,
        Confirmed::No => Patience::UnlessMuch,
    };
    let followup = follow(tx, &about, Observed::Read(reading), patience).await?;
    let polled = Polled {
        state: serde_json::to_value(&followup.state).expect("the state of a feed is plain data"),
        provider: Some(provider.to_string()),
        next_fetch_at: feed.next_fetch_at,
        fetch_ms: feed.fetch_ms,
    };
    let version = Version { body_digest: Some(digest(text)), ..Version::default() };
    feed::mark_good(&mut tx.session, &feed.id, &polled, &version, tx.now).await?;
    if feed.body_digest != version.body_digest {
        feed_body::add(&mut tx.session, &feed.id, tx.now, packed(text)).await?;
    }
    Ok(Imported {
        created: followup.created,
        updated: followup.updated,
        removed: followup.removed,
        held_back: followup.held_back,
        conflicts: followup.conflicts,
        notes,
    })
}
