//! Money back to the payer: written down in the transaction that decides it, sent by a job under a key of its own.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    actor::Actor,
    charge::Purpose,
    ledger::Posting,
    money::Money,
    payable::Payable,
    payment::{PaymentStatus, dispute::Dispute},
};
use jiff::{SignedDuration, Timestamp};
use kernel::{
    App, DbError, Tx,
    jobs::{Done, Job, JobError},
};
use providers::payments::{
    PaymentSeen, Payments, Refund as Made, RefundStatus as Theirs, is_already_refunded, is_disputed,
};
use serde::{Deserialize, Serialize};
use store::{
    db::Session,
    ledger,
    payment::{self, Payment, id_at_provider},
    queue,
    queue::Claim,
    refund::{self, Refund, RefundStatus},
};

use crate::{
    News, PaymentRef, ReadPayment, RefundLabels, call_failed, key_of,
    method::Method,
    open_task, provider_or_retry,
    room::{business, room},
};

/// Asks the provider for one refund. Whatever the answer was lost to, the same key is sent again.
#[derive(Serialize, Deserialize)]
pub struct SendRefund {
    pub refund_id: String,
    /// Refunds of one payment go out one after another: of two equal ones each is recognised.
    pub payment_id: String,
}

impl Job for SendRefund {
    const KIND: &'static str = "send_refund";
    const QUEUE: &'static str = "payments";

    fn order_key(&self) -> Option<String> {
        Some(refunds_of(&self.payment_id))
    }

    async fn run(self, app: &Arc<App>, claim: &Claim) -> Result<Done, JobError> {
        send_refund(app, claim, &self.refund_id).await
    }
}

/// The key under which refunds of one payment follow each other.
pub(crate) fn refunds_of(payment_id: &str) -> String {
    format!("refund:{payment_id}")
}

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

/// The provider's ids of refunds of a payment that failed after they had been taken on: asked for only when the provider
/// shows less given back than we know.
pub(crate) async fn find_undone(
    app: &App,
    vendor: &Payments,
    seen: &PaymentSeen,
) -> Result<Vec<String>, JobError> {
    let known = payment::find(&mut app.read().await?, vendor.name(), &seen.id).await?;
    let shows_less = known.zip(seen.refunded()).is_some_and(|(known, shown)| {
        known.refunded.currency == shown.currency && shown.minor < known.refunded.minor
    });
    if !shows_less {
        return Ok(Vec::new());
    }
    let listed = vendor.list_refunds(&seen.id, app.now()).await.map_err(call_failed)?;
    let failed = listed.into_iter().filter(|one| matches!(one.status, Theirs::Rejected | Theirs::Cancelled));
    Ok(failed.map(|one| one.id).collect())
}

/// Refunds that failed after all: the money is here again, in the row of its payment and in the books, and a person
/// returns it by hand.
pub(crate) async fn undo(
    tx: &mut Tx<'_>,
    vendor: &'static str,
    payment_id: &str,
    undone: &[String],
) -> Result<(), DbError> {
    for one in refund::list_of_payment(&mut tx.session, vendor, payment_id).await? {
        let is_undone = one.provider_refund_id.as_ref().is_some_and(|id| undone.contains(id));
        if one.status != RefundStatus::Done || !is_undone {
            continue;
        }
        refund::mark(&mut tx.session, &one.id, RefundStatus::Failed, None, tx.now).await?;
        room(tx.app)
            .metrics
            .refunds
            .get_or_create(&RefundLabels { provider: vendor, outcome: "refused" })
            .inc();
        keep(&mut tx.session, &one, tx.now).await?;
        let detail = "the provider could not return the money after all: return it by hand";
        tx.open_task(&format!("refund:{}", one.id), "refund_refused", detail).await?;
        tracing::error!(refund = one.id, "a refund failed after it had been taken on: return it by hand");
    }
    Ok(())
}

/// The money of a refund that failed, in the books and in the row of its payment; of a part, in that of the whole too.
async fn keep(session: &mut Session, failed: &Refund, now: Timestamp) -> Result<(), DbError> {
    let Refund { provider, provider_payment_id: payment_id, amount, .. } = failed;
    let Some(paid) = payment::lock(session, provider, payment_id).await? else { return Ok(()) };
    // What was never shown as gone was never posted.
    let posted = ledger::returned_of(session, provider, payment_id).await?;
    if posted.gone - posted.kept < amount.minor || paid.refunded.minor < amount.minor {
        return Ok(());
    }
    let movement = format!("{payment_id}:{}", failed.id);
    ledger::post(session, &Posting::kept(provider, &movement, paid.owner(), *amount), now).await?;
    let whole = match &paid.part_of {
        Some(whole) => payment::lock(session, provider, whole).await?,
        None => None,
    };
    for mut row in whole.into_iter().chain([paid]) {
        row.refunded = row.refunded.minus(*amount);
        // The one way back that there is: what was given back whole is not any more.
        if row.status == PaymentStatus::Refunded {
            row.status = PaymentStatus::Approved;
        }
        payment::put(session, &row, now).await?;
    }
    Ok(())
}

/// A refund of ours whose answer was lost: it stands at the provider, and no refund that we know of is it.
async fn find_made(app: &App, vendor: &Payments, due: &Refund) -> Result<Option<Made>, JobError> {
    let payment_id = id_at_provider(&due.provider_payment_id);
    let listed = vendor.list_refunds(payment_id, app.now()).await.map_err(call_failed)?;
    let mut session = app.read().await?;
    let known = refund::list_of_payment(&mut session, &due.provider, payment_id).await?;
    let is_known = |made: &Made| known.iter().any(|one| one.provider_refund_id.as_deref() == Some(&made.id));
    let is_it = |made: &Made| {
        let amount = made.amount_decimal.as_deref().map(|text| Money::parse(text, due.amount.currency));
        let went_out = !matches!(made.status, Theirs::Rejected | Theirs::Cancelled);
        went_out && amount == Some(Ok(due.amount)) && !is_known(made)
    };
    Ok(listed.into_iter().find(is_it))
}

/// A bank that asks about a payment decides who has its money: until then nothing is sent, or it would go out twice.
const ASKED_ABOUT: SignedDuration = SignedDuration::from_hours(6);

/// Stands for the provider's id of a refund that a bank has made by taking the payment back.
const BY_BANK: &str = "by-bank";

/// Whether the guest's bank has made it.
pub fn is_by_bank(refund: &Refund) -> bool {
    refund.status == RefundStatus::Failed && refund.provider_refund_id.as_deref() == Some(BY_BANK)
}

/// The bank has given the guest what we owed.
async fn leave_to_bank(mut tx: Tx<'_>, claim: &Claim, due: &Refund) -> Result<Done, JobError> {
    refund::mark(&mut tx.session, &due.id, RefundStatus::Failed, Some(BY_BANK), tx.now).await?;
    tracing::info!(refund = due.id, "a refund is not sent: the guest's bank has taken the payment back");
    tx.finish(claim).await
}

/// The bank has given back what it took: what it had settled is owed again. False where it had settled nothing.
pub(crate) async fn owe_again(
    session: &mut Session,
    vendor: &str,
    payment_id: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    let mut owed = false;
    for due in refund::list_of_payment(session, vendor, payment_id).await? {
        if is_by_bank(&due) {
            owed = true;
            refund::reopen(session, &due.id, now).await?;
            let job = SendRefund { refund_id: due.id, payment_id: payment_id.to_owned() };
            queue::enqueue(session, &[job.enqueue_at(now)], now).await?;
        }
    }
    Ok(owed)
}

/// The provider refuses because of a dispute that we have not heard of.
async fn learn_of_dispute(app: &App, due: &Refund) -> Result<Done, JobError> {
    let mut tx = app.begin_as(Actor::System).await?;
    let detail = "the guest's bank asks about this payment: answer at the provider before its deadline";
    let (provider, id) = (&due.provider, id_at_provider(&due.provider_payment_id));
    open_task(&mut tx, provider, id, "disputed", detail).await?;
    wait_for_bank(tx, due, PaymentRef::Dispute { payment_id: id.to_owned(), end: None }).await
}

/// Asks how the bank's question stands, and waits.
async fn wait_for_bank(mut tx: Tx<'_>, due: &Refund, look: PaymentRef) -> Result<Done, JobError> {
    refund::mark(&mut tx.session, &due.id, RefundStatus::Due, None, tx.now).await?;
    let look = ReadPayment { provider: due.provider.clone(), look, asked_by: None };
    tx.enqueue(&[look.enqueue_at(tx.now)]).await?;
    tx.commit().await?;
    Err(JobError::retry_after(ASKED_ABOUT, "the guest's bank asks about the payment"))
}

fn look_at(due: &Refund) -> ReadPayment {
    ReadPayment {
        provider: due.provider.clone(),
        look: PaymentRef::Payment(id_at_provider(&due.provider_payment_id).to_owned()),
        asked_by: None,
    }
}

async fn send_refund(app: &App, claim: &Claim, refund_id: &str) -> Result<Done, JobError> {
    let mut tx = app.begin_as(Actor::System).await?;
    let Some(due) = refund::lock(&mut tx.session, refund_id).await? else {
        return Err(JobError::fail("the refund is gone"));
    };
    if matches!(due.status, RefundStatus::Done | RefundStatus::Failed) {
        return tx.finish(claim).await;
    }
    let paid = payment::find(&mut tx.session, &due.provider, &due.provider_payment_id).await?;
    match paid.as_ref().and_then(|paid| paid.dispute) {
        Some(Dispute::Open) => {
            let look = look_at(&due).look;
            return wait_for_bank(tx, &due, look).await;
        }
        Some(Dispute::Lost) => return leave_to_bank(tx, claim, &due).await,
        Some(Dispute::Won) | None => {}
    }
    refund::mark(&mut tx.session, refund_id, RefundStatus::Sent, None, tx.now).await?;
    tx.session.commit().await?;

    let vendor = provider_or_retry(app, &due.provider)?;
    let made = if claim.attempts > 1 { find_made(app, vendor, &due).await? } else { None };
    let answer = match made {
        Some(made) => Ok(made),
        None => {
            let key = key_of(refund_id, claim);
            vendor.refund(id_at_provider(&due.provider_payment_id), Some(due.amount), tx.now, &key).await
        }
    };
    let (status, their_id) = match answer {
        Ok(given) => match given.status {
            Theirs::Rejected | Theirs::Cancelled => (RefundStatus::Failed, Some(given.id)),
            Theirs::Approved | Theirs::InProcess | Theirs::Unknown(_) => (RefundStatus::Done, Some(given.id)),
        },
        Err(error) if is_already_refunded(&error) => (RefundStatus::Done, None),
        // The notice of it may have been lost.
        Err(error) if is_disputed(&error) => return learn_of_dispute(app, &due).await,
        Err(error) => match call_failed(error) {
            JobError::Fail(detail) => {
                tracing::warn!(refund = refund_id, detail, "a provider refuses a refund");
                (RefundStatus::Failed, None)
            }
            again => return Err(again),
        },
    };
    let mut tx = app.begin_as(Actor::System).await?;
    refund::mark(&mut tx.session, refund_id, status, their_id.as_deref(), tx.now).await?;
    let outcome = if status == RefundStatus::Done { "done" } else { "refused" };
    room(app).metrics.refunds.get_or_create(&RefundLabels { provider: vendor.name(), outcome }).inc();
    if status == RefundStatus::Failed {
        let subject = format!("refund:{refund_id}");
        let detail = "the provider refuses to return the money: return it by hand";
        if tx.open_task(&subject, "refund_refused", detail).await? {
            tracing::error!(refund = refund_id, "a refund was refused: a person must return the money");
        }
    }
    // What the ledger says of it is what the provider shows.
    tx.enqueue(&[look_at(&due).enqueue_at(tx.now)]).await?;
    tx.finish(claim).await
}
