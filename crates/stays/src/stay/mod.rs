//! Everything that happens to a stay after it was held: confirm, cancel, expire, extend, change dates, complete,
//! no-show. Each is one transaction: the row locked, the move made by the state machine, the change audited, the
//! guest told.

use domain::{
    actor::Actor,
    decimal::Decimal,
    hold_checks::Refusal,
    ids::{StayCode, StayId},
    money::Money,
    payable::Payable,
    staff::Who,
    stay::Stay,
};
use jiff::{SignedDuration, civil::Date};
use kernel::App;
use store::db::DbError;

use crate::{
    ByChannel,
    change::{change, refuse},
    money, owed, room,
};

/// Moving to other dates.
mod change_dates;

pub use crate::change::{Action, StayError, cancel_hold, save};
pub use change_dates::{Moved, change_dates};

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
    if owed::is_open_offer(app, id).await? {
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
    let mut tx = app.begin_as(actor).await?;
    let before = store::stay::lock_by_id(&mut tx.session, id).await?.ok_or(StayError::NotFound)?;
    let after = match before.clone().cancel(tx.now, reason) {
        Ok(after) => after.into(),
        Err(refused) => return Err(refuse(tx, before, refused).await?),
    };
    let after = save(&mut tx, &before, after, Action::Cancel).await?;
    // Penalties are settled apart: cancelling does not forgive them.
    let received = owed::received_for_price(&mut tx.session, &before).await?;
    let back = match actor {
        Actor::Guest => {
            let accommodation =
                store::accommodation::find(&mut tx.session, &before.terms().accommodation_id).await?;
            let check_in_at = accommodation
                .map(|accommodation| accommodation.check_in_at(before.terms().period.check_in()));
            // A property that is gone keeps nobody's money.
            check_in_at.map_or(received, |at| before.terms().policy.refund_of(received, at, tx.now))
        }
        _ => received,
    };
    let started = payments::refund(&mut tx, &Payable::from(id), back, "cancelled").await?;
    tx.commit().await?;
    Ok((after, started))
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
    let mut tx = app.begin_as(Actor::Staff(who)).await?;
    let before = store::stay::lock_by_id(&mut tx.session, id).await?.ok_or(StayError::NotFound)?;
    let after = before.clone().confirmed()?.no_show(tx.now, zone.today(tx.now))?.into();
    let after = save(&mut tx, &before, after, Action::NoShow).await?;
    let total = after.terms().total;
    let percent = Decimal::whole(room(app).money.no_show_percent.into());
    let owed = Money::new(percent.percent_of(total.minor), total.currency);
    let missing = owed.minus(owed::received(&mut tx.session, &after).await?);
    if missing.is_positive() {
        owed::add_penalty_in(&mut tx, id, missing, "no-show".to_owned()).await?;
    }
    tx.commit().await?;
    Ok(after)
}

async fn zone_of(app: &App, id: &StayId) -> Result<domain::accommodation::Zone, StayError> {
    let mut session = app.read().await?;
    let stay = store::stay::find_by_id(&mut session, id).await?.ok_or(StayError::NotFound)?;
    let accommodation = store::accommodation::find(&mut session, &stay.terms().accommodation_id).await?;
    Ok(accommodation.map_or_else(|| app.property.zone.clone(), |accommodation| accommodation.zone))
}
