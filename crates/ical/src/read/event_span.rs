//! How long an event is once its zone is known, and the nights of each occurrence.

use jiff::civil::{Date, DateTime, Time};

use super::date_time_values::{Length, Moment, plus_seconds};
use super::nights_of_timed_event;
use super::raw_event::RawEvent;
use super::zone_ref::ZoneRef;
use super::zones::Zones;
use crate::day_arithmetic;

/// Where an event lies and how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum EventSpan {
    /// Whole days; at least one night.
    Days { start: Date, nights: i64 },
    /// Clock times in a zone. The length is that of the clock: a repeat ends at the same hour all year.
    Timed { start: DateTime, seconds: i64, zone: ZoneRef },
}

/// From midnight to midnight on a clock that is not the property's: hours here, or days there? Nobody can tell in a
/// calendar that has other hours too, so the nights of both are blocked.
fn days_on_its_own_clock(start: DateTime, seconds: i64) -> Option<(Date, Date)> {
    let is_days = start.time() == Time::midnight() && seconds > 0 && seconds % 86_400 == 0;
    is_days.then(|| (start.date(), day_arithmetic::plus_or_last(start.date(), seconds / 86_400)))
}

impl EventSpan {
    /// The shape, and what had to be repaired. RFC 5545 3.6.1: without an end, a day lasts a day and a time nothing.
    /// `None` when it has no start. Of an event whose end cannot be read the night of its first day is sure.
    pub(crate) fn of(event: &RawEvent, zones: &Zones) -> Option<(EventSpan, Option<&'static str>)> {
        let start = event.start?;
        if !event.end_is_unreadable {
            return Some(EventSpan::between(start, event.end, event.length, zones));
        }
        let start = match start {
            Moment::Day(day) => day,
            Moment::At(at, zone) => zones.convert(at, zone, ZoneRef::PROPERTY).date(),
        };
        Some((
            EventSpan::Days { start, nights: 1 },
            Some("its end cannot be read, the night of its first day is blocked"),
        ))
    }

    pub(crate) fn between(
        start: Moment,
        end: Option<Moment>,
        length: Option<Length>,
        zones: &Zones,
    ) -> (EventSpan, Option<&'static str>) {
        match (start, end) {
            (Moment::Day(start), Some(Moment::Day(end))) => {
                EventSpan::days(start, day_arithmetic::between(start, end))
            }
            (Moment::Day(start), None) => {
                let Some(length) = length else { return (EventSpan::Days { start, nights: 1 }, None) };
                let part_day = i64::from(length.seconds.rem_euclid(86_400) != 0);
                EventSpan::days(start, length.days + length.seconds.div_euclid(86_400) + part_day)
            }
            (Moment::Day(start), Some(end)) => {
                let start = start.to_datetime(Time::midnight());
                EventSpan::timed(start, ZoneRef::PROPERTY, Some(end), None, zones)
            }
            (Moment::At(start, zone), end) => EventSpan::timed(start, zone, end, length, zones),
        }
    }

    fn days(start: Date, nights: i64) -> (EventSpan, Option<&'static str>) {
        let repaired = match nights {
            1.. => None,
            0 => Some("it ends on the day it starts, one night is blocked"),
            _ => Some("it ends before it starts, one night is blocked"),
        };
        (EventSpan::Days { start, nights: nights.max(1) }, repaired)
    }

    fn timed(
        start: DateTime,
        zone: ZoneRef,
        end: Option<Moment>,
        length: Option<Length>,
        zones: &Zones,
    ) -> (EventSpan, Option<&'static str>) {
        let end = match (end, length) {
            (Some(Moment::Day(end)), _) => Some(end.to_datetime(Time::midnight())),
            (Some(Moment::At(end, other)), _) => Some(zones.convert(end, other, zone)),
            (None, Some(length)) => {
                let end = day_arithmetic::plus_or_last(start.date(), length.days).to_datetime(start.time());
                Some(plus_seconds(end, length.seconds))
            }
            (None, None) => None,
        };
        let seconds = end.map_or(0, |end| start.duration_until(end).as_secs());
        if seconds < 0 {
            // Nobody can tell what was meant; the night of the day it starts is the least it could be.
            let start = zones.convert(start, zone, ZoneRef::PROPERTY).date();
            let repaired = Some("it ends before it starts, the night of its first day is blocked");
            return (EventSpan::Days { start, nights: 1 }, repaired);
        }
        (EventSpan::Timed { start, seconds, zone }, None)
    }

    /// The first day, as its own calendar shows it.
    pub(crate) fn start_day(&self) -> Date {
        match self {
            EventSpan::Days { start, .. } => *start,
            EventSpan::Timed { start, .. } => start.date(),
        }
    }

    /// Nights at most, for knowing how early an occurrence may start and still reach the window.
    pub(crate) fn most_nights(&self) -> i64 {
        match self {
            EventSpan::Days { nights, .. } => *nights,
            EventSpan::Timed { seconds, .. } => seconds / 86_400 + 3,
        }
    }

    /// The same event on another day, at the same hour.
    pub(crate) fn on(&self, day: Date) -> EventSpan {
        match *self {
            EventSpan::Days { nights, .. } => EventSpan::Days { start: day, nights },
            EventSpan::Timed { start, seconds, zone } => {
                EventSpan::Timed { start: day.to_datetime(start.time()), seconds, zone }
            }
        }
    }

    /// Check-in and check-out in the property's days; `None` when it touches no night.
    pub(crate) fn nights(&self, zones: &Zones) -> Option<(Date, Date)> {
        match *self {
            EventSpan::Days { start, nights } => Some((start, day_arithmetic::plus_or_last(start, nights))),
            EventSpan::Timed { start, seconds, zone } => {
                let here = |at| zones.day_begun(zones.convert(at, zone, ZoneRef::PROPERTY));
                let touched = nights_of_timed_event::touched(here(start), here(plus_seconds(start, seconds)));
                let days = days_on_its_own_clock(start, seconds).filter(|_| zone != ZoneRef::PROPERTY);
                match (touched, days) {
                    (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
                    (one, other) => one.or(other),
                }
            }
        }
    }
}
