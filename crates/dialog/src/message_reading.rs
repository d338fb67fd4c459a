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
    /// Nothing that is understood, or an attempt to give the program orders.
    Other,
}

/// What a message is about, finer than its intents; each stands beside the intent that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// What is given back when a booking is cancelled; beside `Payment`.
    RefundTerms,
    /// How one can pay; beside `Payment`.
    PaymentMethods,
    /// A lower price; beside `Price`.
    Discount,
    /// What has become of a booking; beside `Other` or `Confirm`.
    BookingStatus,
    /// The link to the booking or to the payment is gone; beside `Other`.
    LostLink,
    /// When somebody arrives; beside `CheckinTimes`.
    ArrivalHour,
    /// A thing of the house that fails; beside `Complaint`.
    HouseTrouble,
    /// Pictures are asked for; beside `Services`.
    Photos,
    /// A bill for the tax office; beside `Payment`.
    Invoice,
}

/// The meaning of one message, taken alone. Ranges are half-open: `check_out` is the day of departure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub intents: BTreeSet<Intent>,
    #[serde(default)]
    pub topics: BTreeSet<Topic>,
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
    /// Why the days that were said cannot be a stay; both dates are null then, and the reading is ambiguous.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<DateProblem>,
    /// Where each field comes from.
    #[serde(default, skip_serializing_if = "Sources::is_empty")]
    pub sources: Box<Sources>,
}

/// Where the fields of a reading come from; a field that is null has no source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_in: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_out: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nights: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adults: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub children: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guests: Option<Source>,
}

/// The words of the message that a field was taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// As they were typed.
    pub words: String,
    /// Where they stand in the message, in bytes.
    pub start: usize,
    pub end: usize,
    pub sureness: Sureness,
}

/// How sure a field of a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sureness {
    /// The words name it.
    Said,
    /// It follows from the words: a departure from an arrival and a number of nights.
    Derived,
    /// A good desk asks about it.
    Doubtful,
}

impl Sources {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What is wrong with days that were said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DateProblem {
    /// `31 de febrero`; with a year when other years have the day: `29 de febrero de 2027`.
    NoSuchDay { day: i8, month: i8, year: Option<i16> },
    /// `en enero`, `el finde largo`, `el 5 o el 12`: which days are meant stays open.
    NotExact,
    /// `del 8 al 5 de enero`: the departure is not after the arrival.
    Reversed { check_in: Date, check_out: Date },
}

impl Reading {
    pub fn wants(&self, intent: Intent) -> bool {
        self.intents.contains(&intent)
    }

    pub fn wants_any(&self, intents: &[Intent]) -> bool {
        intents.iter().any(|intent| self.wants(*intent))
    }
}
