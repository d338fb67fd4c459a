//! What a payment that was read back at the provider means for a stay.
//!
//! A notification only says "look". What counts is the payment as the provider's API shows it, and that decides
//! nothing either unless amount and currency cover what is due and the nights are still to be had.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{money::Money, stay::Stay};

/// The common states of a payment over all providers. Whatever we do not know is pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    Pending,
    Rejected,
    Approved,
    Refunded,
    ChargedBack,
}

impl PaymentStatus {
    pub const ALL: [Self; 5] =
        [Self::Pending, Self::Rejected, Self::Approved, Self::Refunded, Self::ChargedBack];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Rejected => "rejected",
            Self::Approved => "approved",
            Self::Refunded => "refunded",
            Self::ChargedBack => "charged_back",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// States never go backwards: an old answer that arrives late changes nothing.
    #[must_use]
    pub fn after(self, news: Self) -> Self {
        if news.rank() > self.rank() { news } else { self }
    }

    fn rank(self) -> u8 {
        match self {
            Self::Pending => 0,
            Self::Rejected => 1,
            Self::Approved => 2,
            Self::Refunded => 3,
            Self::ChargedBack => 4,
        }
    }
}

/// What to do with an approved payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The hold still stands and the deposit is covered.
    Confirm,
    /// The hold has ended: confirm if the nights can be taken again, else a person decides.
    TakeAgain,
    /// The stay is confirmed already; the money goes to its balance.
    Credit,
    /// Less than what is due.
    Short { missing: Money },
    /// A person must look: the stay cannot take this money.
    ForAPerson(Doubt),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    OtherCurrency,
    StayCancelled,
    StayOver,
    NightsTaken,
    NoSuchStay,
    OtherAccount,
    TestMoney,
}

impl Doubt {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OtherCurrency => "other_currency",
            Self::StayCancelled => "stay_cancelled",
            Self::StayOver => "stay_over",
            Self::NightsTaken => "nights_taken",
            Self::NoSuchStay => "no_such_stay",
            Self::OtherAccount => "other_account",
            Self::TestMoney => "test_money",
        }
    }
}

/// `paid` is this payment, `paid_before` what other approved payments of the stay add up to, in its currency.
pub fn decide(stay: &Stay, paid: Money, paid_before: Money, now: Timestamp) -> Decision {
    let due = stay.terms().deposit;
    if paid.currency != due.currency {
        return Decision::ForAPerson(Doubt::OtherCurrency);
    }
    let missing = due.minus(paid_before).minus(paid);
    match stay {
        Stay::Cancelled(_) => Decision::ForAPerson(Doubt::StayCancelled),
        Stay::Completed(_) | Stay::NoShow(_) => Decision::ForAPerson(Doubt::StayOver),
        Stay::Confirmed(_) => Decision::Credit,
        Stay::Held(_) | Stay::Expired(_) if missing.is_positive() => Decision::Short { missing },
        Stay::Held(held) if !held.has_ended(now) => Decision::Confirm,
        Stay::Held(_) | Stay::Expired(_) => Decision::TakeAgain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_never_go_backwards() {
        use PaymentStatus::*;
        assert_eq!(Pending.after(Approved), Approved);
        assert_eq!(Approved.after(Pending), Approved);
        assert_eq!(Refunded.after(Approved), Refunded);
        for first in PaymentStatus::ALL {
            for second in PaymentStatus::ALL {
                assert_eq!(first.after(second), second.after(first));
            }
        }
    }
}
