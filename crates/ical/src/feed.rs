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
    /// Whole days that may be nobody's stay, and block unless the host has left them out.
    pub personal: Vec<PersonalDays>,
    /// How many events block nothing, by why.
    pub passed_over: PassedOver,
    /// What was skipped or repaired, in the order of the lines; the last may stand for many.
    pub notes: Vec<Note>,
}

/// Events that block nothing, counted by why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PassedOver {
    /// `STATUS:CANCELLED`.
    pub cancelled: u32,
    /// Hours, not days, that are marked as free time.
    pub free_time: u32,
    /// A visit within a day, or an event without length.
    pub no_night: u32,
    /// Whole days that the host has left out.
    pub left_out: u32,
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

/// Whole days that are named to the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalDays {
    /// The days, as they block or would.
    pub busy: Busy,
    /// What they look like; what a host leaves them out by.
    pub kind: PersonalKind,
    /// The host has left them out, so they block nothing.
    pub left_out: bool,
}

/// What whole days look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonalKind {
    /// Marked as free time (`TRANSP:TRANSPARENT`), and nothing else is known of them.
    MarkedFree,
    /// A birthday or an anniversary, by its words or because it comes every year.
    Birthday,
    /// A public holiday, by its words or by those of its calendar.
    Holiday,
}

impl PersonalKind {
    /// All of them.
    pub const ALL: [PersonalKind; 3] =
        [PersonalKind::MarkedFree, PersonalKind::Birthday, PersonalKind::Holiday];

    /// As the API and the database write it.
    pub fn as_str(self) -> &'static str {
        match self {
            PersonalKind::MarkedFree => "marked_free",
            PersonalKind::Birthday => "birthdays",
            PersonalKind::Holiday => "holidays",
        }
    }
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
