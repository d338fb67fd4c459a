//! Looking a payment up at the provider.

use dialog::MoneyNews;
use domain::{charge::Reference, payment::PaymentStatus, stay::Stay};
use providers::payments::{About, Captured, DisputeEnd, PaymentSeen};
use serde::{Deserialize, Serialize};
use store::{charge, db::Session, queue::Claim};

use super::{
    NOT_THERE_YET, about,
    apply::{Shown, apply},
    call_failed,
    charges::missing_of,
    dispute, key_of, late, provider, refund,
};
use crate::{
    App, attention, calendar,
    conversation::tell_money,
    hold,
    jobs::{Done, JobError, finish},
    stay::free_but_for,
};

/// After so many looks a payment that nobody knows is no payment.
const MAX_LOOKS: i64 = 8;

/// What to look at, by the provider's own ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    Payment(String),
    /// A page: whatever was paid on it.
    Page(String),
    /// An order at PayPal that the guest has approved: the money moves when we say so.
    Order(String),
    /// A payment that a guest's bank asks about. PayPal shows that nowhere but in the notice.
    Dispute {
        payment_id: String,
        end: Option<DisputeEnd>,
    },
}

impl Look {
    /// None for what concerns no payment of ours.
    pub fn of(about: &About) -> Option<Self> {
        match about {
            About::Dispute { payment_id: Some(id), end, .. } => {
                Some(Self::Dispute { payment_id: id.clone(), end: *end })
            }
            About::CheckoutSession(id) => Some(Self::Page(id.clone())),
            About::Order(id) => Some(Self::Order(id.clone())),
            other => other.payment_id().map(|id| Self::Payment(id.to_owned())),
        }
    }

    pub fn id(&self) -> &str {
        match self {
            Self::Payment(id) | Self::Page(id) | Self::Order(id) => id,
            Self::Dispute { payment_id, .. } => payment_id,
        }
    }
}

/// Reads a payment back at the provider and applies what it says.
pub async fn read_back(
    app: &App,
    claim: &Claim,
    provider_name: &str,
    look: &Look,
    asked_by: Option<&str>,
) -> Result<Done, JobError> {
    let vendor = provider(app, provider_name)?;
    let asked_at = app.now();
    let seen = match look {
        Look::Payment(id) | Look::Dispute { payment_id: id, .. } => {
            vendor.find_payment(id, app.now()).await.map_err(call_failed)?
        }
        Look::Page(id) => vendor.find_payment_of_checkout(id, app.now()).await.map_err(call_failed)?,
        Look::Order(id) => capture(app, claim, provider_name, id).await?,
    };
    if let Some(seen) = seen.as_ref().filter(|seen| seen.status.to_domain() == PaymentStatus::Approved)
        && let Some(reference) = seen.reference.as_deref().map(Reference::parse)
    {
        calendar::read_before_booking(app, &reference.stay_id).await;
    }
    let noted = match look {
        Look::Dispute { end, .. } => Some(dispute::noted(*end)),
        Look::Payment(id) => dispute::ask(app, vendor, id).await?,
        Look::Page(_) | Look::Order(_) => None,
    };
    let undone = match &seen {
        Some(seen) => refund::find_undone(app, vendor, seen).await?,
        None => Vec::new(),
    };
    let now = app.now();
    let mut session = app.begin().await?;
    match (seen, look) {
        (Some(seen), _) => {
            let shown = Shown { payment: seen, asked_at, undone, noted };
            apply(app, &mut session, provider_name, &shown, now).await?;
        }
        // Nobody has paid there: the page ended, or the order was not approved or can no longer be used.
        (None, Look::Page(_) | Look::Order(_)) => {}
        (None, Look::Payment(_) | Look::Dispute { .. }) if claim.attempts < MAX_LOOKS => {
            return Err(JobError::wait(
                NOT_THERE_YET * i32::try_from(claim.attempts).unwrap_or(1),
                "the payment cannot be read yet",
            ));
        }
        (None, Look::Payment(payment_id) | Look::Dispute { payment_id, .. }) => {
            let detail = "a notice named a payment that cannot be read";
            let subject = about(provider_name, payment_id);
            attention::raise(app, &mut session, &subject, "payment_not_found", detail, now).await?;
        }
    }
    if let Some(inbox_id) = asked_by {
        store::inbox::mark_handled(&mut session, &[inbox_id], "read back", now).await?;
    }
    finish(app, session, claim).await
}

/// Takes the money of an approved order if its stay can still use it; else it is never taken, which is better than
/// giving it back. What is seen here is looked at again, under locks, when the payment is applied.
async fn capture(
    app: &App,
    claim: &Claim,
    provider_name: &str,
    order_id: &str,
) -> Result<Option<PaymentSeen>, JobError> {
    let charged = charge::find_charge_of(&mut app.read().await?, provider_name, order_id).await?;
    if let Some((stay_id, _)) = charged {
        calendar::read_before_booking(app, &stay_id).await;
    }
    let mut session = app.begin().await?;
    let wanted = is_wanted(app, &mut session, provider_name, order_id).await?;
    session.commit().await?;
    let vendor = provider(app, provider_name)?;
    if !wanted {
        let seen = vendor.find_payment_of_checkout(order_id, app.now()).await.map_err(call_failed)?;
        if seen.is_none() {
            tell_guest_of(app, provider_name, order_id, |_| MoneyNews::NotCharged).await?;
        }
        return Ok(seen);
    }
    // An order is captured once, whatever the key.
    let key = key_of(order_id, claim);
    match vendor.capture_order(order_id, app.now(), &key).await.map_err(call_failed)? {
        Captured::Payment(seen) => Ok(Some(*seen)),
        Captured::NotApproved => Ok(None),
        Captured::Declined => {
            let declined = |stay: &Stay| MoneyNews::Declined { pay_url: hold::pay_url(app, stay.terms()) };
            tell_guest_of(app, provider_name, order_id, declined).await?;
            Ok(None)
        }
    }
}

/// News of an order from which no payment came.
async fn tell_guest_of(
    app: &App,
    provider_name: &str,
    order_id: &str,
    news: impl Fn(&Stay) -> MoneyNews,
) -> Result<(), JobError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let Some((id, _)) = charge::find_charge_of(&mut session, provider_name, order_id).await? else {
        return Ok(());
    };
    if let Some(stay) = store::stay::find_by_id(&mut session, &id).await? {
        tell_money(app, &mut session, &stay, news(&stay), now).await?;
    }
    Ok(app.commit(session).await?)
}

async fn is_wanted(
    app: &App,
    session: &mut Session,
    provider_name: &str,
    order_id: &str,
) -> Result<bool, JobError> {
    let Some((id, purpose)) = charge::find_charge_of(session, provider_name, order_id).await? else {
        return Ok(false);
    };
    let now = app.now();
    Ok(match store::stay::find_by_id(session, &id).await? {
        Some(Stay::Held(held)) if !held.has_ended(now) => !calendar::is_sold_elsewhere(session, &id).await?,
        Some(stay @ (Stay::Held(_) | Stay::Expired(_))) => {
            let period = stay.terms().period;
            // Money for which equal nights can be kept is wanted too.
            free_but_for(app, session, &stay, period, now).await?
                || (period.check_in() >= app.defaults.zone.today(now)
                    && late::find_equal(app, session, &stay, now).await?.is_some())
        }
        Some(stay) => missing_of(session, &stay).await?.iter().any(|open| open.purpose == purpose),
        None => false,
    })
}
