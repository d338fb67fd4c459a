//! Writes our own calendar as text, the same bytes for the same stays.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::day_arithmetic;
use crate::text_escapes::escape;

/// What stands above the events of a feed of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportCalendar {
    /// What readers show, such as the name of the cabin; left out when empty. Everybody who has the link sees it.
    pub name: String,
    /// PRODID: `-//Conserje//Calendar//EN`.
    pub product: String,
}

/// One stay or block of ours, without anything personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportEvent {
    /// The same for the life of the stay: `<id>@<our host>`.
    pub uid: String,
    /// First night.
    pub check_in: Date,
    /// The day after the last night; anything not after `check_in` is written as one night.
    pub check_out: Date,
    /// `Reserved` or `Not available`; never a name.
    pub summary: String,
    /// From 0, one more with each change of the days.
    pub sequence: u32,
    /// When the stay was made, to the second.
    pub created_at: Timestamp,
    /// When it last changed, to the second. Also its DTSTAMP: without a METHOD that is what DTSTAMP means (RFC 5545 3.8.7.2).
    pub modified_at: Timestamp,
}

/// The calendar as text, for `text/calendar; charset=utf-8`. The same stays give the same bytes, in whatever order
/// they come: nothing of the moment of writing is in it, so a strong ETag over it is stable.
///
/// Stays that came from the reader's own platform must be left out by the caller, else blocks echo for ever.
pub fn write(calendar: &ExportCalendar, events: &[ExportEvent]) -> String {
    let mut sorted: Vec<&ExportEvent> = events.iter().collect();
    sorted.sort_by_key(|event| (event.check_in, event.check_out, &event.uid));
    let mut out = Writer { text: String::with_capacity(400 + events.len() * 300) };
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.property("PRODID", &escape(&calendar.product));
    out.line("CALSCALE:GREGORIAN");
    // No METHOD: PUBLISH wants an ORGANIZER in each event (RFC 5546 3.2.1), which a calendar that is fetched has none of.
    if !calendar.name.is_empty() {
        let name = escape(&calendar.name);
        out.property("NAME", &name);
        out.property("X-WR-CALNAME", &name);
    }
    // RFC 7986 and what Outlook and Apple read instead.
    out.line("REFRESH-INTERVAL;VALUE=DURATION:PT15M");
    out.line("X-PUBLISHED-TTL:PT15M");
    for event in sorted {
        out.event(event);
    }
    out.line("END:VCALENDAR");
    out.text
}

struct Writer {
    text: String,
}

impl Writer {
    /// Longest line without its break, RFC 5545 3.1.
    const OCTETS: usize = 75;

    fn event(&mut self, event: &ExportEvent) {
        let check_out = event.check_out.max(day_arithmetic::after(event.check_in));
        self.line("BEGIN:VEVENT");
        self.property("UID", &escape(&event.uid));
        self.property("DTSTAMP", &utc(event.modified_at));
        self.property("DTSTART;VALUE=DATE", &compact(event.check_in));
        self.property("DTEND;VALUE=DATE", &compact(check_out));
        self.property("SUMMARY", &escape(&event.summary));
        self.property("SEQUENCE", &event.sequence.to_string());
        self.property("CREATED", &utc(event.created_at));
        self.property("LAST-MODIFIED", &utc(event.modified_at));
        self.line("STATUS:CONFIRMED");
        self.line("TRANSP:OPAQUE");
        self.line("END:VEVENT");
    }

    fn property(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{value}"));
    }

    /// Folds by octets, never inside a character; the space of a continuation line counts.
    fn line(&mut self, line: &str) {
        let mut rest = line;
        let mut room = Writer::OCTETS;
        while rest.len() > room {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
            self.text.push_str(head);
            self.text.push_str("\r\n ");
            rest = tail;
            room = Writer::OCTETS - 1;
        }
        self.text.push_str(rest);
        self.text.push_str("\r\n");
    }
}

fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests;
