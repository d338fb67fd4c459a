//! Opening a page for what is to be paid next, or moving its end.

use domain::{actor::Actor, payable::Payable, payment::Reference};
use jiff::Timestamp;
use kernel::{
    App, Tx,
    jobs::{Done, JobError},
};
use providers::payments::{CheckoutRequest, EndMoved, Payments};
use store::{
    charge::{self, Charge},
    checkout::{self, Checkout},
    db::{DbError, Session},
    queue::Claim,
};

use super::close::close;
use crate::{Bill, call_failed, kept_in_context::business_of, key_of, provider_or_retry, providers_for};

/// What is to be paid, and for what.
struct Wanted<'a> {
    payable: &'a Payable,
    bill: Bill,
}

pub(super) async fn open_checkout(
    app: &App,
    claim: &Claim,
    payable: &Payable,
    provider_name: Option<&str>,
) -> Result<Done, JobError> {
    let business = business_of(app, payable)?;
    let mut tx = app.begin_as(Actor::System).await?;
    // None where nothing is to be paid. What came already, such as a part of the deposit, is not asked for again.
    let Some(bill) = business.bill(&mut tx, payable).await? else {
        return tx.finish(claim).await;
    };
    let wanted = Wanted { payable, bill };
    let vendor = match provider_name {
        Some(name) => provider_or_retry(app, name)?,
        None => match providers_for(app, wanted.bill.due.amount.currency).next() {
            Some(vendor) => vendor,
            None => return Err(JobError::fail("no payment provider takes the currency of what is due")),
        },
    };
    let claimed = claim_checkout(&mut tx, &wanted, vendor).await?;
    let outdated = outdated(&mut tx.session, payable, &claimed).await?;
    tx.session.commit().await?;
    for page in outdated {
        close(app, claim, &page, &mut Vec::new()).await?;
    }

    let (page, opened) = match (&claimed.provider_ref, claimed.url.is_some()) {
        (Some(provider_ref), true)
            if wanted.bill.may_be_extended && claimed.expires_at < wanted.bill.until =>
        {
            lengthen(app, claim, &wanted, vendor, &claimed, provider_ref).await?
        }
        (Some(_), true) => return app.begin_as(Actor::System).await?.finish(claim).await,
        _ => open(app, claim, &wanted, vendor, &claimed, tx.now).await?,
    };
    let mut tx = app.begin_as(Actor::System).await?;
    checkout::open(&mut tx.session, &page, &opened.provider_ref, &opened.url, opened.expires_at).await?;
    tx.finish(claim).await
}

struct Opened {
    provider_ref: String,
    url: String,
    expires_at: Timestamp,
}

/// Pages of the same provider that ask for another amount: the price was changed, or a part was paid.
async fn outdated(
    session: &mut Session,
    payable: &Payable,
    current: &Checkout,
) -> Result<Vec<Checkout>, DbError> {
    let pages = checkout::list(session, payable).await?;
    let is_other =
        |page: &Checkout| page.charge_id != current.charge_id || page.amount_minor != current.amount_minor;
    Ok(pages.into_iter().filter(|page| page.provider == current.provider && is_other(page)).collect())
}

async fn open(
    app: &App,
    claim: &Claim,
    wanted: &Wanted<'_>,
    vendor: &Payments,
    claimed: &Checkout,
    now: Timestamp,
) -> Result<(String, Opened), JobError> {
    let mut request = checkout_request(app, wanted, vendor, claimed);
    request.idempotency_key = key_of(&request.idempotency_key, claim);
    let page = vendor.create_checkout(&request, now).await.map_err(call_failed)?;
    // A page may live longer than what it is for; what is paid on it then is late money.
    let expires_at = page.expires_at.unwrap_or(claimed.expires_at);
    Ok((claimed.id.clone(), Opened { provider_ref: page.provider_id, url: page.url, expires_at }))
}

/// What is paid for lasts longer than its page: the page is moved where the provider can, else another one is opened.
async fn lengthen(
    app: &App,
    claim: &Claim,
    wanted: &Wanted<'_>,
    vendor: &Payments,
    claimed: &Checkout,
    provider_ref: &str,
) -> Result<(String, Opened), JobError> {
    let key = format!("{}:{}", claimed.idempotency_key, wanted.bill.until.as_second());
    let moved =
        vendor.update_checkout_expiry(provider_ref, wanted.bill.until, &key).await.map_err(call_failed)?;
    if moved == EndMoved::Moved {
        let url = claimed.url.clone().unwrap_or_default();
        let same = Opened { provider_ref: provider_ref.to_owned(), url, expires_at: wanted.bill.until };
        return Ok((claimed.id.clone(), same));
    }
    let mut tx = app.begin_as(Actor::System).await?;
    let next =
        Checkout { id: app.rng.id(tx.now), idempotency_key: key, ..unopened(claimed, wanted.bill.until) };
    let next = checkout::claim(&mut tx.session, &next, tx.now).await?;
    tx.session.commit().await?;
    open(app, claim, wanted, vendor, &next, tx.now).await
}

fn unopened(page: &Checkout, until: Timestamp) -> Checkout {
    Checkout { provider_ref: None, url: None, expires_at: until, ..page.clone() }
}

/// The page that is open, or being opened, for this amount at this provider; else a new one. A retry meets the page
/// that it claimed before, and so asks with the same key.
async fn claim_checkout(
    tx: &mut Tx<'_>,
    wanted: &Wanted<'_>,
    vendor: &Payments,
) -> Result<Checkout, DbError> {
    let Wanted { payable, bill } = wanted;
    let due = &bill.due;
    let known = charge::list_of(&mut tx.session, payable).await?;
    let charge = match known.into_iter().find(|one| one.purpose == due.purpose) {
        Some(charge) if !bill.sets_charge => charge,
        _ => {
            let new = Charge {
                id: tx.app.rng.id(tx.now),
                payable: (*payable).clone(),
                purpose: due.purpose,
                amount: bill.charged,
                due_at: due.due_at,
                asked_at: None,
                note: None,
            };
            charge::ensure(&mut tx.session, &new, tx.now).await?
        }
    };
    if let Some(page) = checkout::find(&mut tx.session, &charge.id, vendor.name(), due.amount, tx.now).await?
    {
        return Ok(page);
    }
    let attempt = checkout::count(&mut tx.session, &charge.id, vendor.name()).await?;
    let new = Checkout {
        id: tx.app.rng.id(tx.now),
        charge_id: charge.id.clone(),
        provider: vendor.name().to_owned(),
        amount_minor: due.amount.minor,
        idempotency_key: format!("{}:{}:{}:{attempt}", charge.id, vendor.name(), due.amount.minor),
        provider_ref: None,
        url: None,
        expires_at: bill.until,
    };
    checkout::claim(&mut tx.session, &new, tx.now).await
}

fn checkout_request(
    app: &App,
    wanted: &Wanted<'_>,
    vendor: &Payments,
    claimed: &Checkout,
) -> CheckoutRequest {
    let Wanted { payable, bill } = wanted;
    CheckoutRequest {
        reference: Reference { payable: (*payable).clone(), purpose: bill.due.purpose }.to_string(),
        title: bill.title.clone(),
        amount: bill.due.amount,
        // As it was claimed: a retry asks for the same.
        expires_at: claimed.expires_at,
        slow_until: bill.slow.map(|slow| claimed.expires_at + slow),
        idempotency_key: claimed.idempotency_key.clone(),
        back_url: bill.back_url.clone(),
        notification_url: Some(format!("{}/api/v1/{}/webhook", app.settings.base_url(), vendor.name())),
        payer_email: bill.payer_email.clone(),
    }
}
