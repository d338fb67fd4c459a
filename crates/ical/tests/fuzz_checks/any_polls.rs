//! Checks the waiting rules on any sequence of polls.

use std::collections::{BTreeMap, BTreeSet};

use ical::{Busy, BusyKind, Feed, Followed, NightSet, Poll, Provider, Terms, Unreadable, WaitingRules};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::Numbers;

/// A provider, then polls of a calendar that changes in between.
pub fn follow(bytes: &[u8]) {
    let mut numbers = Numbers::of(bytes);
    let provider = Provider::ALL[numbers.below(5) as usize];
    let (zone, rules) = (TimeZone::UTC, WaitingRules::default());
    let terms = Terms { provider, zone: &zone, rules: &rules };
    let mut calendar = Calendar::default();
    let mut oracle = Oracle::default();
    let mut state = Followed::default();
    let mut at: Timestamp =
        date(2026, 9, 10).in_tz("UTC").map_or(Timestamp::UNIX_EPOCH, |day| day.timestamp());
    while !numbers.is_over() {
        // From nothing to eighteen hours, mostly minutes.
        let gap = numbers.next();
        at += SignedDuration::from_mins(gap * gap / 60);
        let feed = calendar.next(&mut numbers);
        let poll = match numbers.below(8) {
            0 => Poll::Failed,
            1 => Poll::NotModified,
            _ => Poll::Read(&feed),
        };
        let before = state.clone();
        let step = ical::follow(&before, poll, at, &terms);
        oracle.check(&before, &step, poll, at);
        state = step.state;
    }
    let events = NightSet::of(state.events.iter().map(|known| (known.check_in, known.check_out)));
    let waiting = state.held_back_nights();
    assert_eq!(state.release(&waiting), waiting);
    assert_eq!(state.blocked_nights(), events);
}

/// A calendar of a few events, as it stands and as it stood before a black-out.
#[derive(Default)]
struct Calendar {
    events: BTreeMap<i64, (i64, i64)>,
    put_away: BTreeMap<i64, (i64, i64)>,
}

impl Calendar {
    fn next(&mut self, numbers: &mut Numbers<'_>) -> Feed {
        let unreadable = match numbers.below(12) {
            0..=3 => {
                self.events.insert(numbers.below(16), (numbers.next(), 1 + numbers.below(40)));
                None
            }
            4 | 5 => {
                self.events.remove(&numbers.below(16));
                None
            }
            6 => {
                self.put_away.append(&mut self.events);
                None
            }
            7 => {
                self.events.append(&mut self.put_away);
                None
            }
            8 => Some(numbers.below(17)),
            _ => None,
        };
        let mut feed = Feed { busy: self.events.iter().map(busy).collect(), ..Feed::default() };
        feed.busy.sort_by_key(|busy| (busy.check_in, busy.check_out));
        let uid = |number: i64| (number < 16).then(|| number.to_string());
        feed.unreadable.extend(unreadable.map(|number| Unreadable { uid: uid(number), line: 1 }));
        feed
    }
}

fn busy((uid, (from, nights)): (&i64, &(i64, i64))) -> Busy {
    let day = |days: i64| date(2026, 9, 1).checked_add(days.days()).unwrap_or(Date::MAX);
    Busy {
        uid: uid.to_string(),
        check_in: day(*from),
        check_out: day(from + nights),
        summary: String::new(),
        kind: if uid % 3 == 0 { BusyKind::Block } else { BusyKind::Stay },
        recurrence_id: None,
    }
}

/// Follows every night by itself, as plainly as can be.
#[derive(Default)]
struct Oracle {
    blocked: BTreeSet<Date>,
    /// Nights that the last good reading had.
    present: BTreeSet<Date>,
    missing: BTreeMap<Date, Missing>,
    /// Events of the last good reading whose days could not be read.
    unreadable: usize,
}

#[derive(Clone, Copy)]
struct Missing {
    since: Timestamp,
    unreadable_before: usize,
    good_polls: u32,
    /// Many nights went with it, and not as one stay.
    in_a_mass: bool,
}

impl Oracle {
    fn check(&mut self, before: &Followed, step: &ical::Step<'_>, poll: Poll<'_>, at: Timestamp) {
        let today = at.to_zoned(TimeZone::UTC).date();
        self.blocked.retain(|night| *night >= today);
        let freed: BTreeSet<Date> = step.freed_nights().nights().collect();
        let blocked: BTreeSet<Date> = step.blocked.nights().collect();
        assert!(freed.is_subset(&self.blocked), "only what was blocked is freed");
        assert!(blocked.is_disjoint(&self.blocked), "only what was free is blocked anew");
        match poll {
            Poll::Read(feed) => {
                // An event whose days cannot be read stands as it was.
                let stands = step.state.events.iter().map(|known| (known.check_in, known.check_out));
                let stands: Vec<Date> = NightSet::of(stands).nights().collect();
                let read: BTreeSet<Date> =
                    nights(feed).chain(stands).filter(|night| *night >= today).collect();
                self.good(&read, &slid(step), feed.unreadable.len(), today, at);
            }
            Poll::NotModified if before.last_good_at.is_some() => {
                let present = self.present.iter().copied().filter(|night| *night >= today).collect();
                self.good(&present, &BTreeSet::new(), self.unreadable, today, at);
            }
            Poll::NotModified | Poll::Failed => {
                assert!(blocked.is_empty() && freed.is_empty(), "a failure changes nothing");
                assert_eq!(step.state.blocked_nights(), before.blocked_nights());
                return;
            }
        }
        for night in &freed {
            let missing = self.missing.remove(night).expect("a night that is freed was missing");
            let waited = at.duration_since(missing.since);
            assert!(missing.good_polls >= 2, "{night} was freed on the word of one poll");
            assert!(waited >= SignedDuration::from_mins(15), "{night} was freed after {waited}");
            let enough = !missing.in_a_mass || waited >= SignedDuration::from_hours(24);
            assert!(enough, "{night} was freed with many others after {waited}");
        }
        self.blocked.retain(|night| !freed.contains(night));
        self.blocked.extend(blocked);
        let said: BTreeSet<Date> = step.state.blocked_nights().from_day(today).nights().collect();
        assert_eq!(said, self.blocked, "what was said adds up to what is remembered");
        assert!(self.present.is_subset(&self.blocked), "what the feed has is blocked");
    }

    fn good(
        &mut self,
        present: &BTreeSet<Date>,
        slid: &BTreeSet<Date>,
        unreadable: usize,
        today: Date,
        at: Timestamp,
    ) {
        self.missing.retain(|night, _| *night >= today && !present.contains(night));
        for missing in self.missing.values_mut() {
            missing.good_polls += u32::from(unreadable <= missing.unreadable_before);
        }
        let gone = self.blocked.iter().filter(|night| !present.contains(night));
        let new: Vec<Date> = gone.filter(|night| !self.missing.contains_key(night)).copied().collect();
        let (slid, new): (Vec<Date>, Vec<Date>) = new.into_iter().partition(|night| slid.contains(night));
        let stretches = 1 + new.windows(2).filter(|pair| pair[0].tomorrow().ok() != Some(pair[1])).count();
        let one_stay = stretches == 1 && new.len() <= 7 && new.len() * 4 < self.blocked.len();
        // Of nights that an unreadable event may have, nobody knows when they went.
        let in_a_mass = new.len() >= 5 && !one_stay && unreadable == 0;
        let unreadable_before = self.unreadable;
        let good_polls = u32::from(unreadable <= unreadable_before);
        let missing = Missing { since: at, unreadable_before, good_polls, in_a_mass };
        self.missing.extend(new.into_iter().map(|night| (night, missing)));
        let harmless = Missing { in_a_mass: false, ..missing };
        self.missing.extend(slid.into_iter().map(|night| (night, harmless)));
        self.unreadable = unreadable;
        self.present.clone_from(present);
    }
}

/// Nights of blocks that go on from day to day. What they are is tested elsewhere; here, that they are few.
fn slid(step: &ical::Step<'_>) -> BTreeSet<Date> {
    let waiting = step.state.held_back.iter().chain(&step.freed).filter(|one| one.slid);
    let slid = NightSet::of(waiting.map(|one| (one.check_in, one.check_out)));
    assert!(slid.stretches().iter().all(|stretch| stretch.nights() <= 2 * 16), "two for each event");
    slid.nights().collect()
}

fn nights(feed: &Feed) -> impl Iterator<Item = Date> {
    let all = NightSet::of(feed.busy.iter().map(|busy| (busy.check_in, busy.check_out)));
    all.nights().collect::<Vec<_>>().into_iter()
}
