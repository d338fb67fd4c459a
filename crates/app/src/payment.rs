//! Deposits: a checkout page at the provider, claimed before the call, and money read back from the provider's
//! own API. A notification is only a reason to look.

use dialog::Phrase;
use domain::{
    ids::StayId,
    money::Money,
    payment::{Decision, Doubt, PaymentStatus, decide},
    stay::{Actor, Refused, Stay},
};
use jiff::{SignedDuration, Timestamp};
use providers::{
    http::CallError,
    payments::{CheckoutRequest, PaymentSeen},
};
use store::{
    attention,
    charge::{self, Charge, Checkout},
    db::{DbError, Session},
    payment::{self, Payment},
    queue::Claim,
};

use crate::{
    App,
    conversation::{finish, tell},
    hold::manage_url,
    jobs::{Done, JobError},
    metrics::{ByChannel, PaymentLabels},
    stay::{StayError, expire_in, free_but_for, save},
};

const PROVIDER: &str = "mercadopago";
const DEPOSIT: &str = "deposit";
/// A payment can be told of before it can be read.
const NOT_THERE_YET: SignedDuration = SignedDuration::from_secs(5);
/// After so many looks a payment that nobody knows is no payment.
const MAX_LOOKS: i64 = 8;

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
            let opened = provider.create_checkout(&request).await.map_err(call_failed)?;
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
    held: &domain::stay::Held,
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

async fn checkout_request(
    app: &App,
    held: &domain::stay::Held,
    idempotency_key: &str,
) -> Result<CheckoutRequest, DbError> {
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

/// Reads a payment back at the provider and applies what it says.
pub async fn read_back(
    app: &App,
    claim: &Claim,
    payment_id: &str,
    asked_by: Option<&str>,
) -> Result<Done, JobError> {
    let Some(provider) = &app.payments else {
        return Err(JobError::fail("no payment provider is configured"));
    };
    let seen = provider.find_payment(payment_id).await.map_err(call_failed)?;
    let now = app.now();
    let mut session = app.begin().await?;
    match seen {
        Some(seen) => apply(app, &mut session, &seen, now).await?,
        None if claim.attempts < MAX_LOOKS => {
            return Err(JobError::wait(
                NOT_THERE_YET * i32::try_from(claim.attempts).unwrap_or(1),
                "the payment cannot be read yet",
            ));
        }
        None => {
            raise(
                app,
                &mut session,
                payment_id,
                "payment_not_found",
                "a notice named a payment that cannot be read",
                now,
            )
            .await?
        }
    }
    if let Some(inbox_id) = asked_by {
        store::inbox::mark_handled(&mut session, &[inbox_id], "read back", now).await?;
    }
    finish(app, session, claim).await
}

/// Applies a payment as the provider shows it: states only forwards, each approved payment once.
pub async fn apply(
    app: &App,
    session: &mut Session,
    seen: &PaymentSeen,
    now: Timestamp,
) -> Result<(), JobError> {
    let stay = lock_stay(session, seen).await?;
    let known = payment::lock(session, PROVIDER, &seen.id).await?;
    let Some(amount) = seen.amount() else {
        raise(app, session, &seen.id, Doubt::OtherCurrency.as_str(), "the amount cannot be read", now)
            .await?;
        return Ok(());
    };
    let news = seen.status.to_domain();
    let status = known.as_ref().map_or(news, |known| known.status.after(news));
    let changed = known.as_ref().is_none_or(|known| known.status != status);
    let mut row = Payment {
        provider: PROVIDER.to_owned(),
        provider_payment_id: seen.id.clone(),
        stay_id: stay.as_ref().map(|stay| stay.terms().id.clone()),
        status,
        amount,
        applied: known.as_ref().and_then(|known| known.applied.clone()),
        events: 0,
    };
    if changed {
        let outcome = PaymentLabels { provider: PROVIDER, outcome: status.as_str() };
        app.metrics.payments.get_or_create(&outcome).inc();
    }
    match status {
        PaymentStatus::Approved if row.applied.is_none() => {
            row.applied = Some(apply_money(app, session, seen, stay, amount, now).await?.to_owned());
        }
        PaymentStatus::Pending if changed => {
            if let Some(stay @ Stay::Held(_)) = &stay {
                let conversation = stay.terms().conversation_id.as_deref();
                tell(app, session, conversation, &Phrase::PaymentPending, now).await?;
            }
        }
        PaymentStatus::Refunded | PaymentStatus::ChargedBack if changed && row.applied.is_some() => {
            raise(app, session, &seen.id, status.as_str(), "money that was applied went back", now).await?;
        }
        _ => {}
    }
    payment::put(session, &row, now).await?;
    Ok(())
}

/// Accommodation before stay, as everywhere: a late payment may have to take the nights again.
async fn lock_stay(session: &mut Session, seen: &PaymentSeen) -> Result<Option<Stay>, DbError> {
    let Some(reference) = seen.reference.as_deref() else { return Ok(None) };
    let id = StayId::new(reference);
    let Some(stay) = store::stay::find_by_id(session, &id).await? else {
        tracing::warn!(payment = seen.id, "a payment names a stay that does not exist");
        return Ok(None);
    };
    store::accommodation::lock(session, &[stay.terms().accommodation_id.clone()]).await?;
    store::stay::lock_by_id(session, &id).await
}

/// What an approved payment is used for; the word is stored with it.
async fn apply_money(
    app: &App,
    session: &mut Session,
    seen: &PaymentSeen,
    stay: Option<Stay>,
    amount: Money,
    now: Timestamp,
) -> Result<&'static str, JobError> {
    if let Some(doubt) = doubt_about(app, seen) {
        return wait_for_person(app, session, seen, doubt, now).await;
    }
    let Some(stay) = stay else {
        return wait_for_person(app, session, seen, Doubt::NoSuchStay, now).await;
    };
    let before: i64 = payment::list_of_stay(session, &stay.terms().id)
        .await?
        .iter()
        .filter(|other| other.status == PaymentStatus::Approved && other.provider_payment_id != seen.id)
        .filter(|other| other.amount.currency == amount.currency)
        .map(|other| other.amount.minor)
        .sum();
    let decision = decide(&stay, amount, Money::new(before, amount.currency), now);
    let conversation_id = stay.terms().conversation_id.clone();
    match decision {
        Decision::Confirm => {
            let confirmed = stay.clone().held().and_then(|held| held.confirm(now)).map_err(refused)?;
            confirm(app, session, &stay, confirmed.into(), amount, now).await?;
            Ok("confirmed")
        }
        Decision::TakeAgain => take_again(app, session, seen, stay, amount, now).await,
        Decision::Credit => Ok("credit"),
        Decision::Short { missing } => {
            let phrase = Phrase::PaymentShort { paid: amount, due: missing };
            tell(app, session, conversation_id.as_deref(), &phrase, now).await?;
            Ok("short")
        }
        Decision::ForAPerson(doubt) => wait_for_person(app, session, seen, doubt, now).await,
    }
}

/// Money that came to the wrong account, or play money in earnest, decides nothing.
fn doubt_about(app: &App, seen: &PaymentSeen) -> Option<Doubt> {
    let ours = app.config.mercadopago.collector_id.as_str();
    if !ours.is_empty() && seen.collector_id.as_deref().is_some_and(|collector| collector != ours) {
        return Some(Doubt::OtherAccount);
    }
    let test_money = seen.live_mode == Some(false) && app.config.is_production();
    test_money.then_some(Doubt::TestMoney)
}

/// Paid after the hold had ended: the nights are taken again if nobody else has them, in this very transaction.
async fn take_again(
    app: &App,
    session: &mut Session,
    seen: &PaymentSeen,
    stay: Stay,
    amount: Money,
    now: Timestamp,
) -> Result<&'static str, JobError> {
    let period = stay.terms().period;
    let past = period.check_out() <= app.defaults.zone.today(now);
    if past || !free_but_for(app, session, &stay, period, now).await? {
        let conversation = stay.terms().conversation_id.clone();
        tell(app, session, conversation.as_deref(), &Phrase::PaymentLate, now).await?;
        return wait_for_person(app, session, seen, Doubt::NightsTaken, now).await;
    }
    let id = stay.terms().id.clone();
    if matches!(stay, Stay::Held(_)) {
        expire_in(app, session, stay, now).await?;
    }
    match store::stay::lock_by_id(session, &id).await? {
        Some(Stay::Expired(expired)) => {
            let before = Stay::Expired(expired.clone());
            confirm(app, session, &before, expired.revive(now).into(), amount, now).await?;
            Ok("retaken")
        }
        _ => Err(JobError::wait(NOT_THERE_YET, "the stay changed while its late payment was applied")),
    }
}

async fn confirm(
    app: &App,
    session: &mut Session,
    before: &Stay,
    after: Stay,
    amount: Money,
    now: Timestamp,
) -> Result<(), JobError> {
    let after =
        save(app, session, before, after, Actor::Payment, "confirm", now).await.map_err(
            |error| match error {
                StayError::Database(error) => JobError::from(error),
                _ => JobError::wait(NOT_THERE_YET, "the stay changed while its payment was applied"),
            },
        )?;
    let terms = after.terms();
    app.metrics.reservations_confirmed.get_or_create(&ByChannel::of(terms.channel)).inc();
    let all = app.catalogue.all(session).await?;
    let name = all.iter().find(|a| a.id == terms.accommodation_id).map(|a| a.name.clone());
    let phrase = Phrase::PaymentReceived {
        code: terms.code.to_string(),
        amount,
        accommodation_name: name.unwrap_or_default(),
        check_in: terms.period.check_in(),
        check_out: terms.period.check_out(),
    };
    tell(app, session, terms.conversation_id.as_deref(), &phrase, now).await?;
    Ok(())
}

async fn wait_for_person(
    app: &App,
    session: &mut Session,
    seen: &PaymentSeen,
    doubt: Doubt,
    now: Timestamp,
) -> Result<&'static str, JobError> {
    raise(app, session, &seen.id, doubt.as_str(), "an approved payment waits for a person", now).await?;
    Ok("waiting")
}

async fn raise(
    app: &App,
    session: &mut Session,
    payment_id: &str,
    reason: &str,
    detail: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let item = attention::Attention {
        id: app.entropy.id(now),
        subject: format!("payment:{PROVIDER}:{payment_id}"),
        reason: reason.to_owned(),
        detail: detail.to_owned(),
        created_at: now,
    };
    if attention::raise(session, &item).await? {
        tracing::error!(payment = payment_id, reason, "a payment waits for a person");
    }
    Ok(())
}

fn refused(refused: Refused) -> JobError {
    JobError::wait(NOT_THERE_YET, refused.to_string())
}

fn call_failed(error: CallError) -> JobError {
    match error {
        CallError::Refused { .. } => JobError::Fail(error.to_string()),
        // Credentials that are not accepted may be mended by a person meanwhile: nothing is given up.
        CallError::Denied { .. } => {
            tracing::error!(%error, "the payment provider does not accept our credentials: a person must act");
            JobError::wait(SignedDuration::from_mins(1), error.to_string())
        }
        CallError::Retry { after: Some(after), .. } => {
            JobError::wait(SignedDuration::try_from(after).unwrap_or(NOT_THERE_YET), error.to_string())
        }
        // The same idempotency key is sent again, so that what did take effect is answered and not repeated.
        CallError::Retry { .. } | CallError::Unknown { .. } => JobError::Again(error.to_string()),
    }
}

/// The provider's page for the deposit of a stay; None until it is open.
pub async fn checkout_url(app: &App, stay_id: &StayId) -> Result<Option<String>, DbError> {
    let checkout = charge::find_checkout(&mut app.read().await?, stay_id).await?;
    Ok(checkout.and_then(|checkout| checkout.url))
}
