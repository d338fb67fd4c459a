//! A payment as its provider shows it, written down: states only forwards, each movement of money posted once.

use dialog::MoneyNews;
use domain::{
    charge::{Purpose, Reference},
    ledger::{Movement, Posting},
    money::Money,
    payment::{Doubt, PaymentStatus},
    stay::{Actor, Stay},
};
use jiff::{SignedDuration, Timestamp, ToSpan};
use providers::payments::PaymentSeen;
use store::{
    db::{DbError, Session},
    ledger,
    payment::{self, Dispute, Payment},
    refund::{self as refunds, RefundStatus},
};

use super::{
    arrived::{Arrived, use_money},
    provider, raise, refund,
};
use crate::{
    App,
    conversation::tell_money,
    jobs::JobError,
    metrics::PaymentLabels,
    stay::{changed_meanwhile, save},
};

/// Applies a payment as the provider shows it: states only forwards, each approved payment once.
///
/// `undone` are the provider's ids of refunds that failed after they had been taken on.
pub async fn apply(
    app: &App,
    session: &mut Session,
    provider_name: &str,
    seen: &PaymentSeen,
    undone: &[String],
    now: Timestamp,
) -> Result<(), JobError> {
    let vendor = provider(app, provider_name)?.name();
    let reference = seen.reference.as_deref().map(Reference::parse);
    let stay = match &reference {
        Some(reference) => lock_stay(app, session, reference, now).await?,
        None => None,
    };
    if !undone.is_empty() {
        refund::undo(app, session, vendor, &seen.id, undone, now).await?;
    }
    let known = payment::lock(session, vendor, &seen.id).await?;
    let Some((amount, shown)) = seen.amount().zip(seen.refunded()) else {
        let detail = "the amount cannot be read";
        raise(app, session, vendor, &seen.id, Doubt::OtherCurrency.as_str(), detail, now).await?;
        return Ok(());
    };
    let news = seen.status.to_domain();
    let status = known.as_ref().map_or(news, |known| known.status.after(news));
    let changed = known.as_ref().is_none_or(|known| known.status != status);
    // An old answer that comes late does not take back what went back.
    let refunded = known
        .as_ref()
        .filter(|known| known.refunded.currency == amount.currency)
        .map_or(shown, |known| if known.refunded.minor > shown.minor { known.refunded } else { shown });
    let purpose = reference.as_ref().map_or(Purpose::Deposit, |reference| reference.purpose);
    let applied = known.as_ref().and_then(|known| known.applied.clone());
    // Money that was decided on stays where it is, whatever its reference says: it may have moved to an equal stay.
    let assigned = known.as_ref().filter(|_| applied.is_some()).and_then(|known| known.stay_id.clone());
    let mut row = Payment {
        provider: vendor.to_owned(),
        provider_payment_id: seen.id.clone(),
        stay_id: assigned.or_else(|| stay.as_ref().map(|stay| stay.terms().id.clone())),
        purpose,
        status,
        amount,
        refunded: if status == PaymentStatus::Refunded { amount } else { refunded },
        returning: known.as_ref().map_or(Money::zero(amount.currency), |known| known.returning),
        dispute: dispute(seen, known.as_ref()),
        note: None,
        applied,
        events: 0,
    };
    if changed {
        let outcome = status.as_str();
        app.metrics.payments.get_or_create(&PaymentLabels::of(vendor, purpose, outcome)).inc();
    }
    match status {
        PaymentStatus::Approved if row.applied.is_none() => {
            let arrived = Arrived {
                provider: vendor,
                id: &seen.id,
                purpose,
                amount: row.amount.minus(row.refunded),
                doubt: doubt_about(app, vendor, seen),
            };
            row.applied = Some(use_money(app, session, &arrived, stay, now).await?.to_owned());
        }
        PaymentStatus::Pending if changed => pending(app, session, seen, stay, now).await?,
        PaymentStatus::Rejected if changed => rejected(app, session, stay, now).await?,
        _ => {}
    }
    if let Some(known) = &known {
        doubt_what_shrank(app, session, vendor, known, seen, now).await?;
    }
    let was_disputed = known.as_ref().and_then(|known| known.dispute);
    payment::put(session, &row, now).await?;
    if row.dispute == Some(Dispute::Open) && was_disputed.is_none() {
        let detail = "the guest's bank asks about this payment: answer at the provider before its deadline";
        raise(app, session, vendor, &seen.id, "disputed", detail, now).await?;
    }
    post(app, session, vendor, &row, now).await
}

/// What a provider takes back of what it had said: a refund that failed after all, a chargeback that was won. The books
/// keep what was said; a person puts it right.
async fn doubt_what_shrank(
    app: &App,
    session: &mut Session,
    vendor: &str,
    known: &Payment,
    seen: &PaymentSeen,
    now: Timestamp,
) -> Result<(), DbError> {
    let is_in = seen.status.to_domain() == PaymentStatus::Approved;
    let less = seen
        .refunded()
        .is_some_and(|shown| shown.currency == known.refunded.currency && shown.minor < known.refunded.minor);
    if is_in && known.status == PaymentStatus::ChargedBack {
        let detail = "the provider shows again what the guest's bank had taken back: it was won";
        raise(app, session, vendor, &seen.id, "chargeback_undone", detail, now).await?;
    } else if is_in && less {
        let detail = "the provider shows less given back than before, and no refund of ours that failed";
        raise(app, session, vendor, &seen.id, "refund_undone", detail, now).await?;
    }
    Ok(())
}

/// The bank's question about a payment. At PayPal it is told of apart: see [`super::read_back`].
fn dispute(seen: &PaymentSeen, known: Option<&Payment>) -> Option<Dispute> {
    use providers::payments::PaymentStatus as Theirs;
    let before = known.and_then(|known| known.dispute);
    match seen.status {
        Theirs::InMediation => Some(Dispute::Open),
        Theirs::ChargedBack => Some(Dispute::Lost),
        Theirs::Approved | Theirs::Refunded if seen.knows_disputes() => before.map(|_| Dispute::Won),
        _ => before,
    }
}

/// Money that is on its way keeps the nights, where it comes by a way that takes days and the stay is not too soon.
async fn pending(
    app: &App,
    session: &mut Session,
    seen: &PaymentSeen,
    stay: Option<Stay>,
    now: Timestamp,
) -> Result<(), JobError> {
    let Some(Stay::Held(held)) = stay else { return Ok(()) };
    let before = Stay::from(held.clone());
    let wait = SignedDuration::from_hours(app.config.payments.slow_hold_hours.into());
    let is_soon = begins_soon(app, &before, now);
    let until = now + wait;
    if !seen.takes_days() || is_soon || until <= held.expires_at {
        return Ok(tell_money(app, session, &before, MoneyNews::Pending, now).await?);
    }
    let Ok(waiting) = held.wait_until(now, until) else { return Ok(()) };
    let deadline = crate::hold::deadline(app, until, now);
    let saved = save(app, session, &before, waiting.into(), Actor::Payment, "wait_for_money", now).await;
    let after = saved.map_err(changed_meanwhile)?;
    let code = after.terms().code.to_string();
    Ok(tell_money(app, session, &after, MoneyNews::PendingHeld { code, deadline }, now).await?)
}

/// Whether a stay begins so soon that ways to pay which take days are not offered for it.
pub(super) fn begins_soon(app: &App, stay: &Stay, now: Timestamp) -> bool {
    let days = i32::from(app.config.payments.slow_min_days);
    let earliest = app.defaults.zone.today(now).checked_add(days.days());
    earliest.is_ok_and(|earliest| stay.terms().period.check_in() < earliest)
}

async fn rejected(
    app: &App,
    session: &mut Session,
    stay: Option<Stay>,
    now: Timestamp,
) -> Result<(), JobError> {
    let Some(Stay::Held(held)) = stay else { return Ok(()) };
    let before = Stay::from(held.clone());
    let until = now + SignedDuration::from_mins(app.config.booking.hold_minutes.into());
    let Ok(shorter) = held.clone().wait_no_longer(now, until) else { return Ok(()) };
    // It waited for this money longer than for any other: another try has the usual half hour.
    if shorter.expires_at < held.expires_at {
        let saved = save(app, session, &before, shorter.into(), Actor::Payment, "wait_no_longer", now).await;
        saved.map_err(changed_meanwhile)?;
    }
    let pay_url = crate::hold::pay_url(app, before.terms());
    Ok(tell_money(app, session, &before, MoneyNews::Declined { pay_url }, now).await?)
}

/// What moved at the provider since the last look, into the ledger: each movement once.
pub(super) async fn post(
    app: &App,
    session: &mut Session,
    provider: &str,
    row: &Payment,
    now: Timestamp,
) -> Result<(), JobError> {
    let id = &row.provider_payment_id;
    let came_in =
        matches!(row.status, PaymentStatus::Approved | PaymentStatus::Refunded | PaymentStatus::ChargedBack);
    // What is nothing, or less, moved nothing: a person looks at it.
    if !came_in || !row.amount.is_positive() {
        return Ok(());
    }
    // Money that waits belongs to no stay, though it may name one.
    let owner = row.stay_id.as_ref().filter(|_| !row.is_unassigned());
    ledger::post(session, &Posting::received(provider, id, owner, row.amount), now).await?;
    let posted = ledger::returned_of(session, provider, id).await?;
    let refunded = Money::new(row.refunded.minor - (posted.gone - posted.kept), row.amount.currency);
    if refunded.is_positive() {
        let movement = format!("{id}:{}", posted.gone + refunded.minor);
        let posting = Posting::returned(Movement::Refund, provider, &movement, owner, refunded);
        if ledger::post(session, &posting, now).await? && !is_ours(session, row).await? {
            let detail = "the provider shows a refund that this desk did not make";
            raise(app, session, provider, id, "foreign_refund", detail, now).await?;
        }
    }
    let left = row.amount.minus(row.refunded);
    if row.status == PaymentStatus::ChargedBack && left.is_positive() {
        let posting = Posting::returned(Movement::Chargeback, provider, id, owner, left);
        if ledger::post(session, &posting, now).await? {
            let detail = "the guest's bank took the money back";
            raise(app, session, provider, id, "charged_back", detail, now).await?;
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

/// Accommodation before stay, as everywhere. For money that comes too late the others are locked too, in the order
/// in which everybody locks them: an equal one may have to be taken.
pub(super) async fn lock_stay(
    app: &App,
    session: &mut Session,
    reference: &Reference,
    now: Timestamp,
) -> Result<Option<Stay>, DbError> {
    let id = &reference.stay_id;
    let Some(stay) = store::stay::find_by_id(session, id).await? else {
        tracing::warn!("a payment names a stay that does not exist");
        return Ok(None);
    };
    let mut ids = vec![stay.terms().accommodation_id.clone()];
    if matches!(stay, Stay::Held(_) | Stay::Expired(_)) && !stay.is_live(now) {
        ids.extend(app.catalogue.all(session).await?.iter().map(|one| one.id.clone()));
    }
    ids.sort();
    ids.dedup();
    store::accommodation::lock(session, &ids).await?;
    store::stay::lock_by_id(session, id).await
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
