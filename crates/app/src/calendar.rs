//! Nights as a host sees them; feeds in; our own calendar out.

use domain::{
    accommodation::Accommodation,
    calendar::{NightState, nights},
    period::Period,
    stay::Stay,
};
use jiff::civil::Date;
use store::{block, db::DbError};

use crate::App;

/// Our calendar for others.
mod export;
/// Other calendars, read into blocks.
mod import;

pub use export::{export, link};
pub use import::{ImportError, Imported, Trust, fetch, import_in, subscribe_in};

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
