//! Calendar feeds: `.ics` bytes to the nights they block, and our own stays to `.ics` text.
//!
//! The crate is pure. [`read`] takes bytes from anywhere, never panics, and ends in time and memory that
//! [`ReadLimits`] bound. A body that is not a whole calendar is a [`ReadError`], so that a cut or wrong
//! answer is never taken for an empty calendar; everything else that looks wrong is repaired toward
//! *blocked* and said in a [`Note`].
//!
//! [`follow`] goes from poll to poll of one feed: it compares the reading with what was known ([`compare`]), blocks
//! additions at once, and holds back nights that are gone until good polls have agreed for long enough
//! ([`WaitingRules`]). `docs/calendars.md` has the rules with a picture. A caller keeps [`Followed`] between two polls:
//!
//! ```
//! # use ical::*;
//! # fn poll(before: &Followed, body: &[u8], now: jiff::Timestamp, zone: &jiff::tz::TimeZone) -> Followed {
//! let rules = WaitingRules::default();
//! let terms = Terms { provider: Provider::Airbnb, zone, rules: &rules };
//! let reading = read(body, zone, &ReadLimits::around(zone.to_datetime(now).date()));
//! let poll = reading.as_ref().map_or(Poll::Failed, Poll::Read);
//! let step = follow(before, poll, now, &terms);
//! for night in step.blocked.nights() {
//!     println!("{night} is taken");
//! }
//! for night in step.freed_nights().nights() {
//!     println!("{night} can be sold again");
//! }
//! step.state
//! # }
//! ```
//!
//! Reading is one pass over the bytes (`read::scan_components`), then one over the events (`read::busy_nights`): zones
//! are resolved, repeats expanded, times turned into nights, identities made unique.

/// Days counted and added without overflow.
mod day_arithmetic;
/// What a feed says: busy ranges of nights, and notes on what was skipped or repaired.
mod feed;
/// A reading against what was known of the feed: what came, moved and went.
mod feed_changes;
/// From poll to poll: additions at once, freed nights with patience.
mod follow;
/// Sets of nights.
mod night_set;
/// Whole days that are marked as free, birthdays, holidays.
mod personal;
/// Whose feed it is, and what its events are known by.
mod provider;
/// Bytes to feed: components, values, zones and repeats, to busy nights.
mod read;
/// Escapes of TEXT values, both ways.
mod text_escapes;
/// Our own calendar as text, the same bytes for the same stays.
mod write;

pub use feed::{Busy, BusyKind, Feed, Note, PassedOver, PersonalDays, PersonalKind, Unreadable};
pub use feed_changes::{Changes, Known, Moved, Renamed, compare};
pub use follow::{Followed, FreedLately, HeldBack, Loss, Notice, Poll, Step, Terms, WaitingRules, follow};
pub use night_set::{NightSet, Stretch};
pub use personal::LeaveOut;
pub use provider::{Provider, UnknownProvider};
pub use read::{ReadError, ReadLimits, read, read_without};
pub use write::{ExportCalendar, ExportEvent, write};
