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
//! Reading is one pass over the bytes (`lines`, `property`, `scan`, `event`), then one over the events
//! (`read`): zones are resolved, repeats expanded, times turned into nights, identities made unique.

/// A reading against what was known of the feed: what came, moved and went.
mod compare;
/// Days counted and added without overflow.
mod days;
/// Why a body is refused as a whole.
mod error;
/// One VEVENT as written, before zones and repeats are known.
mod event;
/// Where an event lies and how long it is, once its zone is known, and the nights of each occurrence.
mod event_span;
/// What a feed says: busy ranges of nights, and notes on what was skipped or repaired.
mod feed;
/// Events that share a UID: revisions, repeats and plain mistakes.
mod identity;
/// Stay or block, by the words and ids of the providers.
mod kind;
/// How much one feed may cost, and the window in which repeats are expanded.
mod limits;
/// Any line break, blank lines, folds: bytes into logical lines.
mod lines;
/// DATE, DATE-TIME and DURATION values, strict and misspelt.
mod moment;
/// Sets of nights.
mod night_set;
/// Which nights a timed event blocks, and why.
mod nights;
/// The occurrences of an event: rule, extra and excluded dates, replaced ones.
mod occurrences;
/// One logical line into name, parameters and value.
mod property;
/// Whose feed it is, and what its events are known by.
mod provider;
/// Bytes to feed: the second pass, from raw events to busy nights.
mod read;
/// What makes an event repeat, as written.
mod recur;
/// RRULE, and the days on which it falls.
mod rrule;
/// The first pass: components, in and out of order, into raw events and zones.
mod scan;
/// Escapes of TEXT values, both ways.
mod text;
/// From poll to poll: additions at once, freed nights with patience.
mod waiting;
/// Our own calendar as text, the same bytes for the same stays.
mod write;
/// A zone by its place in the table of a feed.
mod zone_ref;
/// TZID names to zones: the file's own, IANA, Windows.
mod zones;

pub use compare::{Changes, Known, Moved, Renamed, compare};
pub use error::ReadError;
pub use feed::{Busy, BusyKind, Feed, Note, Unreadable};
pub use limits::ReadLimits;
pub use night_set::{NightSet, Stretch};
pub use provider::{Provider, UnknownProvider};
pub use read::read;
pub use waiting::{Followed, FreedLately, HeldBack, Loss, Notice, Poll, Step, Terms, WaitingRules, follow};
pub use write::{ExportCalendar, ExportEvent, write};
