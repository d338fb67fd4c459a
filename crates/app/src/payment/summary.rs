//! What was received for a stay, what went back, and every movement of it.

use domain::{ledger::Account, money::Money, stay::Stay};
use store::{
    charge::{self, Charge},
    ledger::{self, Line},
    payment::{self, Payment},
    refund::{self, Refund},
};

use super::charges::missing_of;
use crate::{App, DbError};

pub struct Summary {
    pub charges: Vec<Charge>,
    /// What is still to be paid: all of a stay that lives, penalties of one that has ended.
    pub due: Money,
    pub payments: Vec<Payment>,
    pub refunds: Vec<Refund>,
    pub lines: Vec<Line>,
    /// Received, without what was given back or is on its way back, in the currency of the stay.
    pub kept: Money,
    /// On its way back and not shown by the provider yet.
    pub on_its_way: Money,
}

pub async fn summary(app: &App, stay: &Stay) -> Result<Summary, DbError> {
    let id = &stay.terms().id;
    let currency = stay.terms().total.currency;
    let mut session = app.read().await?;
    let payments = payment::list_of_stay(&mut session, id).await?;
    let refunds = refund::list_of_stay(&mut session, id).await?;
    let lines = ledger::list(&mut session, &Account::Stay(id.clone())).await?;
    let counts = |payment: &&Payment| payment.counts() && payment.amount.currency == currency;
    let kept = payments.iter().filter(counts).fold(Money::zero(currency), |sum, one| sum.plus(one.kept()));
    let asked: i64 = refunds
        .iter()
        .filter(|one| one.status != refund::RefundStatus::Failed && one.amount.currency == currency)
        .filter(|one| one.provider_refund_id.as_deref() != Some(refund::BY_HAND))
        .map(|one| one.amount.minor)
        .sum();
    let shown: i64 =
        payments.iter().filter(|one| one.amount.currency == currency).map(|one| one.refunded.minor).sum();
    let on_its_way = Money::new((asked - shown).max(0), currency);
    let charges = charge::list_of_stay(&mut session, id).await?;
    let due = match stay {
        // Of a hold the deposit alone is asked for, and the whole price is owed.
        Stay::Held(held) if held.has_ended(app.now()) => Money::zero(currency),
        Stay::Held(held) => held.terms.total.minus(kept),
        _ => {
            let open = missing_of(&mut session, stay).await?;
            open.iter().fold(Money::zero(currency), |sum, one| sum.plus(one.amount))
        }
    };
    Ok(Summary { charges, due, payments, refunds, lines, kept, on_its_way })
}
