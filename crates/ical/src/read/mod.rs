//! Reads a body as a feed: one pass over the bytes, to raw events and zones, then one over the events, to busy nights.

use jiff::tz::TimeZone;

use crate::feed::Feed;
use crate::personal::LeaveOut;

/// The second pass: raw events to busy nights.
mod busy_nights;
/// Any line break, blank lines, folds: bytes into logical lines.
mod content_lines;
/// DATE, DATE-TIME and DURATION values, strict and misspelt.
mod date_time_values;
/// Why a body is refused as a whole.
mod error;
/// Where an event lies and how long it is, once its zone is known, and the nights of each occurrence.
mod event_span;
/// Events that share a UID: revisions, repeats and plain mistakes.
mod events_of_one_uid;
/// VFREEBUSY: each busy period as an event of its own.
mod free_busy;
/// How much one feed may cost, and the window in which repeats are expanded.
mod limits;
/// Which nights a timed event blocks, and why.
mod nights_of_timed_event;
/// The occurrences of an event: rule, extra and excluded dates, replaced ones.
mod occurrences;
/// One logical line into name, parameters and value.
mod property;
/// One VEVENT as written, before zones and repeats are known.
mod raw_event;
/// What makes an event repeat, as written.
mod recurrence_properties;
/// RRULE, and the days on which it falls.
mod rrule;
/// The first pass: components, in and out of order, into raw events and zones.
mod scan_components;
/// Stay or block, by the words and ids of the providers.
mod stay_or_block;
/// Whole days that are written with hours.
mod whole_days;
/// A zone by its place in the table of a feed.
mod zone_ref;
/// TZID names to zones: the file's own, IANA, Windows.
mod zones;

pub use error::ReadError;
pub use limits::ReadLimits;

/// Reads a feed as the nights it blocks in the property's `zone`.
///
/// Whole days count as written (half-open), also where they are marked as free time; timed events block the nights they
/// touch, unless they are marked as free; events that are cancelled block nothing; repeats are expanded inside the window
/// of `limits`. `docs/calendars.md` has a table of all of it. Never panics, and takes time and memory in proportion to the
/// body and the limits.
///
/// # Errors
/// [`ReadError`] when the body is not a whole calendar or goes past a limit. A calendar without events is no error.
pub fn read(bytes: &[u8], zone: &TimeZone, limits: &ReadLimits) -> Result<Feed, ReadError> {
    read_without(bytes, zone, limits, &LeaveOut::default())
}

/// The same, without the days that a host has left out.
///
/// # Errors
/// As [`read`].
pub fn read_without(
    bytes: &[u8],
    zone: &TimeZone,
    limits: &ReadLimits,
    leave_out: &LeaveOut,
) -> Result<Feed, ReadError> {
    if bytes.len() > limits.max_bytes {
        return Err(ReadError::TooLarge { bytes: bytes.len(), max_bytes: limits.max_bytes });
    }
    busy_nights::busy_nights(scan_components::scan(bytes, limits)?, zone, limits, leave_out)
}
