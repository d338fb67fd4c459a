//! An accommodation that is rented, with its rules for a stay.

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use crate::{ids::AccommodationId, price::Pricing};

#[derive(Clone, Debug, PartialEq)]
pub struct Accommodation {
    pub id: AccommodationId,
    pub name: String,
    pub kind: Kind,
    pub description: String,
    /// Addresses of pictures, the first one is the cover.
    pub photos: Vec<String>,
    /// People who may sleep there.
    pub capacity: u16,
    pub pricing: Pricing,
    pub rules: StayRules,
    pub zone: Zone,
    pub check_in_time: Time,
    pub check_out_time: Time,
    pub active: bool,
}

impl Accommodation {
    /// The instant at which guests who arrive on `day` may enter.
    pub fn check_in_at(&self, day: Date) -> Timestamp {
        let local = day.to_datetime(self.check_in_time);
        self.zone.time_zone().to_timestamp(local).unwrap_or(Timestamp::MIN)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Cabin,
    Apartment,
    House,
    Room,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Cabin, Self::Apartment, Self::House, Self::Room];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cabin => "cabin",
            Self::Apartment => "apartment",
            Self::House => "house",
            Self::Room => "room",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Lengths in nights; the horizon in days ahead of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayRules {
    pub min_nights: u16,
    pub max_nights: u16,
    pub horizon_days: u16,
}

/// An IANA time zone that has been found in the database.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone(TimeZone);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown time zone: give an IANA name such as America/Argentina/Cordoba")]
pub struct UnknownZone;

impl Zone {
    pub fn parse(name: &str) -> Result<Self, UnknownZone> {
        // "Local" and POSIX rules would make the meaning of a date depend on the machine.
        let named = name.contains('/') || name == "UTC";
        let zone = if named { TimeZone::get(name).ok() } else { None };
        zone.map(Self).ok_or(UnknownZone)
    }

    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    pub fn time_zone(&self) -> &TimeZone {
        &self.0
    }

    /// The civil date there at `now`.
    pub fn today(&self, now: jiff::Timestamp) -> Date {
        self.0.to_datetime(now).date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_the_propertys_day() {
        let cordoba = Zone::parse("America/Argentina/Cordoba").unwrap();
        let late_evening: jiff::Timestamp = "2027-01-05T02:30:00Z".parse().unwrap();
        assert_eq!(cordoba.today(late_evening), jiff::civil::date(2027, 1, 4));
        assert_eq!(Zone::parse("Marte/Olimpo"), Err(UnknownZone));
        assert_eq!(Zone::parse("Local"), Err(UnknownZone));
    }
}
