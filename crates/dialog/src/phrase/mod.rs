//! Phrases: everything that can be said to a guest, before it has words.

/// What is said of a guest's money.
mod money_news;

pub use money_news::MoneyNews;

use domain::money::Money;
use jiff::civil::{Date, Time};

use crate::{message_reading::DateProblem, step_facts::Offer};

/// One message to a guest, before it is put into words. Payment addresses are not part of the words: the channel
/// shows them as a button, or below.
///
/// `today` is the day at the property on which it is said: from it follows whether a date is said with its year.
#[derive(Clone, Debug, PartialEq)]
pub enum Phrase {
    Greeting {
        property_name: String,
    },
    YouAreWelcome,
    /// The guest said no; nothing was reserved.
    Goodbye,
    AskDatesAndGuests,
    AskDates {
        guests: u16,
    },
    /// What was said about when is no stay: names what is wrong with it.
    AskOtherDates {
        problem: DateProblem,
        today: Date,
    },
    AskCheckIn {
        check_out: Date,
        today: Date,
    },
    AskCheckOut {
        check_in: Date,
        today: Date,
    },
    AskGuests {
        check_in: Date,
        check_out: Date,
        reading: Certainty,
        today: Date,
    },
    /// One is free: repeats everything and asks for a yes.
    Offer {
        offer: Offer,
        reading: Certainty,
        hold_minutes: u16,
        today: Date,
    },
    /// Several are free: a numbered list.
    Choices {
        offers: Vec<Offer>,
        reading: Certainty,
        today: Date,
    },
    /// The guest answered the list without choosing.
    AskWhich {
        offers: Vec<Offer>,
        today: Date,
    },
    Full {
        check_in: Date,
        check_out: Date,
        guests: u16,
        today: Date,
    },
    FullWithNearest {
        check_in: Date,
        check_out: Date,
        guests: u16,
        nearest: Vec<Offer>,
        today: Date,
    },
    /// Always with its year, which is mostly what was wrong.
    DatesPast {
        check_in: Date,
    },
    TooShort {
        min_nights: u16,
    },
    TooLong {
        max_nights: u16,
    },
    TooFar,
    TooManyGuests {
        max_capacity: u16,
    },
    Held {
        code: String,
        accommodation_name: String,
        check_in: Date,
        check_out: Date,
        guests: u16,
        total: Money,
        deposit: Money,
        deadline: Deadline,
        pay_url: Option<String>,
        today: Date,
    },
    HoldJustTaken,
    TooManyHolds,
    HoldDatesRefused,
    HoldCapacityRefused,
    HoldBusy,
    AskCancel {
        code: String,
        accommodation_name: String,
        check_in: Date,
        check_out: Date,
        today: Date,
    },
    AskWhichCancel {
        codes: Vec<String>,
    },
    NothingToCancel,
    CancelKept {
        code: String,
    },
    CancelRefused {
        code: String,
    },
    StayCancelled {
        code: String,
    },
    StayStatusHeld {
        code: String,
        accommodation_name: String,
        check_in: Date,
        check_out: Date,
        deposit: Money,
        deadline: Deadline,
        today: Date,
    },
    StayStatusConfirmed {
        code: String,
        accommodation_name: String,
        check_in: Date,
        check_out: Date,
        today: Date,
    },
    NoStayFound,
    CheckTimes {
        check_in_time: Time,
        check_out_time: Time,
    },
    HowToPay {
        deposit_percent: u8,
    },
    PersonWillAnswer,
    PersonWillAnswerComplaint,
    /// A question, or a change, that the program leaves to a person.
    PersonWillComplete,
    NotSupported,
    NotUnderstood,
    Money(MoneyNews),
    HoldExpiring {
        minutes: u16,
        code: String,
        pay_url: Option<String>,
    },
    HoldExpired {
        code: String,
    },
}

impl Phrase {
    /// The day on which it is said, when it carries one. What carries none says every date with its year.
    pub fn today(&self) -> Option<Date> {
        match self {
            Self::AskOtherDates { today, .. }
            | Self::AskCheckIn { today, .. }
            | Self::AskCheckOut { today, .. }
            | Self::AskGuests { today, .. }
            | Self::Offer { today, .. }
            | Self::Choices { today, .. }
            | Self::AskWhich { today, .. }
            | Self::Full { today, .. }
            | Self::FullWithNearest { today, .. }
            | Self::Held { today, .. }
            | Self::AskCancel { today, .. }
            | Self::StayStatusHeld { today, .. }
            | Self::StayStatusConfirmed { today, .. } => Some(*today),
            Self::Money(news) => news.today(),
            _ => None,
        }
    }
}

/// Whether the program is sure of what it understood, or asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    Sure,
    Asking,
}

/// Until when something is held, by the clock of the property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    Today(Time),
    On(Date, Time),
}
