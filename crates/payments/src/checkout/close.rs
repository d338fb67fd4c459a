//! Closing pages of what can no longer be paid for. A payer who was faster is looked at.

use std::collections::BTreeSet;

use domain::{actor::Actor, payable::Payable};
use kernel::{
    App, Tx,
    jobs::{Done, Job as _, JobError},
};
use providers::{http::CallError, payments::Expired};
use store::{
    charge_part,
    checkout::{self, Checkout},
    db::DbError,
    queue::{Claim, NewJob},
};

use super::{CloseCheckouts, OpenCheckout};
use crate::{
    PaymentRef, ReadPayment, call_failed,
    kept_in_context::{business, business_of},
    key_of, provider,
};

/// A payer who was faster than the closing is looked at.
pub(super) async fn close_checkouts(app: &App, claim: &Claim, payable: &Payable) -> Result<Done, JobError> {
    let business = business_of(app, payable)?;
    let mut session = app.read().await?;
    if business.keeps_pages_open(app, &mut session, payable).await? {
        return Err(JobError::fail("it can still be paid for: its pages stay open"));
    }
    let pages = checkout::list(&mut session, payable).await?;
    let groups = charge_part::list_groups(&mut session, payable).await?;
    drop(session);
    let mut looks = Vec::new();
    for page in pages {
        close(app, claim, &page, &mut looks).await?;
    }
    let mut tx = app.begin_as(Actor::System).await?;
    tx.enqueue(&looks).await?;
    for group in groups {
        follow_part(&mut tx, &group).await?;
    }
    tx.finish(claim).await
}

/// A part of a group is no longer paid for: the group's pages ask for the rest, or close with their last part.
async fn follow_part(tx: &mut Tx<'_>, group: &Payable) -> Result<(), DbError> {
    let Some(business) = business(tx.app, group.kind) else { return Ok(()) };
    if !business.keeps_pages_open(tx.app, &mut tx.session, group).await? {
        return tx.enqueue(&[CloseCheckouts::of(group).enqueue_at(tx.now)]).await;
    }
    let open =
        checkout::list(&mut tx.session, group).await?.into_iter().filter(|page| page.expires_at > tx.now);
    let providers: BTreeSet<String> = open.map(|page| page.provider).collect();
    let jobs = providers.into_iter().map(|name| OpenCheckout::of(group, Some(name)).enqueue_at(tx.now));
    tx.enqueue(&jobs.collect::<Vec<_>>()).await
}

/// Closes one page. A payer who was faster is added to `looks`.
pub(super) async fn close(
    app: &App,
    claim: &Claim,
    page: &Checkout,
    looks: &mut Vec<NewJob>,
) -> Result<(), JobError> {
    let (Some(vendor), Some(provider_ref)) = (provider(app, &page.provider), &page.provider_ref) else {
        return Ok(());
    };
    let key = key_of(&format!("{}:close", page.idempotency_key), claim);
    match vendor.expire_checkout(provider_ref, app.now(), &key).await {
        Ok(Expired::AlreadyPaid { .. }) => {
            let look = PaymentRef::Page(provider_ref.clone());
            let read = ReadPayment { provider: page.provider.clone(), look, asked_by: None };
            looks.push(read.enqueue_at(app.now()));
        }
        Ok(Expired::Closed | Expired::NeedsNoClosing) => {}
        // A page that they do not want to close ends by itself; what is paid on it is late money.
        Err(CallError::Refused { .. }) => {}
        Err(error) => return Err(call_failed(error)),
    }
    Ok(())
}
