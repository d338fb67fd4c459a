//! Everything that happens to a stay after it was held: confirm, cancel, expire, extend, change dates, complete,
//! no-show. Each is one transaction: the row locked, the move made by the state machine, the change audited, the
//! guest told.

use domain::{
    accommodation::Accommodation,
    decimal::Decimal,
    hold::Refusal,
    ids::{StayCode, StayId},
    money::Money,
    payable::Payable,
    staff::Who,
    stay::{Actor, Refused, Stay},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use kernel::App;
use store::db::{DbError, Session};

use crate::{ByChannel, money, room};

/// What can be done to a stay.
mod action;
/// Moving to other dates.
mod dates;
/// Whether nights are free, and ending holds that are over.
mod free;
/// Writing a change down, and what follows from it.
mod save;

pub use action::Action;
pub use dates::{Moved, change_dates};
pub use free::{expire_in, free_but_for};
pub use save::{changed_meanwhile, close_pages, refused, save};

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

/// Confirms a hold on the word of staff. Payments confirm by [`crate::money`]; so does the money that waits with an
/// offer.
///
/// Refused while another calendar has sold the same nights and nobody has resolved that.
pub async fn confirm(app: &App, id: &StayId, who: Who) -> Result<Stay, StayError> {
    calendars::read_before_booking(app, id).await;
    let held = matches!(store::stay::find_by_id(&mut app.read().await?, id).await?, Some(Stay::Held(_)));
    if held && calendars::is_sold_elsewhere(&mut app.read().await?, id).await? {
        return Err(Refusal::DatesTaken.into());
    }
    if money::is_open_offer(app, id).await? {
        return money::accept_offer(app, id, Actor::Staff(who)).await;
    }
    let stay = change(app, id, Actor::Staff(who), Action::Confirm, |stay, now| {
        Ok(stay.held()?.confirm(now)?.into())
    })
    .await?;
    room(app).metrics.reservations_confirmed.get_or_create(&ByChannel::of(stay.terms().channel)).inc();
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
    let after = save(app, &mut session, &before, after, actor, Action::Cancel, now).await?;
    // Penalties are settled apart: cancelling does not forgive them.
    let received = money::received_for_price(&mut session, &before).await?;
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
    let started = payments::refund(app, &mut session, &Payable::from(id), back, "cancelled", now).await?;
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
    change(app, id, actor, Action::Cancel, |stay, now| {
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
    let by = SignedDuration::from_mins(room(app).booking.extend_minutes.into());
    change(app, id, actor, Action::Extend, |stay, now| Ok(stay.held()?.extend(now, by)?.into())).await
}

pub async fn complete(app: &App, id: &StayId, today: Date) -> Result<Stay, StayError> {
    change(app, id, Actor::System, Action::Complete, |stay, now| {
        Ok(stay.confirmed()?.complete(now, today)?.into())
    })
    .await
}

/// What was paid is kept; what a no-show costs beyond it, by the settings, is asked for.
pub async fn no_show(app: &App, id: &StayId, who: Who) -> Result<Stay, StayError> {
    let zone = zone_of(app, id).await?;
    let now = app.now();
    let mut session = app.begin().await?;
    let before = store::stay::lock_by_id(&mut session, id).await?.ok_or(StayError::NotFound)?;
    let after = before.clone().confirmed()?.no_show(now, zone.today(now))?.into();
    let after = save(app, &mut session, &before, after, Actor::Staff(who), Action::NoShow, now).await?;
    let total = after.terms().total;
    let percent = Decimal::whole(room(app).money.no_show_percent.into());
    let owed = Money::new(percent.percent_of(total.minor), total.currency);
    let missing = owed.minus(money::received(&mut session, &after).await?);
    if missing.is_positive() {
        money::add_penalty_in(app, &mut session, id, missing, "no-show".to_owned(), who, now).await?;
    }
    app.commit(session).await?;
    Ok(after)
}

/// The frame of every change of one stay.
async fn change(
    app: &App,
    id: &StayId,
    actor: Actor,
    action: Action,
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

async fn zone_of(app: &App, id: &StayId) -> Result<domain::accommodation::Zone, StayError> {
    let mut session = app.read().await?;
    let stay = store::stay::find_by_id(&mut session, id).await?.ok_or(StayError::NotFound)?;
    let accommodation = store::accommodation::find(&mut session, &stay.terms().accommodation_id).await?;
    Ok(accommodation.map_or_else(|| app.property.zone.clone(), |accommodation| accommodation.zone))
}
