//! Writing refunds down: how much goes back of which payment.

use std::collections::BTreeMap;

use domain::{charges_of_stay::Purpose, money::Money, payable::Payable, payment::dispute::Dispute};
use kernel::{DbError, Tx, jobs::Job as _};
use store::{
    db::Session,
    payment::{self, Payment, id_at_provider},
    refund::{self, Refund, RefundStatus},
};

use super::SendRefund;
use crate::{News, kept_in_context::business, offline_method::Method};

/// Money that is to go back, and why.
pub struct Back<'a> {
    pub provider: &'a str,
    pub payment_id: &'a str,
    pub payable: Option<&'a Payable>,
    pub amount: Money,
    pub reason: &'a str,
}

/// Gives `amount` of what was received for something back, from its newest payments on; returns what could be started.
/// The rest, if any, was given back before. Of a group, each part gives back its own.
pub async fn refund(
    tx: &mut Tx<'_>,
    payable: &Payable,
    amount: Money,
    reason: &str,
) -> Result<Money, DbError> {
    let (mut left, mut told) = (amount, BTreeMap::<Payable, Money>::new());
    let mut payments = list_parts_of(&mut tx.session, payable).await?;
    // The newest first; what came for a penalty last, because that is settled apart.
    payments.reverse();
    payments.sort_by_key(|paid| paid.purpose == Purpose::Penalty);
    for paid in payments {
        if !paid.counts() || paid.amount.currency != amount.currency {
            continue;
        }
        let part = Money::new(left.minor.min(paid.kept().minor), amount.currency);
        if part.is_positive() {
            let of = paid.payable.as_ref().unwrap_or(payable);
            let back = Back {
                provider: &paid.provider,
                payment_id: &paid.provider_payment_id,
                payable: Some(of),
                amount: part,
                reason,
            };
            start_refund(tx, &back).await?;
            left = left.minus(part);
            if paid.dispute != Some(Dispute::Open) {
                let sum = told.entry(of.clone()).or_insert(Money::zero(amount.currency));
                *sum = sum.plus(part);
            }
        }
    }
    let started = amount.minus(left);
    // What a bank withholds may not go back by us at all: nobody is told that it does.
    for (payable, sum) in told {
        if let Some(business) = business(tx.app, payable.kind) {
            business.tell(tx, &payable, News::Returned(sum)).await?;
        }
    }
    Ok(started)
}

/// The payments for something, oldest first; in place of one that was divided, its parts.
async fn list_parts_of(session: &mut Session, payable: &Payable) -> Result<Vec<Payment>, DbError> {
    let mut parts = Vec::new();
    for paid in payment::list_of(session, payable).await? {
        if paid.is_divided() {
            let (provider, id) = (&paid.provider, &paid.provider_payment_id);
            parts.extend(payment::list_parts(session, provider, id).await?);
        } else {
            parts.push(paid);
        }
    }
    Ok(parts)
}

/// Writes a refund down; a job sends it. Money that came offline goes back offline: a person is asked to.
pub async fn start_refund(tx: &mut Tx<'_>, back: &Back<'_>) -> Result<(), DbError> {
    let new = Refund {
        id: tx.app.rng.id(tx.now),
        payable: back.payable.cloned(),
        provider: back.provider.to_owned(),
        provider_payment_id: back.payment_id.to_owned(),
        amount: back.amount,
        reason: back.reason.to_owned(),
        status: RefundStatus::Due,
        provider_refund_id: None,
    };
    refund::create(&mut tx.session, &new, tx.now).await?;
    if Method::parse(back.provider).is_some() {
        let detail = "money that came by hand is to be returned by hand; then mark the refund as done";
        let subject = format!("refund:{}", new.id);
        tx.open_task(&subject, "return_by_hand", detail).await?;
        return Ok(());
    }
    let payment_id = id_at_provider(back.payment_id).to_owned();
    let job = SendRefund { refund_id: new.id, payment_id };
    tx.enqueue(&[job.enqueue_at(tx.now)]).await
}
