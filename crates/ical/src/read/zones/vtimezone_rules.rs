//! Turns the rules of a VTIMEZONE into a time zone.

use std::cell::Cell;

use jiff::civil::{Date, DateTime, date};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use crate::read::date_time_values::{Moment, offset_seconds};
use crate::read::property::Property;
use crate::read::rrule::{Budget, Rule, Spent, days_of_rule};
use crate::read::zones::ZoneRef;
use crate::text_escapes;

/// A VTIMEZONE as written.
#[derive(Debug, Default)]
pub(crate) struct RawTimezone {
    pub(crate) id: String,
    /// X-LIC-LOCATION: its name by IANA.
    pub(crate) location: Option<String>,
    pub(crate) observances: Vec<Observance>,
}

/// A STANDARD or DAYLIGHT part: from when on, and each year from when on, the clocks show which offset.
#[derive(Debug, Default)]
pub(crate) struct Observance {
    starts: Option<DateTime>,
    more_starts: Vec<DateTime>,
    /// East of Greenwich, before and after.
    seconds_before: Option<i32>,
    seconds: Option<i32>,
    rule: Option<Rule>,
}

impl RawTimezone {
    /// Takes one property of the VTIMEZONE or of its latest part; they share no names that matter.
    pub(crate) fn take(&mut self, property: &Property<'_>) {
        let is = |word: &str| property.name.eq_ignore_ascii_case(word.as_bytes());
        if is("TZID") {
            self.id = text_escapes::unescape(property.value).into_owned();
        } else if is("X-LIC-LOCATION") {
            self.location = Some(text_escapes::unescape(property.value).into_owned());
        }
        let Some(part) = self.observances.last_mut() else { return };
        if is("DTSTART") {
            part.starts = moment(property.value).or(part.starts);
        } else if is("RDATE") {
            part.more_starts.extend(property.value.split(|byte| *byte == b',').filter_map(moment));
        } else if is("TZOFFSETTO") {
            part.seconds = offset_seconds(property.value);
        } else if is("TZOFFSETFROM") {
            part.seconds_before = offset_seconds(property.value);
        } else if is("RRULE") {
            part.rule = Rule::parse(property.value).ok();
        }
    }
}

fn moment(value: &[u8]) -> Option<DateTime> {
    match Moment::parse(value.trim_ascii(), ZoneRef::PROPERTY)? {
        Moment::At(at, _) => Some(at),
        Moment::Day(day) => Some(day.to_datetime(jiff::civil::Time::midnight())),
    }
}

/// A zone by the rules of its VTIMEZONE. Where those say nothing, and the zone has a name that is known, that is
/// believed: exporters write the rules of this year only, or those of winter only.
#[derive(Debug)]
pub(crate) struct Defined {
    /// In order; at least one. With each the latest moment until then at which the clocks really changed.
    changes: Vec<(Change, Option<Timestamp>)>,
    named: Option<TimeZone>,
    /// Whether the name was needed, and said something else than the rules.
    was_silent: Cell<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    at: Timestamp,
    before: Offset,
    after: Offset,
}

/// Summer time lasts 238 days at most (North America). Rules that have not changed the clocks for longer have none.
const LONGEST_SEASON: SignedDuration = SignedDuration::from_hours(250 * 24);
const HALF_A_YEAR: SignedDuration = SignedDuration::from_hours(182 * 24);
/// Nobody is more than a day away.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);
/// From when on changes are of interest: files have those of a century.
const FIRST_YEAR: Date = date(1970, 1, 1);

impl Defined {
    /// The rules as far as `until`; `None` when they name no offset, or are too many to look at.
    pub(crate) fn of(
        raw: &RawTimezone,
        named: Option<TimeZone>,
        until: Date,
        budget: &mut Budget,
    ) -> Option<Defined> {
        let mut changes = Vec::new();
        for part in &raw.observances {
            part.add_changes(until, budget, &mut changes).ok()?;
        }
        changes.sort_unstable();
        let mut turned_at = None;
        let turns = changes.into_iter().map(|change| {
            turned_at = if change.before == change.after { turned_at } else { Some(change.at) };
            (change, turned_at)
        });
        let changes: Vec<_> = turns.collect();
        (!changes.is_empty()).then_some(Defined { changes, named, was_silent: Cell::new(false) })
    }

    /// Whether days had to be read by the rules of the name.
    pub(crate) fn was_silent(&self) -> bool {
        self.was_silent.get()
    }

    pub(crate) fn to_datetime(&self, at: Timestamp) -> DateTime {
        self.offset_at(at).to_datetime(at)
    }

    /// Of an hour that comes twice the first; an hour that does not come is as long after the change.
    pub(crate) fn to_timestamp(&self, clock: DateTime) -> Option<Timestamp> {
        let near = Offset::UTC.to_timestamp(clock).ok()?;
        let before = self.offset_at(near.saturating_sub(A_DAY).ok()?);
        let after = self.offset_at(near.saturating_add(A_DAY).ok()?);
        let fits = |offset: &Offset| offset.to_timestamp(clock).is_ok_and(|at| self.offset_at(at) == *offset);
        let offset = [before, after].into_iter().find(fits).unwrap_or(before);
        offset.to_timestamp(clock).ok()
    }

    fn offset_at(&self, at: Timestamp) -> Offset {
        let past = self.changes.partition_point(|(change, _)| change.at <= at);
        let latest = past.checked_sub(1).and_then(|index| self.changes.get(index));
        let Some(named) = &self.named else {
            let earliest = self.changes.first().map(|(change, _)| change.before);
            return latest.map(|(change, _)| change.after).or(earliest).unwrap_or(Offset::UTC);
        };
        let by_name = named.to_offset(at);
        match latest {
            Some((latest, Some(turned_at))) if at.duration_since(*turned_at) <= LONGEST_SEASON => {
                latest.after
            }
            Some((latest, _)) if !is_copy(named, latest, at) => latest.after,
            Some((latest, _)) if latest.after == by_name => by_name,
            Some(_) | None => {
                self.was_silent.set(true);
                by_name
            }
        }
    }
}

/// Whether rules that stand still say what the name says of a part of the year: then they are those of the name, cut
/// short. Otherwise they are meant.
fn is_copy(named: &TimeZone, latest: &Change, at: Timestamp) -> bool {
    let other_season = at.saturating_add(HALF_A_YEAR);
    let moments = [Some(latest.at), Some(at), other_season.ok()];
    moments.into_iter().flatten().any(|moment| named.to_offset(moment) == latest.after)
}

impl Observance {
    fn add_changes(&self, until: Date, budget: &mut Budget, changes: &mut Vec<Change>) -> Result<(), Spent> {
        let Some(after) = self.seconds.and_then(|seconds| Offset::from_seconds(seconds).ok()) else {
            return Ok(());
        };
        let before = self.seconds_before.and_then(|seconds| Offset::from_seconds(seconds).ok());
        let before = before.unwrap_or(after);
        let Some(starts) = self.starts else {
            changes.push(Change { at: Timestamp::MIN, before, after });
            return Ok(());
        };
        let mut push = |clock: DateTime| {
            let at = before.to_timestamp(clock).unwrap_or(Timestamp::MIN);
            changes.push(Change { at, before, after });
        };
        push(starts);
        budget.spend(self.more_starts.len() as u64)?;
        self.more_starts.iter().copied().for_each(&mut push);
        let Some(rule) = &self.rule else { return Ok(()) };
        let is_allowed = |day: Date| match rule.until {
            None => true,
            Some(Moment::Day(last)) => day <= last,
            Some(Moment::At(last, ZoneRef::UTC)) => before
                .to_timestamp(day.to_datetime(starts.time()))
                .is_ok_and(|at| Offset::UTC.to_datetime(at) <= last),
            Some(Moment::At(last, _)) => day.to_datetime(starts.time()) <= last,
        };
        let days = days_of_rule(rule, starts.date(), (FIRST_YEAR, until), is_allowed, budget)?;
        days.into_iter().for_each(|day| push(day.to_datetime(starts.time())));
        Ok(())
    }
}
