//! Everything that happens to a stay after it was held: confirm, cancel, expire, extend, change dates, complete,
//! no-show. Each is one transaction: the row locked, the move made by the state machine, the change audited, the
//! guest told.

use dialog::{MoneyNews, Phrase};
use domain::{
    accommodation::Accommodation,
    decimal::Decimal,
    hold::{Refusal, check_change},
    ids::{StayCode, StayId},
    money::Money,
    period::Period,
    stay::{Actor, Refused, Stay, Terms},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use store::{
    audit,
    db::{DbError, Session},
    queue,
};

use crate::{
    App, calendar, conversation, hold,
    jobs::{Job, JobError},
    metrics::ByChannel,
    payment,
};

/// When a change that met another one is tried again.
const SOON: SignedDuration = SignedDuration::from_secs(5);

#[derive(Debug, thiserror::Error)]
pub enum StayError {
    #[error("there is no such reservation")]
    NotFound,
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Dates(#[from] Refusal),
    #[error("the reservation was being changed by somebody else; look at it again")]
    Changed,
    #[error("the change could not be written down")]
    Database(#[from] DbError),
}

pub async fn find(app: &App, code: &StayCode) -> Result<Option<Stay>, DbError> {
    store::stay::find_by_code(&mut app.read().await?, code).await
}

pub async fn find_by_id(app: &App, id: &StayId) -> Result<Option<Stay>, DbError> {
    store::stay::find_by_id(&mut app.read().await?, id).await
}

pub async fn find_by_token(app: &App, token: &str) -> Result<Option<Stay>, DbError> {
    store::stay::find_by_token(&mut app.read().await?, token).await
}

/// Confirms a hold on the word of staff. Payments confirm by [`crate::payment`]; so does the money that waits with an
/// offer.
///
/// Refused while another calendar has sold the same nights and nobody has resolved that.
pub async fn confirm(app: &App, id: &StayId) -> Result<Stay, StayError> {
    calendar::read_before_booking(app, id).await;
    let held = matches!(store::stay::find_by_id(&mut app.read().await?, id).await?, Some(Stay::Held(_)));
    if held && calendar::is_sold_elsewhere(&mut app.read().await?, id).await? {
        return Err(Refusal::DatesTaken.into());
    }
    if payment::is_open_offer(app, id).await? {
        return payment::accept_offer(app, id, Actor::Staff).await;
    }
    let stay =
        change(app, id, Actor::Staff, "confirm", |stay, now| Ok(stay.held()?.confirm(now)?.into())).await?;
    app.metrics.reservations_confirmed.get_or_create(&ByChannel::of(stay.terms().channel)).inc();
    Ok(stay)
}

/// Cancels, and starts the refund in the same transaction: by the policy that was agreed where the guest cancels, of
/// everything where the house does. Returns what goes back.
pub async fn cancel(
    app: &App,
    id: &StayId,
    actor: Actor,
    reason: Option<String>,
) -> Result<(Stay, Money), StayError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let before = store::stay::lock_by_id(&mut session, id).await?.ok_or(StayError::NotFound)?;
    let after = match before.clone().cancel(now, reason) {
        Ok(after) => after.into(),
        Err(refused) => return Err(refuse(app, session, before, refused, now).await?),
    };
    let after = save(app, &mut session, &before, after, actor, "cancel", now).await?;
    // Penalties are settled apart: cancelling does not forgive them.
    let received = payment::received_for_price(&mut session, &before).await?;
    let back = match actor {
        Actor::Guest => {
            let accommodation =
                store::accommodation::find(&mut session, &before.terms().accommodation_id).await?;
            let check_in_at = accommodation.map(|accommodation| check_in_at(&before, &accommodation));
            // A property that is gone keeps nobody's money.
            check_in_at.map_or(received, |at| before.terms().policy.refund_of(received, at, now))
        }
        _ => received,
    };
    let started = payment::refund_stay(app, &mut session, &after, back, "cancelled", now).await?;
    app.commit(session).await?;
    Ok((after, started))
}

/// The instant at which the guest may enter.
pub fn check_in_at(stay: &Stay, accommodation: &Accommodation) -> Timestamp {
    let local = stay.terms().period.check_in().to_datetime(accommodation.check_in_time);
    accommodation.zone.time_zone().to_timestamp(local).unwrap_or(Timestamp::MIN)
}

/// Cancels a hold, and nothing that was confirmed meanwhile: there is money in that.
pub async fn cancel_hold(app: &App, id: &StayId, actor: Actor) -> Result<Stay, StayError> {
    change(app, id, actor, "cancel", |stay, now| {
        let held = stay.held()?;
        if held.has_ended(now) {
            return Err(Refused::HoldEnded);
        }
        Ok(held.cancel(now, None).into())
    })
    .await
}

/// Lengthens a hold, once.
pub async fn extend(app: &App, id: &StayId, actor: Actor) -> Result<Stay, StayError> {
    let by = SignedDuration::from_mins(app.config.booking.extend_minutes.into());
    change(app, id, actor, "extend", |stay, now| Ok(stay.held()?.extend(now, by)?.into())).await
}

pub async fn complete(app: &App, id: &StayId, today: Date) -> Result<Stay, StayError> {
    change(app, id, Actor::Desk, "complete", |stay, now| Ok(stay.confirmed()?.complete(now, today)?.into()))
        .await
}

/// What was paid is kept; what a no-show costs beyond it, by the settings, is asked for.
pub async fn no_show(app: &App, id: &StayId) -> Result<Stay, StayError> {
    let zone = zone_of(app, id).await?;
    let now = app.now();
    let mut session = app.begin().await?;
    let before = store::stay::lock_by_id(&mut session, id).await?.ok_or(StayError::NotFound)?;
    let after = before.clone().confirmed()?.no_show(now, zone.today(now))?.into();
    let after = save(app, &mut session, &before, after, Actor::Staff, "no_show", now).await?;
    let total = after.terms().total;
    let percent = Decimal::whole(app.config.payments.no_show_percent.into());
    let owed = Money::new(percent.percent_of(total.minor), total.currency);
    let missing = owed.minus(payment::received(&mut session, &after).await?);
    if missing.is_positive() {
        payment::add_penalty_in(app, &mut session, id, missing, "no-show".to_owned(), now).await?;
    }
    app.commit(session).await?;
    Ok(after)
}

/// A stay on its new dates.
pub struct Moved {
    pub stay: Stay,
    /// What the total grew by; negative where it shrank.
    pub difference: Money,
    /// What goes back: received, and more than the new total.
    pub refund: Money,
}

/// Moves a stay to other dates when they are free; of one that has begun only the departure moves. What it costs more is
/// charged, what was paid too much goes back.
pub async fn change_dates(
    app: &App,
    id: &StayId,
    actor: Actor,
    check_in: Date,
    check_out: Date,
) -> Result<Moved, StayError> {
    calendar::read_before_moving(app, id).await;
    let now = app.now();
    let mut session = app.begin().await?;
    let before = store::stay::find_by_id(&mut session, id).await?.ok_or(StayError::NotFound)?;
    // Accommodations are always locked before stays.
    let accommodation_id = before.terms().accommodation_id.clone();
    let accommodation = store::accommodation::lock(&mut session, &[accommodation_id]).await?.pop();
    let before = store::stay::lock_by_id(&mut session, id).await?.ok_or(StayError::NotFound)?;
    if !before.is_live(now) {
        // What it is comes before what is wrong with the dates.
        let refused = before.clone().held().err().unwrap_or(Refused::HoldEnded);
        return Err(refuse(app, session, before, refused, now).await?);
    }
    if payment::is_offer_in(&mut session, id).await? {
        // What was offered is taken as it is, or not.
        return Err(Refused::WrongState(before.status()).into());
    }
    let zone = accommodation.as_ref().map_or(&app.defaults.zone, |accommodation| &accommodation.zone);
    let Terms { period, guests, .. } = before.terms();
    let (period, accommodation) =
        check_change(period, check_in, check_out, *guests, accommodation.as_ref(), zone.today(now))?;
    if !free_but_for(app, &mut session, &before, period, now).await? {
        return Err(Refusal::DatesTaken.into());
    }
    let quote = accommodation.pricing.quote(&period);
    let (after, difference) = before.clone().change_dates(now, period, &quote)?;
    let stay = save(app, &mut session, &before, after, actor, "change_dates", now).await?;
    let beyond = payment::received_for_price(&mut session, &stay).await?.minus(stay.terms().total);
    let refund = payment::refund_stay(app, &mut session, &stay, beyond, "cheaper_dates", now).await?;
    app.commit(session).await?;
    Ok(Moved { stay, difference, refund })
}

/// Whether nothing but `own` itself lies over `period`. Ended holds in the way are ended here and now.
pub(crate) async fn free_but_for(
    app: &App,
    session: &mut Session,
    own: &Stay,
    period: Period,
    now: Timestamp,
) -> Result<bool, DbError> {
    let wanted = [(own.terms().accommodation_id.clone(), period)];
    for stay in store::stay::list_in_the_way(session, &wanted).await? {
        if stay.terms().id == own.terms().id {
            continue;
        }
        if stay.is_live(now) {
            return Ok(false);
        }
        expire_in(app, session, stay, now).await?;
    }
    Ok(store::block::list_in_the_way(session, &wanted).await?.is_empty())
}

/// Ends a hold whose time is over, in the caller's transaction, and tells the guest.
pub(crate) async fn expire_in(
    app: &App,
    session: &mut Session,
    stay: Stay,
    now: Timestamp,
) -> Result<(), DbError> {
    let Ok(expired) = stay.clone().held().and_then(|held| held.expire(now)) else { return Ok(()) };
    match save(app, session, &stay, expired.into(), Actor::Desk, "expire", now).await {
        Ok(_) => {
            app.metrics.prereservations_expired.inc();
            Ok(())
        }
        // Somebody confirmed or cancelled it in the meantime: then it is not ours to end.
        Err(StayError::Database(error)) => Err(error),
        Err(_) => Ok(()),
    }
}

/// The frame of every change of one stay.
async fn change(
    app: &App,
    id: &StayId,
    actor: Actor,
    action: &'static str,
    make: impl FnOnce(Stay, Timestamp) -> Result<Stay, Refused>,
) -> Result<Stay, StayError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let before = store::stay::lock_by_id(&mut session, id).await?.ok_or(StayError::NotFound)?;
    let after = match make(before.clone(), now) {
        Ok(after) => after,
        Err(refused) => return Err(refuse(app, session, before, refused, now).await?),
    };
    let after = save(app, &mut session, &before, after, actor, action, now).await?;
    app.commit(session).await?;
    Ok(after)
}

/// Whoever meets an ended hold ends it; every other refusal changes nothing.
async fn refuse(
    app: &App,
    mut session: Session,
    before: Stay,
    refused: Refused,
    now: Timestamp,
) -> Result<StayError, DbError> {
    if refused == Refused::HoldEnded {
        expire_in(app, &mut session, before, now).await?;
        app.commit(session).await?;
    }
    Ok(refused.into())
}

/// Writes a change over the version it was made from, audits it, and tells the guest what concerns them.
/// Returns the stay as it is stored now.
pub(crate) async fn save(
    app: &App,
    session: &mut Session,
    before: &Stay,
    after: Stay,
    actor: Actor,
    action: &'static str,
    now: Timestamp,
) -> Result<Stay, StayError> {
    if !store::stay::update(session, &after).await? {
        return Err(StayError::Changed);
    }
    audit::write(session, &[audit::Entry::of_stay(actor, action, Some(before), &after)], now).await?;
    // Money that is on its way by another page needs none.
    if let Stay::Held(held) = &after
        && actor != Actor::Payment
    {
        // The provider's page ends with the hold, so it moves along with it.
        hold::enqueue_checkouts(app, session, std::slice::from_ref(held), now).await?;
    }
    // Confirmed too: what is paid on another page then is paid twice.
    if matches!(before, Stay::Held(_)) && !matches!(after, Stay::Held(_)) {
        close_pages(session, &after, now).await?;
    }
    if matches!(after, Stay::Confirmed(_)) {
        payment::follow_price(app, session, &after, now).await?;
    }
    let ended = matches!(before, Stay::Held(_)) && matches!(after, Stay::Expired(_) | Stay::Cancelled(_));
    // Who did not take an offer hears that the money goes back, and of nothing else.
    let was_offer = ended && payment::end_offer(app, session, &after, now).await?;
    if !was_offer && let Some(phrase) = news_for_guest(app, session, &after, actor, action, now).await? {
        conversation::tell(app, session, after.terms().conversation_id.as_deref(), &phrase, now).await?;
    }
    if matches!(after, Stay::Expired(_)) && actor != Actor::Payment {
        return_part(app, session, &after, now).await?;
    }
    Ok(store::stay::find_by_id(session, &after.terms().id).await?.unwrap_or(after))
}

/// The providers' pages of a hold end with it, where there are any.
pub(crate) async fn close_pages(session: &mut Session, ended: &Stay, now: Timestamp) -> Result<(), DbError> {
    let id = &ended.terms().id;
    if store::charge::list_checkouts(session, id).await?.is_empty() {
        return Ok(());
    }
    let job = Job::CloseCheckouts { stay_id: id.clone() };
    queue::enqueue(session, &[job.enqueue_at(now)], now).await
}

/// Part of a deposit in a hold that has ended goes back: nothing that comes later makes it whole.
async fn return_part(app: &App, session: &mut Session, ended: &Stay, now: Timestamp) -> Result<(), DbError> {
    let received = payment::received(session, ended).await?;
    payment::refund_stay(app, session, ended, received, "hold_ended", now).await?;
    Ok(())
}

/// What a guest hears of a change that they did not make in the chat themselves.
async fn news_for_guest(
    app: &App,
    session: &mut Session,
    after: &Stay,
    actor: Actor,
    action: &str,
    now: Timestamp,
) -> Result<Option<Phrase>, DbError> {
    let terms = after.terms();
    let code = terms.code.to_string();
    match (action, actor, after) {
        // Ended only to be taken again for money that came late: the guest hears of that.
        ("expire", Actor::Payment, _) => Ok(None),
        ("expire", ..) => {
            let part = payment::received(session, after).await?;
            Ok(Some(if part.is_positive() {
                Phrase::Money(MoneyNews::HoldExpiredShort { code })
            } else {
                Phrase::HoldExpired { code }
            }))
        }
        ("cancel", Actor::Staff, _) => Ok(Some(Phrase::StayCancelled { code })),
        ("confirm" | "change_dates", Actor::Staff, Stay::Confirmed(_)) => {
            let all = app.catalogue.all(session).await?;
            let accommodation = all.iter().find(|one| one.id == terms.accommodation_id);
            Ok(accommodation.map(|accommodation| Phrase::StayStatusConfirmed {
                code,
                accommodation_name: accommodation.name.clone(),
                check_in: terms.period.check_in(),
                check_out: terms.period.check_out(),
                today: accommodation.zone.today(now),
            }))
        }
        _ => Ok(None),
    }
}

async fn zone_of(app: &App, id: &StayId) -> Result<domain::accommodation::Zone, StayError> {
    let mut session = app.read().await?;
    let stay = store::stay::find_by_id(&mut session, id).await?.ok_or(StayError::NotFound)?;
    let accommodation = store::accommodation::find(&mut session, &stay.terms().accommodation_id).await?;
    Ok(accommodation.map_or_else(|| app.defaults.zone.clone(), |accommodation| accommodation.zone))
}

/// A payment met a stay that somebody else was changing: it is applied again.
pub(crate) fn changed_meanwhile(error: StayError) -> JobError {
    match error {
        StayError::Database(error) => JobError::from(error),
        _ => JobError::wait(SOON, "the stay changed while its payment was applied"),
    }
}

pub(crate) fn refused(refused: Refused) -> JobError {
    JobError::wait(SOON, refused.to_string())
}
