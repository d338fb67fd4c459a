//! Calendars: nights as a host sees them, feeds of others in, our own out, and nights that were sold twice. It knows
//! accommodations and reads stays; it changes neither.

/// How the calendars join a context.
mod add;
/// What the calendars keep in the context.
mod room;
/// The settings of the calendars.
pub mod settings;

/// Whose calendar stands under an address, and on which host.
mod address;
/// One more look before a hold becomes a booking.
mod before_booking;
/// Nights that were sold twice.
mod conflicts;
/// Our calendar for others.
mod export;
/// The addresses of other calendars, and how each does.
mod feeds;
/// Reading them over the network.
mod fetch;
/// One poll, carried out.
mod follow;
/// Whether feeds are fresh.
pub mod health;
/// A calendar's text that a person hands in.
mod import;
/// What can be wrong for a while, and telling staff of it.
mod incident;
/// The addresses under which others read it.
mod links;
/// Our own events that come back in the calendars of others.
mod loopback;
/// Nights as a host sees them.
mod nights;
/// The UIDs that we give to events, and which of a reading are ours.
mod own_uids;
/// A calendar's text read for one accommodation.
mod reading;
/// Addresses of our calendar that open nothing.
mod refusals;
/// What the readers of our calendar were shown last.
mod shown;
/// Which version of it somebody has.
mod version;

pub use add::add;
pub use before_booking::{is_sold_elsewhere, read_before_booking, read_before_moving};
pub use conflicts::{Conflict, close_incident, list_conflicts, resolve_conflict, resolve_row};
pub use export::{Export, Taking, export};
pub use feeds::{
    FeedChange, FeedProblem, FeedStatus, Preview, Release, Waiting, change_feed, find_feed, forget_feed,
    list_bodies, list_feeds, preview, release, subscribe_in,
};
pub use fetch::{FetchFeed, FetchFeeds, Outcome, Synced, is_stale, sync};
pub use import::{Confirmed, ImportError, Imported, import_in};
pub use links::{
    ALL, Link, Overlap, link, list_links, reader_name, rotate_link, rotate_old_links, withdraw_link,
};
pub use nights::{Blocked, list_blocked, month};
pub use refusals::{forget_refusals, note_refusal};
pub use room::{Metrics, Room, room};
pub use store::conflict::Against;
