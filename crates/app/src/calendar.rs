//! Nights as a host sees them; feeds in; our own calendar out.

use domain::{
    accommodation::Accommodation,
    calendar::{NightState, nights},
    ids::AccommodationId,
    period::Period,
    stay::Stay,
};
use ical::Provider;
use jiff::{Timestamp, civil::Date};
use store::{
    block,
    db::{DbError, Session},
    feed::Feed,
};

use crate::App;

/// One more look before a hold becomes a booking.
mod before_booking;
/// Nights that were sold twice.
mod conflicts;
/// What we exported and what comes back of it.
mod echo;
/// Our calendar for others.
mod export;
/// The addresses of other calendars, and how each does.
mod feeds;
/// Reading them over the network.
mod fetch;
/// One poll, carried out.
mod follow;
/// A calendar's text that a person hands in.
mod import;
/// The addresses under which others read it.
mod links;
/// Which version of it somebody has.
mod version;

pub use before_booking::{read_before_booking, read_before_moving};
pub use conflicts::{Conflict, list_conflicts, resolve_conflict};
pub use export::{Export, Taking, export, note_refusal};
pub use feeds::{
    FeedChange, FeedProblem, FeedStatus, Preview, Release, Waiting, change_feed, find_feed, forget_feed,
    list_bodies, list_feeds, preview, release, subscribe_in,
};
pub use fetch::{Outcome, Synced, fetch, fetch_feeds, sync};
pub use import::{Confirmed, ImportError, Imported, import_in};
pub use links::{ALL, Link, Overlap, link, list_links, reader_name, rotate_link, withdraw_link};
pub use store::conflict::Against;

pub(crate) use before_booking::is_sold_elsewhere;
pub(crate) use export::forget_refusals;
pub(crate) use fetch::is_stale;
pub(crate) use links::rotate_old_links;

/// A row per night of the window.
pub async fn month(
    app: &App,
    accommodation: &Accommodation,
    window: &Period,
) -> Result<Vec<(Date, NightState)>, DbError> {
    let mut session = app.read().await?;
    let stays = store::stay::list_shown(&mut session, &accommodation.id, window, app.now()).await?;
    let blocks = block::list(&mut session, &accommodation.id, window).await?;
    let of_stay = |stay: &Stay| match stay {
        Stay::Held(_) => NightState::Held,
        _ => NightState::Booked,
    };
    let taken: Vec<_> = stays
        .iter()
        .map(|stay| (stay.terms().period, of_stay(stay)))
        .chain(blocks.iter().map(|block| (block.period, NightState::Blocked)))
        .collect();
    Ok(nights(window, &taken))
}

/// Nights that another calendar blocks.
#[derive(Clone, Debug)]
pub struct Blocked {
    pub period: Period,
    /// Whose calendar.
    pub source: String,
    /// Since when that calendar has not had them, and until when they stay blocked at least; None while it has them.
    pub held_back: Option<(Timestamp, Timestamp)>,
}

/// What other calendars block within the window, and why.
pub async fn list_blocked(
    app: &App,
    accommodation_id: &AccommodationId,
    window: &Period,
) -> Result<Vec<Blocked>, DbError> {
    let feeds = list_feeds(app, Some(accommodation_id)).await?;
    let stored = block::list_stored(&mut app.read().await?, accommodation_id, window).await?;
    let blocked = stored.into_iter().filter_map(|stored| {
        let status = feeds.iter().find(|status| status.feed.id == stored.block.feed)?;
        let held_back = stored.missing_since.map(|since| {
            let same = |waiting: &&Waiting| waiting.period.check_in() == stored.block.period.check_in();
            let until = status.held_back.iter().find(same).map_or(since, |waiting| waiting.until);
            (since, until)
        });
        Some(Blocked { period: stored.block.period, source: status.feed.source.clone(), held_back })
    });
    Ok(blocked.collect())
}

fn read_calendar(
    accommodation: &Accommodation,
    text: &[u8],
    now: Timestamp,
) -> Result<ical::Feed, ical::ReadError> {
    let limits = ical::ReadLimits::around(accommodation.zone.today(now));
    ical::read(text, accommodation.zone.time_zone(), &limits)
}

async fn lock(session: &mut Session, id: &AccommodationId) -> Result<Option<Accommodation>, DbError> {
    Ok(store::accommodation::lock(session, std::slice::from_ref(id)).await?.pop())
}

/// Whose calendar a feed is: as the host named it, else by its address, else by what it says.
fn provider_of(feed: &Feed, reading: Option<&ical::Feed>) -> Provider {
    let named = |name: &str| name.parse().ok();
    named(&feed.source)
        .or_else(|| feed.url.as_deref().and_then(fetch::provider_at))
        .or_else(|| reading.map(Provider::of).filter(|found| *found != Provider::Other))
        .or_else(|| feed.provider.as_deref().and_then(named))
        .unwrap_or(Provider::Other)
}
