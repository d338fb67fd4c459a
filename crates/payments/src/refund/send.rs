//! Asking the provider for a refund. A refund whose answer was lost is found there, and not made again.

use std::sync::Arc;

use domain::{actor::Actor, money::Money, payment::dispute::Dispute};
use kernel::{
    App,
    jobs::{Done, Job, JobError},
};
use providers::payments::{
    Payments, Refund as Made, RefundStatus as Theirs, is_already_refunded, is_disputed,
};
use serde::{Deserialize, Serialize};
use store::{
    payment::{self, id_at_provider},
    queue::Claim,
    refund::{self, Refund, RefundStatus},
};

use super::at_bank::{learn_of_dispute, leave_to_bank, wait_for_bank};
use crate::{
    PaymentRef, ReadPayment, RefundLabels, call_failed, kept_in_context::room, key_of, provider_or_retry,
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

fn look_at(due: &Refund) -> ReadPayment {
    ReadPayment {
        provider: due.provider.clone(),
        look: PaymentRef::Payment(id_at_provider(&due.provider_payment_id).to_owned()),
        asked_by: None,
    }
}
