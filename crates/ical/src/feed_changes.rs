//! Compares a reading with what was known of the feed: what came, moved and went.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::feed::{Busy, BusyKind, Feed};
use crate::provider::Provider;

/// An event as it was last known from the same feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// As [`Provider::key`].
    pub key: String,
    /// First night.
    pub check_in: Date,
    /// The day after the last night.
    pub check_out: Date,
    /// As [`Busy::kind`]; a provider's block is no stay, and its going is no cancellation.
    pub kind: BusyKind,
}

impl Known {
    /// What is kept of an event.
    pub fn of(busy: &Busy, provider: Provider) -> Known {
        Known { key: provider.key(busy), check_in: busy.check_in, check_out: busy.check_out, kind: busy.kind }
    }
}

/// What differs between what was known and a reading. Nothing is decided here: that nights are gone from a feed does
/// not make them free, see [`crate::follow`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes<'a> {
    /// In the reading, not known before.
    pub added: Vec<&'a Busy>,
    /// Known, with other days now. Events that are known by their days never move: they go, and others come.
    pub moved: Vec<Moved<'a>>,
    /// Known, not in the reading, and not over yet. Platforms drop a stay soon after it ends, which says nothing.
    pub gone: Vec<&'a Known>,
    /// Known, not in the reading, but the reading has the same event with days that cannot be read.
    pub spared: Vec<&'a Known>,
    /// Known with these very days; the summary may differ.
    pub unchanged: Vec<&'a Busy>,
    /// Known with these very days and of the same kind, under another UID: some calendars make new ones at every
    /// reading. Each keeps the key under which it is known, and stands in `unchanged` too.
    pub renamed: Vec<Renamed<'a>>,
}

/// One event with another UID than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renamed<'a> {
    /// As it was known, and stays known.
    pub before: &'a Known,
    /// As the reading has it.
    pub now: &'a Busy,
}

/// One event, before and now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved<'a> {
    /// As it was known.
    pub before: &'a Known,
    /// As the reading has it.
    pub now: &'a Busy,
}

impl Changes<'_> {
    /// Whether the reading says just what was known.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.moved.is_empty() && self.gone.is_empty()
    }
}

impl<'a> Changes<'a> {
    /// Takes out of what was added and of what is missing those that are one event under two names.
    fn find_renamed(&mut self, missing: &mut Vec<&'a Known>) {
        let mut by_days: HashMap<(Date, Date, BusyKind), Vec<&Known>> = HashMap::new();
        for one in missing.iter().rev() {
            by_days.entry((one.check_in, one.check_out, one.kind)).or_default().push(one);
        }
        let mut found: HashSet<&str> = HashSet::new();
        self.added.retain(|now| {
            let same_days = by_days.get_mut(&(now.check_in, now.check_out, now.kind));
            let Some(before) = same_days.and_then(Vec::pop) else { return true };
            found.insert(&before.key);
            self.renamed.push(Renamed { before, now });
            self.unchanged.push(now);
            false
        });
        missing.retain(|one| !found.contains(one.key.as_str()));
    }
}

/// Compares a reading with what was known of the same feed, each event by its [`Provider::key`] and, where UIDs do not
/// last, by its days. `today` is the
/// property's civil day: an event that ended on or before it is never gone. Each list is in the order of its source.
pub fn compare<'a>(before: &'a [Known], now: &'a Feed, provider: Provider, today: Date) -> Changes<'a> {
    let mut known: HashMap<&str, (&Known, Seen)> = HashMap::with_capacity(before.len());
    for one in before {
        known.insert(&one.key, (one, Seen::No));
    }
    let mut changes = Changes::default();
    for busy in &now.busy {
        match known.get_mut(provider.key(busy).as_str()) {
            None => changes.added.push(busy),
            Some((before, seen)) => {
                *seen = Seen::Yes;
                if (before.check_in, before.check_out) == (busy.check_in, busy.check_out) {
                    changes.unchanged.push(busy);
                } else {
                    changes.moved.push(Moved { before, now: busy });
                }
            }
        }
    }
    let is_seen = |one: &Known| known.get(one.key.as_str()).is_some_and(|(_, seen)| *seen == Seen::Yes);
    let mut missing: Vec<&Known> =
        before.iter().filter(|one| !is_seen(one) && one.check_out > today).collect();
    if provider.renames_events() {
        changes.find_renamed(&mut missing);
    }
    let unreadable: HashSet<&str> = now.unreadable.iter().filter_map(|event| event.uid.as_deref()).collect();
    let spared = |one: &&Known| {
        // One that was kept of a repeating event has its day after the UID.
        let uid = one.key.rsplit_once('#').map_or(one.key.as_str(), |(uid, _)| uid);
        unreadable.contains(one.key.as_str()) || unreadable.contains(uid)
    };
    (changes.spared, changes.gone) = missing.into_iter().partition(spared);
    changes
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Yes,
    No,
}

#[cfg(test)]
mod tests;
