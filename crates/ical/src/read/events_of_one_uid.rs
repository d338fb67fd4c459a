//! Events that share a UID: revisions, repeats and plain mistakes.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::date_time_values::Moment;
use super::raw_event::{RawEvent, fingerprint};
use crate::feed::{Busy, Notes};

/// Whether a UID stands on more than one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Uids {
    Distinct,
    Shared,
}

/// Marks the events of which the feed also has a later revision: the same UID (and the same occurrence) with a higher
/// SEQUENCE, as RFC 5546 2.1.5 orders them. Equal numbers supersede nothing.
pub(crate) fn supersede(events: &mut [RawEvent]) -> Uids {
    let mut seen = HashSet::with_capacity(events.len());
    if events.iter().filter_map(|event| event.uid.as_deref()).all(|uid| seen.insert(uid)) {
        return Uids::Distinct;
    }
    let mut latest: HashMap<(String, Option<Moment>), u32> = HashMap::new();
    for event in events.iter().filter(|event| event.start.is_some() || event.is_cancelled()) {
        let Some(key) = key(event) else { continue };
        let sequence = latest.entry(key).or_default();
        *sequence = event.sequence.max(*sequence);
    }
    for event in events {
        event.superseded =
            key(event).and_then(|key| latest.get(&key)).is_some_and(|max| event.sequence < *max);
    }
    Uids::Shared
}

fn key(event: &RawEvent) -> Option<(String, Option<Moment>)> {
    Some((event.uid.clone()?, event.replaces))
}

/// An identity for an event without a UID: the same in every reading until its days or its summary change.
pub(crate) fn derived(check_in: Date, check_out: Date, summary: &str) -> String {
    format!("no-uid-{check_in}-{check_out}-{:016x}", fingerprint(summary.as_bytes()))
}

/// Makes (uid, recurrence_id) unique without freeing a night. Of several ranges under one identity the earliest keeps
/// it, others get their check-in appended, whatever the order of the feed; of two with one check-in the longer stays.
pub(crate) fn make_unique(busy: &mut Vec<(Busy, usize)>, notes: &mut Notes) {
    loop {
        busy.sort_unstable_by(|(a, _), (b, _)| {
            let identity = |busy: &Busy| (busy.recurrence_id, busy.check_in);
            let order = a.uid.cmp(&b.uid).then_with(|| identity(a).cmp(&identity(b)));
            order.then_with(|| b.check_out.cmp(&a.check_out))
        });
        busy.dedup_by(|(later, line), (kept, _)| {
            let same = later.uid == kept.uid && later.recurrence_id == kept.recurrence_id;
            let covered = same && later.check_in == kept.check_in;
            if covered {
                notes.add(*line, "an event with the same UID already covers these nights");
            }
            covered
        });
        let mut renamed = Vec::new();
        for (index, pair) in busy.windows(2).enumerate() {
            let [(before, _), (after, _)] = pair else { continue };
            if before.uid == after.uid && before.recurrence_id == after.recurrence_id {
                renamed.push(index + 1);
            }
        }
        if renamed.is_empty() {
            return;
        }
        for index in renamed {
            let (busy, line) = &mut busy[index];
            notes.add(*line, "another event has the same UID and other nights, both block");
            // Longer each time, so the loop ends.
            busy.uid = format!("{}/{}", busy.uid, busy.check_in);
        }
    }
}
