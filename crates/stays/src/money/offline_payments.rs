//! Cash and bank transfers for a stay, and what staff give back.

use dialog::MoneyNews;
use domain::{
    charges_of_stay::Purpose,
    ids::StayId,
    money::{Currency, Money},
    stay::Stay,
};
use jiff::Timestamp;
use kernel::{App, Tx, jobs::JobError};
use payments::{
    audit_of,
    offline_payment::{self, Receipt, Taken},
};
use store::{
    audit,
    db::{DbError, Session},
    equal_nights_offer,
};

use super::stay_as_payable::lock_stay;
use crate::{
    change::StayError,
    guest_links::manage_url,
    owed::{missing_of, next_due_in, payable_of, received, tell_money},
};

#[derive(Debug, thiserror::Error)]
pub enum OfflineError {
    #[error("there is no such reservation")]
    NotFound,
    #[error("the reservation is paid in {expected}")]
    OtherCurrency { expected: Currency },
    #[error("only {} is to be paid for this reservation", .0)]
    TooMuch(Money),
    #[error("nothing is to be paid for this reservation")]
    NothingDue,
    #[error("the nights of this reservation have been sold to somebody else: do not take the money")]
    NightsTaken,
    #[error(transparent)]
    Stay(#[from] StayError),
    #[error("the payment could not be written down")]
    Database(#[from] DbError),
}

/// Writes down money that staff took for a stay, within the caller's transaction, and uses it as if a provider had told
/// of it. After a refusal the transaction must be dropped.
pub async fn take_in(tx: &mut Tx<'_>, id: &StayId, taken: Taken) -> Result<(Stay, Receipt), OfflineError> {
    let stay = lock_stay(tx, id).await?.ok_or(OfflineError::NotFound)?;
    // What waits with an offer is its money: nothing more is to be taken for it.
    if equal_nights_offer::find_open(&mut tx.session, id).await?.is_some() {
        return Err(OfflineError::NothingDue);
    }
    let due = due_offline(&mut tx.session, &stay, tx.now).await?;
    check(&stay, &taken, due.map(|due| due.1))?;
    let purpose = due.map_or(Purpose::Deposit, |due| due.0);
    let recorded = offline_payment::record(tx, &payable_of(&stay), &taken, purpose).await;
    let receipt = recorded.map_err(as_offline_error)?.ok_or(OfflineError::NightsTaken)?;

    let url = receipt_url(tx.app, &stay, receipt.number);
    let news = MoneyNews::Receipt { number: receipt.number, amount: receipt.payment.amount, url };
    tell_money(tx, &stay, news).await?;
    let after = store::stay::find_by_id(&mut tx.session, id).await?.ok_or(OfflineError::NotFound)?;
    Ok((after, receipt))
}

/// The purpose and the whole of what may be taken: for a hold that has ended, its deposit and more.
async fn due_offline(
    session: &mut Session,
    stay: &Stay,
    now: Timestamp,
) -> Result<Option<(Purpose, Money)>, DbError> {
    if matches!(stay, Stay::Held(_) | Stay::Expired(_)) {
        let received = received(session, stay).await?;
        return Ok(Some((Purpose::Deposit, stay.terms().total.minus(received))));
    }
    let open = missing_of(session, stay).await?;
    let Some(next) = next_due_in(session, stay, now).await? else { return Ok(None) };
    // A penalty is taken apart from the price, because it is settled apart.
    let is_penalty = |purpose| purpose == Purpose::Penalty;
    let alike = open.iter().filter(|one| is_penalty(one.purpose) == is_penalty(next.purpose));
    let zero = Money::zero(stay.terms().total.currency);
    Ok(Some((next.purpose, alike.fold(zero, |sum, one| sum.plus(one.amount)))))
}

fn check(stay: &Stay, taken: &Taken, due: Option<Money>) -> Result<(), OfflineError> {
    let expected = stay.terms().total.currency;
    if taken.amount.currency != expected {
        return Err(OfflineError::OtherCurrency { expected });
    }
    let due = due.filter(Money::is_positive).ok_or(OfflineError::NothingDue)?;
    if taken.amount.minor > due.minor { Err(OfflineError::TooMuch(due)) } else { Ok(()) }
}

fn as_offline_error(error: JobError) -> OfflineError {
    match error {
        JobError::Database(error) => OfflineError::Database(error),
        _ => OfflineError::Stay(StayError::Changed),
    }
}

/// The receipts of a stay, oldest first.
pub async fn list_receipts(app: &App, stay: &Stay) -> Result<Vec<Receipt>, DbError> {
    offline_payment::list_receipts(&mut app.read().await?, &payable_of(stay)).await
}

/// The receipt of a stay with this number.
pub async fn find_receipt(app: &App, stay: &Stay, number: i64) -> Result<Option<Receipt>, DbError> {
    Ok(list_receipts(app, stay).await?.into_iter().find(|receipt| receipt.number == number))
}

/// Where the guest sees a receipt.
pub fn receipt_url(app: &App, stay: &Stay, number: i64) -> String {
    format!("{}/receipts/{number}", manage_url(app, &stay.terms().token))
}

/// Staff give a part of what was received back. Returns what could be started: never more than there is.
pub async fn refund_by_staff(
    tx: &mut Tx<'_>,
    id: &StayId,
    amount: Money,
    note: Option<String>,
) -> Result<Money, StayError> {
    let stay = store::stay::lock_by_id(&mut tx.session, id).await?.ok_or(StayError::NotFound)?;
    let payable = payable_of(&stay);
    let started = payments::refund(tx, &payable, amount, "by_staff").await?;
    audit::write(&mut tx.session, &[audit_of(&payable, "refund", &started, &note, tx.actor)], tx.now).await?;
    Ok(started)
}
