//! Payments whose notification was lost: the providers are asked for everything that carries our references.

use jiff::{SignedDuration, Timestamp};
use providers::payments::PaymentSeen;
use store::{
    charge::{self, Page},
    payment,
};

use super::{apply::apply, refund};
use crate::{
    App,
    jobs::{Done, JobError},
};

/// The job looks this far back: providers repeat their notifications for three days.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(4 * 24);

/// What a reconciliation found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Charges that were asked about, per provider.
    pub asked: usize,
    /// Payments that the desk had not heard of, or not in this state.
    pub mended: usize,
    /// Questions that the provider did not answer; the next run asks again.
    pub unanswered: usize,
}

pub async fn run_reconciliation(app: &App) -> Result<Done, JobError> {
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

/// Asks for the payments of every stay for which a page was opened since `since`, and applies what was missed.
pub async fn reconcile(app: &App, since: Timestamp) -> Result<Reconciled, JobError> {
    let pages = charge::list_pages_since(&mut app.read().await?, since).await?;
    let mut found = Reconciled::default();
    // One question per charge and provider, with all of its pages.
    let together =
        |one: &Page, other: &Page| (&one.reference, &one.provider) == (&other.reference, &other.provider);
    for group in pages.chunk_by(together) {
        let Some(Page { reference, provider: provider_name, .. }) = group.first() else { continue };
        let Some(vendor) = app.provider(provider_name) else { continue };
        let refs: Vec<&str> = group.iter().map(|page| page.provider_ref.as_str()).collect();
        found.asked += 1;
        match vendor.search_payments(&reference.to_string(), &refs, app.now()).await {
            Ok(payments) => {
                for seen in payments {
                    found.mended += usize::from(mend(app, provider_name, &seen).await?);
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

/// True when the payment was news.
async fn mend(app: &App, provider_name: &str, seen: &PaymentSeen) -> Result<bool, JobError> {
    let before = payment::find(&mut app.read().await?, provider_name, &seen.id).await?;
    let status = seen.status.to_domain();
    let is_known = before.as_ref().is_some_and(|known| {
        known.status.after(status) == known.status && seen.refunded() == Some(known.refunded)
    });
    if is_known {
        return Ok(false);
    }
    let undone = match app.provider(provider_name) {
        Some(vendor) => refund::find_undone(app, vendor, seen).await?,
        None => Vec::new(),
    };
    let mut session = app.begin().await?;
    apply(app, &mut session, provider_name, seen, &undone, app.now()).await?;
    app.commit(session).await?;
    Ok(true)
}
