//! Looking a payment up at its provider.

use std::sync::Arc;

use domain::{
    actor::Actor,
    payment::{PaymentStatus, Reference},
};
use kernel::{
    App,
    jobs::{Done, Job, JobError},
    stored_webhooks::{Delivery, Event},
};
use providers::payments::{Captured, PaymentSeen};
use serde_json::Value;
use store::{checkout, queue::Claim};

use crate::{
    NOT_THERE_YET, News, Use,
    apply_payment::{Shown, apply},
    call_failed, dispute,
    kept_in_context::{business, business_of},
    key_of, provider_or_retry,
    read_payment_job::{PaymentRef, ReadPayment},
    refund, subject_of,
};

/// After so many looks a payment that nobody knows is no payment.
const MAX_LOOKS: i64 = 8;

impl Job for ReadPayment {
    const KIND: &'static str = "read_payment";
    const QUEUE: &'static str = "payments";

    /// Looks at one payment follow one another.
    fn order_key(&self) -> Option<String> {
        Some(format!("payment:{}:{}", self.provider, self.look.id()))
    }

    async fn run(self, app: &Arc<App>, claim: &Claim) -> Result<Done, JobError> {
        read_back(app, claim, &self.provider, &self.look, self.asked_by.as_deref()).await
    }
}

/// A provider's notice that something happened to a payment, ready to be stored. Each is kept; looking twice is harmless.
///
/// `event_id` names the delivery at the provider; without one each counts as new.
pub fn delivery_of(
    app: &App,
    provider: &'static str,
    look: PaymentRef,
    event_id: Option<&str>,
    notice: Value,
) -> Delivery {
    let now = app.now();
    let id = app.rng.id(now);
    let external_id = event_id.map_or_else(|| id.clone(), |event_id| format!("{}:{event_id}", look.id()));
    let job = ReadPayment { provider: provider.to_owned(), look, asked_by: Some(id.clone()) };
    let event = Event {
        id,
        source: provider,
        account: String::new(),
        external_id,
        payload: notice,
        to_be_handled: true,
    };
    Delivery { events: vec![(event, Some(job.enqueue_at(now)))] }
}

/// Reads a payment back at the provider and applies what it says.
async fn read_back(
    app: &App,
    claim: &Claim,
    provider_name: &str,
    look: &PaymentRef,
    asked_by: Option<&str>,
) -> Result<Done, JobError> {
    let vendor = provider_or_retry(app, provider_name)?;
    let asked_at = app.now();
    let seen = match look {
        PaymentRef::Payment(id) | PaymentRef::Dispute { payment_id: id, .. } => {
            vendor.find_payment(id, app.now()).await.map_err(call_failed)?
        }
        PaymentRef::Page(id) => vendor.find_payment_of_checkout(id, app.now()).await.map_err(call_failed)?,
        PaymentRef::Order(id) => capture(app, claim, provider_name, id).await?,
    };
    if let Some(seen) = seen.as_ref().filter(|seen| seen.status.to_domain() == PaymentStatus::Approved)
        && let Some(reference) = seen.reference.as_deref().map(Reference::parse)
        && let Some(business) = business(app, reference.payable.kind)
    {
        business.prepare(app, &reference.payable).await;
    }
    let noted = match look {
        PaymentRef::Dispute { end, .. } => Some(dispute::noted(*end)),
        PaymentRef::Payment(id) => dispute::ask(app, vendor, id).await?,
        PaymentRef::Page(_) | PaymentRef::Order(_) => None,
    };
    let undone = match &seen {
        Some(seen) => refund::find_undone(app, vendor, seen).await?,
        None => Vec::new(),
    };
    let mut tx = app.begin_as(Actor::Payment).await?;
    match (seen, look) {
        (Some(seen), _) => {
            let shown = Shown { payment: seen, asked_at, undone, noted };
            apply(&mut tx, provider_name, &shown).await?;
        }
        // Nobody has paid there: the page ended, or the order was not approved or can no longer be used.
        (None, PaymentRef::Page(_) | PaymentRef::Order(_)) => {}
        (None, PaymentRef::Payment(_) | PaymentRef::Dispute { .. }) if claim.attempts < MAX_LOOKS => {
            return Err(JobError::retry_after(
                NOT_THERE_YET * i32::try_from(claim.attempts).unwrap_or(1),
                "the payment cannot be read yet",
            ));
        }
        (None, PaymentRef::Payment(payment_id) | PaymentRef::Dispute { payment_id, .. }) => {
            let detail = "a notice named a payment that cannot be read";
            let subject = subject_of(provider_name, payment_id);
            tx.open_task(&subject, "payment_not_found", detail).await?;
        }
    }
    if let Some(inbox_id) = asked_by {
        store::webhook_event::mark_handled(&mut tx.session, &[inbox_id], "read back", tx.now).await?;
    }
    tx.finish(claim).await
}

/// Takes the money of an approved order if what it is for can still use it; else it is never taken, which is better than
/// giving it back. What is seen here is looked at again, under locks, when the payment is applied.
async fn capture(
    app: &App,
    claim: &Claim,
    provider_name: &str,
    order_id: &str,
) -> Result<Option<PaymentSeen>, JobError> {
    let vendor = provider_or_retry(app, provider_name)?;
    // What was taken before is looked at: a repeated capture is answered as the first one was, whatever went back since.
    let seen = vendor.find_payment_of_checkout(order_id, app.now()).await.map_err(call_failed)?;
    if seen.is_some() {
        return Ok(seen);
    }
    if !is_wanted(app, provider_name, order_id).await? {
        tell_payer_of(app, provider_name, order_id, News::NotCharged).await?;
        return Ok(None);
    }
    // An order is captured once, whatever the key.
    let key = key_of(order_id, claim);
    match vendor.capture_order(order_id, app.now(), &key).await.map_err(call_failed)? {
        Captured::Payment(seen) => Ok(Some(*seen)),
        Captured::NotApproved => Ok(None),
        Captured::Declined => {
            tell_payer_of(app, provider_name, order_id, News::Declined).await?;
            Ok(None)
        }
    }
}

/// News of an order from which no payment came.
async fn tell_payer_of(app: &App, provider_name: &str, order_id: &str, news: News) -> Result<(), JobError> {
    let mut tx = app.begin_as(Actor::Payment).await?;
    let Some(reference) = checkout::find_reference(&mut tx.session, provider_name, order_id).await? else {
        return Ok(());
    };
    let business = business_of(app, &reference.payable)?;
    business.tell(&mut tx, &reference.payable, news).await?;
    Ok(tx.commit().await?)
}

async fn is_wanted(app: &App, provider_name: &str, order_id: &str) -> Result<bool, JobError> {
    let charged = checkout::find_reference(&mut app.read().await?, provider_name, order_id).await?;
    let Some(Reference { payable, purpose }) = charged else { return Ok(false) };
    let business = business_of(app, &payable)?;
    business.prepare(app, &payable).await;
    let mut tx = app.begin_as(Actor::Payment).await?;
    let used = business.wants(&mut tx, &payable, purpose).await?;
    tx.session.commit().await?;
    Ok(used != Use::None)
}
