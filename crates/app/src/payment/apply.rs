//! What a payment means for its stay, in one transaction: states only forwards, each approved payment once.

use dialog::Phrase;
use domain::{
    ids::StayId,
    ledger::{Movement, Posting},
    money::Money,
    payment::{Decision, Doubt, PaymentStatus, decide},
    stay::{Actor, Refused, Stay},
};
use jiff::Timestamp;
use providers::payments::PaymentSeen;
use store::{
    db::{DbError, Session},
    ledger,
    payment::{self, Payment, RETURNED, WAITING},
    queue,
    refund::{self as refunds, RefundStatus},
};

use super::{NOT_THERE_YET, provider, refund};
use crate::{
    App, attention,
    conversation::tell,
    jobs::{Job, JobError},
    metrics::{ByChannel, PaymentLabels},
    stay::{StayError, free_but_for, save},
};

/// Applies a payment as the provider shows it: states only forwards, each approved payment once.
pub async fn apply(
    app: &App,
    session: &mut Session,
    provider_name: &str,
    seen: &PaymentSeen,
    now: Timestamp,
) -> Result<(), JobError> {
    let vendor = provider(app, provider_name)?.name();
    let stay = lock_stay(session, seen).await?;
    let known = payment::lock(session, vendor, &seen.id).await?;
    let Some((amount, refunded)) = seen.amount().zip(seen.refunded()) else {
        let detail = "the amount cannot be read";
        raise(app, session, vendor, &seen.id, Doubt::OtherCurrency.as_str(), detail, now).await?;
        return Ok(());
    };
    let news = seen.status.to_domain();
    let status = known.as_ref().map_or(news, |known| known.status.after(news));
    let changed = known.as_ref().is_none_or(|known| known.status != status);
    // An old answer that comes late does not take back what went back.
    let refunded =
        known.as_ref().filter(|known| known.refunded.currency == amount.currency).map_or(refunded, |known| {
            if known.refunded.minor > refunded.minor { known.refunded } else { refunded }
        });
    let mut row = Payment {
        provider: vendor.to_owned(),
        provider_payment_id: seen.id.clone(),
        stay_id: stay.as_ref().map(|stay| stay.terms().id.clone()),
        status,
        amount,
        refunded: if status == PaymentStatus::Refunded { amount } else { refunded },
        applied: known.as_ref().and_then(|known| known.applied.clone()),
        events: 0,
    };
    if changed {
        let outcome = PaymentLabels { provider: vendor, outcome: status.as_str() };
        app.metrics.payments.get_or_create(&outcome).inc();
    }
    match status {
        PaymentStatus::Approved if row.applied.is_none() => {
            row.applied =
                Some(apply_money(app, session, vendor, seen, stay, row.kept(), now).await?.to_owned());
        }
        PaymentStatus::Pending if changed => {
            if let Some(stay @ Stay::Held(_)) = &stay {
                let conversation = stay.terms().conversation_id.as_deref();
                tell(app, session, conversation, &Phrase::PaymentPending, now).await?;
            }
        }
        _ => {}
    }
    payment::put(session, &row, now).await?;
    post(app, session, vendor, &row, now).await
}

/// What moved at the provider since the last look, into the ledger: each movement once.
async fn post(
    app: &App,
    session: &mut Session,
    vendor: &'static str,
    row: &Payment,
    now: Timestamp,
) -> Result<(), JobError> {
    let id = &row.provider_payment_id;
    let came_in =
        matches!(row.status, PaymentStatus::Approved | PaymentStatus::Refunded | PaymentStatus::ChargedBack);
    if !came_in {
        return Ok(());
    }
    // Money that waits belongs to no stay, though it may name one.
    let owner = row.stay_id.as_ref().filter(|_| row.applied.as_deref() != Some(WAITING));
    ledger::post(session, &Posting::received(vendor, id, owner, row.amount), now).await?;
    let posted = ledger::returned_of(session, vendor, id).await?;
    let refunded = Money::new(row.refunded.minor - posted, row.amount.currency);
    if refunded.is_positive() {
        let movement = format!("{id}:{}", row.refunded.minor);
        let posting = Posting::returned(Movement::Refund, vendor, &movement, owner, refunded);
        if ledger::post(session, &posting, now).await? && !is_ours(session, row).await? {
            let detail = "the provider shows a refund that this desk did not make";
            raise(app, session, vendor, id, "foreign_refund", detail, now).await?;
        }
    }
    let left = row.kept();
    if row.status == PaymentStatus::ChargedBack && left.is_positive() {
        let posting = Posting::returned(Movement::Chargeback, vendor, id, owner, left);
        if ledger::post(session, &posting, now).await? {
            let detail = "the guest's bank took the money back";
            raise(app, session, vendor, id, "charged_back", detail, now).await?;
        }
    }
    Ok(())
}

/// Whether what went back is what this desk has sent back.
async fn is_ours(session: &mut Session, row: &Payment) -> Result<bool, DbError> {
    let made = refunds::list_of_payment(session, &row.provider, &row.provider_payment_id).await?;
    let sent = made.iter().filter(|one| matches!(one.status, RefundStatus::Sent | RefundStatus::Done));
    Ok(sent.map(|one| one.amount.minor).sum::<i64>() >= row.refunded.minor)
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
    vendor: &'static str,
    seen: &PaymentSeen,
    stay: Option<Stay>,
    amount: Money,
    now: Timestamp,
) -> Result<&'static str, JobError> {
    if let Some(doubt) = doubt_about(app, vendor, seen) {
        return wait_for_person(app, session, vendor, seen, doubt, now).await;
    }
    let Some(stay) = stay else {
        return wait_for_person(app, session, vendor, seen, Doubt::NoSuchStay, now).await;
    };
    let is_this = |other: &Payment| other.provider == vendor && other.provider_payment_id == seen.id;
    let before: i64 = payment::list_of_stay(session, &stay.terms().id)
        .await?
        .iter()
        // What waits for a person (another account, play money), or goes back, covers nothing.
        .filter(|other| other.counts() && !is_this(other))
        .filter(|other| other.amount.currency == amount.currency)
        .map(|other| other.kept().minor)
        .sum();
    let decision = decide(&stay, amount, Money::new(before, amount.currency), now);
    let conversation_id = stay.terms().conversation_id.clone();
    match decision {
        Decision::Confirm => {
            let confirmed = stay.clone().held().and_then(|held| held.confirm(now)).map_err(refused)?;
            confirm(app, session, &stay, confirmed.into(), amount, now).await?;
            Ok("confirmed")
        }
        Decision::TakeAgain => take_again(app, session, vendor, seen, stay, amount, now).await,
        Decision::Credit if before < stay.terms().deposit.minor => {
            // Confirmed on the word of staff before the deposit came: it is still owed, and nobody paid twice.
            let detail = "money came for a stay that staff had confirmed";
            raise(app, session, vendor, &seen.id, "credit", detail, now).await?;
            Ok("credit")
        }
        Decision::Credit => {
            // Until balances are asked for, money beyond the deposit was paid twice.
            let phrase = Phrase::MoneyReturned { code: stay.terms().code.to_string(), amount };
            give_back(app, session, vendor, seen, &stay, amount, "surplus", &phrase, now).await
        }
        Decision::Short { missing } => {
            let phrase = Phrase::PaymentShort { paid: amount, due: missing };
            tell(app, session, conversation_id.as_deref(), &phrase, now).await?;
            if stay.is_live(now) {
                // A page for exactly the rest.
                let provider = Some(vendor.to_owned());
                let job = Job::OpenCheckout { stay_id: stay.terms().id.clone(), provider };
                queue::enqueue(session, &[job.enqueue_at(now)], now).await?;
            }
            Ok("short")
        }
        Decision::ForAPerson(Doubt::StayCancelled) => {
            let phrase = Phrase::MoneyReturned { code: stay.terms().code.to_string(), amount };
            give_back(app, session, vendor, seen, &stay, amount, "stay_cancelled", &phrase, now).await
        }
        Decision::ForAPerson(doubt) => wait_for_person(app, session, vendor, seen, doubt, now).await,
    }
}

/// The stay cannot use the money: it goes back by itself, and the guest is told.
#[expect(clippy::too_many_arguments, reason = "what is given back, to whom, why, and what they are told")]
async fn give_back(
    app: &App,
    session: &mut Session,
    vendor: &'static str,
    seen: &PaymentSeen,
    stay: &Stay,
    amount: Money,
    reason: &str,
    phrase: &Phrase,
    now: Timestamp,
) -> Result<&'static str, JobError> {
    refund::start(app, session, vendor, &seen.id, Some(&stay.terms().id), amount, reason, now).await?;
    tell(app, session, stay.terms().conversation_id.as_deref(), phrase, now).await?;
    tracing::info!(stay = %stay.terms().id, reason, "money that no stay can use goes back");
    Ok(RETURNED)
}

/// Money that came to the wrong account, or play money in earnest, decides nothing.
fn doubt_about(app: &App, vendor: &str, seen: &PaymentSeen) -> Option<Doubt> {
    // The keys of the other providers belong to one account: they show no payments of others.
    let ours = if vendor == "mercadopago" { app.config.mercadopago.collector_id.as_str() } else { "" };
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
    vendor: &'static str,
    seen: &PaymentSeen,
    stay: Stay,
    amount: Money,
    now: Timestamp,
) -> Result<&'static str, JobError> {
    let period = stay.terms().period;
    let past = period.check_out() <= app.defaults.zone.today(now);
    if past || !free_but_for(app, session, &stay, period, now).await? {
        let phrase = Phrase::PaymentLateReturned { amount };
        return give_back(app, session, vendor, seen, &stay, amount, "nights_taken", &phrase, now).await;
    }
    let id = stay.terms().id.clone();
    if let Stay::Held(held) = &stay {
        let expired = held.clone().expire(now).map_err(refused)?;
        let ended = save(app, session, &stay, expired.into(), Actor::Payment, "expire", now).await;
        ended.map_err(changed_meanwhile)?;
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
    let saved = save(app, session, before, after, Actor::Payment, "confirm", now).await;
    let after = saved.map_err(changed_meanwhile)?;
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
    vendor: &'static str,
    seen: &PaymentSeen,
    doubt: Doubt,
    now: Timestamp,
) -> Result<&'static str, JobError> {
    raise(app, session, vendor, &seen.id, doubt.as_str(), "an approved payment waits for a person", now)
        .await?;
    Ok(WAITING)
}

async fn raise(
    app: &App,
    session: &mut Session,
    vendor: &str,
    payment_id: &str,
    reason: &str,
    detail: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let subject = format!("payment:{vendor}:{payment_id}");
    if attention::raise(app, session, &subject, reason, detail, now).await? {
        tracing::error!(payment = payment_id, reason, "a payment waits for a person");
    }
    Ok(())
}

fn changed_meanwhile(error: StayError) -> JobError {
    match error {
        StayError::Database(error) => JobError::from(error),
        _ => JobError::wait(NOT_THERE_YET, "the stay changed while its payment was applied"),
    }
}

fn refused(refused: Refused) -> JobError {
    JobError::wait(NOT_THERE_YET, refused.to_string())
}
