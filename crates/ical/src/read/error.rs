//! Why a body is refused as a whole.

use thiserror::Error;

/// Why a body is refused as a whole. Lines are counted from 1.
///
/// The caller keeps every night it knew: a refused body says nothing about what is free.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// No bytes but white space.
    #[error("the body is empty, which is no calendar (an empty calendar still has BEGIN and END:VCALENDAR)")]
    Empty,
    /// The first line is not `BEGIN:VCALENDAR`: a login page, an error in JSON, a compressed body.
    #[error("line {line}: this is not a calendar, it starts with \"{first_words}\"")]
    NotACalendar {
        /// Where the text starts.
        line: usize,
        /// The first printable words, at most 60 characters.
        first_words: String,
    },
    /// The lines begin with blanks, which in a calendar means that each goes on where the one before ended.
    #[error(
        "line {line}: the calendar is indented: a line that begins with a blank or a tab belongs to the line before it, so \
         nothing of this can be read; take the blanks at the beginning of its lines away"
    )]
    Indented {
        /// The first line with the beginning or the end of a component behind blanks.
        line: usize,
    },
    /// The body ends, or another calendar begins, before `END:VCALENDAR`.
    #[error("line {line}: the calendar is cut off, its END:VCALENDAR is missing")]
    Truncated {
        /// The last line that was there.
        line: usize,
    },
    /// A line that is no part of any calendar stands where an event could: an error message in the place of the rest.
    #[error("line {line}: this is no part of a calendar: \"{first_words}\"")]
    Foreign {
        /// Where it stands.
        line: usize,
        /// The first printable words, at most 60 characters.
        first_words: String,
    },
    /// An event before `BEGIN` or after `END:VCALENDAR`, so that nobody knows what else is missing.
    #[error("line {line}: an event stands outside the calendar")]
    EventOutside {
        /// The line of its `BEGIN:VEVENT`.
        line: usize,
    },
    /// More bytes than [`crate::ReadLimits::max_bytes`].
    #[error("the body has {bytes} bytes, more than the {max_bytes} that are read")]
    TooLarge {
        /// Size of the body.
        bytes: usize,
        /// The limit.
        max_bytes: usize,
    },
    /// More events than [`crate::ReadLimits::max_events`].
    #[error("line {line}: more than {max_events} events")]
    TooManyEvents {
        /// Where the first event too many begins.
        line: usize,
        /// The limit.
        max_events: usize,
    },
    /// Repeating events become more ranges than [`crate::ReadLimits::max_ranges`], or cost too much to expand.
    #[error("line {line}: this event repeats so often that the feed has more than {max_ranges} busy ranges")]
    TooManyRepeats {
        /// The event at which the limit was met.
        line: usize,
        /// The limit.
        max_ranges: usize,
    },
}
