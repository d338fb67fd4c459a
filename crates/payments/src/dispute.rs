//! A payment that the payer's bank asks about: how the question stands, and what follows from it in the books.

use domain::{ledger::Posting, money::Money, payment::at_bank::AtBank, payment::dispute::Dispute};
use jiff::Timestamp;
use kernel::{App, DbError, Tx, jobs::JobError};
use providers::payments::{DisputeEnd, DisputeSeen, Payments};
use store::{
    db::Session,
    ledger,
    payment::{self, Payment},
    queue,
    refund::{self as refunds, RefundStatus},
    staff_task,
};

use crate::{call_failed, kept_in_context::business, open_task, refund::refunds_of, subject_of};

/// What a notice says, where the provider shows nothing with its payment.
pub(crate) fn noted(end: Option<DisputeEnd>) -> Dispute {
    match end {
        None => Dispute::Open,
        Some(DisputeEnd::ForBuyer) => Dispute::Lost,
        Some(DisputeEnd::ForSeller) => Dispute::Won,
    }
}

/// What the provider says of a dispute that is open by what we know, where the payment itself does not show it: the notice
/// of its end may have been lost.
pub(crate) async fn ask(app: &App, vendor: &Payments, payment_id: &str) -> Result<Option<Dispute>, JobError> {
    let known = payment::find(&mut app.read().await?, vendor.name(), payment_id).await?;
    if known.is_none_or(|known| known.dispute != Some(Dispute::Open)) {
        return Ok(None);
    }
    let seen = vendor.find_dispute(payment_id, app.now()).await.map_err(call_failed)?;
    Ok(seen.map(|seen| match seen {
        DisputeSeen::Open => Dispute::Open,
        DisputeSeen::Over(end) => noted(Some(end)),
    }))
}

/// What this program has sent back of a payment, in minor units.
pub(crate) async fn sent_back(session: &mut Session, vendor: &str, payment_id: &str) -> Result<i64, DbError> {
    let made = refunds::list_of_payment(session, vendor, payment_id).await?;
    let sent = made.iter().filter(|one| matches!(one.status, RefundStatus::Sent | RefundStatus::Done));
    Ok(sent.map(|one| one.amount.minor).sum())
}

/// Tells a person of what is news, and that it is over.
pub(crate) async fn tell(tx: &mut Tx<'_>, before: Option<Dispute>, row: &Payment) -> Result<(), DbError> {
    let (vendor, id) = (row.provider.as_str(), row.provider_payment_id.as_str());
    if before == row.dispute {
        return Ok(());
    }
    if before == Some(Dispute::Open) {
        // Refunds that waited for this.
        queue::hasten(&mut tx.session, &refunds_of(id), tx.now).await?;
    }
    match row.dispute {
        Some(Dispute::Open) => {
            let detail =
                "the guest's bank asks about this payment: answer at the provider before its deadline";
            open_task(tx, vendor, id, "disputed", detail).await?;
        }
        Some(Dispute::Lost) => {
            staff_task::resolve_about(&mut tx.session, &subject_of(vendor, id), "disputed", tx.now).await?;
            open_task(tx, vendor, id, "charged_back", "the guest's bank took the money back").await?;
        }
        Some(Dispute::Won) => {
            for reason in ["disputed", "charged_back"] {
                staff_task::resolve_about(&mut tx.session, &subject_of(vendor, id), reason, tx.now).await?;
            }
        }
        None => {}
    }
    Ok(())
}

/// What the bank gave back may be the payer's by now: what it was for was cancelled meanwhile, or was paid once more.
pub(crate) async fn ask_whose(tx: &mut Tx<'_>, row: &Payment) -> Result<(), DbError> {
    let is_of_use = match row.owner().and_then(|owner| Some((owner, business(tx.app, owner.kind)?))) {
        Some((owner, business)) => business.uses_all(tx.app, &mut tx.session, owner).await?,
        None => false,
    };
    if !is_of_use {
        let detail = "the guest's bank gave this money back, and what it was for cannot use all of it: return what is the guest's";
        open_task(tx, &row.provider, &row.provider_payment_id, "given_back", detail).await?;
    }
    Ok(())
}

/// What the bank has moved since the last look, into the ledger: each movement once.
pub(crate) async fn post(session: &mut Session, row: &Payment, now: Timestamp) -> Result<(), DbError> {
    let (vendor, id) = (row.provider.as_str(), row.provider_payment_id.as_str());
    let owner = row.owner();
    let (is, postings) = ledger::at_bank_of(session, vendor, id).await?;
    let should = AtBank::of(row.dispute, row.status, row.amount.minus(row.refunded).minor);
    for (number, (step, amount)) in (postings + 1..).zip(is.steps_to(should)) {
        let amount = Money::new(amount, row.amount.currency);
        let posting = Posting::disputed(step, vendor, &format!("{id}:{number}"), owner, amount);
        ledger::post(session, &posting, now).await?;
    }
    Ok(())
}
