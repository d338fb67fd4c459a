//! How the calendars join a context: their state, their jobs and their schedule.

use jiff::SignedDuration;
use kernel::{
    app::{BuildError, Builder},
    jobs::Registry,
};
use providers::http::{Network, fetch_feed::Feeds};

use crate::{
    fetch::{FetchFeed, FetchFeeds},
    forget_old_rows::ForgetOldCalendarRows,
    kept_in_context::{Metrics, Room, room},
    rotate_old_links::RotateOldLinks,
    settings::Ical,
};

/// Feeds have intervals of their own: looked at often enough for the shortest.
const LOOK_EVERY_SECONDS: u32 = 60;

/// Adds the calendars to a context.
///
/// # Errors
/// When the machine allows no calls at all.
pub fn add(builder: &mut Builder, settings: Ical, interval_seconds: u32) -> Result<(), BuildError> {
    let network = if settings.allow_private_networks { Network::AllowPrivate } else { Network::PublicOnly };
    let room = Room {
        interval_seconds,
        metrics: Metrics::new(&mut builder.series()),
        feeds: Feeds::new(network).map_err(BuildError::Http)?,
        waiting: settings.waiting_rules(),
        settings,
    };
    builder.add_room(room);
    jobs(builder.jobs());
    Ok(())
}

fn jobs(registry: &mut Registry) {
    registry.register::<FetchFeed>();
    registry.schedule::<FetchFeeds>(|app| {
        SignedDuration::from_secs(i64::from(room(app).interval_seconds.clamp(1, LOOK_EVERY_SECONDS)))
    });
    registry.schedule::<RotateOldLinks>(|_| SignedDuration::from_hours(1));
    registry.schedule::<ForgetOldCalendarRows>(|_| SignedDuration::from_hours(1));
}
