//! Nights as a host sees them: who has each, and who blocks it, since when and in which words.

use domain::{
    accommodation::Accommodation,
    block::BlockKind,
    ids::AccommodationId,
    night_calendar::{NightState, nights},
    period::Period,
    stay::Stay,
};
use jiff::{Timestamp, civil::Date};
use kernel::{App, DbError};
use store::block;

use crate::{Waiting, host_source::HOST, list_feeds};

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

/// Who blocks nights, for the host.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocker {
    pub period: Period,
    /// Whose calendar; [`HOST`] for the host.
    pub source: String,
    /// Of the block, when it is the host's.
    pub host_block_id: Option<String>,
    pub kind: BlockKind,
    /// When it first stood there.
    pub since: Timestamp,
    /// What stands there, or the host's reason; may name a guest.
    pub words: String,
    /// Since when that calendar has not had it any more; None while it has.
    pub missing_since: Option<Timestamp>,
}

/// Everything that blocks nights of the window, by its first night.
pub async fn list_blockers(
    app: &App,
    accommodation_id: &AccommodationId,
    window: &Period,
) -> Result<Vec<Blocker>, DbError> {
    let listed = block::list_with_source(&mut app.read().await?, accommodation_id, window).await?;
    let blocker = |listed: block::Listed| {
        let block = listed.stored.block;
        Blocker {
            period: block.period,
            host_block_id: (listed.source == HOST).then_some(block.uid),
            source: listed.source,
            kind: block.kind,
            since: listed.since,
            words: block.summary,
            missing_since: listed.stored.missing_since,
        }
    };
    Ok(listed.into_iter().map(blocker).collect())
}

/// Nights that another calendar, or the host, blocks.
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
    let listed = block::list_with_source(&mut app.read().await?, accommodation_id, window).await?;
    let blocked = listed.into_iter().map(|block::Listed { stored, source, .. }| {
        let status = feeds.iter().find(|status| status.feed.id == stored.block.feed);
        let held_back = stored.missing_since.map(|since| {
            let same = |waiting: &&Waiting| waiting.period.check_in() == stored.block.period.check_in();
            let waiting = status.and_then(|status| status.held_back.iter().find(same));
            (since, waiting.map_or(since, |waiting| waiting.until))
        });
        Blocked { period: stored.block.period, source, held_back }
    });
    Ok(blocked.collect())
}
