//! From the zone names of a feed to zones. The order: the rules of the VTIMEZONE of that name in the feed, IANA (its
//! X-LIC-LOCATION before the name itself), the names of Windows, the display names of Outlook. A name that nobody
//! knows is read in the property's own zone and noted; never in UTC, which would move nights in silence.

/// Names as people and programs write them, to zones.
mod find_by_name;
/// A VTIMEZONE's own rules, as a zone.
mod vtimezone_rules;
/// The names of Windows, by Unicode CLDR.
mod windows_names;

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::feed::Notes;
use crate::read::property::Property;
use crate::read::rrule::Budget;
use crate::read::zone_ref::ZoneRef;
use crate::text_escapes;

use find_by_name::Found;
use vtimezone_rules::Defined;

pub(crate) use vtimezone_rules::{Observance, RawTimezone};

/// The zone names of a feed, each once, with the line where it first stands.
#[derive(Debug, Default)]
pub(crate) struct ZoneNames {
    names: Vec<(Vec<u8>, usize)>,
    refs: HashMap<Vec<u8>, ZoneRef>,
    latest: usize,
}

impl ZoneNames {
    pub(crate) fn intern(&mut self, name: &[u8], line: usize) -> ZoneRef {
        // Almost always the same name as in the line before.
        let known = self.names.get(self.latest).filter(|(latest, _)| latest == name).map(|_| self.latest);
        if let Some(index) = known {
            return ZoneRef((index + ZoneRef::FIRST_NAMED) as u32);
        }
        let next = ZoneRef((self.names.len() + ZoneRef::FIRST_NAMED) as u32);
        let found = *self.refs.entry(name.to_vec()).or_insert(next);
        if found == next {
            self.names.push((name.to_vec(), line));
        }
        self.latest = found.0 as usize - ZoneRef::FIRST_NAMED;
        found
    }
}

/// No clock jumps further from midnight.
const LATEST_FIRST_HOUR: Time = Time::constant(2, 0, 0, 0);

/// Whether a name, if it is known, means the very zone.
pub(crate) fn is_called(zone: &TimeZone, name: &str) -> bool {
    match find_by_name::find(name) {
        Found::Known(named) => named.iana_name() == zone.iana_name(),
        Found::OffsetOnly(_) | Found::Nothing => false,
    }
}

/// The zones of a feed, all resolved.
pub(crate) struct Zones {
    /// By [`ZoneRef`].
    list: Vec<Zone>,
}

enum Zone {
    Known(TimeZone),
    /// By the feed's own rules, with its name and the line where it first stands.
    Defined(Defined, String, usize),
}

impl Zones {
    /// `until` is the last day on which rules of the feed are of interest.
    pub(crate) fn resolve(
        property: &TimeZone,
        names: &ZoneNames,
        timezones: &[RawTimezone],
        until: Date,
        notes: &mut Notes,
    ) -> Zones {
        let mut list = vec![Zone::Known(property.clone()), Zone::Known(TimeZone::UTC)];
        let mut in_file: HashMap<&str, &RawTimezone> = HashMap::new();
        for timezone in timezones {
            in_file.entry(timezone.id.as_str()).or_insert(timezone);
        }
        let mut budget = Budget::new();
        for (name, line) in &names.names {
            let name = text_escapes::unescape(name);
            let timezone = in_file.get(&*name).copied();
            let location =
                timezone.and_then(|timezone| timezone.location.as_deref()).and_then(find_by_name::iana);
            let found = location.map_or_else(|| find_by_name::find(&name), Found::Known);
            let shown = text_escapes::cut(&name, 60).to_owned();
            if let Some(timezone) = timezone {
                let named = match &found {
                    Found::Known(zone) => Some(zone.clone()),
                    Found::OffsetOnly(_) | Found::Nothing => None,
                };
                if let Some(defined) = Defined::of(timezone, named, until, &mut budget) {
                    list.push(Zone::Defined(defined, shown, *line));
                    continue;
                }
            }
            list.push(Zone::Known(match found {
                Found::Known(zone) => zone,
                Found::OffsetOnly(zone) => {
                    notes.add(
                        *line,
                        format!("the zone \"{shown}\" is unknown, its offset is used without summer time"),
                    );
                    zone
                }
                Found::Nothing => {
                    notes.add(
                        *line,
                        format!("the zone \"{shown}\" is unknown, times are read in the property's zone"),
                    );
                    property.clone()
                }
            }));
        }
        Zones { list }
    }

    /// The same instant on the clock of another zone. Beyond the years of jiff's instants the clock stays as it is.
    pub(crate) fn convert(&self, at: DateTime, from: ZoneRef, to: ZoneRef) -> DateTime {
        if from == to {
            return at;
        }
        let zone = |zone: ZoneRef| self.list.get(zone.0 as usize);
        let instant = zone(from).and_then(|zone| zone.to_timestamp(at));
        instant.zip(zone(to)).map_or(at, |(instant, zone)| zone.to_datetime(instant))
    }

    /// Midnight for the first moment of a day of the property whose midnight its clocks skip (Santiago, Cairo, Beirut in
    /// spring): a whole day there begins at one.
    pub(crate) fn day_begun(&self, at: DateTime) -> DateTime {
        let midnight = at.date().to_datetime(Time::midnight());
        let skipped = at.time() <= LATEST_FIRST_HOUR && at != midnight;
        let begun = || {
            let zone = self.list.first()?;
            Some(zone.to_datetime(zone.to_timestamp(midnight)?) == at)
        };
        if skipped && begun() == Some(true) { midnight } else { at }
    }

    /// Says of which zones the feed's own rules were not enough for what was converted so far.
    pub(crate) fn add_notes(&self, notes: &mut Notes) {
        for zone in &self.list {
            if let Zone::Defined(defined, shown, line) = zone
                && defined.was_silent()
            {
                notes.add(
                    *line,
                    format!(
                        "the VTIMEZONE of \"{shown}\" says nothing of some days, they are read by its name"
                    ),
                );
            }
        }
    }
}

impl Zone {
    fn to_timestamp(&self, at: DateTime) -> Option<Timestamp> {
        match self {
            Zone::Known(zone) => zone.to_timestamp(at).ok(),
            Zone::Defined(defined, _, _) => defined.to_timestamp(at),
        }
    }

    fn to_datetime(&self, at: Timestamp) -> DateTime {
        match self {
            Zone::Known(zone) => zone.to_datetime(at),
            Zone::Defined(defined, _, _) => defined.to_datetime(at),
        }
    }
}

/// The zone that TZID names; without one, times float and are the property's own.
pub(crate) fn zone_of(property: &Property<'_>, line: usize, zones: &mut ZoneNames) -> ZoneRef {
    property.param("TZID").map_or(ZoneRef::PROPERTY, |name| zones.intern(name, line))
}
