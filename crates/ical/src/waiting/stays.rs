use jiff::civil::Date;

use crate::compare::Known;
use crate::night_set::{NightSet, Stretch};

/// Nights that these events had and have no more, stay by stay: two that follow each other are two. Events that share
/// a night are one, for some calendars say a stay two or three times.
pub(super) fn lost(events: &[Known], nights: &NightSet) -> Vec<Stretch> {
    let starts = starts(events);
    let mut lost = Vec::new();
    for stretch in nights.stretches() {
        let mut check_in = stretch.check_in;
        let from = starts.partition_point(|start| *start <= check_in);
        for start in starts.iter().skip(from).take_while(|start| **start < stretch.check_out) {
            lost.push(Stretch { check_in, check_out: *start });
            check_in = *start;
        }
        lost.push(Stretch { check_in, ..*stretch });
    }
    lost
}

/// On which days a stay begins that shares no night with one before, in order.
fn starts(events: &[Known]) -> Vec<Date> {
    let mut ranges: Vec<(Date, Date)> = events.iter().map(|one| (one.check_in, one.check_out)).collect();
    ranges.sort_unstable();
    let mut starts = Vec::new();
    let mut latest_end = Date::MIN;
    for (check_in, check_out) in ranges {
        if check_in >= latest_end {
            starts.push(check_in);
        }
        latest_end = latest_end.max(check_out);
    }
    starts
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::feed::BusyKind;

    fn check(events: &[(i8, i8)], lost_nights: &[(i8, i8)], expected: &[(i8, i8)]) {
        let day = |day| date(2026, 9, day);
        let known = |(from, to): &(i8, i8)| Known {
            key: String::new(),
            check_in: day(*from),
            check_out: day(*to),
            kind: BusyKind::Stay,
        };
        let events: Vec<Known> = events.iter().map(known).collect();
        let nights = NightSet::of(lost_nights.iter().map(|(from, to)| (day(*from), day(*to))));
        let found: Vec<_> =
            lost(&events, &nights).iter().map(|one| (one.check_in.day(), one.check_out.day())).collect();
        assert_eq!(found, expected, "{events:?}");
    }

    #[test]
    fn stay_by_stay() {
        check(&[(1, 4), (4, 8)], &[(1, 8)], &[(1, 4), (4, 8)]);
        check(&[(4, 8), (1, 4), (10, 12)], &[(1, 8), (10, 12)], &[(1, 4), (4, 8), (10, 12)]);
        // One of them keeps some nights.
        check(&[(1, 4), (4, 8)], &[(2, 6)], &[(2, 4), (4, 6)]);
        check(&[(1, 4), (4, 8)], &[(5, 6)], &[(5, 6)]);
        // Said three times, and with a day of cleaning around it.
        check(&[(1, 4), (1, 4), (1, 5), (3, 6)], &[(1, 6)], &[(1, 6)]);
        check(&[(1, 4), (1, 5), (5, 6)], &[(1, 6)], &[(1, 5), (5, 6)]);
        check(&[(1, 4)], &[], &[]);
    }
}
