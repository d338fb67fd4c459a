//! The platforms: the form of their addresses and UIDs, and what is special about each.

use serde::{Deserialize, Serialize};

use super::listing::{Listing, Validators};
use crate::core::Ids;

/// Whose calendar a listing has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// `/calendar/ical/{listing}.ics?t=<32 hex>`; `?s=` is the older form.
    Airbnb,
    /// `/v1/export?t=<uuid>`.
    Booking,
    /// `/icalendar/<32 hex>.ics`; with `?nonTentative`, without what is only requested.
    Vrbo,
    /// `/calendar/ical/{id}/private-<32 hex>/basic.ics`.
    Google,
    /// `/published/2/<32 hex>`.
    Icloud,
}

impl Platform {
    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Airbnb => "Airbnb",
            Self::Booking => "Booking.com",
            Self::Vrbo => "Vrbo",
            Self::Google => "Google",
            Self::Icloud => "iCloud",
        }
    }

    /// How often it reads other calendars. Where sources disagree, the middle.
    pub fn reads_every_minutes(self) -> u32 {
        match self {
            Self::Airbnb => 180,
            Self::Booking => 120,
            Self::Vrbo | Self::Icloud => 60,
            Self::Google => 720,
        }
    }

    /// Whether it lets rooms: then a night is sold once, and what it reads elsewhere it shows in its own calendar.
    /// A calendar of notes takes everything, and shows a calendar that it reads beside its own.
    pub(crate) fn lets_rooms(self) -> bool {
        match self {
            Self::Airbnb | Self::Booking | Self::Vrbo => true,
            Self::Google | Self::Icloud => false,
        }
    }

    /// What a reader can compare. Not known of any but iCloud, whose published calendars are files.
    pub(crate) fn validators(self) -> Validators {
        if self == Self::Icloud { Validators::Both } else { Validators::None }
    }

    /// The secret in the address.
    pub(crate) fn token(self, ids: &Ids) -> String {
        match self {
            Self::Booking => ids.uuid(),
            Self::Airbnb | Self::Vrbo | Self::Google | Self::Icloud => ids.hex(32).to_ascii_lowercase(),
        }
    }

    /// A UID that a stay keeps.
    pub(crate) fn stay_uid(self, ids: &Ids) -> String {
        let hex = || ids.hex(32).to_ascii_lowercase();
        match self {
            Self::Airbnb => format!("1418fb94e984-{}@airbnb.com", hex()),
            Self::Booking => format!("{}@booking.com", hex()),
            Self::Vrbo => ids.uuid(),
            Self::Google => format!("{}@google.com", ids.hex(26).to_ascii_lowercase()),
            Self::Icloud => ids.uuid().to_ascii_uppercase(),
        }
    }

    /// The path and query of a listing's calendar.
    pub(crate) fn address(self, listing: &Listing) -> String {
        let (id, token) = (&listing.id, &listing.token);
        match self {
            Self::Airbnb => format!("/calendar/ical/{id}.ics?t={token}"),
            Self::Booking => format!("/v1/export?t={token}"),
            Self::Vrbo => format!("/icalendar/{token}.ics"),
            Self::Google => {
                format!("/calendar/ical/{id}%40group.calendar.google.com/private-{token}/basic.ics")
            }
            Self::Icloud => format!("/published/2/{token}"),
        }
    }
}
