//! What an approved payment does to a stay. Nothing is decided unless amount and currency cover what is due and the nights
//! are still to be had.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    charges_of_stay::{Due, Purpose, usable},
    money::Money,
    stay::Stay,
};

/// What to do with an approved payment. What a stay cannot use of it goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The hold still stands and the deposit is covered.
    Confirm { surplus: Money },
    /// The hold has ended: confirm if the nights can be taken again.
    TakeAgain { surplus: Money },
    /// It covers what a confirmed stay still owes, or a part of that.
    Credit { surplus: Money },
    /// Less than the deposit of a hold that still stands.
    Short { missing: Money },
    /// The stay can use nothing of it.
    GiveBack(Useless),
    /// Only a person can say what it is.
    ForAPerson(Doubt),
}

/// Why a stay cannot use money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Useless {
    /// What it was asked for was paid before.
    PaidTwice,
    StayCancelled,
    StayOver,
    /// Part of a deposit, for a hold that has ended.
    TooLittleTooLate,
    /// The nights of a hold that ended went to somebody else.
    NightsTaken,
}

impl Useless {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PaidTwice => "surplus",
            Self::StayCancelled => "stay_cancelled",
            Self::StayOver => "stay_over",
            Self::TooLittleTooLate => "hold_ended",
            Self::NightsTaken => "nights_taken",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    OtherCurrency,
    /// Nothing, or less than nothing.
    OddAmount,
    /// No number, more digits than the currency has, or a currency that there is not.
    UnreadableAmount,
    NoSuchStay,
    OtherAccount,
    TestMoney,
}

impl Doubt {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OtherCurrency => "other_currency",
            Self::OddAmount => "odd_amount",
            Self::UnreadableAmount => "unreadable_amount",
            Self::NoSuchStay => "no_such_stay",
            Self::OtherAccount => "other_account",
            Self::TestMoney => "test_money",
        }
    }
}

/// `paid` was asked for as `purpose`; `received` is what came before and was not given back, in the stay's currency.
pub fn decide(
    stay: &Stay,
    purpose: Purpose,
    paid: Money,
    charges: &[Due],
    received: &[(Purpose, Money)],
    now: Timestamp,
) -> Decision {
    let terms = stay.terms();
    if paid.currency != terms.deposit.currency {
        return Decision::ForAPerson(Doubt::OtherCurrency);
    }
    if !paid.is_positive() {
        return Decision::ForAPerson(Doubt::OddAmount);
    }
    let all = received.iter().fold(paid, |sum, (_, amount)| sum.plus(*amount));
    let missing = terms.deposit.minus(all);
    match stay {
        Stay::Held(held) if !held.has_ended(now) => {
            if missing.is_positive() {
                Decision::Short { missing }
            } else {
                Decision::Confirm { surplus: beyond(all, terms.total) }
            }
        }
        Stay::Held(_) | Stay::Expired(_) if missing.is_positive() => {
            Decision::GiveBack(Useless::TooLittleTooLate)
        }
        Stay::Held(_) | Stay::Expired(_) => Decision::TakeAgain { surplus: beyond(all, terms.total) },
        ended_or_confirmed => {
            let usable = usable(stay, purpose, charges, received);
            if usable.is_positive() {
                return Decision::Credit { surplus: beyond(paid, usable) };
            }
            Decision::GiveBack(match ended_or_confirmed {
                Stay::Cancelled(_) => Useless::StayCancelled,
                Stay::Completed(_) | Stay::NoShow(_) => Useless::StayOver,
                _ => Useless::PaidTwice,
            })
        }
    }
}

/// What `amount` has beyond `limit`, never less than nothing.
fn beyond(amount: Money, limit: Money) -> Money {
    let more = amount.minus(limit);
    if more.is_positive() { more } else { Money::zero(amount.currency) }
}
