//! What was received for something, what went back, and every movement of it.

use domain::{
    charges_of_stay::Purpose,
    ledger::Account,
    money::{Currency, Money},
    payable::Payable,
};
use kernel::DbError;
use store::{
    charge::{self, Charge},
    db::Session,
    ledger::{self, Line},
    payment::{self, Payment},
    refund::{self, Refund, RefundStatus},
};

/// Everything that moved for one payable.
pub struct Movements {
    pub charges: Vec<Charge>,
    pub payments: Vec<Payment>,
    pub refunds: Vec<Refund>,
    pub lines: Vec<Line>,
    /// Received, without what was given back or is on its way back, in one currency.
    pub kept: Money,
    /// On its way back and not shown by the provider yet.
    pub on_its_way: Money,
}

pub async fn movements(
    session: &mut Session,
    payable: &Payable,
    currency: Currency,
) -> Result<Movements, DbError> {
    let payments = payment::list_of(session, payable).await?;
    let refunds = refund::list_of(session, payable).await?;
    let lines = ledger::list(session, &Account::Payable(payable.clone())).await?;
    let charges = charge::list_of(session, payable).await?;
    let counts = |payment: &&Payment| payment.counts() && payment.amount.currency == currency;
    let kept = payments.iter().filter(counts).fold(Money::zero(currency), |sum, one| sum.plus(one.kept()));
    let asked: i64 = refunds
        .iter()
        .filter(|one| one.status != RefundStatus::Failed && one.amount.currency == currency)
        .filter(|one| one.provider_refund_id.as_deref() != Some(refund::BY_HAND))
        .map(|one| one.amount.minor)
        .sum();
    let shown: i64 =
        payments.iter().filter(|one| one.amount.currency == currency).map(|one| one.refunded.minor).sum();
    let on_its_way = Money::new((asked - shown).max(0), currency);
    Ok(Movements { charges, payments, refunds, lines, kept, on_its_way })
}

/// What was received for something and is not on its way back, by what it was asked for. `but_for` leaves one payment
/// out, by its provider and the provider's id.
pub async fn received_by_purpose(
    session: &mut Session,
    payable: &Payable,
    currency: Currency,
    but_for: Option<(&str, &str)>,
) -> Result<Vec<(Purpose, Money)>, DbError> {
    let payments = payment::list_of(session, payable).await?;
    let is_other = |one: &Payment| but_for != Some((one.provider.as_str(), one.provider_payment_id.as_str()));
    // What waits for a person (another account, play money), or goes back, covers nothing.
    let counts = |one: &&Payment| one.counts() && one.amount.currency == currency && is_other(one);
    Ok(payments.iter().filter(counts).map(|one| (one.purpose, one.kept())).collect())
}

/// What was received for the price of something: all but penalties.
pub async fn received_for_price(
    session: &mut Session,
    payable: &Payable,
    currency: Currency,
) -> Result<Money, DbError> {
    let parts = received_by_purpose(session, payable, currency, None).await?;
    let price = parts.into_iter().filter(|(purpose, _)| *purpose != Purpose::Penalty);
    Ok(price.fold(Money::zero(currency), |sum, (_, part)| sum.plus(part)))
}

/// What was received, in one sum.
pub async fn received(
    session: &mut Session,
    payable: &Payable,
    currency: Currency,
) -> Result<Money, DbError> {
    let parts = received_by_purpose(session, payable, currency, None).await?;
    Ok(parts.into_iter().fold(Money::zero(currency), |sum, (_, part)| sum.plus(part)))
}
