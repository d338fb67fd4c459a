//! One VEVENT as written, before zones and repeats are known.

use super::date_time_values::{Length, Moment};
use super::property::Property;
use super::recurrence_properties::Repeats;
use super::whole_days;
use super::zones::{ZoneNames, zone_of};
use crate::feed::Notes;
use crate::text_escapes;

/// One VEVENT as written. Zones are names still: a VTIMEZONE may follow the events (iCloud).
#[derive(Debug, Default)]
pub(crate) struct RawEvent {
    /// The line of its `BEGIN:VEVENT`.
    pub(crate) line: usize,
    pub(crate) uid: Option<String>,
    pub(crate) summary: String,
    pub(crate) start: Option<Moment>,
    pub(crate) end: Option<Moment>,
    pub(crate) length: Option<Length>,
    /// It says when it ends or how long it lasts, and nobody can tell what.
    pub(crate) end_is_unreadable: bool,
    pub(crate) sequence: u32,
    pub(crate) status: Status,
    pub(crate) shows_as: ShowsAs,
    /// X-MICROSOFT-CDO-ALLDAYEVENT.
    pub(crate) is_all_day: bool,
    /// CATEGORIES, as they stand in the last of its lines.
    pub(crate) categories: String,
    has_status: bool,
    is_busy_in_outlook: bool,
    /// A later revision of the same event stands in the feed.
    pub(crate) superseded: bool,
    /// Which occurrence of a repeating event this one replaces.
    pub(crate) replaces: Option<Moment>,
    /// All later ones are otherwise too.
    pub(crate) replaces_later: bool,
    pub(crate) repeats: Option<Box<Repeats>>,
}

/// What STATUS says, as far as it matters here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Status {
    #[default]
    Stands,
    /// `CANCELLED`, and nothing else.
    Cancelled,
    /// Cancelled and not: doubtful, so it stands.
    SaysBoth,
}

/// What TRANSP and Outlook's own words say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ShowsAs {
    #[default]
    Busy,
    /// `TRANSP:TRANSPARENT`.
    Free,
    /// `TRANSPARENT`, and in Outlook's words busy or away, which weighs more.
    FreeAndBusy,
}

/// The properties of an event that are looked at. DESCRIPTION is not among them, so it is never even joined.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Uid,
    Summary,
    Start,
    End,
    Duration,
    Sequence,
    Status,
    Transparency,
    RecurrenceId,
    Rule,
    ExtraDates,
    ExcludedDates,
    ExcludedRule,
    Categories,
    OutlookStatus,
    OutlookAllDay,
}

/// Longest SUMMARY kept, in bytes: occurrences of a repeating event each carry it.
const LONGEST_SUMMARY: usize = 255;
/// Longest UID kept as it is, in bytes (RFC 7986 recommends at most 255 octets).
const LONGEST_UID: usize = 255;

impl Field {
    pub(crate) fn of(name: &[u8]) -> Option<Field> {
        let is = |word: &str| name.eq_ignore_ascii_case(word.as_bytes());
        match name.len() {
            3 if is("UID") => Some(Field::Uid),
            5 if is("DTEND") => Some(Field::End),
            5 if is("RRULE") => Some(Field::Rule),
            5 if is("RDATE") => Some(Field::ExtraDates),
            6 if is("STATUS") => Some(Field::Status),
            6 if is("TRANSP") => Some(Field::Transparency),
            6 if is("EXDATE") => Some(Field::ExcludedDates),
            6 if is("EXRULE") => Some(Field::ExcludedRule),
            7 if is("DTSTART") => Some(Field::Start),
            7 if is("SUMMARY") => Some(Field::Summary),
            8 if is("DURATION") => Some(Field::Duration),
            8 if is("SEQUENCE") => Some(Field::Sequence),
            10 if is("CATEGORIES") => Some(Field::Categories),
            13 if is("RECURRENCE-ID") => Some(Field::RecurrenceId),
            26 if is("X-MICROSOFT-CDO-BUSYSTATUS") => Some(Field::OutlookStatus),
            27 if is("X-MICROSOFT-CDO-ALLDAYEVENT") => Some(Field::OutlookAllDay),
            _ => None,
        }
    }
}

impl RawEvent {
    pub(crate) fn starting_at(line: usize) -> RawEvent {
        RawEvent { line, ..RawEvent::default() }
    }

    /// Takes one property in. Of a property that stands twice the first counts.
    pub(crate) fn take(
        &mut self,
        field: Field,
        property: &Property<'_>,
        line: usize,
        zones: &mut ZoneNames,
        notes: &mut Notes,
    ) {
        let value = property.value;
        match field {
            Field::Uid => self.take_uid(value, line, notes),
            Field::Summary => {
                if self.summary.is_empty() {
                    let plain = text_escapes::unescape(value);
                    self.summary = text_escapes::cut(plain.trim(), LONGEST_SUMMARY).trim_end().to_string();
                }
            }
            Field::Start if self.start.is_some() => notes.add(line, "a second DTSTART, the first counts"),
            Field::End if self.end.is_some() => notes.add(line, "a second DTEND, the first counts"),
            Field::Start => self.start = moment(property, line, zones, notes, "DTSTART"),
            Field::End => {
                self.end = moment(property, line, zones, notes, "DTEND");
                self.end_is_unreadable |= self.end.is_none();
            }
            Field::Duration => {
                let length = Length::parse(value);
                if length.is_none() {
                    notes.add(line, "the DURATION cannot be read");
                    self.end_is_unreadable = true;
                }
                self.length = self.length.or(length);
            }
            Field::Sequence => {
                self.sequence = std::str::from_utf8(value).ok().and_then(|n| n.parse().ok()).unwrap_or(0);
            }
            Field::Status => self.take_status(value),
            Field::Transparency => {
                if value.eq_ignore_ascii_case(b"TRANSPARENT") && self.shows_as == ShowsAs::Busy {
                    self.shows_as =
                        if self.is_busy_in_outlook { ShowsAs::FreeAndBusy } else { ShowsAs::Free };
                }
            }
            Field::OutlookStatus => {
                self.is_busy_in_outlook = !value.eq_ignore_ascii_case(b"FREE") && !value.is_empty();
                if self.is_busy_in_outlook && self.shows_as == ShowsAs::Free {
                    self.shows_as = ShowsAs::FreeAndBusy;
                }
            }
            Field::OutlookAllDay => self.is_all_day = value.eq_ignore_ascii_case(b"TRUE"),
            Field::Categories => {
                let plain = text_escapes::unescape(value);
                self.categories = text_escapes::cut(plain.trim(), LONGEST_SUMMARY).to_owned();
            }
            Field::RecurrenceId => self.take_replaces(property, line, zones, notes),
            Field::Rule => self.repeats().take_rule(value, line, notes),
            Field::ExtraDates => self.repeats().take_extra(property, line, zones, notes),
            Field::ExcludedDates => self.repeats().take_excluded(property, line, zones, notes),
            Field::ExcludedRule => {
                notes.add(line, "EXRULE is not understood, so the days it would free stay blocked");
            }
        }
    }

    /// Cancelled by all that is said of it.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.status == Status::Cancelled
    }

    /// Marked as free time, and not as days, for whole days are free by default in the pages of Google and Apple: nobody
    /// has said anything by it.
    pub(crate) fn is_free_time(&self) -> bool {
        self.shows_as == ShowsAs::Free && !self.is_days()
    }

    /// Whole days that are marked as free time.
    pub(crate) fn is_marked_free(&self) -> bool {
        self.shows_as == ShowsAs::Free && self.is_days()
    }

    /// Whether it takes no nights, because it says so.
    pub(crate) fn blocks_nothing(&self) -> bool {
        self.is_cancelled() || self.is_free_time()
    }

    fn is_days(&self) -> bool {
        self.is_all_day || whole_days::is_whole_days(self)
    }

    fn take_status(&mut self, value: &[u8]) {
        let cancelled = value.eq_ignore_ascii_case(b"CANCELLED") || value.eq_ignore_ascii_case(b"CANCELED");
        self.status = match (self.status, cancelled, self.has_status) {
            (Status::Stands, true, false) | (Status::Cancelled, true, true) => Status::Cancelled,
            (Status::Stands, false, _) => Status::Stands,
            _ => Status::SaysBoth,
        };
        self.has_status = true;
    }

    fn take_uid(&mut self, value: &[u8], line: usize, notes: &mut Notes) {
        if self.uid.is_some() || value.is_empty() {
            return;
        }
        let mut uid = text_escapes::unescape(value).into_owned();
        if uid.len() > LONGEST_UID {
            let print = fingerprint(uid.as_bytes());
            uid.truncate(uid.floor_char_boundary(LONGEST_UID - 20));
            uid.push_str(&format!("~{print:016x}"));
            notes.add(line, "the UID is very long, it is kept shortened");
        }
        self.uid = Some(uid);
    }

    fn take_replaces(
        &mut self,
        property: &Property<'_>,
        line: usize,
        zones: &mut ZoneNames,
        notes: &mut Notes,
    ) {
        let replaced = moment(property, line, zones, notes, "RECURRENCE-ID");
        self.replaces = self.replaces.or(replaced);
        self.replaces_later |=
            property.param("RANGE").is_some_and(|range| range.eq_ignore_ascii_case(b"THISANDFUTURE"));
    }

    fn repeats(&mut self) -> &mut Repeats {
        self.repeats.get_or_insert_default()
    }
}

/// A date or time with its zone, noted when it cannot be read.
fn moment(
    property: &Property<'_>,
    line: usize,
    zones: &mut ZoneNames,
    notes: &mut Notes,
    what: &str,
) -> Option<Moment> {
    let moment = Moment::parse(property.value, zone_of(property, line, zones));
    if moment.is_none() {
        notes.add(line, format!("the {what} cannot be read"));
    }
    match what {
        "DTEND" => moment.map(|end| whole_days::end_as_meant(property, end)),
        _ => moment.map(|moment| whole_days::as_meant(property, moment)),
    }
}

/// FNV-1a, 64 bits: stable across versions and machines, unlike the hashers of std. Not for security.
pub(crate) fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
