//! Notices that were lost: the providers are asked for everything that carries our references, and payments that are
//! known are looked at again, ever more rarely, because a refund or a dispute may come months later.

use std::sync::Arc;

use domain::actor::Actor;
use jiff::{SignedDuration, Timestamp};
use kernel::{
    App,
    jobs::{Done, Job, JobError},
};
use providers::payments::PaymentSeen;
use serde::{Deserialize, Serialize};
use store::{
    checkout::{self, Page},
    payment::{self, Checked},
    queue::{self, Claim},
};

use crate::{
    PaymentRef, ReadPayment,
    apply_payment::{Shown, apply},
    provider, refund,
};

/// Looks for payments whose notice was lost.
#[derive(Default, Serialize, Deserialize)]
pub struct Reconcile {}

impl Job for Reconcile {
    const KIND: &'static str = "reconcile_payments";
    const QUEUE: &'static str = "upkeep";

    fn dedupe_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }

    async fn run(self, app: &Arc<App>, _: &Claim) -> Result<Done, JobError> {
        run_reconciliation(app).await
    }
}

/// The job looks this far back: providers repeat their notifications for three days.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(4 * 24);

/// What a reconciliation found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Charges that were asked about, per provider.
    pub asked: usize,
    /// Payments that were not known, or not in this state.
    pub mended: usize,
    /// Questions that the provider did not answer; the next run asks again.
    pub unanswered: usize,
}

/// A payment is looked at again so long: a buyer may dispute one for about half a year.
const LOOK_AGAIN_FOR: SignedDuration = SignedDuration::from_hours(180 * 24);

/// The first time a day after it came, then whenever it is older by a quarter.
const FIRST_LOOK: SignedDuration = SignedDuration::from_hours(24);

async fn run_reconciliation(app: &App) -> Result<Done, JobError> {
    look_again(app).await?;
    let found = reconcile(app, app.now() - LOOK_BACK).await?;
    if found.mended > 0 || found.unanswered > 0 {
        tracing::warn!(
            found.asked,
            found.mended,
            found.unanswered,
            "payments were reconciled with the providers"
        );
    }
    Ok(Done::Finish)
}

/// Asks for the payments of everything for which a page was opened since `since`, and applies what was missed.
pub async fn reconcile(app: &App, since: Timestamp) -> Result<Reconciled, JobError> {
    let pages = checkout::list_pages_since(&mut app.read().await?, since).await?;
    let mut found = Reconciled::default();
    // One question per charge and provider, with all of its pages.
    let together =
        |one: &Page, other: &Page| (&one.reference, &one.provider) == (&other.reference, &other.provider);
    for group in pages.chunk_by(together) {
        let Some(Page { reference, provider: provider_name, .. }) = group.first() else { continue };
        let Some(vendor) = provider(app, provider_name) else { continue };
        let refs: Vec<&str> = group.iter().map(|page| page.provider_ref.as_str()).collect();
        found.asked += 1;
        let asked_at = app.now();
        match vendor.search_payments(&reference.to_string(), &refs, app.now()).await {
            Ok(payments) => {
                for seen in payments {
                    found.mended += usize::from(mend(app, provider_name, seen, asked_at).await?);
                }
            }
            Err(error) => {
                found.unanswered += 1;
                tracing::warn!(%error, provider = vendor.name(), "a provider could not be asked for payments");
            }
        }
    }
    Ok(found)
}

/// Has the payments read whose time has come.
async fn look_again(app: &App) -> Result<(), JobError> {
    let mut tx = app.begin_as(Actor::System).await?;
    let unchecked =
        payment::list_unchecked(&mut tx.session, tx.now - LOOK_AGAIN_FOR, tx.now - FIRST_LOOK).await?;
    // Cash has nobody who could be asked.
    let due =
        unchecked.into_iter().filter(|one| is_due(one, tx.now) && provider(app, &one.provider).is_some());
    let mut jobs = Vec::new();
    for Checked { provider, provider_payment_id, .. } in due {
        payment::mark_checked(&mut tx.session, &provider, &provider_payment_id, tx.now).await?;
        let look = PaymentRef::Payment(provider_payment_id);
        jobs.push(ReadPayment { provider, look, asked_by: None }.enqueue_at(tx.now));
    }
    tx.enqueue(&jobs).await?;
    Ok(tx.commit().await?)
}

fn is_due(one: &Checked, now: Timestamp) -> bool {
    let since = now.duration_since(one.checked_at.unwrap_or(one.first_seen_at));
    since >= now.duration_since(one.first_seen_at) / 4
}

/// True when the payment was news.
async fn mend(
    app: &App,
    provider_name: &str,
    seen: PaymentSeen,
    asked_at: Timestamp,
) -> Result<bool, JobError> {
    let before = payment::find(&mut app.read().await?, provider_name, &seen.id).await?;
    let status = seen.status.to_domain();
    let is_known = before.as_ref().is_some_and(|known| {
        known.status.after(status) == known.status && seen.refunded() == Some(known.refunded)
    });
    // A search does not show disputes: those payments are looked at one by one.
    if before.as_ref().is_some_and(|known| known.dispute.is_some()) {
        let look = PaymentRef::Payment(seen.id);
        let job = ReadPayment { provider: provider_name.to_owned(), look, asked_by: None };
        let mut tx = app.begin_as(Actor::System).await?;
        queue::enqueue(&mut tx.session, &[job.enqueue_at(asked_at)], asked_at).await?;
        tx.commit().await?;
        return Ok(false);
    }
    if is_known {
        return Ok(false);
    }
    let undone = match provider(app, provider_name) {
        Some(vendor) => refund::find_undone(app, vendor, &seen).await?,
        None => Vec::new(),
    };
    let mut tx = app.begin_as(Actor::Payment).await?;
    let shown = Shown { payment: seen, asked_at, undone, noted: None };
    apply(&mut tx, provider_name, &shown).await?;
    tx.commit().await?;
    Ok(true)
}
