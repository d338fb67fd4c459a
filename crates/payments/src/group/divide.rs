//! A payment of a group, divided among its parts: each part is a row of its own, used by its business, posted and given
//! back by itself. What the provider shows of the whole is divided again at every look.

use domain::{
    money::Money,
    payable::Payable,
    payment::{
        Doubt, PaymentStatus,
        divide_in_order::{Part, Returned, divide, divide_returned},
    },
};
use jiff::Timestamp;
use kernel::{DbError, Tx, jobs::JobError};
use store::{
    charge_part::ChargePart,
    db::Session,
    payment::{self, Payment, part_id},
    refund::{self, BY_HAND, Refund, RefundStatus},
};

use super::business::{Owned, owed, parts_of};
use crate::{
    business::{Applied, Arrived},
    ledger_posting, wait_for_person,
};

/// Hands each part its share of the money.
pub(super) async fn use_money(
    tx: &mut Tx<'_>,
    group: &Payable,
    arrived: &Arrived,
) -> Result<Applied, JobError> {
    let parts = parts_of(tx.app, &mut tx.session, group).await?;
    if let Some(doubt) = doubt_about(arrived, &parts) {
        return wait_for_person(tx, arrived, doubt).await;
    }
    let mut open = Vec::new();
    for owned in &parts {
        let owed = owed(&mut tx.session, owned).await?.minor;
        open.push(Part { asked: owned.part.amount.minor, owed });
    }
    let mut shares = Vec::new();
    for (number, (owned, share)) in (1..).zip(parts.iter().zip(divide(arrived.amount.minor, &open))) {
        let ChargePart { payable, purpose, .. } = &owned.part;
        if share != 0 {
            let used = owned.business.wants(tx, payable, *purpose).await?;
            shares.push((used, number, owned, Money::new(share, arrived.amount.currency)));
        }
    }
    // A part that has what it was asked for comes before one that would take something equal: it might be that.
    shares.sort_by_key(|(used, number, ..)| (*used, *number));
    for (_, number, owned, amount) in shares {
        let part = Arrived {
            provider: arrived.provider.clone(),
            id: part_id(&arrived.id, number),
            purpose: owned.part.purpose,
            amount,
        };
        let payable = &owned.part.payable;
        let applied = owned.business.use_money(tx, payable, &part).await?;
        payment::put(&mut tx.session, &row_of(&part, &arrived.id, payable, applied, tx.now), tx.now).await?;
    }
    Ok(Applied::Divided)
}

fn doubt_about(arrived: &Arrived, parts: &[Owned<'_>]) -> Option<Doubt> {
    let Some(first) = parts.first() else { return Some(Doubt::NoSuchStay) };
    if first.part.amount.currency != arrived.amount.currency {
        return Some(Doubt::OtherCurrency);
    }
    (!arrived.amount.is_positive()).then_some(Doubt::OddAmount)
}

fn row_of(part: &Arrived, whole: &str, payable: &Payable, applied: Applied, now: Timestamp) -> Payment {
    let Arrived { provider, id, purpose, amount } = part.clone();
    let zero = Money::zero(amount.currency);
    Payment {
        provider,
        provider_payment_id: id,
        part_of: Some(whole.to_owned()),
        payable: Some(payable.clone()),
        purpose,
        status: PaymentStatus::Approved,
        amount,
        refunded: zero,
        returning: zero,
        dispute: None,
        note: None,
        applied: Some(applied.as_str().to_owned()),
        events: 0,
        updated_at: now,
    }
}

/// Posts a payment: as a whole, or, where it was divided, each part after it has followed the whole.
pub(crate) async fn post(tx: &mut Tx<'_>, whole: &Payment) -> Result<(), JobError> {
    if !whole.is_divided() {
        return ledger_posting::post(tx, whole).await;
    }
    for part in parts_after(&mut tx.session, whole).await? {
        payment::put(&mut tx.session, &part, tx.now).await?;
        ledger_posting::post(tx, &part).await?;
    }
    Ok(())
}

/// The parts of a payment as they are now that the provider shows the whole like this.
async fn parts_after(session: &mut Session, whole: &Payment) -> Result<Vec<Payment>, DbError> {
    let (provider, id) = (whole.provider.as_str(), whole.provider_payment_id.as_str());
    let parts = payment::list_parts(session, provider, id).await?;
    let refunds = refund::list_of_payment(session, provider, id).await?;
    let returned: Vec<_> = parts.iter().map(|part| returned(part, &refunds)).collect();
    // What had gone back before the money was divided is of no part.
    let divided: i64 = parts.iter().map(|part| part.amount.minor).sum();
    let shown = whole.refunded.minor - (whole.amount.minor - divided);
    let shares = divide_returned(shown, &returned);
    let follow = |(part, share): (Payment, i64)| {
        let is_whole = whole.status == PaymentStatus::Approved && share >= part.amount.minor;
        let status = if is_whole { PaymentStatus::Refunded } else { whole.status };
        let refunded = Money::new(share, part.amount.currency);
        Payment { status, refunded, dispute: whole.dispute, ..part }
    };
    Ok(parts.into_iter().zip(shares).map(follow).collect())
}

fn returned(part: &Payment, refunds: &[Refund]) -> Returned {
    let of_part = refunds.iter().filter(|one| one.provider_payment_id == part.provider_payment_id);
    let at_provider = of_part.filter(|one| one.provider_refund_id.as_deref() != Some(BY_HAND));
    let (mut done, mut sent) = (0, 0);
    for one in at_provider {
        done += if one.status == RefundStatus::Done { one.amount.minor } else { 0 };
        sent += if one.status == RefundStatus::Failed { 0 } else { one.amount.minor };
    }
    Returned { amount: part.amount.minor, done, before: part.refunded.minor, sent }
}
