//! What was received for a stay, what went back, and every movement of it.

use domain::{ledger::Account, money::Money, payment::PaymentStatus, stay::Stay};
use store::{
    ledger::{self, Line},
    payment::{self, Payment},
    refund::{self, Refund},
};

use crate::{App, DbError};

pub struct Summary {
    pub payments: Vec<Payment>,
    pub refunds: Vec<Refund>,
    pub lines: Vec<Line>,
    /// Received and not given back, in the currency of the stay.
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
    let counts =
        |payment: &&Payment| payment.status == PaymentStatus::Approved && payment.amount.currency == currency;
    let kept = payments.iter().filter(counts).fold(Money::zero(currency), |sum, one| sum.plus(one.kept()));
    let asked: i64 = refunds
        .iter()
        .filter(|one| one.status != refund::RefundStatus::Failed && one.amount.currency == currency)
        .map(|one| one.amount.minor)
        .sum();
    let shown: i64 =
        payments.iter().filter(|one| one.amount.currency == currency).map(|one| one.refunded.minor).sum();
    let on_its_way = Money::new((asked - shown).max(0), currency);
    Ok(Summary { payments, refunds, lines, kept, on_its_way })
}
