//! What is said of a guest's money. Nothing of it is said before it is written down.

use domain::money::Money;
use jiff::civil::Date;

use super::Deadline;

/// News of money. Payment addresses are shown as a button, or below the words.
#[derive(Clone, Debug, PartialEq)]
pub enum MoneyNews {
    /// The deposit came, and the stay is confirmed.
    Confirmed { code: String, amount: Money, accommodation_name: String, check_in: Date, check_out: Date },
    /// Less than the deposit came.
    Short { paid: Money, due: Money },
    /// Money for a confirmed stay came; `left` is what is still to be paid.
    Credited { code: String, amount: Money, left: Option<Money> },
    /// A receipt for money that staff took.
    Receipt { number: i64, amount: Money, url: String },
    /// The provider has it and does not vouch for it yet.
    Pending,
    /// The same with a way to pay that takes days: the hold waits.
    PendingHeld { code: String, deadline: Deadline },
    /// The guest's card or account was refused; nothing was taken.
    Declined { pay_url: Option<String> },
    /// The guest agreed to pay when it was too late, and nothing was taken.
    NotCharged,
    /// Paid after the hold had ended and the dates were gone: it goes back.
    LateReturned { amount: Money },
    /// The same, and equal nights are kept until the guest says whether they want them.
    EqualOffered {
        amount: Money,
        accommodation_name: String,
        check_in: Date,
        check_out: Date,
        deadline: Deadline,
        today: Date,
        url: String,
    },
    /// Money of a stay is on its way back.
    Returned { code: String, amount: Money },
    /// More than was due is on its way back.
    SurplusReturned { code: String, amount: Money },
    /// Returned by staff, by hand.
    ReturnedByHand { code: String, amount: Money },
    /// The balance of a stay is to be paid by a day.
    BalanceDue { code: String, amount: Money, by: Date, today: Date, pay_url: Option<String> },
    /// A change of dates made the stay dearer, or staff added something.
    ExtraDue { code: String, amount: Money, pay_url: Option<String> },
    /// Staff ask for something beyond the price.
    PenaltyDue { code: String, amount: Money, pay_url: Option<String> },
    /// A hold ended with a part of its deposit.
    HoldExpiredShort { code: String },
}

impl MoneyNews {
    pub fn today(&self) -> Option<Date> {
        match self {
            Self::EqualOffered { today, .. } | Self::BalanceDue { today, .. } => Some(*today),
            _ => None,
        }
    }

    /// Where the guest goes on.
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Declined { pay_url }
            | Self::BalanceDue { pay_url, .. }
            | Self::ExtraDue { pay_url, .. }
            | Self::PenaltyDue { pay_url, .. } => pay_url.as_deref(),
            Self::EqualOffered { url, .. } | Self::Receipt { url, .. } => Some(url),
            _ => None,
        }
    }
}
