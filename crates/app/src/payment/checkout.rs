//! The providers' pages for a deposit: one per hold and provider, claimed in our table before the provider is called.

use domain::{
    ids::StayId,
    money::Money,
    stay::{Held, Stay},
};
use jiff::Timestamp;
use providers::{
    http::CallError,
    payments::{CheckoutRequest, EndMoved, Expired, Payments},
};
use store::{
    charge::{self, Charge, Checkout},
    db::{DbError, Session},
    queue::{self, Claim},
};

use super::{Look, call_failed, provider};
use crate::{
    App,
    hold::manage_url,
    jobs::{Done, Job, JobError, finish},
};

const DEPOSIT: &str = "deposit";

/// Opens a provider's page for the deposit of a hold, or moves its end along with the hold's.
pub async fn open_checkout(
    app: &App,
    claim: &Claim,
    stay_id: &StayId,
    wanted: Option<&str>,
) -> Result<Done, JobError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let Some(Stay::Held(held)) = store::stay::find_by_id(&mut session, stay_id).await? else {
        return finish(app, session, claim).await;
    };
    if held.has_ended(now) {
        return finish(app, session, claim).await;
    }
    let vendor = match wanted {
        Some(name) => provider(app, name)?,
        None => match app.providers_for(held.terms.deposit.currency).next() {
            Some(vendor) => vendor,
            None => return Err(JobError::fail("no payment provider takes the currency of the stay")),
        },
    };
    // What came already, such as a part of the deposit, is not asked for again.
    let missing = held.terms.deposit.minus(crate::stay::received(&mut session, &held.clone().into()).await?);
    if !missing.is_positive() {
        return finish(app, session, claim).await;
    }
    let claimed = claim_checkout(app, &mut session, &held, vendor, missing, "", now).await?;
    let outdated = outdated(&mut session, &held.terms.id, &claimed).await?;
    session.commit().await?;
    for page in outdated {
        close(app, &page, &mut Vec::new()).await?;
    }

    let (page, opened) = match (&claimed.provider_ref, claimed.url.is_some()) {
        (Some(provider_ref), true) if claimed.expires_at < held.expires_at => {
            lengthen(app, &held, vendor, missing, &claimed, provider_ref, now).await?
        }
        (Some(_), true) => return finish(app, app.begin().await?, claim).await,
        _ => open(app, &held, vendor, missing, &claimed, now).await?,
    };
    let mut session = app.begin().await?;
    charge::open_checkout(&mut session, &page, &opened.provider_ref, &opened.url, opened.expires_at).await?;
    finish(app, session, claim).await
}

struct Opened {
    provider_ref: String,
    url: String,
    expires_at: Timestamp,
}

/// Pages of the same provider that ask for another amount: the dates were changed, or a part was paid.
async fn outdated(
    session: &mut Session,
    stay_id: &StayId,
    current: &Checkout,
) -> Result<Vec<Checkout>, DbError> {
    let pages = charge::list_checkouts(session, stay_id).await?;
    let is_older = |page: &Checkout| page.provider == current.provider && page.id != current.id;
    // One that was lengthened by another page begins with the same key.
    let is_other = |page: &Checkout| {
        !page.idempotency_key.starts_with(&current.idempotency_key)
            && !current.idempotency_key.starts_with(&page.idempotency_key)
    };
    Ok(pages.into_iter().filter(|page| is_older(page) && is_other(page)).collect())
}

async fn open(
    app: &App,
    held: &Held,
    vendor: &Payments,
    amount: Money,
    claimed: &Checkout,
    now: Timestamp,
) -> Result<(String, Opened), JobError> {
    let request = checkout_request(app, held, vendor, amount, &claimed.idempotency_key).await?;
    let page = vendor.create_checkout(&request, now).await.map_err(call_failed)?;
    // A page may live longer than its hold; what is paid on it then is late money.
    let expires_at = page.expires_at.unwrap_or(held.expires_at);
    Ok((claimed.id.clone(), Opened { provider_ref: page.provider_id, url: page.url, expires_at }))
}

/// The hold ends later than its page: the page is moved where the provider can, else another one is opened.
async fn lengthen(
    app: &App,
    held: &Held,
    vendor: &Payments,
    amount: Money,
    claimed: &Checkout,
    provider_ref: &str,
    now: Timestamp,
) -> Result<(String, Opened), JobError> {
    let until = held.expires_at.as_second();
    let key = format!("{}:{until}", claimed.idempotency_key);
    let moved =
        vendor.update_checkout_expiry(provider_ref, held.expires_at, &key).await.map_err(call_failed)?;
    if moved == EndMoved::Moved {
        let url = claimed.url.clone().unwrap_or_default();
        let same = Opened { provider_ref: provider_ref.to_owned(), url, expires_at: held.expires_at };
        return Ok((claimed.id.clone(), same));
    }
    let mut session = app.begin().await?;
    let next = claim_checkout(app, &mut session, held, vendor, amount, &format!(":{until}"), now).await?;
    session.commit().await?;
    open(app, held, vendor, amount, &next, now).await
}

async fn claim_checkout(
    app: &App,
    session: &mut Session,
    held: &Held,
    vendor: &Payments,
    amount: Money,
    suffix: &str,
    now: Timestamp,
) -> Result<Checkout, DbError> {
    let due = Charge {
        id: app.entropy.id(now),
        stay_id: held.terms.id.clone(),
        purpose: DEPOSIT.to_owned(),
        amount: held.terms.deposit,
        due_at: held.expires_at,
    };
    let due = charge::ensure(session, &due, now).await?;
    let new = Checkout {
        id: app.entropy.id(now),
        charge_id: due.id.clone(),
        provider: vendor.name().to_owned(),
        // Another amount is another page.
        idempotency_key: format!("{}:{}:{}{suffix}", due.id, vendor.name(), amount.minor),
        provider_ref: None,
        url: None,
        expires_at: held.expires_at,
    };
    charge::claim_checkout(session, &new, now).await
}

async fn checkout_request(
    app: &App,
    held: &Held,
    vendor: &Payments,
    amount: Money,
    idempotency_key: &str,
) -> Result<CheckoutRequest, DbError> {
    let terms = &held.terms;
    let accommodation = crate::accommodation::find(app, &terms.accommodation_id).await?;
    let name =
        accommodation.map_or_else(|| app.config.property.name.clone(), |accommodation| accommodation.name);
    Ok(CheckoutRequest {
        reference: terms.id.as_str().to_owned(),
        title: format!("{name}, {} - {}", terms.period.check_in(), terms.period.check_out()),
        amount,
        expires_at: held.expires_at,
        idempotency_key: idempotency_key.to_owned(),
        back_url: manage_url(app, &terms.token),
        notification_url: Some(format!("{}/api/v1/{}/webhook", app.config.base_url(), vendor.name())),
        payer_email: terms.contact.email.clone(),
    })
}

/// Closes the pages of a stay that can no longer be paid for. A guest who was faster is looked at.
pub async fn close_checkouts(app: &App, claim: &Claim, stay_id: &StayId) -> Result<Done, JobError> {
    let mut session = app.read().await?;
    if let Some(Stay::Held(_)) = store::stay::find_by_id(&mut session, stay_id).await? {
        return Err(JobError::fail("the stay is held: its pages stay open"));
    }
    let pages = charge::list_checkouts(&mut session, stay_id).await?;
    drop(session);
    let mut looks = Vec::new();
    for page in pages {
        close(app, &page, &mut looks).await?;
    }
    let now = app.now();
    let mut session = app.begin().await?;
    let jobs: Vec<_> = looks.into_iter().map(|look| look.enqueue_at(now)).collect();
    queue::enqueue(&mut session, &jobs, now).await?;
    finish(app, session, claim).await
}

/// Closes one page. A guest who was faster is added to `looks`.
async fn close(app: &App, page: &Checkout, looks: &mut Vec<Job>) -> Result<(), JobError> {
    let (Some(vendor), Some(provider_ref)) = (app.provider(&page.provider), &page.provider_ref) else {
        return Ok(());
    };
    let key = format!("{}:close", page.idempotency_key);
    match vendor.expire_checkout(provider_ref, app.now(), &key).await {
        Ok(Expired::AlreadyPaid { .. }) => looks.push(Job::ReadPayment {
            provider: page.provider.clone(),
            look: Look::Page(provider_ref.clone()),
            asked_by: None,
        }),
        Ok(Expired::Closed | Expired::NeedsNoClosing) => {}
        // A page that they do not want to close ends by itself; what is paid on it is late money.
        Err(CallError::Refused { .. }) => {}
        Err(error) => return Err(call_failed(error)),
    }
    Ok(())
}

/// The page of a provider for the deposit of a stay, of the first one that is open where none is named.
pub async fn checkout_url(
    app: &App,
    stay_id: &StayId,
    provider: Option<&str>,
) -> Result<Option<String>, DbError> {
    let pages = charge::list_checkouts(&mut app.read().await?, stay_id).await?;
    // The latest: an older page may ask for another amount.
    let wanted = |page: &Checkout| provider.is_none_or(|name| page.provider == name);
    Ok(pages.into_iter().find(wanted).and_then(|page| page.url))
}

/// The guest chose how to pay: that provider's page is opened, unless it is already.
pub async fn start_checkout(app: &App, stay_id: &StayId, provider: &str) -> Result<(), DbError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let known = charge::list_checkouts(&mut session, stay_id).await?;
    if known.iter().any(|page| page.provider == provider) {
        return Ok(());
    }
    let job = Job::OpenCheckout { stay_id: stay_id.clone(), provider: Some(provider.to_owned()) };
    queue::enqueue(&mut session, &[job.enqueue_at(now)], now).await?;
    app.commit(session).await
}
