//! What makes an event repeat, as written. Of what is not understood the first occurrence blocks, and the event counts as
//! one whose days cannot be read.

use jiff::civil::Date;

use super::date_time_values::{Length, Moment};
use super::property::Property;
use super::rrule::Rule;
use super::whole_days;
use super::zone_ref::ZoneRef;
use super::zones::{ZoneNames, zone_of};
use crate::feed::Notes;

/// What makes an event repeat, as written.
#[derive(Debug, Default)]
pub(crate) struct Repeats {
    pub(crate) rule: Option<Rule>,
    pub(crate) extra: Vec<Extra>,
    pub(crate) excluded: Vec<Moment>,
    /// Until when it may repeat in a way that nobody understands.
    unclear_until: Option<Date>,
}

/// An RDATE; only a period has an end or a length of its own.
#[derive(Debug)]
pub(crate) struct Extra {
    pub(crate) start: Moment,
    pub(crate) end: Option<Moment>,
    pub(crate) length: Option<Length>,
}

impl Repeats {
    pub(crate) fn take_rule(&mut self, value: &[u8], line: usize, notes: &mut Notes) {
        let reason = match Rule::parse(value) {
            Ok(rule) if self.rule.is_none() => {
                self.rule = Some(rule);
                return;
            }
            Ok(_) => "a second RRULE is not understood".to_owned(),
            Err(reason) => reason,
        };
        notes.add(line, format!("{reason}, so nobody knows all days of this event"));
        self.is_unclear(until_of(value));
    }

    fn is_unclear(&mut self, until: Date) {
        self.unclear_until = self.unclear_until.max(Some(until));
    }

    /// Whether it may have occurrences on this day or later that nobody knows.
    pub(crate) fn are_unclear_from(&self, day: Date) -> bool {
        self.unclear_until.is_some_and(|until| until >= day)
    }

    pub(crate) fn take_extra(
        &mut self,
        property: &Property<'_>,
        line: usize,
        zones: &mut ZoneNames,
        notes: &mut Notes,
    ) {
        let zone = zone_of(property, line, zones);
        for value in values(property) {
            let mut ends = value.splitn(2, |byte| *byte == b'/');
            let start = Moment::parse(ends.next().unwrap_or_default(), zone);
            let second = ends.next().unwrap_or_default();
            let (end, length) = (Moment::parse(second, zone), Length::parse(second));
            match start {
                Some(start) if second.is_empty() || end.is_some() || length.is_some() => {
                    let start = whole_days::as_meant(property, start);
                    self.extra.push(Extra { start, end, length });
                }
                _ => {
                    notes.add(line, "an RDATE cannot be read, so nobody knows all days of this event");
                    self.is_unclear(Date::MAX);
                }
            }
        }
    }

    pub(crate) fn take_excluded(
        &mut self,
        property: &Property<'_>,
        line: usize,
        zones: &mut ZoneNames,
        notes: &mut Notes,
    ) {
        let zone = zone_of(property, line, zones);
        for value in values(property) {
            match Moment::parse(value, zone) {
                Some(moment) => self.excluded.push(whole_days::as_meant(property, moment)),
                None => notes.add(line, "an EXDATE cannot be read, the day stays blocked"),
            }
        }
    }
}

/// The day of UNTIL in a rule, whatever else stands there; the last of all days when it has none.
fn until_of(rule: &[u8]) -> Date {
    let text = String::from_utf8_lossy(rule).to_ascii_uppercase();
    let until = text.split(';').find_map(|part| part.trim().strip_prefix("UNTIL="));
    match until.and_then(|until| Moment::parse(until.as_bytes(), ZoneRef::PROPERTY)) {
        Some(Moment::Day(day)) => day,
        Some(Moment::At(at, _)) => at.date(),
        None => Date::MAX,
    }
}

fn values<'a>(property: &Property<'a>) -> impl Iterator<Item = &'a [u8]> {
    property.value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii).filter(|value| !value.is_empty())
}
