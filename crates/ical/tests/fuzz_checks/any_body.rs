//! Checks the reader on any body.

use std::collections::HashSet;

use ical::{Feed, Provider, ReadLimits};
use jiff::civil::date;
use jiff::tz::{TimeZone, TimeZoneDatabase};

const ZONES: [&str; 4] =
    ["America/Argentina/Cordoba", "Europe/Amsterdam", "Asia/Tokyo", "Pacific/Kiritimati"];

/// The first byte chooses the property's zone, the others are the body.
pub fn read(bytes: &[u8]) {
    let Some((first, body)) = bytes.split_first() else { return };
    let zone = TimeZoneDatabase::bundled().get(ZONES[usize::from(*first) % ZONES.len()]);
    // Small limits, so that they are met.
    let limits = ReadLimits { max_events: 200, max_ranges: 2_000, ..ReadLimits::around(date(2026, 9, 10)) };
    let Ok(feed) = ical::read(body, &zone.unwrap_or(TimeZone::UTC), &limits) else { return };
    check(&feed, &limits);
}

fn check(feed: &Feed, limits: &ReadLimits) {
    assert!(feed.busy.len() <= limits.max_ranges && feed.notes.len() <= 101);
    let mut identities = HashSet::new();
    for busy in &feed.busy {
        assert!(busy.check_in < busy.check_out, "{busy:?}");
        assert!(identities.insert((&busy.uid, busy.recurrence_id)), "an identity stands twice: {busy:?}");
        assert!(busy.summary.len() <= 255 && busy.uid.len() <= 300, "{busy:?}");
        for provider in Provider::ALL {
            assert!(!provider.key(busy).is_empty());
        }
    }
    assert!(feed.busy.is_sorted_by_key(|busy| (busy.check_in, busy.check_out)));
}
