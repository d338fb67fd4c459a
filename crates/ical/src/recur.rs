//! Repeating events, expanded inside a window. What is not understood is noted, and the first occurrence blocks.

/// The days of a rule.
mod expand;
/// The occurrences of an event: rule, extra and excluded dates, replaced ones.
mod occurrences;
/// RRULE.
mod rule;

use crate::event::zone_of;
use crate::feed::Notes;
use crate::moment::{Length, Moment};
use crate::property::Property;
use crate::zones::ZoneNames;

pub(crate) use expand::{Budget, Spent, days_of_rule};
pub(crate) use occurrences::{Window, occurrences};
pub(crate) use rule::Rule;

/// What makes an event repeat, as written.
#[derive(Debug, Default)]
pub(crate) struct Repeats {
    pub(super) rule: Option<Rule>,
    pub(super) extra: Vec<Extra>,
    pub(super) excluded: Vec<Moment>,
}

/// An RDATE; only a period has an end or a length of its own.
#[derive(Debug)]
pub(crate) struct Extra {
    pub(super) start: Moment,
    pub(super) end: Option<Moment>,
    pub(super) length: Option<Length>,
}

impl Repeats {
    pub(crate) fn take_rule(&mut self, value: &[u8], line: usize, notes: &mut Notes) {
        match Rule::parse(value) {
            Ok(_) if self.rule.is_some() => notes.add(line, "a second RRULE, only the first is used"),
            Ok(rule) => self.rule = Some(rule),
            Err(reason) => notes.add(line, format!("{reason}, so only the first occurrence blocks")),
        }
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
                    self.extra.push(Extra { start, end, length });
                }
                _ => notes.add(line, "an RDATE cannot be read"),
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
                Some(moment) => self.excluded.push(moment),
                None => notes.add(line, "an EXDATE cannot be read, the day stays blocked"),
            }
        }
    }
}

fn values<'a>(property: &Property<'a>) -> impl Iterator<Item = &'a [u8]> {
    property.value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii).filter(|value| !value.is_empty())
}
