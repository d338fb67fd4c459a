//! Everything that the desk can say.

use domain::money::Money;
use jiff::civil::{Date, Time};

use crate::facts::Offer;

/// One message to a guest, before it is put into words. Payment addresses are not part of the words: the channel
/// shows them as a button, or below.
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
    /// Something was said about when, without days: `en enero`, `31 de febrero`.
    AskExactDates,
    AskCheckIn {
        check_out: Date,
    },
    AskCheckOut {
        check_in: Date,
    },
    AskGuests {
        check_in: Date,
        check_out: Date,
        reading: Certainty,
    },
    /// One is free: repeats everything and asks for a yes.
    Offer {
        offer: Offer,
        reading: Certainty,
        hold_minutes: u16,
    },
    /// Several are free: a numbered list.
    Choices {
        offers: Vec<Offer>,
        reading: Certainty,
    },
    /// The guest answered the list without choosing.
    AskWhich {
        offers: Vec<Offer>,
    },
    Full {
        check_in: Date,
        check_out: Date,
        guests: u16,
    },
    FullWithNearest {
        check_in: Date,
        check_out: Date,
        guests: u16,
        nearest: Vec<Offer>,
    },
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
    },
    StayStatusConfirmed {
        code: String,
        accommodation_name: String,
        check_in: Date,
        check_out: Date,
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
    /// A question, or a change, that the desk leaves to a person.
    PersonWillComplete,
    NotSupported,
    NotUnderstood,
    PaymentReceived {
        code: String,
        amount: Money,
        accommodation_name: String,
        check_in: Date,
        check_out: Date,
    },
    PaymentShort {
        paid: Money,
        due: Money,
    },
    PaymentPending,
    /// Paid after the hold had ended and the dates were gone.
    PaymentLate,
    HoldExpiring {
        minutes: u16,
        code: String,
        pay_url: Option<String>,
    },
    HoldExpired {
        code: String,
    },
}

/// Whether the desk is sure of what it understood, or asks.
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
