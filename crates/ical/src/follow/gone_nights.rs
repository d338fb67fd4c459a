//! Finds the nights that are gone, stay by stay.

use jiff::civil::Date;

use crate::day_arithmetic;
use crate::feed::BusyKind;
use crate::feed_changes::Known;
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

/// A block that goes on loses as many nights at its front in a day, or in the weekend in which nobody polled.
const LONGEST_SLIDE_NIGHTS: i64 = 2;

/// Nights at the front of blocks that have only gone on by a day or two: the first days, on which nobody may book any
/// more, and the last, on which nobody can yet. One that no night holds together with what follows it is believed
/// only if it was that of `today` or tomorrow.
pub(super) fn slid(before: &[Known], now: &[Known], today: Date) -> NightSet {
    let is_block = |one: &&Known| one.kind == BusyKind::Block;
    let mut blocks: Vec<(Date, Date)> =
        now.iter().filter(is_block).map(|one| (one.check_in, one.check_out)).collect();
    blocks.sort_unstable();
    let last_day = before.iter().map(|one| one.check_out).max();
    let front = |one: &Known| {
        let after = blocks.partition_point(|(check_in, _)| *check_in <= one.check_in);
        let (check_in, check_out) = *blocks.get(after)?;
        let is_near = one.check_in <= day_arithmetic::after(today);
        // In between nothing slides.
        if !is_near && Some(one.check_out) < last_day {
            return None;
        }
        let touches = if is_near { check_in <= one.check_out } else { check_in < one.check_out };
        let goes_on = touches && check_out >= one.check_out;
        let is_short = day_arithmetic::between(one.check_in, check_in) <= LONGEST_SLIDE_NIGHTS;
        (goes_on && is_short).then_some((one.check_in, check_in))
    };
    NightSet::of(before.iter().filter(is_block).filter_map(front))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

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

    #[test]
    fn blocks_that_go_on() {
        let check = |before: (i8, i8), now: &[(i8, i8)], kind: BusyKind, expected: &[(i8, i8)]| {
            let known = |(from, to): &(i8, i8)| Known {
                key: String::new(),
                check_in: date(2026, 9, *from),
                check_out: date(2026, 9, *to),
                kind,
            };
            let now: Vec<Known> = now.iter().map(known).collect();
            let slid = slid(&[known(&before)], &now, date(2026, 9, 1));
            let found: Vec<_> =
                slid.stretches().iter().map(|one| (one.check_in.day(), one.check_out.day())).collect();
            assert_eq!(found, expected, "{before:?} {now:?}");
        };
        use BusyKind::{Block, Stay};
        check((1, 2), &[(2, 3)], Block, &[(1, 2)]);
        check((1, 4), &[(2, 5)], Block, &[(1, 2)]);
        check((1, 30), &[(3, 30)], Block, &[(1, 3)]);
        check((1, 2), &[(2, 3)], Stay, &[]);
        // It stands still, is gone, is shorter, has opened a week, is another one.
        check((1, 4), &[(1, 4), (4, 6)], Block, &[]);
        check((1, 2), &[], Block, &[]);
        check((1, 9), &[(2, 4)], Block, &[]);
        check((1, 30), &[(8, 30)], Block, &[]);
        check((1, 2), &[(3, 4)], Block, &[]);
        // Far away only the same block goes on.
        check((2, 3), &[(3, 4)], Block, &[(2, 3)]);
        check((10, 12), &[(12, 14)], Block, &[]);
        check((10, 12), &[(11, 14)], Block, &[(10, 11)]);
        // Many that shrink at once are a bad minute: only the last can be the horizon.
        let known = |from, to| Known {
            key: String::new(),
            check_in: date(2026, 10, from),
            check_out: date(2026, 10, to),
            kind: Block,
        };
        let (before, now) = ([known(1, 7), known(20, 26)], [known(3, 7), known(22, 26)]);
        let slid = slid(&before, &now, date(2026, 9, 1));
        assert_eq!(slid.stretches().iter().map(|one| one.check_in.day()).collect::<Vec<_>>(), [20]);
    }
}
