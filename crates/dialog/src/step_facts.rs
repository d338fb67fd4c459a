//! What is true at the moment of a step: the clock, the search, the guest's own stays.

use domain::money::Money;
use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use crate::locale::Locale;

/// Everything that a step may know beyond the conversation and the event.
#[derive(Clone, Debug)]
pub struct Facts {
    pub now: Timestamp,
    /// The civil date at the property.
    pub today: Date,
    pub zone: TimeZone,
    /// How the house itself speaks: which Spanish a guest gets who changes back to Spanish.
    pub locale: Locale,
    pub property_name: String,
    pub hold_minutes: u16,
    /// The answer to `wanted`, or `NotAsked` when it was `None`.
    pub search: Search,
    /// Live stays (held or confirmed) of this guest, soonest arrival first.
    pub own_stays: Vec<OwnStay>,
    pub check_in_time: Option<Time>,
    pub check_out_time: Option<Time>,
    /// Per cent of the total, 0 to 100.
    pub deposit_percent: Option<u8>,
    /// The most people that one accommodation sleeps.
    pub max_capacity: Option<u16>,
}

/// The search that the app runs before a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    pub check_in: Date,
    pub check_out: Date,
    pub guests: u16,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Search {
    NotAsked,
    /// At least one is free, in the order in which they should be shown.
    Free(Vec<Offer>),
    /// None is free on those dates; `nearest` are free on others, possibly empty.
    Full {
        nearest: Vec<Offer>,
    },
    Refused(SearchRefusal),
}

/// Why these dates or people cannot be searched. Lengths in nights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchRefusal {
    Past,
    TooShort {
        min_nights: u16,
    },
    TooLong {
        max_nights: u16,
    },
    /// Beyond the horizon of the calendar.
    TooFar,
    TooManyGuests {
        max_capacity: u16,
    },
}

/// One accommodation, free on these dates, at this price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    pub accommodation_id: String,
    pub name: String,
    /// People who may sleep there.
    pub capacity: u16,
    pub check_in: Date,
    pub check_out: Date,
    pub guests: u16,
    pub total: Money,
    pub deposit: Money,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OwnStay {
    pub code: String,
    pub accommodation_name: String,
    pub check_in: Date,
    pub check_out: Date,
    pub guests: u16,
    pub state: OwnState,
    pub deposit: Money,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnState {
    Held { expires_at: Timestamp },
    Confirmed,
}
