//! What a message says: intents, dates, people.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the guest wants with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    Greeting,
    Availability,
    Price,
    Book,
    Services,
    Location,
    CheckinTimes,
    Payment,
    Confirm,
    Cancel,
    ChangeDates,
    Human,
    Complaint,
    Thanks,
    Yes,
    No,
    /// Nothing that the desk knows, or an attempt to command the desk itself.
    Other,
}

/// The meaning of one message, taken alone. Ranges are half-open: `check_out` is the day of departure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub intents: BTreeSet<Intent>,
    pub check_in: Option<Date>,
    pub check_out: Option<Date>,
    /// Set when a length was said, or follows from both dates.
    pub nights: Option<u16>,
    pub adults: Option<u16>,
    pub children: Option<u16>,
    /// The total; pets never count.
    pub guests: Option<u16>,
    /// A good desk repeats this reading back as a question before it acts on it.
    pub ambiguous: bool,
}

impl Reading {
    pub fn wants(&self, intent: Intent) -> bool {
        self.intents.contains(&intent)
    }

    pub fn wants_any(&self, intents: &[Intent]) -> bool {
        intents.iter().any(|intent| self.wants(*intent))
    }
}
