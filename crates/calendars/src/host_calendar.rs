//! Nights as a host sees them: who has each, and why another calendar blocks it.

use domain::{
    accommodation::Accommodation,
    ids::AccommodationId,
    night_calendar::{NightState, nights},
    period::Period,
    stay::Stay,
};
use jiff::{Timestamp, civil::Date};
use kernel::{App, DbError};
use store::block;

use crate::{Waiting, list_feeds};

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
