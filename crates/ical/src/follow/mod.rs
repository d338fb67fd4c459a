//! From poll to poll of one feed: what it blocks, and what it has to show for a night before the night is free again.
//!
//! What comes acts at once. A future night that a good poll no longer has is *held back*: it stays blocked until good
//! polls have agreed for long enough that it is gone ([`WaitingRules`]). Nights are what waits, not events: a
//! stay that moved leaves its old nights behind, and they wait like those of a stay that is gone.

/// Nights that are gone, stay by stay.
mod gone_nights;
/// Nights that wait, and what each poll says for their being free.
mod held_back;
/// How bad it looks that nights are gone.
mod loss_grade;
/// How long nights wait, all of it settings.
mod waiting_rules;

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::feed::{Busy, Feed};
use crate::feed_changes::{Changes, Known, compare};
use crate::night_set::{NightSet, Stretch};
use crate::provider::Provider;

use held_back::Evidence;
use loss_grade::Gone;

pub use held_back::{FreedLately, HeldBack};
pub use loss_grade::Loss;
pub use waiting_rules::WaitingRules;

/// What is remembered of a feed between two polls: plain data, so that it can be kept as rows or as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    /// The events of the last good reading that are not over.
    pub events: Vec<Known>,
    /// Nights that the last good reading did not have and that stay blocked all the same. No night stands twice.
    pub held_back: Vec<HeldBack>,
    /// Nights that were freed a short while ago: with others that go they may be the beginning of something worse.
    #[serde(default)]
    pub freed_lately: Vec<FreedLately>,
    /// When the last good poll was.
    pub last_good_at: Option<Timestamp>,
    /// Polls that failed since then.
    pub failures: u32,
    /// Events of the last good reading whose days could not be read.
    pub unreadable: u32,
}

/// What became of one poll.
#[derive(Clone, Copy, Debug)]
pub enum Poll<'a> {
    /// A whole calendar.
    Read(&'a Feed),
    /// The server says that nothing changed since the last good reading (304, or the same bytes).
    NotModified,
    /// No answer, an answer that is no calendar, a refusal: it neither agrees nor disagrees with anything.
    Failed,
}

/// What a feed is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// Whose feed it is.
    pub provider: Provider,
    /// The property's zone: its today decides what is past.
    pub zone: &'a TimeZone,
    /// How long nights wait.
    pub rules: &'a WaitingRules,
}

/// What one poll led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// To be remembered until the next poll.
    pub state: Followed,
    /// Event by event, for whoever keeps the events as rows. Empty for a poll that read nothing.
    pub changes: Changes<'a>,
    /// Nights, today's or later, that were free until now.
    pub blocked: NightSet,
    /// What waited long enough: these nights are free now.
    pub freed: Vec<HeldBack>,
    /// Nights that this poll was the first not to have. They stay blocked.
    pub held_back: NightSet,
    /// Nights that were held back and are in the feed again. They were blocked all the time.
    pub returned: NightSet,
    /// What a person should hear.
    pub notices: Vec<Notice>,
}

/// What a person should hear. Each comes with the poll that brings it about, not with those that follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// More is gone than a cancellation explains.
    ShrinkHeldBack {
        /// Nights missing.
        missing: i64,
        /// Nights that were blocked before.
        of: i64,
    },
    /// Nothing of what was known is left. A host who knows better may release the nights at once.
    EverythingGone {
        /// Nights missing.
        missing: i64,
    },
    /// Nights that were held back for more than a cancellation are in the feed again.
    CameBack {
        /// How many.
        nights: i64,
    },
    /// Events whose days cannot be read, more than before: until they can, what goes missing from now on waits.
    Unreadable {
        /// How many.
        events: u32,
    },
}

/// One poll of a feed, and what follows from it.
///
/// Additions act at once. A night that is gone is held back until at least [`WaitingRules::polls`] good polls in a
/// row have agreed, over the waiting time of its [`Loss`], the last of them at the end of that time or later. A poll
/// agrees unless it has more unreadable events than there were before the loss. A poll that failed changes nothing but
/// [`Followed::failures`]. Nights that are over drop out in silence.
pub fn follow<'a>(before: &'a Followed, poll: Poll<'a>, at: Timestamp, terms: &Terms<'_>) -> Step<'a> {
    let today = terms.zone.to_datetime(at).date();
    match poll {
        Poll::Read(feed) => {
            let changes = compare(&before.events, feed, terms.provider, today);
            let events = events_of(feed, &changes, terms.provider, today);
            let unreadable = u32::try_from(feed.unreadable.len()).unwrap_or(u32::MAX);
            let step = good_poll(before, Reading { events, unreadable }, at, today, terms);
            Step { changes, ..step }
        }
        Poll::NotModified if before.last_good_at.is_some() => {
            let events = before.events.iter().filter(|known| known.check_out > today).cloned().collect();
            good_poll(before, Reading { events, unreadable: before.unreadable }, at, today, terms)
        }
        // Nothing was ever read that it could be like.
        Poll::NotModified | Poll::Failed => {
            let failures = before.failures.saturating_add(1);
            Step::to(Followed { failures, ..before.clone() })
        }
    }
}

struct Reading {
    events: Vec<Known>,
    unreadable: u32,
}

fn events_of(feed: &Feed, changes: &Changes<'_>, provider: Provider, today: Date) -> Vec<Known> {
    let kept = changes.renamed.iter().map(|one| (provider.key(one.now), one.before.key.clone()));
    let mut kept: HashMap<String, String> = kept.collect();
    let live = |busy: &&Busy| busy.check_out > today;
    let read = feed.busy.iter().filter(live).map(|busy| {
        let known = Known::of(busy, provider);
        let key = kept.remove(&known.key).unwrap_or(known.key);
        Known { key, ..known }
    });
    let mut events: Vec<Known> = read.collect();
    events.extend(changes.spared.iter().map(|known| (*known).clone()));
    events
}

fn good_poll<'a>(
    before: &Followed,
    reading: Reading,
    at: Timestamp,
    today: Date,
    terms: &Terms<'_>,
) -> Step<'a> {
    let present = nights_of(&reading.events).from_day(today);
    let held = before.held_back_nights().from_day(today);
    let known = nights_of(&before.events).from_day(today).union(&held);
    let missing = known.without(&present);
    let new = missing.without(&held);

    let evidence = Evidence::of(before, reading.unreadable, at, terms.rules);
    let still = before.held_back.iter().flat_map(|one| one.only(&missing));
    let mut waiting: Vec<HeldBack> = still.map(|one| one.after(evidence)).collect();
    let lately =
        before.freed_lately.iter().flat_map(|one| one.still_counts(&present, at, today, terms.rules));
    let mut freed_lately: Vec<FreedLately> = lately.collect();
    let mut step = Step::to(Followed::default());
    let slid = match terms.provider.has_sliding_blocks() {
        true => gone_nights::slid(&before.events, &reading.events, today).shared_with(&new),
        false => NightSet::default(),
    };
    let first = |stretch: &Stretch| HeldBack::first(*stretch, before, reading.unreadable, at);
    waiting.extend(slid.stretches().iter().map(|stretch| HeldBack { slid: true, ..first(stretch) }));
    let lost = gone_nights::lost(&before.events, &new.without(&slid));
    if !lost.is_empty() {
        waiting.extend(lost.iter().map(first));
        let gone = Gone::of(&known, &waiting, &freed_lately);
        let (loss, together_nights) = (gone.loss(terms.rules), gone.nights.len());
        // What is missing at once is judged at once: a feed that empties bit by bit is as empty in the end.
        for one in waiting.iter_mut().filter(|one| !one.slid) {
            one.loss = one.loss.max(loss);
            one.together_nights = one.together_nights.max(together_nights);
        }
        step.notices.extend(gone.notice(terms.rules));
    }
    step.returned = held.shared_with(&present);
    step.notices.extend(came_back(before, &step.returned, terms.rules));
    if reading.unreadable > before.unreadable {
        step.notices.push(Notice::Unreadable { events: reading.unreadable });
    }
    step.blocked = present.without(&known);
    step.held_back = new;
    (step.freed, waiting) = waiting.into_iter().partition(|one| one.has_waited(at, terms));
    freed_lately.extend(step.freed.iter().filter_map(|one| FreedLately::of(one, at, terms.rules)));
    step.state = Followed {
        events: reading.events,
        held_back: waiting,
        freed_lately,
        last_good_at: Some(at),
        failures: 0,
        unreadable: reading.unreadable,
    };
    step
}

fn came_back(before: &Followed, returned: &NightSet, rules: &WaitingRules) -> Option<Notice> {
    let suspicious = before.held_back.iter().filter(|one| one.loss.is_suspicious(one.together_nights, rules));
    let suspicious = NightSet::of(suspicious.map(|one| (one.check_in, one.check_out)));
    let nights = suspicious.shared_with(returned).len();
    (nights > 0).then_some(Notice::CameBack { nights })
}

fn nights_of(events: &[Known]) -> NightSet {
    NightSet::of(events.iter().map(|known| (known.check_in, known.check_out)))
}

impl Followed {
    /// All nights that wait.
    pub fn held_back_nights(&self) -> NightSet {
        NightSet::of(self.held_back.iter().map(|one| (one.check_in, one.check_out)))
    }

    /// Everything that the feed blocks: the nights of its events and those held back.
    pub fn blocked_nights(&self) -> NightSet {
        nights_of(&self.events).union(&self.held_back_nights())
    }

    /// A person says that these nights are free: those of them that wait are let go, and returned. A night that an
    /// event of the feed has stays blocked.
    pub fn release(&mut self, nights: &NightSet) -> NightSet {
        let released = self.held_back_nights().shared_with(nights);
        let left = self.held_back_nights().without(nights);
        self.held_back = self.held_back.iter().flat_map(|one| one.only(&left)).collect();
        released
    }
}

impl Step<'_> {
    fn to(state: Followed) -> Self {
        Step {
            state,
            changes: Changes::default(),
            blocked: NightSet::default(),
            freed: Vec::new(),
            held_back: NightSet::default(),
            returned: NightSet::default(),
            notices: Vec::new(),
        }
    }

    /// The nights of [`Step::freed`].
    pub fn freed_nights(&self) -> NightSet {
        NightSet::of(self.freed.iter().map(|one| (one.check_in, one.check_out)))
    }
}

#[cfg(test)]
mod tests;
