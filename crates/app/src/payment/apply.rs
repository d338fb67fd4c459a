//! What a payment means for its stay, in one transaction: states only forwards, each approved payment once.

use dialog::Phrase;
use domain::{
    ids::StayId,
    money::Money,
    payment::{Decision, Doubt, PaymentStatus, decide},
    stay::{Actor, Refused, Stay},
};
use jiff::Timestamp;
use providers::payments::PaymentSeen;
use store::{
    db::{DbError, Session},
    payment::{self, Payment},
};

use super::{NOT_THERE_YET, PROVIDER};
use crate::{
    App, attention,
    conversation::tell,
    jobs::JobError,
    metrics::{ByChannel, PaymentLabels},
    stay::{StayError, expire_in, free_but_for, save},
};

/// Written on money that covers nothing until a person has looked.
const WAITING: &str = "waiting";

/// Applies a payment as the provider shows it: states only forwards, each approved payment once.
pub async fn apply(
    app: &App,
    session: &mut Session,
    seen: &PaymentSeen,
    now: Timestamp,
) -> Result<(), JobError> {
    let stay = lock_stay(session, seen).await?;
    let known = payment::lock(session, PROVIDER, &seen.id).await?;
    // What went back already covers nothing.
    let kept = seen.amount().zip(seen.refunded()).map(|(paid, back)| paid.minus(back));
    let Some(amount) = kept else {
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
        // What waits for a person (another account, play money) covers nothing.
        .filter(|other| other.applied.as_deref().is_some_and(|applied| applied != WAITING))
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
        Decision::Credit => {
            // Until balances are asked for, money beyond the deposit is somebody's mistake.
            raise(app, session, &seen.id, "surplus", "a stay that was paid for was paid again", now).await?;
            Ok("credit")
        }
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
    Ok(WAITING)
}

async fn raise(
    app: &App,
    session: &mut Session,
    payment_id: &str,
    reason: &str,
    detail: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let subject = format!("payment:{PROVIDER}:{payment_id}");
    if attention::raise(app, session, &subject, reason, detail, now).await? {
        tracing::error!(payment = payment_id, reason, "a payment waits for a person");
    }
    Ok(())
}

fn refused(refused: Refused) -> JobError {
    JobError::wait(NOT_THERE_YET, refused.to_string())
}
