//! The occurrences of an event: rule, extra and excluded dates, replaced ones.

use jiff::civil::{Date, DateTime, Time};

use super::date_time_values::Moment;
use super::event_span::EventSpan;
use super::recurrence_properties::{Extra, Repeats};
use super::rrule::{Budget, Spent, expand};
use super::zone_ref::ZoneRef;
use super::zones::Zones;
use crate::day_arithmetic;

/// One occurrence of a repeating event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// The day on which it starts by its own calendar: what tells it from the others.
    pub(crate) day: Date,
    pub(crate) shape: EventSpan,
}

/// Civil days, half-open. Occurrences that lie outside are left out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) from: Date,
    pub(crate) to: Date,
}

/// What other events of the feed say of the occurrences of one.
#[derive(Debug, Default)]
pub(crate) struct Replaced {
    /// Those that have an event of their own.
    pub(crate) moments: Vec<Moment>,
    /// Those from which on all are otherwise (RANGE=THISANDFUTURE).
    pub(crate) later: Vec<Later>,
}

/// From an occurrence on, they are moved as that one is, and as long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Later {
    pub(crate) from: Moment,
    pub(crate) shape: EventSpan,
}

/// The occurrences that reach into the window: the first, those of the rule, the extra ones; without the excluded and
/// those that another event replaces. The first counts even if it does not fit its rule (Outlook writes such).
pub(crate) fn occurrences(
    first: EventSpan,
    repeats: &Repeats,
    replaced: &Replaced,
    window: Window,
    zones: &Zones,
    budget: &mut Budget,
) -> Result<Vec<Occurrence>, Spent> {
    let start = first.start_day();
    let later = Changed::of(first, &replaced.later, zones);
    let (back, ahead) = Changed::reach(&later, first);
    // A day more on each side: the days of the event's zone are not quite those of the property.
    let from = day_arithmetic::plus_or_last(window.from, -back - 1);
    let to = day_arithmetic::plus_or_last(window.to, ahead + 1);
    let mut starts = Vec::new();
    if from <= start && start < to {
        starts.push(start);
    }
    if let Some(rule) = &repeats.rule {
        let may_start = |day| rule.until.is_none_or(|until| starts_by(first.on(day), until, zones));
        expand(rule, start, (from, to), may_start, budget, &mut starts)?;
        starts.dedup();
    }
    budget.spend((repeats.extra.len() + repeats.excluded.len() + replaced.moments.len()) as u64)?;
    let extra = repeats.extra.iter().map(|extra| extra_shape(extra, first, zones));
    let mut all: Vec<EventSpan> = starts.into_iter().map(|day| first.on(day)).chain(extra).collect();
    let gone = Exclusions::of(first, repeats.excluded.iter().chain(&replaced.moments), zones);
    all.retain(|shape| !gone.contain(*shape));
    all.sort_unstable();
    all.dedup();
    let changed =
        |shape: EventSpan| Occurrence { day: shape.start_day(), shape: Changed::apply(&later, shape) };
    Ok(all.into_iter().map(changed).collect())
}

/// A [`Later`] on the calendar of the event that it changes.
struct Changed {
    from: DateTime,
    shape: EventSpan,
}

impl Changed {
    /// In order.
    fn of(first: EventSpan, later: &[Later], zones: &Zones) -> Vec<Changed> {
        let from = |moment: Moment| match (first, moment) {
            (EventSpan::Timed { zone, .. }, Moment::At(at, other)) => zones.convert(at, other, zone),
            (_, moment) => day_of(moment, zones).to_datetime(Time::midnight()),
        };
        let mut changed: Vec<Changed> =
            later.iter().map(|one| Changed { from: from(one.from), shape: one.shape }).collect();
        changed.sort_by_key(|one| one.from);
        changed
    }

    /// Days by which an occurrence reaches past the day on which it would start, and by which it may start before.
    fn reach(changed: &[Changed], first: EventSpan) -> (i64, i64) {
        let moved = |one: &Changed| day_arithmetic::between(one.from.date(), one.shape.start_day());
        let back = changed.iter().map(|one| one.shape.most_nights() + moved(one));
        let ahead = changed.iter().map(|one| -moved(one));
        (back.fold(first.most_nights(), i64::max), ahead.fold(0, i64::max))
    }

    fn apply(changed: &[Changed], shape: EventSpan) -> EventSpan {
        let start = match shape {
            EventSpan::Days { start, .. } => start.to_datetime(Time::midnight()),
            EventSpan::Timed { start, .. } => start,
        };
        let past = changed.partition_point(|one| one.from <= start);
        let Some(latest) = past.checked_sub(1).and_then(|index| changed.get(index)) else { return shape };
        let days_later = day_arithmetic::between(latest.from.date(), start.date());
        latest.shape.on(day_arithmetic::plus_or_last(latest.shape.start_day(), days_later))
    }
}

/// Whether an occurrence starts no later than UNTIL. The two should be of one sort and often are not.
fn starts_by(shape: EventSpan, until: Moment, zones: &Zones) -> bool {
    match (shape, until) {
        (_, Moment::Day(last)) => shape.start_day() <= last,
        // The later of the two readings: one night too many blocked, not one too few.
        (EventSpan::Days { start, .. }, Moment::At(last, zone)) => {
            let here = zones.convert(last, zone, ZoneRef::PROPERTY);
            start <= last.date().max(here.date())
        }
        (EventSpan::Timed { start, zone, .. }, Moment::At(last, ZoneRef::UTC)) => {
            start <= zones.convert(last, ZoneRef::UTC, zone)
        }
        (EventSpan::Timed { start, .. }, Moment::At(last, _)) => start <= last,
    }
}

fn extra_shape(extra: &Extra, first: EventSpan, zones: &Zones) -> EventSpan {
    if extra.end.is_some() || extra.length.is_some() {
        return EventSpan::between(extra.start, extra.end, extra.length, zones).0;
    }
    match (first, extra.start) {
        (first, Moment::Day(day)) => first.on(day),
        (EventSpan::Timed { seconds, zone, .. }, Moment::At(start, from)) => {
            EventSpan::Timed { start: zones.convert(start, from, zone), seconds, zone }
        }
        (first, at) => first.on(day_of(at, zones)),
    }
}

/// What EXDATE and RECURRENCE-ID take out of a repeating event.
struct Exclusions {
    /// Whole days, sorted.
    days: Vec<Date>,
    /// Starts in the zone of the event, sorted.
    starts: Vec<DateTime>,
    zone: ZoneRef,
}

impl Exclusions {
    fn of<'m>(first: EventSpan, moments: impl Iterator<Item = &'m Moment>, zones: &Zones) -> Exclusions {
        let zone = match first {
            EventSpan::Days { .. } => ZoneRef::PROPERTY,
            EventSpan::Timed { zone, .. } => zone,
        };
        let mut all = Exclusions { days: Vec::new(), starts: Vec::new(), zone };
        for moment in moments {
            match (first, *moment) {
                (_, Moment::Day(day)) => all.days.push(day),
                (EventSpan::Days { .. }, at) => all.days.push(day_of(at, zones)),
                (EventSpan::Timed { .. }, Moment::At(at, from)) => {
                    all.starts.push(zones.convert(at, from, zone))
                }
            }
        }
        all.days.sort_unstable();
        all.starts.sort_unstable();
        all
    }

    fn contain(&self, shape: EventSpan) -> bool {
        if self.days.binary_search(&shape.start_day()).is_ok() {
            return true;
        }
        // A period of RDATE may have a zone of its own; it then stays, and blocks.
        let EventSpan::Timed { start, zone, .. } = shape else { return false };
        zone == self.zone && self.starts.binary_search(&start).is_ok()
    }
}

/// The whole day that a time stands for: midnight in UTC is how some programs write a date.
fn day_of(moment: Moment, zones: &Zones) -> Date {
    match moment {
        Moment::Day(day) => day,
        Moment::At(at, ZoneRef::UTC) if at.time() == Time::midnight() => at.date(),
        Moment::At(at, zone) => zones.convert(at, zone, ZoneRef::PROPERTY).date(),
    }
}
