//! The first pass: reads components, in and out of order, into raw events and zones.

use super::content_lines::{Line, Lines};
use super::error::ReadError;
use super::free_busy;
use super::limits::ReadLimits;
use super::property::{self, Property};
use super::raw_event::{Field, RawEvent, fingerprint};
use super::zones::{Observance, RawTimezone, ZoneNames};
use crate::feed::{Notes, Unreadable};
use crate::text_escapes;

/// Everything of a body that the second pass needs.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    pub(crate) product: Option<String>,
    pub(crate) name: Option<String>,
    /// X-WR-TIMEZONE: the zone that the calendar's owner has chosen.
    pub(crate) zone_name: Option<String>,
    pub(crate) events: Vec<RawEvent>,
    /// What may be busy time, in components that are not read.
    pub(crate) unreadable: Vec<Unreadable>,
    pub(crate) zone_names: ZoneNames,
    pub(crate) timezones: Vec<RawTimezone>,
    pub(crate) notes: Notes,
}

/// Reads components. Events are never lost to a missing or misspelt END; a missing END:VCALENDAR refuses the body.
pub(crate) fn scan(bytes: &[u8], limits: &ReadLimits) -> Result<Scanned, ReadError> {
    let mut scanner = Scanner {
        found: Scanned::default(),
        open: Vec::new(),
        calendars: 0,
        limits,
        begun_at: 0,
        text_may_go_on: false,
    };
    let mut lines = Lines::new(bytes);
    let mut scratch = Vec::new();
    for line in lines.by_ref() {
        scanner.take(&line, &mut scratch)?;
    }
    if !scanner.open.is_empty() {
        return Err(ReadError::Truncated { line: lines.number() });
    }
    if scanner.calendars == 0 {
        return Err(ReadError::Empty);
    }
    Ok(scanner.found)
}

struct Scanner<'l> {
    found: Scanned,
    /// Outermost first.
    open: Vec<Component>,
    /// How many have begun.
    calendars: usize,
    limits: &'l ReadLimits,
    /// Where the component began that is not read, for its number among the unreadable.
    begun_at: usize,
    /// The line before was a property of the calendar itself.
    text_may_go_on: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Component {
    Calendar,
    Event,
    FreeBusy,
    /// VAVAILABILITY (RFC 7953): hours at which somebody can be met, and unavailable at all others.
    Availability,
    Timezone,
    Observance,
    /// A component that RFC 5545 knows and this reader does not need, by its fingerprint.
    Known(u64),
    /// Any other name, perhaps a misspelt one.
    Unknown(u64),
}

/// Components that are nobody's busy time. AVAILABLE stands in a VAVAILABILITY, the last three in events (RFC 9073).
const KNOWN: [&str; 7] =
    ["VALARM", "VTODO", "VJOURNAL", "AVAILABLE", "PARTICIPANT", "VLOCATION", "VRESOURCE"];

/// Zones in one file; real files have one to a dozen.
const MOST_TIMEZONES: usize = 500;

impl Component {
    fn of(name: &[u8]) -> Component {
        let is = |word: &str| name.eq_ignore_ascii_case(word.as_bytes());
        let print = || fingerprint(&name.to_ascii_uppercase());
        match name.len() {
            6 if is("VEVENT") => Component::Event,
            9 if is("VCALENDAR") => Component::Calendar,
            9 if is("VFREEBUSY") => Component::FreeBusy,
            13 if is("VAVAILABILITY") => Component::Availability,
            9 if is("VTIMEZONE") => Component::Timezone,
            8 if is("STANDARD") || is("DAYLIGHT") => Component::Observance,
            _ if KNOWN.into_iter().any(is) => Component::Known(print()),
            _ => Component::Unknown(print()),
        }
    }
}

impl Scanner<'_> {
    fn take(&mut self, line: &Line<'_>, scratch: &mut Vec<u8>) -> Result<(), ReadError> {
        if line.is_folded()
            && let Some(line) = line.indented_component()
        {
            return Err(ReadError::Indented { line });
        }
        match property::name_of(line.first) {
            Some(name) => self.take_named(line, name, scratch),
            None if line.is_folded() => {
                // The name itself is folded; rare enough to copy.
                let name = property::name_of(line.unfold(scratch)).unwrap_or_default().to_vec();
                self.take_named(line, &name, scratch)
            }
            None => self.take_named(line, &[], scratch),
        }
    }

    fn take_named(&mut self, line: &Line<'_>, name: &[u8], scratch: &mut Vec<u8>) -> Result<(), ReadError> {
        if name.eq_ignore_ascii_case(b"BEGIN") {
            self.text_may_go_on = false;
            return self.begin(value_of(line.unfold(scratch)), line);
        }
        let Some(innermost) = self.open.last().copied() else { return self.outside(line, scratch) };
        if name.eq_ignore_ascii_case(b"END") {
            self.end(value_of(line.unfold(scratch)), line);
            return Ok(());
        }
        match innermost {
            Component::Event => {
                let Some(field) = Field::of(name) else { return Ok(()) };
                let Scanned { events, zone_names, notes, .. } = &mut self.found;
                let property = Property::parse(line.unfold(scratch));
                if let (Some(event), Some(property)) = (events.last_mut(), property) {
                    event.take(field, &property, line.number, zone_names, notes);
                }
            }
            Component::Calendar => return self.take_of_calendar(name, line, scratch),
            Component::Timezone | Component::Observance => {
                let property = Property::parse(line.unfold(scratch));
                if let (Some(timezone), Some(property)) = (self.found.timezones.last_mut(), property) {
                    timezone.take(&property);
                }
            }
            Component::FreeBusy if name.eq_ignore_ascii_case(b"FREEBUSY") => {
                let Scanned { events, zone_names, notes, .. } = &mut self.found;
                if let Some(property) = Property::parse(line.unfold(scratch)) {
                    events.extend(free_busy::periods(&property, line.number, zone_names, notes));
                }
                return self.check_count(line);
            }
            // It may have been meant as VEVENT, and has a day.
            Component::Unknown(_) if name.eq_ignore_ascii_case(b"DTSTART") && self.begun_at > 0 => {
                self.count_unreadable();
            }
            Component::FreeBusy | Component::Availability | Component::Known(_) | Component::Unknown(_) => {}
        }
        Ok(())
    }

    fn check_count(&self, line: &Line<'_>) -> Result<(), ReadError> {
        let max_events = self.limits.max_events;
        if self.found.events.len() > max_events {
            return Err(ReadError::TooManyEvents { line: line.number, max_events });
        }
        Ok(())
    }

    /// Of the component that is open, once.
    fn count_unreadable(&mut self) {
        let line = self.begun_at;
        if self.found.unreadable.last().is_none_or(|last| last.line != line) {
            self.found.unreadable.push(Unreadable { uid: None, line });
        }
    }

    fn take_of_calendar(
        &mut self,
        name: &[u8],
        line: &Line<'_>,
        scratch: &mut Vec<u8>,
    ) -> Result<(), ReadError> {
        if !is_name(name) {
            return self.take_foreign(line, scratch);
        }
        self.text_may_go_on = true;
        let is = |word: &str| name.eq_ignore_ascii_case(word.as_bytes());
        let slot = if is("PRODID") {
            &mut self.found.product
        } else if is("X-WR-CALNAME") || is("NAME") {
            &mut self.found.name
        } else if is("X-WR-TIMEZONE") {
            &mut self.found.zone_name
        } else {
            return Ok(());
        };
        let plain = text_escapes::unescape(value_of(line.unfold(scratch)));
        if slot.is_none() && !plain.is_empty() {
            *slot = Some(text_escapes::cut(&plain, 255).to_string());
        }
        Ok(())
    }

    /// A line between the components that is no property. Some writers break a text such as X-WR-CALDESC and forget to
    /// fold it; but after a component, or where another language begins, somebody else has written it, and nobody
    /// knows what stood there.
    fn take_foreign(&mut self, line: &Line<'_>, scratch: &mut Vec<u8>) -> Result<(), ReadError> {
        let text = line.unfold(scratch).trim_ascii();
        // The last bytes of a cut body are the beginning of anything.
        if text.is_empty() || line.ends_body {
            return Ok(());
        }
        if !self.text_may_go_on || text.starts_with(b"{") || text.starts_with(b"[") || text.starts_with(b"<")
        {
            return Err(ReadError::Foreign { line: line.number, first_words: first_words(text) });
        }
        self.found.notes.add(line.number, "a line that is no property, not read");
        Ok(())
    }

    fn begin(&mut self, name: &[u8], line: &Line<'_>) -> Result<(), ReadError> {
        let component = Component::of(name);
        match component {
            Component::Calendar => {
                // One file may hold several calendars, but a calendar in a calendar is the rest of one that was cut.
                if !self.open.is_empty() {
                    return Err(ReadError::Truncated { line: line.number });
                }
                self.calendars += 1;
            }
            _ if self.open.is_empty() && self.calendars == 0 => return Err(not_a_calendar(line)),
            Component::Event => {
                self.close_down_to(Component::Calendar, line.number);
                if self.open.is_empty() {
                    return Err(ReadError::EventOutside { line: line.number });
                }
                self.found.events.push(RawEvent::starting_at(line.number));
                self.check_count(line)?;
            }
            Component::Timezone => {
                if self.found.timezones.len() >= MOST_TIMEZONES {
                    self.found.notes.add(line.number, "too many time zones, the one before is forgotten");
                    self.found.timezones.pop();
                }
                self.found.timezones.push(RawTimezone::default());
            }
            Component::Observance => {
                let in_zone = self.open.last() == Some(&Component::Timezone);
                if let (true, Some(timezone)) = (in_zone, self.found.timezones.last_mut()) {
                    timezone.observances.push(Observance::default());
                }
            }
            Component::Availability => {
                self.found.notes.add(
                    line.number,
                    "a VAVAILABILITY says when somebody can be met and not which nights are free: it is not read",
                );
                self.begun_at = line.number;
                self.count_unreadable();
            }
            // It may have been meant as VEVENT.
            Component::Unknown(_) if !name.to_ascii_uppercase().starts_with(b"X-") => {
                self.begun_at = if self.open.len() == 1 { line.number } else { 0 };
                let shown = first_words(text_escapes::cut(&String::from_utf8_lossy(name), 30).as_bytes());
                self.found
                    .notes
                    .add(line.number, format!("a component \"{shown}\", which is not known, is not read"));
            }
            // Of somebody's own, and nothing that stands inside another component is busy time.
            Component::FreeBusy | Component::Known(_) | Component::Unknown(_) => self.begun_at = 0,
        }
        self.open.push(component);
        Ok(())
    }

    fn end(&mut self, name: &[u8], line: &Line<'_>) {
        let component = Component::of(name);
        if self.open.contains(&component) {
            self.close_down_to(component, line.number);
            self.open.pop();
            return;
        }
        // The last bytes of a cut body are no misspelling.
        let cut_off =
            line.ends_body && !line.is_folded() && b"VCALENDAR".starts_with(&name.to_ascii_uppercase());
        let misspelt = match self.open.last() {
            Some(Component::Calendar) => name.len() >= 4 && name[..4].eq_ignore_ascii_case(b"VCAL"),
            _ => matches!(component, Component::Unknown(_)),
        };
        if cut_off {
            return;
        }
        if misspelt {
            self.found.notes.add(line.number, "a misspelt END, taken for the end of what was open");
            self.open.pop();
        } else {
            self.found.notes.add(line.number, "an END without its BEGIN");
        }
    }

    /// Closes what is open inside the innermost `component`. If none is open, everything but the calendar stays.
    fn close_down_to(&mut self, component: Component, line: usize) {
        while let Some(innermost) = self.open.last() {
            if *innermost == component {
                return;
            }
            self.found.notes.add(line, "an END is missing before this line");
            self.open.pop();
        }
    }

    /// A line that no calendar holds.
    fn outside(&mut self, line: &Line<'_>, scratch: &mut Vec<u8>) -> Result<(), ReadError> {
        if self.calendars == 0 {
            if line.unfold(scratch).trim_ascii().is_empty() {
                return Ok(());
            }
            return Err(not_a_calendar(line));
        }
        let text = line.unfold(scratch).trim_ascii();
        if line.ends_body && !text.is_empty() && b"BEGIN:VCALENDAR".starts_with(&text.to_ascii_uppercase()) {
            return Err(ReadError::Truncated { line: line.number });
        }
        if !text.is_empty() {
            self.found.notes.add(line.number, "a line outside the calendar, not read");
        }
        Ok(())
    }
}

/// Whether this can be the name of a property, also of one that somebody made up.
fn is_name(name: &[u8]) -> bool {
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b' ');
    !name.is_empty() && name.iter().all(fits)
}

fn value_of(line: &[u8]) -> &[u8] {
    Property::parse(line).map_or(&[], |property| property.value)
}

fn not_a_calendar(line: &Line<'_>) -> ReadError {
    ReadError::NotACalendar { line: line.number, first_words: first_words(line.first) }
}

/// What a person needs in order to recognise a login page or an error message: the start, printable, short.
fn first_words(line: &[u8]) -> String {
    let start = &line[..line.len().min(240)];
    let text: String = String::from_utf8_lossy(start)
        .chars()
        .map(|char| if char.is_control() || char == '"' { ' ' } else { char })
        .take(60)
        .collect();
    let unprintable = text.chars().filter(|char| *char == '\u{fffd}').count();
    if unprintable > 3 { "(binary data)".to_string() } else { text.trim().to_string() }
}
