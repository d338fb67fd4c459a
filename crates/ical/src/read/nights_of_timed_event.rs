//! Which nights a timed event blocks.
//!
//! A host writes times for three reasons, and the rule serves all three:
//! a stay from arrival to departure (Friday 15:00 to Sunday 11:00) takes the nights between, Friday and Saturday;
//! a closed day written with times (00:00 to 00:00, 00:00 to 23:59) takes that day's night, as a DATE would;
//! a visit within the day (a repair, a cleaning, 10:00 to 12:00) takes none.
//!
//! So the night of a day runs from 20:00 (a guest may come as late as that) to 06:00 of the next day, and an event
//! that touches it blocks it. One exception: an event that starts at midnight sharp and lasts into the evening means
//! the day that begins then, not the night that is half over. A dinner from 20:00 to 23:00 in the cabin's calendar
//! therefore blocks the night: a sale that waits for the host is cheaper than two families at one door.

use jiff::civil::{Date, DateTime, Time};

use crate::day_arithmetic;

const EVENING: Time = Time::constant(20, 0, 0, 0);
const MORNING: Time = Time::constant(6, 0, 0, 0);

/// The half-open range of nights that an event from `start` to `end` touches, both in the property's civil time.
/// `None` when it touches none, as an event without length always does.
pub(crate) fn touched(start: DateTime, end: DateTime) -> Option<(Date, Date)> {
    if end <= start {
        return None;
    }
    let last = if end.time() > EVENING { end.date() } else { day_arithmetic::plus_or_last(end.date(), -1) };
    let means_the_day = start.time() == Time::midnight() && last >= start.date();
    let first = if start.time() < MORNING && !means_the_day {
        day_arithmetic::plus(start.date(), -1)?
    } else {
        start.date()
    };
    (first <= last).then(|| (first, day_arithmetic::after(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// September 2026: the 4th is a Friday.
    fn check(start: &str, end: &str, expected: Option<(i8, i8)>) {
        let touched = touched(start.parse().unwrap(), end.parse().unwrap());
        let days = touched.map(|(check_in, check_out)| (check_in.day(), check_out.day()));
        assert_eq!(days, expected, "{start} to {end}");
    }

    #[test]
    fn nights_a_host_means() {
        // Stays with hours.
        check("2026-09-04T15:00", "2026-09-06T11:00", Some((4, 6)));
        check("2026-09-04T22:00", "2026-09-05T08:00", Some((4, 5)));
        check("2026-09-04T15:00", "2026-09-06T20:00", Some((4, 6)));
        check("2026-09-05T01:30", "2026-09-06T11:00", Some((4, 6)));
        check("2026-09-04T15:00", "2026-09-06T02:00", Some((4, 6)));
        // Days written as times.
        check("2026-09-04T00:00", "2026-09-05T00:00", Some((4, 5)));
        check("2026-09-04T00:00", "2026-09-06T00:00", Some((4, 6)));
        check("2026-09-04T00:00", "2026-09-04T23:59:59", Some((4, 5)));
        // Visits.
        check("2026-09-04T10:00", "2026-09-04T12:00", None);
        check("2026-09-04T06:00", "2026-09-04T20:00", None);
        check("2026-09-04T12:00", "2026-09-04T12:00", None);
        check("2026-09-04T12:00", "2026-09-03T12:00", None);
        // Evenings and small hours.
        check("2026-09-04T19:30", "2026-09-04T23:00", Some((4, 5)));
        check("2026-09-04T23:00", "2026-09-05T00:00", Some((4, 5)));
        check("2026-09-05T00:00", "2026-09-05T04:00", Some((4, 5)));
        check("2026-09-05T05:00", "2026-09-05T09:00", Some((4, 5)));
    }
}
