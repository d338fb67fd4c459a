//! One charge for several payables: two cabins of one family, a stay and an extra. The charge is a payable of its own, of
//! the kind group: it has one page, and one payment. Each part of that payment is then used by the business of its
//! payable, stands in the books by itself, and goes back together with the others or apart from them.

use std::collections::BTreeSet;

use domain::{
    charges_of_stay::Purpose,
    money::{Currency, Money},
    payable::{Kind, Payable},
};
use kernel::{DbError, Tx};
use store::{
    charge::{self, Charge},
    charge_part::{self, ChargePart},
};

/// A group as a payable: what it asks of the businesses of its parts.
mod business;
/// A payment of a group, divided among its parts.
mod divide;

pub(crate) use business::GroupMoney;
pub(crate) use divide::post;

/// Why several payables cannot be charged together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GroupRefusal {
    #[error("a charge of a group has two parts at least")]
    TooFew,
    #[error("the parts are paid in {0} and in {1}: charge those of one currency together")]
    Currencies(Currency, Currency),
    #[error("each part asks for more than nothing")]
    NoAmount,
    #[error("a part stands in the charge twice: add its amounts together")]
    Twice,
    #[error("a group is no part of another: name what it consists of")]
    Nested,
}

#[derive(Debug, thiserror::Error)]
pub enum GroupError {
    #[error(transparent)]
    Refused(#[from] GroupRefusal),
    #[error("the charge could not be written down")]
    Database(#[from] DbError),
}

/// Charges `parts` together, and says as what they are paid: [`crate::OpenCheckout`] opens its page.
///
/// Money covers the parts in this order. Each part asks for an amount that its payable owes for a purpose; what is paid
/// of it in another way meanwhile is not asked for again.
///
/// # Errors
/// [`GroupError::Refused`] for parts that cannot stand in one charge.
pub async fn charge_together(tx: &mut Tx<'_>, parts: &[ChargePart]) -> Result<Payable, GroupError> {
    let (purpose, amount) = check(parts)?;
    let id = tx.app.rng.id(tx.now);
    let payable = Payable::new(Kind::Group, id.as_str());
    let charge = Charge {
        id: id.clone(),
        payable: payable.clone(),
        purpose,
        amount,
        due_at: tx.now,
        asked_at: None,
        note: None,
    };
    charge::ensure(&mut tx.session, &charge, tx.now).await?;
    charge_part::create(&mut tx.session, &id, parts).await?;
    Ok(payable)
}

/// What the whole charge is for, and how much it is.
fn check(parts: &[ChargePart]) -> Result<(Purpose, Money), GroupRefusal> {
    let (first, second) = (parts.first(), parts.get(1));
    let (Some(first), Some(_)) = (first, second) else { return Err(GroupRefusal::TooFew) };
    let mut known = BTreeSet::new();
    for part in parts {
        let (one, other) = (first.amount.currency, part.amount.currency);
        if one != other {
            return Err(GroupRefusal::Currencies(one, other));
        }
        if !part.amount.is_positive() {
            return Err(GroupRefusal::NoAmount);
        }
        if part.payable.kind == Kind::Group {
            return Err(GroupRefusal::Nested);
        }
        if !known.insert((&part.payable, part.purpose)) {
            return Err(GroupRefusal::Twice);
        }
    }
    let zero = Money::zero(first.amount.currency);
    Ok((first.purpose, parts.iter().fold(zero, |sum, part| sum.plus(part.amount))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(kind: Kind, id: &str, amount: i64, currency: &str) -> ChargePart {
        let amount = Money::new(amount, Currency::parse(currency).unwrap());
        ChargePart { payable: Payable::new(kind, id), purpose: Purpose::Deposit, amount }
    }

    #[test]
    fn what_cannot_stand_in_one_charge_is_refused() {
        let a = part(Kind::Stay, "a", 100, "ARS");
        let (zero, dollars) = (part(Kind::Stay, "b", 0, "ARS"), part(Kind::Stay, "b", 100, "USD"));
        let group = part(Kind::Group, "g", 100, "ARS");
        let other = Currency::parse("USD").unwrap();
        for (parts, refusal) in [
            (vec![a.clone()], GroupRefusal::TooFew),
            (vec![a.clone(), zero], GroupRefusal::NoAmount),
            (vec![a.clone(), dollars], GroupRefusal::Currencies(a.amount.currency, other)),
            (vec![a.clone(), a.clone()], GroupRefusal::Twice),
            (vec![a.clone(), group], GroupRefusal::Nested),
        ] {
            assert_eq!(check(&parts), Err(refusal));
        }
        let membership = part(Kind::Membership, "m", 50, "ARS");
        let extra = ChargePart { purpose: Purpose::Extra, ..a.clone() };
        let (purpose, sum) = check(&[a, membership, extra]).unwrap();
        assert_eq!((purpose, sum.minor), (Purpose::Deposit, 250));
    }
}
