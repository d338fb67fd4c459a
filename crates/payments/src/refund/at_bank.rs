//! Refunds of payments that a payer's bank asks about: they wait, or the bank has made them.

use domain::actor::Actor;
use jiff::{SignedDuration, Timestamp};
use kernel::{
    App, DbError, Tx,
    jobs::{Done, Job as _, JobError},
};
use store::{
    db::Session,
    payment::id_at_provider,
    queue::{self, Claim},
    refund::{self, Refund, RefundStatus},
};

use super::SendRefund;
use crate::{PaymentRef, ReadPayment, open_task};

/// A bank that asks about a payment decides who has its money: until then nothing is sent, or it would go out twice.
const ASKED_ABOUT: SignedDuration = SignedDuration::from_hours(6);

/// Stands for the provider's id of a refund that a bank has made by taking the payment back.
const BY_BANK: &str = "by-bank";

/// Whether the guest's bank has made it.
pub fn is_by_bank(refund: &Refund) -> bool {
    refund.status == RefundStatus::Failed && refund.provider_refund_id.as_deref() == Some(BY_BANK)
}

/// The bank has given the guest what we owed.
pub(super) async fn leave_to_bank(mut tx: Tx<'_>, claim: &Claim, due: &Refund) -> Result<Done, JobError> {
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
pub(super) async fn learn_of_dispute(app: &App, due: &Refund) -> Result<Done, JobError> {
    let mut tx = app.begin_as(Actor::System).await?;
    let detail = "the guest's bank asks about this payment: answer at the provider before its deadline";
    let (provider, id) = (&due.provider, id_at_provider(&due.provider_payment_id));
    open_task(&mut tx, provider, id, "disputed", detail).await?;
    wait_for_bank(tx, due, PaymentRef::Dispute { payment_id: id.to_owned(), end: None }).await
}

/// Asks how the bank's question stands, and waits.
pub(super) async fn wait_for_bank(mut tx: Tx<'_>, due: &Refund, look: PaymentRef) -> Result<Done, JobError> {
    refund::mark(&mut tx.session, &due.id, RefundStatus::Due, None, tx.now).await?;
    let look = ReadPayment { provider: due.provider.clone(), look, asked_by: None };
    tx.enqueue(&[look.enqueue_at(tx.now)]).await?;
    tx.commit().await?;
    Err(JobError::retry_after(ASKED_ABOUT, "the guest's bank asks about the payment"))
}
