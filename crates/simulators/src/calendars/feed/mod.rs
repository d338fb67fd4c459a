//! What a listing exports, in its platform's words.

mod airbnb;
mod booking_com;
mod content_lines;
mod google;
mod icloud;
mod vrbo;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{
    Nights, Platform,
    listing::{Listing, ShownAs, Stay, StayState},
};
use crate::core::digest;

/// A calendar as a platform would write it now, before anything goes wrong.
#[derive(Clone)]
pub(crate) struct Feed {
    platform: Platform,
    name: String,
    pub(crate) stamped_at: Timestamp,
    pub(crate) events: Vec<Event>,
}

/// One event of a feed.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) uid: String,
    pub(crate) nights: Nights,
    pub(crate) summary: String,
    pub(crate) description: Option<String>,
    pub(crate) rrule: Option<String>,
    /// What a calendar of notes says besides.
    note: Option<Note>,
}

#[derive(Clone, Debug)]
struct Note {
    shown_as: ShownAs,
    is_cancelled: bool,
    sequence: u32,
    created_at: Timestamp,
    updated_at: Timestamp,
}

/// Whether stays that are only requested are in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Requested {
    Shown,
    LeftOut,
}

/// What a listing exports at this instant.
pub(crate) fn of(listing: &Listing, now: Timestamp, requested: Requested) -> Feed {
    let today = day_of(now);
    let mut events = match listing.platform {
        Platform::Airbnb => airbnb::events(listing, today),
        Platform::Booking => booking_com::events(listing, today),
        Platform::Vrbo => vrbo::events(listing, today, requested),
        Platform::Google | Platform::Icloud => listing.stays.iter().map(Event::of_note).collect(),
    };
    events.sort_by_key(|event| event.nights);
    Feed { platform: listing.platform, name: listing.settings.name.clone(), stamped_at: now, events }
}

/// The platforms' own day; where it begins at another hour is not known but of Booking.com (Amsterdam).
pub(crate) fn day_of(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}

impl Feed {
    /// The text as it goes over the wire.
    pub(crate) fn text(&self) -> String {
        let stamp = stamp(self.stamped_at);
        match self.platform {
            Platform::Airbnb => airbnb::text(&self.events, &stamp),
            Platform::Booking => booking_com::text(&self.events, &stamp),
            Platform::Vrbo => vrbo::text(&self.events, &stamp),
            Platform::Google => google::text(&self.name, &self.events, &stamp),
            Platform::Icloud => icloud::text(&self.name, &self.events, &stamp),
        }
    }

    /// The same while nothing but DTSTAMP differs.
    pub(crate) fn etag(&self) -> String {
        let unstamped = Self { stamped_at: Timestamp::UNIX_EPOCH, ..self.clone() };
        let mut etag = hex::encode(digest(&unstamped.text()));
        etag.truncate(32);
        format!("\"{etag}\"")
    }
}

impl Event {
    pub(crate) fn new(uid: String, nights: Nights, summary: impl Into<String>) -> Self {
        Self { uid, nights, summary: summary.into(), description: None, rrule: None, note: None }
    }

    fn of_note(stay: &Stay) -> Self {
        let note = Note {
            shown_as: stay.shown_as,
            is_cancelled: stay.state == StayState::Cancelled,
            sequence: stay.sequence,
            created_at: stay.created_at,
            updated_at: stay.updated_at,
        };
        Self {
            note: Some(note),
            ..Self::new(stay.uid.clone(), stay.nights, format!("Reserva {}", stay.guest))
        }
    }

    fn starts_on(&self) -> String {
        format!("DTSTART;VALUE=DATE:{}", compact(self.nights.check_in))
    }

    fn ends_on(&self) -> String {
        format!("DTEND;VALUE=DATE:{}", compact(self.nights.check_out))
    }

    /// The lines that most events do not have.
    fn rest(&self) -> impl Iterator<Item = String> {
        let description = self.description.iter().map(|text| format!("DESCRIPTION:{text}"));
        description.chain(self.rrule.iter().map(|rule| format!("RRULE:{rule}")))
    }
}

/// A UID that changes when one of these does.
fn uid_of(listing: &Listing, what: impl std::fmt::Display) -> String {
    let mut uid = hex::encode(digest(&format!("{}/{what}", listing.token)));
    uid.truncate(32);
    uid
}

/// `20261123`.
pub(crate) fn compact(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// `20261123T101112Z`.
fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
