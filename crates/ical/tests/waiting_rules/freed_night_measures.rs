//! The three measures: nights freed by mistake, freed late, and missed.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use ical::{Followed, NightSet, Poll, Provider, Terms, WaitingRules, follow};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::generated_polls::Polled;

/// Counted in nights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// Future nights freed while the feed had them, in an absence of a single poll, or in a black-out: five or more
    /// nights that go together and are back together within 24 hours.
    pub mistakes: usize,
    /// Future nights gone for 36 hours and still blocked.
    pub late: usize,
    /// Nights that the feed has and we have not.
    pub missed: usize,
    /// All nights freed.
    pub freed: usize,
    /// Future nights that were absent for a single poll.
    pub absences: usize,
    /// Future nights that were absent in a black-out.
    pub black_outs: usize,
}

impl Measures {
    pub fn add(&mut self, other: &Measures) {
        self.mistakes += other.mistakes;
        self.late += other.late;
        self.missed += other.missed;
        self.freed += other.freed;
        self.absences += other.absences;
        self.black_outs += other.black_outs;
    }
}

/// A poll as an onlooker sees it: what the feed had last, and what we blocked after it.
struct Seen {
    at: Timestamp,
    feed: Rc<BTreeSet<Date>>,
    /// Whether it is the feed of this poll, or of one before it.
    good: bool,
    blocked: Rc<BTreeSet<Date>>,
    freed: Vec<Date>,
}

/// The first poll without a night, and the first that has it again.
type Absence = (usize, Option<usize>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Single,
    BlackOut,
    Genuine,
}

pub fn measure(log: &[Polled], rules: &WaitingRules) -> Measures {
    let seen = replay(log, rules);
    let absences = absences(&seen);
    let mut together: BTreeMap<Absence, BTreeSet<Date>> = BTreeMap::new();
    for (night, absence) in &absences {
        together.entry(*absence).or_default().insert(*night);
    }
    let mut of_night: BTreeMap<Date, Vec<Absence>> = BTreeMap::new();
    for (night, absence) in &absences {
        of_night.entry(*night).or_default().push(*absence);
    }
    let sort: BTreeMap<Absence, Sort> =
        together.iter().map(|(absence, nights)| (*absence, sort_of(&seen, *absence, nights))).collect();

    let mut measures = Measures::default();
    for (index, poll) in seen.iter().enumerate() {
        measures.freed += poll.freed.len();
        measures.missed +=
            poll.feed.difference(&poll.blocked).filter(|night| **night >= today(poll.at)).count();
        for night in &poll.freed {
            let of_night = of_night.get(night).map(Vec::as_slice).unwrap_or_default();
            let absence = of_night.iter().find(|(from, to)| *from <= index && to.is_none_or(|to| index < to));
            let mistake = absence.is_none_or(|absence| sort[absence] != Sort::Genuine);
            measures.mistakes += usize::from(mistake);
        }
    }
    for (night, absence) in &absences {
        measures.absences += usize::from(sort[absence] == Sort::Single);
        measures.black_outs += usize::from(sort[absence] == Sort::BlackOut);
        measures.late += usize::from(is_late(&seen, *night, *absence));
    }
    measures
}

fn sort_of(seen: &[Seen], (from, to): Absence, nights: &BTreeSet<Date>) -> Sort {
    let Some(to) = to else { return Sort::Genuine };
    if seen[to].at.duration_since(seen[from].at) > SignedDuration::from_hours(24) {
        return Sort::Genuine;
    }
    if seen[from..to].iter().filter(|poll| poll.good).count() == 1 {
        return Sort::Single;
    }
    let many = nights.len() >= 5 && !is_one_stay(nights, &seen[from - 1]);
    if many { Sort::BlackOut } else { Sort::Genuine }
}

/// A week or less in one piece, less than a quarter of what there was: nobody can tell a stay that the feed lost for
/// some polls from one that was cancelled and booked again.
fn is_one_stay(nights: &BTreeSet<Date>, before: &Seen) -> bool {
    let known = before.blocked.iter().filter(|night| **night >= today(before.at)).count();
    let next = |night: &Date| night.tomorrow().ok();
    let ends = nights.iter().filter(|night| next(night).is_none_or(|next| !nights.contains(&next))).count();
    ends == 1 && nights.len() <= 7 && nights.len() * 4 < known
}

/// Gone for 36 hours, not over in the meantime, and blocked at the end of them.
fn is_late(seen: &[Seen], night: Date, (from, to): Absence) -> bool {
    let gone_at = seen[from].at;
    let in_time = |poll: &&Seen| poll.at <= gone_at + SignedDuration::from_hours(36);
    let until = seen[from..].iter().take_while(in_time).count() + from;
    let last = &seen[until - 1];
    let long_enough = last.at >= gone_at + SignedDuration::from_hours(24);
    let absent = to.is_none_or(|to| to >= until);
    long_enough && absent && night > today(last.at) && last.blocked.contains(&night)
}

fn absences(seen: &[Seen]) -> Vec<(Date, Absence)> {
    let mut found = Vec::new();
    let mut open: BTreeMap<Date, usize> = BTreeMap::new();
    for (index, pair) in seen.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        if Rc::ptr_eq(&before.feed, &after.feed) {
            continue;
        }
        let back: Vec<Date> = open.keys().copied().filter(|night| after.feed.contains(night)).collect();
        for night in back {
            let from = open.remove(&night).expect("it is open");
            found.push((night, (from, Some(index + 1))));
        }
        let gone = before.feed.difference(&after.feed).filter(|night| **night >= today(after.at));
        open.extend(gone.map(|night| (*night, index + 1)));
    }
    found.extend(open.into_iter().map(|(night, from)| (night, (from, None))));
    found
}

fn replay(log: &[Polled], rules: &WaitingRules) -> Vec<Seen> {
    let terms = Terms { provider: Provider::Other, zone: &TimeZone::UTC, rules };
    let mut state = Followed::default();
    let mut blocked = Rc::new(BTreeSet::new());
    let mut feed = Rc::new(BTreeSet::new());
    let mut seen = Vec::new();
    for polled in log {
        let before = std::mem::take(&mut state);
        let poll = polled.feed.as_ref().map_or(Poll::Failed, Poll::Read);
        let step = follow(&before, poll, polled.at, &terms);
        // Only what each step says is believed, as by a caller who keeps the nights himself.
        let freed: Vec<Date> = step.freed_nights().nights().collect();
        if !step.blocked.is_empty() || !freed.is_empty() {
            let blocked = Rc::make_mut(&mut blocked);
            blocked.extend(step.blocked.nights());
            blocked.retain(|night| !freed.contains(night));
        }
        if let Some(read) = &polled.feed {
            let nights = NightSet::of(read.busy.iter().map(|busy| (busy.check_in, busy.check_out)));
            let nights = nights.nights().collect();
            if *feed != nights {
                feed = Rc::new(nights);
            }
        }
        let good = polled.feed.is_some();
        seen.push(Seen { at: polled.at, feed: feed.clone(), good, blocked: blocked.clone(), freed });
        state = step.state;
    }
    seen
}

fn today(at: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(at).date()
}
