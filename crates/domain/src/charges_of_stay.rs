//! What a stay owes: a deposit first, then the balance, what dearer dates add, and penalties.

use jiff::Timestamp;

use crate::{
    money::Money,
    stay::{Stay, Terms},
};

/// What is asked for, in the order in which money covers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Confirms the stay.
    Deposit,
    /// The rest of the price, before arrival.
    Balance,
    /// What a change of dates, or staff, added after the balance was paid.
    Extra,
    /// What staff ask for beyond the price: damage, a no-show.
    Penalty,
}

impl Purpose {
    pub const ALL: [Self; 4] = [Self::Deposit, Self::Balance, Self::Extra, Self::Penalty];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::Balance => "balance",
            Self::Extra => "extra",
            Self::Penalty => "penalty",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == text)
    }
}

/// One amount that a stay owes; at most one per purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub purpose: Purpose,
    pub amount: Money,
    pub due_at: Timestamp,
}

/// What is still missing of a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    pub purpose: Purpose,
    pub amount: Money,
    pub due_at: Timestamp,
}

/// The charges of a stay that is confirmed, after whatever changed its price. Together with penalties, which only
/// staff set, they add up to the total.
///
/// A price that grows before the balance is paid makes the balance larger; after it, it makes an extra. One that
/// shrinks takes from the extra first, then from the balance, then from the deposit.
pub fn plan(terms: &Terms, before: &[Due], received: Money, balance_due_at: Timestamp) -> Vec<Due> {
    let zero = Money::zero(terms.total.currency);
    let known = |purpose| before.iter().find(|due| due.purpose == purpose);
    let amount = |purpose| known(purpose).map_or(zero, |due| due.amount);
    let asked = amount(Purpose::Deposit).plus(amount(Purpose::Balance));
    let first_time = known(Purpose::Balance).is_none();
    let is_paid = !first_time && received.minor >= asked.minor;

    let deposit = match known(Purpose::Deposit) {
        Some(due) if !first_time => smaller(due.amount, terms.total),
        _ => smaller(terms.deposit, terms.total),
    };
    let rest = terms.total.minus(deposit);
    let balance = if is_paid { smaller(amount(Purpose::Balance), rest) } else { rest };
    let extra = rest.minus(balance);
    let due = |purpose, amount, due_at| Due { purpose, amount, due_at };
    let deposit_due_at = known(Purpose::Deposit).map_or(terms.created_at, |due| due.due_at);
    vec![
        due(Purpose::Deposit, deposit, deposit_due_at),
        due(Purpose::Balance, balance, balance_due_at),
        due(Purpose::Extra, extra, balance_due_at),
    ]
}

fn smaller(one: Money, other: Money) -> Money {
    if one.minor <= other.minor { one } else { other }
}

/// What is missing of each charge when `received` covers them in their order.
pub fn missing(charges: &[Due], received: Money) -> Vec<Missing> {
    let mut charges: Vec<&Due> = charges.iter().collect();
    charges.sort_by_key(|due| due.purpose);
    let mut left = received;
    let mut missing = Vec::new();
    for Due { purpose, amount, due_at } in charges {
        let covered = smaller(Money::new(left.minor.max(0), left.currency), *amount);
        left = left.minus(covered);
        let open = amount.minus(covered);
        if open.is_positive() {
            missing.push(Missing { purpose: *purpose, amount: open, due_at: *due_at });
        }
    }
    missing
}

/// How much more a stay that is no hold can use of a payment for `purpose`, where `received` came before.
///
/// A deposit that is paid twice is surplus, though a balance may be open: the guest was asked for one of them only.
/// A stay that has ended without the guest owes penalties alone, and what came before was settled by its policy.
pub fn usable(stay: &Stay, purpose: Purpose, charges: &[Due], received: &[(Purpose, Money)]) -> Money {
    let zero = Money::zero(stay.terms().total.currency);
    let sum = |wanted: &dyn Fn(Purpose) -> bool| {
        received
            .iter()
            .filter(|(purpose, _)| wanted(*purpose))
            .fold(zero, |sum, (_, amount)| sum.plus(*amount))
    };
    let owed = |wanted: &dyn Fn(Purpose) -> bool| {
        charges.iter().filter(|due| wanted(due.purpose)).fold(zero, |sum, due| sum.plus(due.amount))
    };
    let is_penalty = |one: Purpose| one == Purpose::Penalty;
    let any = |_: Purpose| true;
    let open = match stay {
        Stay::Held(_) | Stay::Expired(_) => stay.terms().deposit.minus(sum(&any)),
        Stay::Confirmed(_) | Stay::Completed(_) => {
            let is_deposit_paid = sum(&any).minor >= owed(&|one| one == Purpose::Deposit).minor;
            if purpose == Purpose::Deposit && is_deposit_paid { zero } else { owed(&any).minus(sum(&any)) }
        }
        Stay::NoShow(_) | Stay::Cancelled(_) if is_penalty(purpose) => {
            owed(&is_penalty).minus(sum(&is_penalty))
        }
        Stay::NoShow(_) | Stay::Cancelled(_) => zero,
    };
    if open.is_positive() { open } else { zero }
}

#[cfg(test)]
mod tests;
