//! Two readings of one feed. What a change means is not decided here: additions and moves act at once, but a night
//! that a feed no longer blocks stays blocked until good readings over a waiting time agree. Those waiting rules for
//! freed nights have their place in `compare/`; they take [`Changes::gone`] and the freed ends of [`Changes::moved`].

use std::collections::HashMap;

use jiff::civil::Date;

use crate::feed::{Busy, Unreadable};

/// A range as it was last known from the same feed. UIDs of different feeds are never compared: Airbnb repeats them
/// across linked listings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// As [`Busy::uid`].
    pub uid: String,
    /// As [`Busy::recurrence_id`].
    pub recurrence_id: Option<Date>,
    /// First night.
    pub check_in: Date,
    /// The day after the last night.
    pub check_out: Date,
}

/// What differs between what was known and a reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes<'a> {
    /// In the reading, not known before.
    pub added: Vec<&'a Busy>,
    /// Known, with other days now: platforms keep the UID of a stay whose dates change.
    pub moved: Vec<Moved<'a>>,
    /// Known, not in the reading, and not over yet. Platforms drop a stay soon after it ends, which says nothing.
    pub gone: Vec<&'a Known>,
    /// Known with these very days; the summary may differ.
    pub unchanged: Vec<&'a Busy>,
}

/// One range, before and now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved<'a> {
    /// As it was known.
    pub before: &'a Known,
    /// As the reading has it.
    pub now: &'a Busy,
}

impl Changes<'_> {
    /// Without what only seems gone: an event of [`crate::Feed::unreadable`] is still there, whatever its days. One
    /// that has no UID may be any of those missed, so then nothing is gone.
    pub fn sparing(mut self, unreadable: &[Unreadable]) -> Self {
        let spared = |known: &Known| {
            unreadable.iter().any(|event| event.uid.as_ref().is_none_or(|uid| *uid == known.uid))
        };
        self.gone.retain(|known| !spared(known));
        self
    }

    /// Whether the reading says just what was known.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.moved.is_empty() && self.gone.is_empty()
    }
}

/// Compares by (UID, recurrence id) within one feed. `today` is the property's civil day: a range that ended on or
/// before it is never gone. Each list is in the order of its source. Follow with [`Changes::sparing`].
pub fn compare<'a>(before: &'a [Known], now: &'a [Busy], today: Date) -> Changes<'a> {
    let mut known: HashMap<(&str, Option<Date>), (&Known, Seen)> = HashMap::with_capacity(before.len());
    for one in before {
        known.insert((one.uid.as_str(), one.recurrence_id), (one, Seen::No));
    }
    let mut changes = Changes::default();
    for busy in now {
        match known.get_mut(&(busy.uid.as_str(), busy.recurrence_id)) {
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
    let gone = |one: &&Known| {
        let seen = known.get(&(one.uid.as_str(), one.recurrence_id)).map(|(_, seen)| *seen);
        seen != Some(Seen::Yes) && one.check_out > today
    };
    changes.gone = before.iter().filter(gone).collect();
    changes
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Yes,
    No,
}

#[cfg(test)]
mod tests;
