//! Sets of nights, kept as ranges.

use jiff::civil::Date;

use crate::day_arithmetic;

/// Nights in a row: half-open, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stretch {
    /// First night.
    pub check_in: Date,
    /// The day after the last night.
    pub check_out: Date,
}

impl Stretch {
    /// How many nights.
    pub fn nights(&self) -> i64 {
        day_arithmetic::between(self.check_in, self.check_out)
    }
}

/// A set of nights, kept as stretches: a closure of years costs as much as one night, so a hostile feed of ten
/// thousand long events stays small.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NightSet {
    /// In order, none touching the next.
    stretches: Vec<Stretch>,
}

impl NightSet {
    /// The nights of these half-open ranges, which may overlap and stand in any order. A range that is empty or the
    /// wrong way round has none.
    pub fn of(ranges: impl IntoIterator<Item = (Date, Date)>) -> NightSet {
        let mut sorted: Vec<(Date, Date)> = ranges.into_iter().filter(|(from, to)| from < to).collect();
        sorted.sort_unstable();
        let mut stretches: Vec<Stretch> = Vec::with_capacity(sorted.len());
        for (check_in, check_out) in sorted {
            match stretches.last_mut() {
                Some(last) if check_in <= last.check_out => last.check_out = last.check_out.max(check_out),
                _ => stretches.push(Stretch { check_in, check_out }),
            }
        }
        NightSet { stretches }
    }

    /// In order; between two of them is at least one night.
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// Each night by the day on which it begins.
    pub fn nights(&self) -> impl Iterator<Item = Date> + '_ {
        self.stretches.iter().flat_map(|stretch| {
            let next = |day: &Date| day.tomorrow().ok();
            std::iter::successors(Some(stretch.check_in), next).take_while(|day| *day < stretch.check_out)
        })
    }

    /// How many nights.
    pub fn len(&self) -> i64 {
        self.stretches.iter().map(Stretch::nights).sum()
    }

    /// Whether there is no night at all.
    pub fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    /// The nights of either.
    pub fn union(&self, other: &NightSet) -> NightSet {
        let both = self.stretches.iter().chain(&other.stretches);
        NightSet::of(both.map(|stretch| (stretch.check_in, stretch.check_out)))
    }

    /// The nights of this set that the other has not.
    pub fn without(&self, other: &NightSet) -> NightSet {
        let mut left = Vec::with_capacity(self.stretches.len());
        let mut from = 0;
        for stretch in &self.stretches {
            let mut check_in = stretch.check_in;
            from += ended_by(&other.stretches[from..], check_in);
            for taken in &other.stretches[from..] {
                if taken.check_in >= stretch.check_out {
                    break;
                }
                if check_in < taken.check_in {
                    left.push(Stretch { check_in, check_out: taken.check_in });
                }
                check_in = taken.check_out;
            }
            if check_in < stretch.check_out {
                left.push(Stretch { check_in, check_out: stretch.check_out });
            }
        }
        NightSet { stretches: left }
    }

    /// The nights that both have.
    pub fn shared_with(&self, other: &NightSet) -> NightSet {
        self.without(&self.without(other))
    }

    /// The nights that begin on `day` or later.
    pub fn from_day(&self, day: Date) -> NightSet {
        let left = self.stretches.iter().filter(|stretch| stretch.check_out > day);
        NightSet {
            stretches: left
                .map(|stretch| Stretch { check_in: stretch.check_in.max(day), ..*stretch })
                .collect(),
        }
    }
}

/// How many of these stretches are over when `day` begins.
fn ended_by(stretches: &[Stretch], day: Date) -> usize {
    stretches.partition_point(|stretch| stretch.check_out <= day)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn day(offset: i64) -> Date {
        day_arithmetic::plus_or_last(date(2026, 9, 1), offset)
    }

    prop_compose! {
        fn ranges()(ranges in prop::collection::vec((0i64..60, -2i64..9), 0..12)) -> Vec<(Date, Date)> {
            ranges.into_iter().map(|(from, nights)| (day(from), day(from + nights))).collect()
        }
    }

    /// Night by night, which nobody can get wrong.
    fn plainly(ranges: &[(Date, Date)]) -> BTreeSet<Date> {
        (0..80).map(day).filter(|night| ranges.iter().any(|(from, to)| from <= night && night < to)).collect()
    }

    fn check(set: &NightSet, expected: impl IntoIterator<Item = Date>) {
        let expected: Vec<Date> = expected.into_iter().collect();
        assert_eq!(set.nights().collect::<Vec<_>>(), expected);
        assert_eq!(set.len(), expected.len() as i64);
        assert_eq!(set.is_empty(), expected.is_empty());
        assert!(set.stretches().iter().all(|stretch| stretch.check_in < stretch.check_out));
        assert!(set.stretches().windows(2).all(|pair| pair[0].check_out < pair[1].check_in), "{set:?}");
    }

    proptest! {
        #[test]
        fn sets_are_as_night_by_night(a in ranges(), b in ranges(), from in 0i64..70) {
            let (one, two) = (NightSet::of(a.clone()), NightSet::of(b.clone()));
            let (a, b) = (plainly(&a), plainly(&b));
            check(&one, a.iter().copied());
            check(&one.union(&two), a.union(&b).copied());
            check(&one.without(&two), a.difference(&b).copied());
            check(&one.shared_with(&two), a.intersection(&b).copied());
            check(&one.from_day(day(from)), a.into_iter().filter(|night| *night >= day(from)));
        }
    }

    #[test]
    fn the_last_day_of_the_calendar() {
        let set = NightSet::of([(Date::MIN, Date::MAX)]);
        assert_eq!(set.len(), day_arithmetic::between(Date::MIN, Date::MAX));
        assert!(set.without(&set).is_empty());
    }
}
