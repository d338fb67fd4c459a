//! Ranges of nights, from an arrival to a departure.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// A range of nights: a departure day is free for the next arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Nights {
    /// The first night.
    pub check_in: Date,
    /// The day after the last night.
    pub check_out: Date,
}

impl Nights {
    /// From one day up to another; nothing when it would have no night.
    pub fn new(check_in: Date, check_out: Date) -> Option<Self> {
        (check_in < check_out).then_some(Self { check_in, check_out })
    }

    /// So many nights from a day on; nothing when there is none, or when the calendar of the world ends before.
    pub fn from(check_in: Date, count: i32) -> Option<Self> {
        Self::new(check_in, later(check_in, count))
    }

    /// How many nights.
    pub fn count(self) -> i32 {
        (self.check_out - self.check_in).get_days()
    }

    /// Whether a night is in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.check_in < other.check_out && other.check_in < self.check_out
    }

    /// What is left without the nights that are taken, in order.
    pub fn without(self, taken: &[Self]) -> Vec<Self> {
        let mut left = vec![self];
        for taken in taken {
            left = left.into_iter().flat_map(|nights| nights.minus(*taken)).flatten().collect();
        }
        left
    }

    fn minus(self, taken: Self) -> [Option<Self>; 2] {
        if !self.overlaps(taken) {
            return [Some(self), None];
        }
        [Self::new(self.check_in, taken.check_in), Self::new(taken.check_out, self.check_out)]
    }
}

/// The same nights in as few ranges as there can be, in order.
pub(crate) fn merge(mut ranges: Vec<Nights>) -> Vec<Nights> {
    ranges.sort_unstable();
    let mut merged: Vec<Nights> = Vec::new();
    for nights in ranges {
        match merged.last_mut() {
            Some(last) if nights.check_in <= last.check_out => {
                last.check_out = last.check_out.max(nights.check_out);
            }
            _ => merged.push(nights),
        }
    }
    merged
}

/// So many days later, or earlier.
pub(crate) fn later(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}
