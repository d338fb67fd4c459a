//! Money back to the guest: written down in the transaction that decides it, sent by a job under a key of its own.

use dialog::Phrase;
use domain::{ids::StayId, money::Money, stay::Stay};
use jiff::Timestamp;
use providers::payments::{RefundStatus as Theirs, is_already_refunded};
use store::{
    db::{DbError, Session},
    payment, queue,
    queue::Claim,
    refund::{self, Refund, RefundStatus},
};

use super::{Look, call_failed, provider};
use crate::{
    App, attention,
    conversation::tell,
    jobs::{Done, Job, JobError, finish},
    metrics::PaymentLabels,
};

/// Gives `amount` of what was received for a stay back, from its newest payments on; returns what could be started.
/// The rest, if any, was given back before or did not come by a provider.
pub async fn refund_stay(
    app: &App,
    session: &mut Session,
    stay: &Stay,
    amount: Money,
    reason: &str,
    now: Timestamp,
) -> Result<Money, DbError> {
    let mut left = amount;
    let mut payments = payment::list_of_stay(session, &stay.terms().id).await?;
    payments.reverse();
    for paid in payments {
        if !paid.counts() || paid.amount.currency != amount.currency {
            continue;
        }
        let returned = returned_of(session, &paid.provider, &paid.provider_payment_id).await?;
        let part = left.minor.min(paid.amount.minor - returned.max(paid.refunded.minor));
        if part > 0 {
            let part = Money::new(part, amount.currency);
            start(
                app,
                session,
                &paid.provider,
                &paid.provider_payment_id,
                Some(&stay.terms().id),
                part,
                reason,
                now,
            )
            .await?;
            left = left.minus(part);
        }
    }
    let started = amount.minus(left);
    if started.is_positive() {
        let phrase = Phrase::MoneyReturned { code: stay.terms().code.to_string(), amount: started };
        tell(app, session, stay.terms().conversation_id.as_deref(), &phrase, now).await?;
    }
    Ok(started)
}

/// What is on its way back of a payment, whatever became of it so far.
async fn returned_of(session: &mut Session, provider: &str, payment_id: &str) -> Result<i64, DbError> {
    let refunds = refund::list_of_payment(session, provider, payment_id).await?;
    Ok(refunds.iter().filter(|one| one.status != RefundStatus::Failed).map(|one| one.amount.minor).sum())
}

#[expect(
    clippy::too_many_arguments,
    reason = "a refund is exactly these facts, and this is their one meeting place"
)]
pub(super) async fn start(
    app: &App,
    session: &mut Session,
    provider: &str,
    payment_id: &str,
    stay_id: Option<&StayId>,
    amount: Money,
    reason: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let new = Refund {
        id: app.entropy.id(now),
        stay_id: stay_id.cloned(),
        provider: provider.to_owned(),
        provider_payment_id: payment_id.to_owned(),
        amount,
        reason: reason.to_owned(),
        status: RefundStatus::Due,
        provider_refund_id: None,
    };
    refund::create(session, &new, now).await?;
    queue::enqueue(session, &[Job::SendRefund { refund_id: new.id }.enqueue_at(now)], now).await
}

/// Asks the provider for one refund. Whatever the answer was lost to, the same key is sent again.
pub async fn send_refund(app: &App, claim: &Claim, refund_id: &str) -> Result<Done, JobError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let Some(due) = refund::lock(&mut session, refund_id).await? else {
        return Err(JobError::fail("the refund is gone"));
    };
    if matches!(due.status, RefundStatus::Done | RefundStatus::Failed) {
        return finish(app, session, claim).await;
    }
    refund::mark(&mut session, refund_id, RefundStatus::Sent, None, now).await?;
    session.commit().await?;

    let vendor = provider(app, &due.provider)?;
    let answer = vendor.refund(&due.provider_payment_id, Some(due.amount), now, refund_id).await;
    let (status, their_id) = match answer {
        Ok(given) => match given.status {
            Theirs::Rejected | Theirs::Cancelled => (RefundStatus::Failed, Some(given.id)),
            Theirs::Approved | Theirs::InProcess | Theirs::Unknown(_) => (RefundStatus::Done, Some(given.id)),
        },
        Err(error) if is_already_refunded(&error) => (RefundStatus::Done, None),
        Err(error) => match call_failed(error) {
            JobError::Fail(detail) => {
                tracing::warn!(refund = refund_id, detail, "a provider refuses a refund");
                (RefundStatus::Failed, None)
            }
            again => return Err(again),
        },
    };
    let now = app.now();
    let mut session = app.begin().await?;
    refund::mark(&mut session, refund_id, status, their_id.as_deref(), now).await?;
    let outcome = if status == RefundStatus::Done { "refund_done" } else { "refund_failed" };
    app.metrics.payments.get_or_create(&PaymentLabels { provider: vendor.name(), outcome }).inc();
    if status == RefundStatus::Failed {
        let subject = format!("refund:{refund_id}");
        let detail = "the provider refuses to return the money: return it by hand";
        if attention::raise(app, &mut session, &subject, "refund_refused", detail, now).await? {
            tracing::error!(refund = refund_id, "a refund was refused: a person must return the money");
        }
    }
    // What the ledger says of it is what the provider shows.
    let look = Job::ReadPayment {
        provider: due.provider.clone(),
        look: Look::Payment(due.provider_payment_id.clone()),
        asked_by: None,
    };
    queue::enqueue(&mut session, &[look.enqueue_at(now)], now).await?;
    finish(app, session, claim).await
}
