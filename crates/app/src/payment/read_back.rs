//! Looking a payment up at the provider.

use domain::stay::Stay;
use providers::payments::{About, Captured, PaymentSeen};
use serde::{Deserialize, Serialize};
use store::{charge, db::Session, queue::Claim};

use super::{NOT_THERE_YET, apply, call_failed, provider};
use crate::{
    App, attention,
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
}

impl Look {
    /// None for what concerns no payment of ours.
    pub fn of(about: &About) -> Option<Self> {
        match about {
            About::CheckoutSession(id) => Some(Self::Page(id.clone())),
            About::Order(id) => Some(Self::Order(id.clone())),
            other => other.payment_id().map(|id| Self::Payment(id.to_owned())),
        }
    }

    pub fn id(&self) -> &str {
        match self {
            Self::Payment(id) | Self::Page(id) | Self::Order(id) => id,
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
    let seen = match look {
        Look::Payment(id) => vendor.find_payment(id, app.now()).await.map_err(call_failed)?,
        Look::Page(id) => vendor.find_payment_of_checkout(id, app.now()).await.map_err(call_failed)?,
        Look::Order(id) => capture(app, provider_name, id).await?,
    };
    let now = app.now();
    let mut session = app.begin().await?;
    match (seen, look) {
        (Some(seen), _) => apply(app, &mut session, provider_name, &seen, now).await?,
        // Nobody has paid there: the page ended, or the order was not approved or can no longer be used.
        (None, Look::Page(_) | Look::Order(_)) => {}
        (None, Look::Payment(_)) if claim.attempts < MAX_LOOKS => {
            return Err(JobError::wait(
                NOT_THERE_YET * i32::try_from(claim.attempts).unwrap_or(1),
                "the payment cannot be read yet",
            ));
        }
        (None, Look::Payment(payment_id)) => {
            let detail = "a notice named a payment that cannot be read";
            let subject = format!("payment:{provider_name}:{payment_id}");
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
async fn capture(app: &App, provider_name: &str, order_id: &str) -> Result<Option<PaymentSeen>, JobError> {
    let mut session = app.begin().await?;
    let wanted = is_wanted(app, &mut session, provider_name, order_id).await?;
    session.commit().await?;
    let vendor = provider(app, provider_name)?;
    if !wanted {
        return vendor.find_payment_of_checkout(order_id, app.now()).await.map_err(call_failed);
    }
    match vendor.capture_order(order_id, app.now(), order_id).await.map_err(call_failed)? {
        Captured::Payment(seen) => Ok(Some(*seen)),
        Captured::NotApproved | Captured::Declined => Ok(None),
    }
}

async fn is_wanted(
    app: &App,
    session: &mut Session,
    provider_name: &str,
    order_id: &str,
) -> Result<bool, JobError> {
    let Some(id) = charge::find_stay_of(session, provider_name, order_id).await? else { return Ok(false) };
    let now = app.now();
    match store::stay::find_by_id(session, &id).await? {
        Some(Stay::Held(held)) if !held.has_ended(now) => Ok(true),
        Some(stay @ (Stay::Held(_) | Stay::Expired(_))) => {
            let period = stay.terms().period;
            Ok(free_but_for(app, session, &stay, period, now).await?)
        }
        _ => Ok(false),
    }
}
