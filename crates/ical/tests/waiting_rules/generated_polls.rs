//! Logs of polls, generated from a seed.

use std::collections::BTreeMap;

use ical::{Busy, BusyKind, Feed};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// How often a feed is polled, and for how long.
#[derive(Clone, Copy)]
pub struct Pace {
    pub name: &'static str,
    pub minutes: u64,
    /// Up to so many minutes earlier or later.
    pub jitter: u64,
    pub days: u64,
}

/// A poll: when, and what came; `None` for a failure.
pub struct Polled {
    pub at: Timestamp,
    pub feed: Option<Feed>,
}

/// SplitMix64: the same log for the same seed, for ever.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }

    /// Whether something happens in a poll that happens `times` in `days` days.
    fn happens(&mut self, times: u64, days: u64, pace: Pace) -> bool {
        self.below(days * 24 * 60) < times * pace.minutes
    }
}

/// Check-in and nights by UID.
type Stays = BTreeMap<u64, (Date, i64)>;

/// What the feed says instead of the truth, for a while.
struct Fault {
    until: Timestamp,
    /// UIDs that are not there.
    hidden: Vec<u64>,
}

/// Stays come, move and are cancelled, closures of months come and go, and now and then the feed is wrong: for a
/// single poll, or for up to 24 hours; as an error, an empty calendar, or one that lacks a part.
pub fn log(seed: u64, pace: Pace) -> Vec<Polled> {
    let mut chance = Chance(seed);
    let mut at = date(2026, 1, 1).to_zoned(TimeZone::UTC).expect("a day of the calendar").timestamp();
    let end = at + SignedDuration::from_hours(24 * pace.days as i64);
    let mut stays = Stays::new();
    let mut fault: Option<Fault> = None;
    let mut polls = Vec::new();
    while at < end {
        let today = at.to_zoned(TimeZone::UTC).date();
        change(&mut stays, &mut chance, today, pace);
        if fault.as_ref().is_some_and(|fault| fault.until <= at) {
            fault = None;
        }
        if fault.is_none() {
            fault = new_fault(&stays, &mut chance, at, pace);
        }
        let hidden = fault.as_ref().map(|fault| fault.hidden.as_slice()).unwrap_or_default();
        // Once a day a failure would be a day of silence, in which nothing can be freed in time.
        let fails = pace.minutes < 24 * 60 && chance.happens(1, 6, pace);
        polls.push(Polled { at, feed: (!fails).then(|| feed(&stays, hidden)) });
        let step = pace.minutes + chance.below(2 * pace.jitter + 1) - pace.jitter;
        at += SignedDuration::from_mins(step as i64);
    }
    polls
}

/// What really happens to the calendar.
fn change(stays: &mut Stays, chance: &mut Chance, today: Date, pace: Pace) {
    stays.retain(|_, (check_in, nights)| after(*check_in, *nights) >= after(today, -5));
    if stays.is_empty() || (stays.len() < 40 && chance.happens(2, 1, pace)) {
        let nights = 1 + chance.below(9) as i64;
        add(stays, chance.next(), after(today, chance.below(300) as i64), nights);
    }
    let one = |chance: &mut Chance, stays: &Stays| {
        let index = chance.below(stays.len() as u64) as usize;
        stays.keys().nth(index).copied()
    };
    if chance.happens(1, 3, pace) {
        one(chance, stays).and_then(|uid| stays.remove(&uid));
    }
    if chance.happens(1, 10, pace) {
        let moved = one(chance, stays).and_then(|uid| Some((uid, stays.remove(&uid)?)));
        if let Some((uid, (check_in, nights))) = moved {
            add(stays, uid, after(check_in, chance.below(9) as i64 - 4), nights);
        }
    }
    if chance.happens(1, 30, pace) {
        add(stays, chance.next(), after(today, 320), 60 + chance.below(200) as i64);
    }
    if chance.happens(1, 40, pace) {
        // The host opens: all closures, or half of everything.
        let all = chance.below(2) == 0;
        stays.retain(|_, (_, nights)| *nights < 60 && (all || chance.below(2) == 0));
    }
}

/// Where it is free; as on a platform, no two stays share a night.
fn add(stays: &mut Stays, uid: u64, check_in: Date, nights: i64) {
    let end = after(check_in, nights);
    let is_free = stays.values().all(|(other, count)| end <= *other || after(*other, *count) <= check_in);
    if is_free {
        stays.insert(uid, (check_in, nights));
    }
}

fn new_fault(stays: &Stays, chance: &mut Chance, at: Timestamp, pace: Pace) -> Option<Fault> {
    // A single absence of whatever: everything, a part, one stay.
    if chance.happens(1, 4, pace) {
        let part = 1 + chance.below(3);
        let hidden = stays.keys().copied().filter(|_| part == 1 || chance.below(4) < part).collect();
        return Some(Fault { until: at + SignedDuration::from_secs(1), hidden });
    }
    // A black-out: back again within 24 hours, so it ends a poll before.
    let longest = (24 * 60u64).saturating_sub(2 * (pace.minutes + pace.jitter));
    if longest > 0 && chance.happens(1, 6, pace) {
        let hidden: Vec<u64> = match chance.below(3) {
            0 => stays.keys().copied().collect(),
            1 => stays.iter().filter(|(_, (_, nights))| *nights >= 60).map(|(uid, _)| *uid).collect(),
            _ => stays.keys().copied().step_by(2).collect(),
        };
        if is_one_stay(&hidden, stays) {
            return None;
        }
        let until = at + SignedDuration::from_mins(1 + chance.below(longest) as i64);
        return Some(Fault { until, hidden });
    }
    None
}

/// One stay that goes and comes back is a cancellation and another booking, for all that anybody can tell.
fn is_one_stay(hidden: &[u64], stays: &Stays) -> bool {
    hidden.len() == 1 && stays.len() > 1 && hidden.iter().all(|uid| stays[uid].1 < 60)
}

fn feed(stays: &Stays, hidden: &[u64]) -> Feed {
    let shown = stays.iter().filter(|(uid, _)| !hidden.contains(uid));
    let mut busy: Vec<Busy> = shown
        .map(|(uid, (check_in, nights))| Busy {
            uid: uid.to_string(),
            check_in: *check_in,
            check_out: after(*check_in, *nights),
            summary: String::new(),
            kind: BusyKind::Stay,
            recurrence_id: None,
        })
        .collect();
    busy.sort_by_key(|busy| busy.check_in);
    Feed { busy, ..Feed::default() }
}

fn after(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).expect("a day near today")
}
