//! The providers' pages: one per charge, amount and provider, claimed in our table before the provider is called.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    actor::Actor,
    charge::{Missing, Reference},
    ids::StayId,
    payable::Payable,
};
use jiff::Timestamp;
use kernel::{
    App, Tx,
    jobs::{Done, Job, JobError},
};
use providers::{
    http::CallError,
    payments::{CheckoutRequest, EndMoved, Expired, Payments},
};
use serde::{Deserialize, Serialize};
use store::{
    charge::{self, Charge, Checkout},
    charge_part,
    db::{DbError, Session},
    queue::{Claim, NewJob},
};

use crate::{
    Bill, PaymentRef, ReadPayment, call_failed, key_of, provider, provider_or_retry, providers_for,
    room::{business, business_of},
};

/// Opens a provider's page for what is to be paid next, or moves its end along with what it is for.
#[derive(Serialize, Deserialize)]
pub struct OpenCheckout {
    #[serde(flatten)]
    pub payable: PayableField,
    /// Without one, the first that takes the currency.
    pub provider: Option<String>,
}

/// Closes the pages of something that can no longer be paid for.
#[derive(Serialize, Deserialize)]
pub struct CloseCheckouts {
    #[serde(flatten)]
    pub payable: PayableField,
}

/// `payable` as it is written today; rows of older versions have `stay_id`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PayableField {
    Payable { payable: String },
    Stay { stay_id: StayId },
}

impl From<&Payable> for PayableField {
    fn from(payable: &Payable) -> Self {
        Self::Payable { payable: payable.to_string() }
    }
}

impl PayableField {
    fn read(&self) -> Result<Payable, JobError> {
        match self {
            Self::Stay { stay_id } => Ok(Payable::from(stay_id)),
            Self::Payable { payable } => {
                Payable::parse(payable).ok_or(JobError::fail("the job names no payable that is known"))
            }
        }
    }

    /// Changes to the pages of one payable follow one another.
    fn order_key(&self) -> Option<String> {
        let payable = self.read().ok()?;
        // As older versions wrote it, so that their rows and ours keep their order.
        Some(match payable.stay_id() {
            Some(stay_id) => format!("checkout:{stay_id}"),
            None => format!("checkout:{payable}"),
        })
    }
}

impl Job for OpenCheckout {
    const KIND: &'static str = "open_checkout";
    const QUEUE: &'static str = "payments";

    fn order_key(&self) -> Option<String> {
        self.payable.order_key()
    }

    async fn run(self, app: &Arc<App>, claim: &Claim) -> Result<Done, JobError> {
        open_checkout(app, claim, &self.payable.read()?, self.provider.as_deref()).await
    }
}

impl Job for CloseCheckouts {
    const KIND: &'static str = "close_checkouts";
    const QUEUE: &'static str = "payments";

    fn order_key(&self) -> Option<String> {
        self.payable.order_key()
    }

    async fn run(self, app: &Arc<App>, claim: &Claim) -> Result<Done, JobError> {
        close_checkouts(app, claim, &self.payable.read()?).await
    }
}

impl OpenCheckout {
    pub fn of(payable: &Payable, provider: Option<String>) -> Self {
        Self { payable: payable.into(), provider }
    }
}

impl CloseCheckouts {
    pub fn of(payable: &Payable) -> Self {
        Self { payable: payable.into() }
    }
}

/// What is to be paid, and for what.
struct Wanted<'a> {
    payable: &'a Payable,
    bill: Bill,
}

async fn open_checkout(
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
    charge::open_checkout(&mut tx.session, &page, &opened.provider_ref, &opened.url, opened.expires_at)
        .await?;
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
    let pages = charge::list_checkouts(session, payable).await?;
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
    let next = charge::claim_checkout(&mut tx.session, &next, tx.now).await?;
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
    if let Some(page) =
        charge::find_checkout(&mut tx.session, &charge.id, vendor.name(), due.amount, tx.now).await?
    {
        return Ok(page);
    }
    let attempt = charge::count_checkouts(&mut tx.session, &charge.id, vendor.name()).await?;
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
    charge::claim_checkout(&mut tx.session, &new, tx.now).await
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

/// A payer who was faster than the closing is looked at.
async fn close_checkouts(app: &App, claim: &Claim, payable: &Payable) -> Result<Done, JobError> {
    let business = business_of(app, payable)?;
    let mut session = app.read().await?;
    if business.keeps_pages_open(app, &mut session, payable).await? {
        return Err(JobError::fail("it can still be paid for: its pages stay open"));
    }
    let pages = charge::list_checkouts(&mut session, payable).await?;
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
    let open = charge::list_checkouts(&mut tx.session, group)
        .await?
        .into_iter()
        .filter(|page| page.expires_at > tx.now);
    let providers: BTreeSet<String> = open.map(|page| page.provider).collect();
    let jobs = providers.into_iter().map(|name| OpenCheckout::of(group, Some(name)).enqueue_at(tx.now));
    tx.enqueue(&jobs.collect::<Vec<_>>()).await
}

/// Closes one page. A payer who was faster is added to `looks`.
async fn close(app: &App, claim: &Claim, page: &Checkout, looks: &mut Vec<NewJob>) -> Result<(), JobError> {
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

/// The open page of a provider for what is due now, of the first one that has one where none is named.
pub async fn checkout_url(
    app: &App,
    payable: &Payable,
    due: &Missing,
    provider: Option<&str>,
) -> Result<Option<String>, DbError> {
    let mut session = app.read().await?;
    let charges = charge::list_of(&mut session, payable).await?;
    let Some(asked) = charges.into_iter().find(|one| one.purpose == due.purpose) else { return Ok(None) };
    let pages = charge::list_checkouts(&mut session, payable).await?;
    let now = app.now();
    let is_open = |page: &Checkout| {
        page.charge_id == asked.id && page.amount_minor == due.amount.minor && page.expires_at > now
    };
    let wanted = |page: &Checkout| provider.is_none_or(|name| page.provider == name);
    Ok(pages.into_iter().find(|page| wanted(page) && is_open(page)).and_then(|page| page.url))
}

/// The payer chose how to pay: that provider's page is opened, unless it is already. A page that was being opened and
/// never was is tried again.
pub async fn start_checkout(
    app: &App,
    payable: &Payable,
    due: &Missing,
    provider: &str,
) -> Result<(), DbError> {
    if checkout_url(app, payable, due, Some(provider)).await?.is_some() {
        return Ok(());
    }
    let mut tx = app.begin_as(Actor::System).await?;
    let job = OpenCheckout::of(payable, Some(provider.to_owned()));
    tx.enqueue(&[job.enqueue_at(tx.now)]).await?;
    tx.commit().await
}
