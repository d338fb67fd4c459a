//! A payment that the guest's bank asks about: how the question stands, and what follows from it in the books.

use domain::{
    dispute::{AtBank, Dispute},
    ledger::Posting,
    money::Money,
    payment::PaymentStatus,
    stay::Stay,
};
use jiff::Timestamp;
use providers::payments::{DisputeEnd, DisputeSeen, PaymentStatus as Theirs, Payments};
use store::{
    attention,
    db::{DbError, Session},
    ledger,
    payment::{self, Payment},
    queue,
    refund::{self as refunds, RefundStatus},
};

use super::{Shown, about, arrived::received_for_price, call_failed, raise};
use crate::{
    App,
    jobs::{JobError, refunds_of},
};

/// What a notice says, where the provider shows nothing with its payment.
pub(super) fn noted(end: Option<DisputeEnd>) -> Dispute {
    match end {
        None => Dispute::Open,
        Some(DisputeEnd::ForBuyer) => Dispute::Lost,
        Some(DisputeEnd::ForSeller) => Dispute::Won,
    }
}

/// What the provider says of a dispute that is open by what we know, where the payment itself does not show it: the notice
/// of its end may have been lost.
pub(super) async fn ask(app: &App, vendor: &Payments, payment_id: &str) -> Result<Option<Dispute>, JobError> {
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

/// How it stands after this look.
pub(super) fn state(shown: &Shown, known: Option<&Payment>) -> Option<Dispute> {
    let before = known.and_then(|known| known.dispute);
    let seen = &shown.payment;
    if seen.knows_disputes() {
        return match seen.status {
            Theirs::InMediation => Some(Dispute::Open),
            Theirs::ChargedBack => Some(Dispute::Lost),
            Theirs::Approved if seen.is_reimbursed() => Some(Dispute::Won),
            // An answer from before the question says nothing about its end.
            Theirs::Approved | Theirs::Refunded if shown.is_newer_than(known) => before.map(|_| Dispute::Won),
            _ => before,
        };
    }
    match (before, shown.noted) {
        // The notice that it began may come after the one that it ended.
        (Some(Dispute::Won | Dispute::Lost), Some(Dispute::Open)) => before,
        (_, noted) => noted.or(before),
    }
}

/// What the bank took looks like a refund at a provider that shows no disputes: one that nobody here has made.
pub(super) async fn is_taken_back(
    session: &mut Session,
    vendor: &str,
    shown: &Shown,
    dispute: Option<Dispute>,
) -> Result<bool, DbError> {
    let seen = &shown.payment;
    let is_asked_about = matches!(dispute, Some(Dispute::Open | Dispute::Lost));
    if seen.knows_disputes() || !is_asked_about || seen.status != Theirs::Refunded {
        return Ok(false);
    }
    let made = sent_back(session, vendor, &seen.id).await?;
    Ok(seen.amount().is_some_and(|amount| made < amount.minor))
}

/// What this desk has sent back of a payment, in minor units.
pub(super) async fn sent_back(session: &mut Session, vendor: &str, payment_id: &str) -> Result<i64, DbError> {
    let made = refunds::list_of_payment(session, vendor, payment_id).await?;
    let sent = made.iter().filter(|one| matches!(one.status, RefundStatus::Sent | RefundStatus::Done));
    Ok(sent.map(|one| one.amount.minor).sum())
}

/// Tells a person of what is news, and that it is over.
pub(super) async fn tell(
    app: &App,
    session: &mut Session,
    before: Option<Dispute>,
    row: &Payment,
    now: Timestamp,
) -> Result<(), DbError> {
    let (vendor, id) = (row.provider.as_str(), row.provider_payment_id.as_str());
    if before == row.dispute {
        return Ok(());
    }
    if before == Some(Dispute::Open) {
        // Refunds that waited for this.
        queue::hasten(session, &refunds_of(id), now).await?;
    }
    match row.dispute {
        Some(Dispute::Open) => {
            let detail =
                "the guest's bank asks about this payment: answer at the provider before its deadline";
            raise(app, session, vendor, id, "disputed", detail, now).await?;
        }
        Some(Dispute::Lost) => {
            attention::resolve_about(session, &about(vendor, id), "disputed", now).await?;
            raise(app, session, vendor, id, "charged_back", "the guest's bank took the money back", now)
                .await?;
        }
        Some(Dispute::Won) => {
            for reason in ["disputed", "charged_back"] {
                attention::resolve_about(session, &about(vendor, id), reason, now).await?;
            }
        }
        None => {}
    }
    Ok(())
}

/// What the bank gave back may be the guest's by now: the stay was cancelled meanwhile, or was paid once more.
pub(super) async fn ask_whose(
    app: &App,
    session: &mut Session,
    row: &Payment,
    now: Timestamp,
) -> Result<(), DbError> {
    let stay = match row.owner() {
        Some(id) => store::stay::find_by_id(session, id).await?,
        None => None,
    };
    let is_of_use = match &stay {
        Some(stay @ Stay::Confirmed(_)) => {
            received_for_price(session, stay).await?.minor <= stay.terms().total.minor
        }
        _ => false,
    };
    if !is_of_use {
        let detail = "the guest's bank gave this money back, and its stay cannot use all of it: return what is the guest's";
        raise(app, session, &row.provider, &row.provider_payment_id, "given_back", detail, now).await?;
    }
    Ok(())
}

/// What the bank has moved since the last look, into the ledger: each movement once.
pub(super) async fn post(session: &mut Session, row: &Payment, now: Timestamp) -> Result<(), DbError> {
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

/// Whether the bank gave back what it had taken: a payment's only way back from there.
pub(super) fn is_given_back(shown: &Shown, known: Option<&Payment>, news: PaymentStatus) -> bool {
    let was_taken = known.is_some_and(|known| known.status == PaymentStatus::ChargedBack);
    let is_here = matches!(news, PaymentStatus::Approved | PaymentStatus::Refunded);
    was_taken && is_here && shown.is_newer_than(known)
}
