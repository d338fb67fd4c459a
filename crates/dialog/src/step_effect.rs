//! Effects: what a step of the dialogue asks to be done.

use domain::money::Money;
use jiff::civil::Date;

use crate::phrase::Phrase;

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Say(Phrase),
    /// Only ever follows a yes to the repetition of exactly these facts.
    PlaceHold {
        accommodation_id: String,
        check_in: Date,
        check_out: Date,
        guests: u16,
        /// The total that the guest said yes to: at another price nothing is held.
        total: Money,
    },
    CancelHold {
        code: String,
    },
    CallPerson {
        reason: PersonReason,
    },
}

/// Why a person should look at the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonReason {
    AskedForOne,
    Complaint,
    /// A question that the program has no facts for.
    Question,
    /// A stay is held and there is no link to pay its deposit with.
    Payment,
    /// A change to a stay that is already held or confirmed.
    Change,
}

impl PersonReason {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AskedForOne => "asked_for_one",
            Self::Complaint => "complaint",
            Self::Question => "question",
            Self::Payment => "payment",
            Self::Change => "change",
        }
    }
}
