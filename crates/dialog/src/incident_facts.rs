//! Incidents as facts, without a language.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Something that is wrong for a while. `name` is the accommodation's, `source` what the host calls the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
// The tag is named as rows of older versions have it.
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum IncidentFacts {
    /// A calendar could not be read `times` times in a row.
    CalendarFailing { name: String, source: String, times: u32 },
    /// A calendar was last read long ago.
    CalendarStale { name: String, source: String, minutes: u16 },
    /// A calendar's server takes long.
    CalendarSlow { name: String, source: String, milliseconds: u32 },
    /// A calendar has lost more than a cancellation explains.
    CalendarShrunk { name: String, source: String, nights: u16 },
    /// A calendar has events whose days cannot be read.
    CalendarUnreadable { name: String, source: String, events: u32 },
    /// Nights, without the day of departure, were sold twice.
    CalendarClash {
        name: String,
        source: String,
        with: ClashWith,
        /// Rows of older versions were all about stays.
        #[serde(default)]
        by: ClashBy,
        check_in: Date,
        check_out: Date,
    },
    /// One reading found `count` such ranges, from the first night to the day after the last.
    CalendarClashes { name: String, source: String, count: u32, check_in: Date, check_out: Date },
    /// Somebody tries addresses of calendars out.
    CalendarProbed { times: u32 },
    /// A calendar has a new address that its reader must be given.
    CalendarLinkReplaced { name: String, source: String, hours: u32 },
}

/// Who else has the nights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClashWith {
    /// A stay of our own.
    Stay,
    /// Another calendar.
    Calendar,
}

/// What the other calendar says of the nights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClashBy {
    /// Somebody stays.
    #[default]
    Stay,
    /// They are closed, which it may also say of a stay.
    Closure,
}

/// What a host reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What is wrong, to stand after the property's name; no full stop.
    pub title: String,
    /// What the program did, and what the host can do.
    pub text: String,
}
