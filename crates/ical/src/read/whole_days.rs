//! Whole days that are written with hours: midnight to midnight on a clock that is not the property's.
//!
//! A writer that knows no DATE says `20261210T000000Z` to `20261214T000000Z` for the 10th to the 14th, wherever the house
//! stands. Read as hours, the stay would begin in the evening of the 9th in Córdoba, and end on the evening of the 13th in
//! Mexico, a night too early. In a calendar that tells no other hour such events are days as written.

use jiff::civil::Time;

use super::date_time_values::{Length, Moment};
use super::property::Property;
use super::raw_event::RawEvent;
use super::zone_ref::ZoneRef;
use crate::day_arithmetic;

/// Some writers end a day a second or a minute before it ends.
const LAST_MINUTE: Time = Time::constant(23, 59, 0, 0);

/// Where every event of a calendar lasts from midnight to midnight, each on its own clock, makes days of them. Returns the
/// line of the first that was made so.
pub(crate) fn make_days(events: &mut [RawEvent]) -> Option<usize> {
    let live = |event: &&RawEvent| !event.superseded && event.start.is_some();
    let foreign = |event: &&RawEvent| event.start.is_some_and(is_foreign_midnight);
    let first = events.iter().filter(live).find(foreign)?.line;
    let says_only_days = |event: &RawEvent| is_whole_days(event) || has_no_end_at_midnight(event);
    if !events.iter().filter(live).all(says_only_days) {
        return None;
    }
    for event in events {
        if let (Some(start), None, None) =
            (event.start.filter(|at| is_foreign_midnight(*at)), event.end, event.length)
            && !event.end_is_unreadable
        {
            event.end = next_day(day_of(start));
        }
        event.start = event.start.map(day_of);
        event.end = event.end.map(last_of);
        event.replaces = event.replaces.map(day_of);
        if let Some(repeats) = &mut event.repeats {
            repeats.excluded.iter_mut().for_each(|moment| *moment = day_of(*moment));
            for extra in &mut repeats.extra {
                extra.start = day_of(extra.start);
                extra.end = extra.end.map(last_of);
            }
        }
    }
    Some(first)
}

/// A time that calls itself a date (`VALUE=DATE`) is one, but for an hour of UTC, which may be midnight elsewhere.
pub(crate) fn as_meant(property: &Property<'_>, moment: Moment) -> Moment {
    match moment {
        Moment::At(at, zone)
            if is_date(property) && (zone != ZoneRef::UTC || at.time() == Time::midnight()) =>
        {
            Moment::Day(at.date())
        }
        moment => moment,
    }
}

/// The same for an end, whose last minute is that of a day.
pub(crate) fn end_as_meant(property: &Property<'_>, end: Moment) -> Moment {
    match end {
        Moment::At(at, _) if at.time() >= LAST_MINUTE && is_date(property) => last_of(end),
        end => as_meant(property, end),
    }
}

fn is_date(property: &Property<'_>) -> bool {
    property.param("VALUE").is_some_and(|value| value.eq_ignore_ascii_case(b"DATE"))
}

/// Whether an event is written as days: dates, or midnight to midnight on one clock.
pub(crate) fn is_whole_days(event: &RawEvent) -> bool {
    match (event.start, event.end, event.length) {
        (Some(Moment::Day(_)), None | Some(Moment::Day(_)), _) => true,
        (Some(Moment::Day(_)), Some(end), _) => is_day_end(end),
        (Some(Moment::At(at, zone)), Some(end @ Moment::At(_, other)), _) => {
            at.time() == Time::midnight() && zone == other && is_day_end(end) && end >= Moment::At(at, zone)
        }
        (Some(Moment::At(at, _)), None, Some(Length { days, seconds })) => {
            at.time() == Time::midnight() && seconds.rem_euclid(86_400) == 0 && days * 86_400 + seconds >= 0
        }
        _ => false,
    }
}

fn has_no_end_at_midnight(event: &RawEvent) -> bool {
    let is_midnight = matches!(event.start, Some(Moment::At(at, _)) if at.time() == Time::midnight());
    is_midnight && event.end.is_none() && event.length.is_none()
}

fn is_day_end(end: Moment) -> bool {
    matches!(end, Moment::At(at, _) if at.time() == Time::midnight() || at.time() >= LAST_MINUTE)
}

fn is_foreign_midnight(moment: Moment) -> bool {
    matches!(moment, Moment::At(at, zone) if zone != ZoneRef::PROPERTY && at.time() == Time::midnight())
}

/// The day of a midnight; anything else as it is.
fn day_of(moment: Moment) -> Moment {
    match moment {
        Moment::At(at, _) if is_foreign_midnight(moment) => Moment::Day(at.date()),
        moment => moment,
    }
}

/// The day that an end leaves free.
fn last_of(end: Moment) -> Moment {
    match end {
        Moment::At(at, _) if at.time() >= LAST_MINUTE => Moment::Day(day_arithmetic::after(at.date())),
        end => day_of(end),
    }
}

fn next_day(start: Moment) -> Option<Moment> {
    match start {
        Moment::Day(day) => Some(Moment::Day(day_arithmetic::after(day))),
        Moment::At(..) => None,
    }
}
