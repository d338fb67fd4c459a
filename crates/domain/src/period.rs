//! Half-open ranges of nights: the departure day is free for the next arrival.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// `[check_in, check_out)` in the property's own calendar; at least one night.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "Bounds", into = "Bounds")]
pub struct Period {
    check_in: Date,
    check_out: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("check-out must be after check-in")]
pub struct NotAPeriod;

impl Period {
    pub fn new(check_in: Date, check_out: Date) -> Result<Self, NotAPeriod> {
        if check_in < check_out { Ok(Self { check_in, check_out }) } else { Err(NotAPeriod) }
    }

    pub fn check_in(&self) -> Date {
        self.check_in
    }

    pub fn check_out(&self) -> Date {
        self.check_out
    }

    /// Number of nights, at least 1.
    pub fn nights(&self) -> i64 {
        days_between(self.check_in, self.check_out)
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.check_in < other.check_out && other.check_in < self.check_out
    }

    pub fn contains(&self, night: Date) -> bool {
        self.check_in <= night && night < self.check_out
    }

    /// Each night, named by the day on which it begins.
    pub fn each_night(&self) -> impl Iterator<Item = Date> + use<> {
        let end = self.check_out;
        std::iter::successors(Some(self.check_in), |day| day.checked_add(1.day()).ok())
            .take_while(move |day| *day < end)
    }
}

/// Whole days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    (to - from).get_days().into()
}

#[derive(Serialize, Deserialize)]
struct Bounds {
    check_in: Date,
    check_out: Date,
}

impl TryFrom<Bounds> for Period {
    type Error = NotAPeriod;
    fn try_from(bounds: Bounds) -> Result<Self, NotAPeriod> {
        Self::new(bounds.check_in, bounds.check_out)
    }
}

impl From<Period> for Bounds {
    fn from(period: Period) -> Self {
        Self { check_in: period.check_in, check_out: period.check_out }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn january(from: i8, to: i8) -> Period {
        Period::new(date(2027, 1, from), date(2027, 1, to)).unwrap()
    }

    #[test]
    fn overlap_matrix() {
        let kept = january(10, 15);
        for (from, to, overlaps, why) in [
            (10, 15, true, "the same range"),
            (8, 11, true, "over the left end"),
            (14, 18, true, "over the right end"),
            (11, 13, true, "inside"),
            (8, 18, true, "around"),
            (15, 18, false, "arrives on the departure day"),
            (8, 10, false, "departs on the arrival day"),
            (20, 22, false, "elsewhere"),
        ] {
            assert_eq!(kept.overlaps(&january(from, to)), overlaps, "{why}");
            assert_eq!(january(from, to).overlaps(&kept), overlaps, "{why}, the other way");
        }
    }

    #[test]
    fn nights_are_counted_over_month_and_year_ends() {
        let period = Period::new(date(2027, 12, 30), date(2028, 1, 2)).unwrap();
        assert_eq!(period.nights(), 3);
        assert_eq!(period.each_night().last(), Some(date(2028, 1, 1)));
        assert_eq!(period.each_night().count(), 3);
    }

    #[test]
    fn an_empty_or_reversed_range_is_no_period() {
        assert_eq!(Period::new(date(2027, 1, 5), date(2027, 1, 5)), Err(NotAPeriod));
        assert_eq!(Period::new(date(2027, 1, 6), date(2027, 1, 5)), Err(NotAPeriod));
    }
}
