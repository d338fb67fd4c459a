//! The provider's page for a deposit: one per hold, claimed in our table before the provider is called.

use domain::{
    ids::StayId,
    stay::{Held, Stay},
};
use jiff::Timestamp;
use providers::payments::CheckoutRequest;
use store::{
    charge::{self, Charge, Checkout},
    db::{DbError, Session},
    queue::Claim,
};

use super::{PROVIDER, call_failed};
use crate::{
    App,
    hold::manage_url,
    jobs::{Done, JobError, finish},
};

const DEPOSIT: &str = "deposit";

/// Opens the provider's page for the deposit of a hold, or moves its end along with the hold's.
pub async fn open_checkout(app: &App, claim: &Claim, stay_id: &StayId) -> Result<Done, JobError> {
    let Some(provider) = &app.payments else {
        return Err(JobError::fail("no payment provider is configured"));
    };
    let now = app.now();
    let mut session = app.begin().await?;
    let Some(Stay::Held(held)) = store::stay::find_by_id(&mut session, stay_id).await? else {
        return finish(app, session, claim).await;
    };
    if held.has_ended(now) {
        return finish(app, session, claim).await;
    }
    let claimed = claim_checkout(app, &mut session, &held, now).await?;
    session.commit().await?;

    let (provider_ref, url) = match (claimed.provider_ref, claimed.url) {
        (Some(provider_ref), Some(url)) => {
            if claimed.expires_at != held.expires_at {
                let key = format!("{}:{}", claimed.idempotency_key, held.expires_at.as_second());
                let moved = provider.update_checkout_expiry(&provider_ref, held.expires_at, &key).await;
                moved.map_err(call_failed)?;
            }
            (provider_ref, url)
        }
        _ => {
            let request = checkout_request(app, &held, &claimed.idempotency_key).await?;
            let opened = provider.create_checkout(&request, now).await.map_err(call_failed)?;
            (opened.provider_id, opened.url)
        }
    };
    let mut session = app.begin().await?;
    charge::open_checkout(&mut session, &claimed.id, &provider_ref, &url, held.expires_at).await?;
    finish(app, session, claim).await
}

async fn claim_checkout(
    app: &App,
    session: &mut Session,
    held: &Held,
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
        provider: PROVIDER.to_owned(),
        idempotency_key: format!("{}:{PROVIDER}", due.id),
        provider_ref: None,
        url: None,
        expires_at: held.expires_at,
    };
    charge::claim_checkout(session, &new, now).await
}

async fn checkout_request(app: &App, held: &Held, idempotency_key: &str) -> Result<CheckoutRequest, DbError> {
    let terms = &held.terms;
    let accommodation = crate::accommodation::find(app, &terms.accommodation_id).await?;
    let name =
        accommodation.map_or_else(|| app.config.property.name.clone(), |accommodation| accommodation.name);
    Ok(CheckoutRequest {
        reference: terms.id.as_str().to_owned(),
        title: format!("{name}, {} - {}", terms.period.check_in(), terms.period.check_out()),
        amount: terms.deposit,
        expires_at: held.expires_at,
        idempotency_key: idempotency_key.to_owned(),
        back_url: manage_url(app, &terms.token),
        notification_url: Some(format!("{}/api/v1/mercadopago/webhook", app.config.base_url())),
        payer_email: terms.contact.email.clone(),
    })
}
/// The provider's page for the deposit of a stay; None until it is open.
pub async fn checkout_url(app: &App, stay_id: &StayId) -> Result<Option<String>, DbError> {
    let checkout = charge::find_checkout(&mut app.read().await?, stay_id).await?;
    Ok(checkout.and_then(|checkout| checkout.url))
}
