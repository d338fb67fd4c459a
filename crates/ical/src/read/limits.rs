//! How much one feed may cost, and the window in which repeats are expanded.

use jiff::civil::Date;

use crate::day_arithmetic;

/// What one feed may cost. Past a limit the feed is refused or the event cut, never read in part in silence.
///
/// Longest events measured in two years of real feeds: Airbnb 233 nights, Booking.com 549.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadLimits {
    /// Body size in bytes; a larger body is [`crate::ReadError::TooLarge`].
    pub max_bytes: usize,
    /// VEVENTs in the body; more is [`crate::ReadError::TooManyEvents`].
    pub max_events: usize,
    /// Busy ranges after repeats are expanded; more is [`crate::ReadError::TooManyRepeats`].
    pub max_ranges: usize,
    /// Nights one range may block; a longer event is cut to the window and then to this, with a note.
    pub max_nights_per_event: i32,
    /// Repeats that end on or before this day are left out.
    pub window_from: Date,
    /// Repeats that start on or after this day are left out.
    pub window_to: Date,
}

impl ReadLimits {
    /// The usual limits for a reading made on `today` (the property's civil day): 5 MiB, 10,000 events,
    /// 20,000 ranges, 1,200 nights an event, repeats from 60 days ago to three years ahead.
    pub fn around(today: Date) -> ReadLimits {
        ReadLimits {
            max_bytes: 5 * 1024 * 1024,
            max_events: 10_000,
            max_ranges: 20_000,
            max_nights_per_event: 1_200,
            window_from: day_arithmetic::plus_or_last(today, -60),
            window_to: day_arithmetic::plus_or_last(today, 3 * 366),
        }
    }
}
