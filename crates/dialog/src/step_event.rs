//! Events: a guest's message, or the outcome of an effect.

use domain::money::Money;
use jiff::{Timestamp, civil::Date};

use crate::message_reading::Reading;

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The guest wrote (or said, and it was transcribed).
    Heard {
        text: String,
        reading: Reading,
    },
    /// The guest sent something that is not words: `image`, `location`, `sticker`…
    NotSupported {
        kind: String,
    },
    /// The hold that `Effect::PlaceHold` asked for is in the database.
    HoldPlaced {
        code: String,
        expires_at: Timestamp,
        accommodation_name: String,
        check_in: Date,
        check_out: Date,
        guests: u16,
        total: Money,
        deposit: Money,
        pay_url: Option<String>,
    },
    HoldRefused {
        reason: HoldRefusal,
    },
    HoldCancelled {
        code: String,
    },
    CancelRefused {
        code: String,
    },
}

/// Why a hold was not placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoldRefusal {
    /// Somebody else took the dates between the offer and the yes.
    JustTaken,
    /// This guest holds as many stays as one guest may.
    TooManyHolds,
    /// The dates break a rule, which the sentence names for the log; the guest is asked for others.
    Dates(String),
    Capacity,
    /// The price is no longer the one that the guest said yes to.
    PriceChanged {
        total: Money,
        deposit: Money,
    },
    /// The program could not try; the guest may ask again.
    Busy,
}
