//! VFREEBUSY: each busy period becomes an event of its own.

use super::date_time_values::{Length, Moment};
use super::property::Property;
use super::raw_event::RawEvent;
use super::zones::{ZoneNames, zone_of};
use crate::feed::Notes;
use crate::text_escapes;

/// The periods of one FREEBUSY property (RFC 5545 3.8.2.6). Everything but `FBTYPE=FREE` is busy, types that nobody knows
/// too. A period has no name: its own text is its UID, and it is known by its days.
pub(crate) fn periods(
    property: &Property<'_>,
    line: usize,
    zones: &mut ZoneNames,
    notes: &mut Notes,
) -> Vec<RawEvent> {
    let busy_type = property.param("FBTYPE").unwrap_or(b"BUSY");
    if busy_type.eq_ignore_ascii_case(b"FREE") {
        return Vec::new();
    }
    let zone = zone_of(property, line, zones);
    let summary = String::from_utf8_lossy(busy_type).to_ascii_uppercase();
    let values = property.value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    let periods = values.filter(|value| !value.is_empty()).map(|value| {
        let text = String::from_utf8_lossy(value);
        let mut event = RawEvent::starting_at(line);
        event.uid = Some(format!("freebusy-{}", text_escapes::cut(&text, 80)));
        event.summary = text_escapes::cut(&summary, 40).to_owned();
        let mut ends = value.splitn(2, |byte| *byte == b'/');
        event.start = Moment::parse(ends.next().unwrap_or_default(), zone);
        let second = ends.next().unwrap_or_default();
        event.end = Moment::parse(second, zone);
        event.length = Length::parse(second);
        event.end_is_unreadable = event.end.is_none() && event.length.is_none();
        if event.start.is_none() || event.end_is_unreadable {
            notes.add(line, "a period of FREEBUSY cannot be read");
        }
        event
    });
    periods.collect()
}
