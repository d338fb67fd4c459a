//! A payment as its provider shows it, written down: states only forwards, each movement of money posted once.

use dialog::MoneyNews;
use domain::{
    charge::{Purpose, Reference},
    dispute::Dispute,
    ledger::Posting,
    money::Money,
    payment::{Doubt, PaymentStatus},
    stay::{Actor, Stay},
};
use jiff::{SignedDuration, Timestamp, ToSpan};
use providers::payments::PaymentSeen;
use store::{
    charge,
    db::{DbError, Session},
    ledger,
    payment::{self, Payment},
};

use super::{
    arrived::{Arrived, use_money},
    dispute, provider, raise, refund,
};
use crate::{
    App,
    conversation::tell_money,
    jobs::JobError,
    metrics::PaymentLabels,
    stay::{changed_meanwhile, save},
};

/// A payment as its provider showed it.
pub struct Shown {
    pub payment: PaymentSeen,
    /// When the provider was asked.
    pub asked_at: Timestamp,
    /// The provider's ids of refunds that failed after they had been taken on.
    pub undone: Vec<String>,
    /// What a signed notice said of a dispute.
    pub noted: Option<Dispute>,
}

impl Shown {
    /// Whether the provider was asked after what is known was written down: only then does it take anything back.
    pub(super) fn is_newer_than(&self, known: Option<&Payment>) -> bool {
        known.is_none_or(|known| known.updated_at <= self.asked_at)
    }
}

/// Applies a payment as the provider shows it: states only forwards, each approved payment once.
pub async fn apply(
    app: &App,
    session: &mut Session,
    provider_name: &str,
    shown: &Shown,
    now: Timestamp,
) -> Result<(), JobError> {
    let seen = &shown.payment;
    let vendor = provider(app, provider_name)?.name();
    let reference = seen.reference.as_deref().map(Reference::parse);
    let stay = match &reference {
        Some(reference) => lock_stay(app, session, reference, now).await?,
        None => None,
    };
    let before = payment::lock(session, vendor, &seen.id).await?;
    if !shown.undone.is_empty() {
        refund::undo(app, session, vendor, &seen.id, &shown.undone, now).await?;
    }
    let dispute = dispute::state(shown, before.as_ref());
    let known = payment::lock(session, vendor, &seen.id).await?;
    let Some((amount, given_back)) = seen.amount().zip(seen.refunded()) else {
        let detail = "the provider shows an amount or a currency that cannot be read";
        raise(app, session, vendor, &seen.id, Doubt::UnreadableAmount.as_str(), detail, now).await?;
        return Ok(());
    };
    let is_taken_back = dispute::is_taken_back(session, vendor, shown, dispute).await?;
    let news = if is_taken_back { PaymentStatus::ChargedBack } else { seen.status.to_domain() };
    let is_given_back = dispute::is_given_back(shown, before.as_ref(), news);
    let status = match &known {
        Some(known) if !is_given_back => known.status.after(news),
        _ => news,
    };
    let changed = known.as_ref().is_none_or(|known| known.status != status);
    let refunded = refunded(session, vendor, known.as_ref(), seen, given_back, is_taken_back).await?;
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
        dispute: match status {
            PaymentStatus::ChargedBack => Some(Dispute::Lost),
            _ if is_given_back => Some(Dispute::Won),
            _ => dispute,
        },
        note: None,
        applied,
        events: 0,
        updated_at: now,
    };
    if changed {
        let outcome = status.as_str();
        app.metrics.payments.get_or_create(&PaymentLabels::of(vendor, purpose, outcome)).inc();
    }
    match status {
        // What a bank withholds pays for nothing yet.
        PaymentStatus::Approved if row.applied.is_none() && row.dispute != Some(Dispute::Open) => {
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
    let shows_less = known.as_ref().is_some_and(|known| known.refunded.minor > given_back.minor);
    if shows_less && news == PaymentStatus::Approved {
        doubt_what_shrank(app, session, vendor, seen, now).await?;
    }
    payment::put(session, &row, now).await?;
    if is_given_back && !refund::owe_again(session, vendor, &seen.id, now).await? {
        dispute::ask_whose(app, session, &row, now).await?;
    }
    if changed
        && row.status == PaymentStatus::ChargedBack
        && let Some(stay_id) = &row.stay_id
    {
        // Its page is paid: what is due again needs another one.
        charge::end_checkouts(session, stay_id, vendor, now).await?;
    }
    dispute::tell(app, session, before.and_then(|before| before.dispute), &row, now).await?;
    post(app, session, vendor, &row, now).await
}

/// What went back to the guest by a refund, and not by a bank.
async fn refunded(
    session: &mut Session,
    vendor: &str,
    known: Option<&Payment>,
    seen: &PaymentSeen,
    given_back: Money,
    is_taken_back: bool,
) -> Result<Money, DbError> {
    let known = known.filter(|known| known.refunded.currency == given_back.currency);
    let before = known.map_or(Money::zero(given_back.currency), |known| known.refunded);
    if known.is_some_and(|known| known.status == PaymentStatus::ChargedBack) {
        return Ok(before);
    }
    let shown = if is_taken_back {
        Money::new(dispute::sent_back(session, vendor, &seen.id).await?, given_back.currency)
    } else {
        given_back
    };
    // An old answer that comes late does not take back what went back.
    Ok(if before.minor > shown.minor { before } else { shown })
}

/// A provider shows less given back than before. The books keep what was said; a person puts it right.
async fn doubt_what_shrank(
    app: &App,
    session: &mut Session,
    vendor: &str,
    seen: &PaymentSeen,
    now: Timestamp,
) -> Result<(), DbError> {
    let detail = "the provider shows less given back than before, and no refund of ours that failed";
    raise(app, session, vendor, &seen.id, "refund_undone", detail, now).await
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
    let owner = row.owner();
    ledger::post(session, &Posting::received(provider, id, owner, row.amount), now).await?;
    let posted = ledger::returned_of(session, provider, id).await?;
    let refunded = Money::new(row.refunded.minor - (posted.gone - posted.kept), row.amount.currency);
    if refunded.is_positive() {
        let movement = format!("{id}:{}", posted.gone + refunded.minor);
        let posting = Posting::returned(provider, &movement, owner, refunded);
        let is_ours = dispute::sent_back(session, provider, id).await? >= row.refunded.minor;
        if ledger::post(session, &posting, now).await? && !is_ours {
            let detail = "the provider shows a refund that this desk did not make";
            raise(app, session, provider, id, "foreign_refund", detail, now).await?;
        }
    }
    Ok(dispute::post(session, row, now).await?)
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
