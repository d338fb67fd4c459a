//! One row per night: free, held, booked, blocked.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::period::Period;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NightState {
    Free,
    Blocked,
    Held,
    Booked,
}

/// The state of each night of `window`. Where ranges overlap (a feed clashing with a stay) the stronger one shows.
pub fn nights(window: &Period, taken: &[(Period, NightState)]) -> Vec<(Date, NightState)> {
    let state_of = |night: Date| {
        let states = taken.iter().filter(|(period, _)| period.contains(night)).map(|(_, state)| *state);
        states.max().unwrap_or(NightState::Free)
    };
    window.each_night().map(|night| (night, state_of(night))).collect()
}

/// Periods of `nights` nights that are free, nearest to `wanted` first (before or after), at most `count`.
///
/// `free` tells whether a period can be sold; it is asked for check-ins up to `reach_days` away from the wanted one.
pub fn nearest_free(
    wanted: &Period,
    reach_days: i32,
    count: usize,
    earliest: Date,
    mut free: impl FnMut(&Period) -> bool,
) -> Vec<Period> {
    let nights = i32::try_from(wanted.nights()).unwrap_or(1);
    let shifted = |days: i32| {
        let check_in = wanted.check_in().checked_add(jiff::Span::new().days(days)).ok()?;
        let check_out = check_in.checked_add(jiff::Span::new().days(nights)).ok()?;
        if check_in < earliest { None } else { Period::new(check_in, check_out).ok() }
    };
    let by_distance = (1..=reach_days).flat_map(|days| [days, -days]);
    by_distance.filter_map(shifted).filter(|period| free(period)).take(count).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn period(from: i8, to: i8) -> Period {
        Period::new(date(2027, 1, from), date(2027, 1, to)).unwrap()
    }

    #[test]
    fn the_stronger_state_shows() {
        let taken = [(period(2, 4), NightState::Blocked), (period(3, 5), NightState::Booked)];
        let states: Vec<_> = nights(&period(1, 6), &taken).into_iter().map(|(_, state)| state).collect();
        use NightState::{Blocked, Booked, Free};
        assert_eq!(states, [Free, Blocked, Booked, Booked, Free]);
    }

    #[test]
    fn nearest_dates_come_first_and_never_in_the_past() {
        let taken = period(10, 13);
        let found = nearest_free(&period(10, 12), 10, 3, date(2027, 1, 9), |p| !p.overlaps(&taken));
        assert_eq!(found, [period(13, 15), period(14, 16), period(15, 17)]);
    }
}
