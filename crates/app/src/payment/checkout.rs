//! The providers' pages: one per charge, amount and provider, claimed in our table before the provider is called.

use domain::{
    charge::{Missing, Reference},
    ids::StayId,
    stay::Stay,
};
use jiff::{SignedDuration, Timestamp};
use providers::{
    http::CallError,
    payments::{CheckoutRequest, EndMoved, Expired, Payments},
};
use store::{
    charge::{self, Charge, Checkout},
    db::{DbError, Session},
    queue::{self, Claim},
};

use super::{Look, apply::begins_soon, call_failed, charges::next_due_in, key_of, provider};
use crate::{
    App,
    hold::manage_url,
    jobs::{Done, Job, JobError, finish},
};

/// A page that belongs to no hold is open for a day: Stripe's pages live no longer.
const OPEN_FOR: SignedDuration = SignedDuration::from_hours(23);

/// What is to be paid, and until when its page is wanted.
struct Wanted {
    stay: Stay,
    due: Missing,
    until: Timestamp,
}

/// Opens a provider's page for what a stay owes next, or moves its end along with the hold's.
pub async fn open_checkout(
    app: &App,
    claim: &Claim,
    stay_id: &StayId,
    provider_name: Option<&str>,
) -> Result<Done, JobError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let Some(wanted) = find_wanted(&mut session, stay_id, now).await? else {
        return finish(app, session, claim).await;
    };
    let vendor = match provider_name {
        Some(name) => provider(app, name)?,
        None => match app.providers_for(wanted.due.amount.currency).next() {
            Some(vendor) => vendor,
            None => return Err(JobError::fail("no payment provider takes the currency of the stay")),
        },
    };
    let claimed = claim_checkout(app, &mut session, &wanted, vendor, now).await?;
    let outdated = outdated(&mut session, stay_id, &claimed).await?;
    session.commit().await?;
    for page in outdated {
        close(app, claim, &page, &mut Vec::new()).await?;
    }

    let (page, opened) = match (&claimed.provider_ref, claimed.url.is_some()) {
        (Some(provider_ref), true)
            if matches!(wanted.stay, Stay::Held(_)) && claimed.expires_at < wanted.until =>
        {
            lengthen(app, claim, &wanted, vendor, &claimed, provider_ref, now).await?
        }
        (Some(_), true) => return finish(app, app.begin().await?, claim).await,
        _ => open(app, claim, &wanted, vendor, &claimed, now).await?,
    };
    let mut session = app.begin().await?;
    charge::open_checkout(&mut session, &page, &opened.provider_ref, &opened.url, opened.expires_at).await?;
    finish(app, session, claim).await
}

/// None where nothing is to be paid. What came already, such as a part of the deposit, is not asked for again.
async fn find_wanted(
    session: &mut Session,
    stay_id: &StayId,
    now: Timestamp,
) -> Result<Option<Wanted>, DbError> {
    let Some(stay) = store::stay::find_by_id(session, stay_id).await? else { return Ok(None) };
    let until = match &stay {
        Stay::Held(held) => held.expires_at,
        _ => now + OPEN_FOR,
    };
    let due = next_due_in(session, &stay, now).await?;
    Ok(due.map(|due| Wanted { stay, due, until }))
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
    let is_other =
        |page: &Checkout| page.charge_id != current.charge_id || page.amount_minor != current.amount_minor;
    Ok(pages.into_iter().filter(|page| page.provider == current.provider && is_other(page)).collect())
}

async fn open(
    app: &App,
    claim: &Claim,
    wanted: &Wanted,
    vendor: &Payments,
    claimed: &Checkout,
    now: Timestamp,
) -> Result<(String, Opened), JobError> {
    let mut request = checkout_request(app, wanted, vendor, claimed, now).await?;
    request.idempotency_key = key_of(&request.idempotency_key, claim);
    let page = vendor.create_checkout(&request, now).await.map_err(call_failed)?;
    // A page may live longer than its hold; what is paid on it then is late money.
    let expires_at = page.expires_at.unwrap_or(claimed.expires_at);
    Ok((claimed.id.clone(), Opened { provider_ref: page.provider_id, url: page.url, expires_at }))
}

/// The hold ends later than its page: the page is moved where the provider can, else another one is opened.
async fn lengthen(
    app: &App,
    claim: &Claim,
    wanted: &Wanted,
    vendor: &Payments,
    claimed: &Checkout,
    provider_ref: &str,
    now: Timestamp,
) -> Result<(String, Opened), JobError> {
    let key = format!("{}:{}", claimed.idempotency_key, wanted.until.as_second());
    let moved = vendor.update_checkout_expiry(provider_ref, wanted.until, &key).await.map_err(call_failed)?;
    if moved == EndMoved::Moved {
        let url = claimed.url.clone().unwrap_or_default();
        let same = Opened { provider_ref: provider_ref.to_owned(), url, expires_at: wanted.until };
        return Ok((claimed.id.clone(), same));
    }
    let mut session = app.begin().await?;
    let next = Checkout { id: app.entropy.id(now), idempotency_key: key, ..unopened(claimed, wanted.until) };
    let next = charge::claim_checkout(&mut session, &next, now).await?;
    session.commit().await?;
    open(app, claim, wanted, vendor, &next, now).await
}

fn unopened(page: &Checkout, until: Timestamp) -> Checkout {
    Checkout { provider_ref: None, url: None, expires_at: until, ..page.clone() }
}

/// The page that is open, or being opened, for this amount at this provider; else a new one. A retry meets the page
/// that it claimed before, and so asks with the same key.
async fn claim_checkout(
    app: &App,
    session: &mut Session,
    wanted: &Wanted,
    vendor: &Payments,
    now: Timestamp,
) -> Result<Checkout, DbError> {
    let Wanted { stay, due, until } = wanted;
    let terms = stay.terms();
    // A hold has its charge from now on; the others had theirs made with the price.
    let whole = if matches!(stay, Stay::Held(_)) { terms.deposit } else { due.amount };
    let known = charge::list_of_stay(session, &terms.id).await?;
    let charge = match known.into_iter().find(|one| one.purpose == due.purpose) {
        Some(charge) if !matches!(stay, Stay::Held(_)) => charge,
        _ => {
            let new = Charge {
                id: app.entropy.id(now),
                stay_id: terms.id.clone(),
                purpose: due.purpose,
                amount: whole,
                due_at: due.due_at,
                asked_at: None,
                note: None,
            };
            charge::ensure(session, &new, now).await?
        }
    };
    if let Some(page) = charge::find_checkout(session, &charge.id, vendor.name(), due.amount, now).await? {
        return Ok(page);
    }
    let attempt = charge::count_checkouts(session, &charge.id, vendor.name()).await?;
    let new = Checkout {
        id: app.entropy.id(now),
        charge_id: charge.id.clone(),
        provider: vendor.name().to_owned(),
        amount_minor: due.amount.minor,
        idempotency_key: format!("{}:{}:{}:{attempt}", charge.id, vendor.name(), due.amount.minor),
        provider_ref: None,
        url: None,
        expires_at: *until,
    };
    charge::claim_checkout(session, &new, now).await
}

async fn checkout_request(
    app: &App,
    wanted: &Wanted,
    vendor: &Payments,
    claimed: &Checkout,
    now: Timestamp,
) -> Result<CheckoutRequest, DbError> {
    let terms = wanted.stay.terms();
    let accommodation = crate::accommodation::find(app, &terms.accommodation_id).await?;
    let name =
        accommodation.map_or_else(|| app.config.property.name.clone(), |accommodation| accommodation.name);
    Ok(CheckoutRequest {
        reference: Reference { stay_id: terms.id.clone(), purpose: wanted.due.purpose }.to_string(),
        title: format!("{name}, {} - {}", terms.period.check_in(), terms.period.check_out()),
        amount: wanted.due.amount,
        // As it was claimed: a retry asks for the same.
        expires_at: claimed.expires_at,
        slow_until: slow_until(app, &wanted.stay, claimed.expires_at, now),
        idempotency_key: claimed.idempotency_key.clone(),
        back_url: manage_url(app, &terms.token),
        notification_url: Some(format!("{}/api/v1/{}/webhook", app.config.base_url(), vendor.name())),
        payer_email: terms.contact.email.clone(),
    })
}

/// Until when a guest may pay by ways that take days; None where the stay begins too soon for them.
fn slow_until(app: &App, stay: &Stay, page_ends_at: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let hours = i64::from(app.config.payments.slow_hold_hours);
    (hours > 0 && !begins_soon(app, stay, now)).then(|| page_ends_at + SignedDuration::from_hours(hours))
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
        close(app, claim, &page, &mut looks).await?;
    }
    let now = app.now();
    let mut session = app.begin().await?;
    let jobs: Vec<_> = looks.into_iter().map(|look| look.enqueue_at(now)).collect();
    queue::enqueue(&mut session, &jobs, now).await?;
    finish(app, session, claim).await
}

/// Closes one page. A guest who was faster is added to `looks`.
async fn close(app: &App, claim: &Claim, page: &Checkout, looks: &mut Vec<Job>) -> Result<(), JobError> {
    let (Some(vendor), Some(provider_ref)) = (app.provider(&page.provider), &page.provider_ref) else {
        return Ok(());
    };
    let key = key_of(&format!("{}:close", page.idempotency_key), claim);
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

/// The open page of a provider for what is due now, of the first one that has one where none is named.
pub async fn checkout_url(
    app: &App,
    stay_id: &StayId,
    due: &Missing,
    provider: Option<&str>,
) -> Result<Option<String>, DbError> {
    let mut session = app.read().await?;
    let charges = charge::list_of_stay(&mut session, stay_id).await?;
    let Some(asked) = charges.into_iter().find(|one| one.purpose == due.purpose) else { return Ok(None) };
    let pages = charge::list_checkouts(&mut session, stay_id).await?;
    let now = app.now();
    let is_open = |page: &Checkout| {
        page.charge_id == asked.id && page.amount_minor == due.amount.minor && page.expires_at > now
    };
    let wanted = |page: &Checkout| provider.is_none_or(|name| page.provider == name);
    Ok(pages.into_iter().find(|page| wanted(page) && is_open(page)).and_then(|page| page.url))
}

/// The guest chose how to pay: that provider's page is opened, unless it is already. A page that was being opened and
/// never was is tried again.
pub async fn start_checkout(
    app: &App,
    stay_id: &StayId,
    due: &Missing,
    provider: &str,
) -> Result<(), DbError> {
    if checkout_url(app, stay_id, due, Some(provider)).await?.is_some() {
        return Ok(());
    }
    let now = app.now();
    let mut session = app.begin().await?;
    let job = Job::OpenCheckout { stay_id: stay_id.clone(), provider: Some(provider.to_owned()) };
    queue::enqueue(&mut session, &[job.enqueue_at(now)], now).await?;
    app.commit(session).await
}
