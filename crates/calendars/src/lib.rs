//! Calendars: nights as a host sees them, feeds of others in, our own out, and nights that were sold twice. It knows
//! accommodations and reads stays; it changes neither.

/// What the calendars keep in the context.
mod kept_in_context;
/// How the calendars join a context.
mod register_in_context;
/// The settings of the calendars.
pub mod settings;

/// One poll, carried out.
mod blocks_from_poll;
/// Telling staff of nights that were sold twice.
mod conflict_incidents;
/// Nights that were sold twice.
mod conflicts;
/// Our calendar for others.
mod export;
/// Whether feeds are fresh.
pub mod feed_health;
/// Whose calendar stands under an address, and on which host.
mod feed_host;
/// The addresses of other calendars, and how each does.
mod feeds;
/// Reading them over the network.
mod fetch;
/// Rows that have served their time.
mod forget_old_rows;
/// Nights that the host blocks by hand.
mod host_blocks;
/// Nights as a host sees them.
mod host_calendar;
/// Under which name the host's own blocks stand among the calendars.
mod host_source;
/// A calendar's text that a person hands in.
mod import_posted_text;
/// What can be wrong for a while, and telling staff of it.
mod incident_kind;
/// What the readers of our calendar were shown last.
mod last_shown_to_readers;
/// Our own events that come back in the calendars of others.
mod own_events_coming_back;
/// The UIDs that we give to events, and which of a reading are ours.
mod own_uids;
/// One more look before a hold becomes a booking.
mod read_feeds_before_booking;
/// A calendar's text read for one accommodation.
mod read_for_accommodation;
/// The addresses under which others read it.
mod reader_links;
/// What a reading consisted of, in numbers.
mod reading_counts;
/// Addresses of our calendar that open nothing.
mod refused_links;
/// Old addresses are replaced.
mod rotate_old_links;

pub use conflicts::{Conflict, close_incident, list_conflicts, resolve_conflict, resolve_row};
pub use export::{Export, Taking, export};
pub use feeds::{
    FeedChange, FeedProblem, FeedStatus, Preview, Release, Waiting, change_feed, check_address, find_feed,
    forget_feed, list_bodies, list_feeds, preview, release, subscribe_in, subscribe_without,
};
pub use fetch::{FetchFeed, FetchFeeds, Outcome, Synced, is_stale, sync};
pub use host_blocks::{
    HostBlock, HostBlockChange, HostBlockError, block_in, change_block, list_host_blocks, unblock,
};
pub use host_calendar::{Blocked, Blocker, list_blocked, list_blockers, month};
pub use host_source::HOST;
pub use ical::{LeaveOut, PersonalDays, PersonalKind};
pub use import_posted_text::{Confirmed, ImportError, Imported, import_in};
pub use kept_in_context::{Metrics, Room, room};
pub use read_feeds_before_booking::{is_sold_elsewhere, read_before_booking, read_before_moving};
pub use reader_links::{ALL, Link, Overlap, link, list_links, reader_name, rotate_link, withdraw_link};
pub use reading_counts::ReadingCounts;
pub use refused_links::note_refusal;
pub use register_in_context::add;
pub use store::conflict::Against;
