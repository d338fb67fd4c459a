//! What a feed says: busy ranges of nights, and notes on what was skipped or repaired.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A whole calendar, read. No busy ranges is a valid answer (and one to be wary of, see `compare`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// PRODID of the first calendar: which program wrote the feed.
    pub product: Option<String>,
    /// NAME or X-WR-CALNAME of the first calendar.
    pub name: Option<String>,
    /// Busy ranges, sorted by check-in, check-out and UID; (uid, recurrence_id) is unique.
    pub busy: Vec<Busy>,
    /// Events whose days could not be read, or not all of them. They must not count as gone: see
    /// [`crate::Changes::spared`].
    pub unreadable: Vec<Unreadable>,
    /// What was skipped or repaired, in the order of the lines; the last may stand for many.
    pub notes: Vec<Note>,
}

/// Nights that somebody else has: half-open, the day of check-out is free for the next arrival.
///
/// DESCRIPTION is never kept: Airbnb puts digits of the guest's telephone there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Busy {
    /// Unescaped UID, unique in this feed only (Airbnb repeats UIDs across linked listings). Derived from the
    /// range and the summary when the event has none.
    pub uid: String,
    /// First night.
    pub check_in: Date,
    /// The day after the last night.
    pub check_out: Date,
    /// Trimmed SUMMARY, at most 255 bytes; may hold a guest's name (Vrbo), so never logged.
    pub summary: String,
    /// Whether a guest or the owner takes the nights, as far as the provider's words say.
    pub kind: BusyKind,
    /// The original day of one occurrence of a repeating event, in that event's own zone.
    pub recurrence_id: Option<Date>,
}

/// What the provider's words say about a range. Both block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BusyKind {
    /// Somebody stays, or nothing says otherwise.
    Stay,
    /// Closed by the owner or by the provider's own rules; Booking.com also says so of stays.
    Block,
}

/// An event that is there but of whose days nobody can tell all. What is sure of it stands in [`Feed::busy`] as an
/// event of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its UID, when it has one.
    pub uid: Option<String>,
    /// The line of its `BEGIN:VEVENT`, from 1.
    pub line: usize,
}

/// Something skipped or repaired, for the person who looks after the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Counted from 1.
    pub line: usize,
    /// What and why, in words; never a summary or a name.
    pub reason: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// Notes as they are made: the first [`Notes::MOST`] are kept, the rest counted.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    kept: Vec<Note>,
    left_out: usize,
    last_line: usize,
}

impl Notes {
    /// A feed of ten thousand broken events must not become ten thousand sentences.
    const MOST: usize = 100;

    pub(crate) fn add(&mut self, line: usize, reason: impl Into<String>) {
        if self.kept.len() < Notes::MOST {
            self.kept.push(Note { line, reason: reason.into() });
        } else {
            self.left_out += 1;
            self.last_line = self.last_line.max(line);
        }
    }

    pub(crate) fn finish(mut self) -> Vec<Note> {
        self.kept.sort_by_key(|note| note.line);
        if self.left_out > 0 {
            let reason = format!("{} more notes are not shown", self.left_out);
            self.kept.push(Note { line: self.last_line, reason });
        }
        self.kept
    }
}
