//! Moving to other dates.

use domain::{
    actor::Actor,
    hold_checks::{Refusal, check_change},
    ids::StayId,
    money::Money,
    payable::Payable,
    stay::{Refused, Stay, Terms},
};
use jiff::civil::Date;
use kernel::App;

use crate::{
    change::{Action, StayError, free_but_for, refuse, save},
    owed,
};

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
    calendars::read_before_moving(app, id).await;
    let mut tx = app.begin_as(actor).await?;
    let before = store::stay::find_by_id(&mut tx.session, id).await?.ok_or(StayError::NotFound)?;
    // Accommodations are always locked before stays.
    let accommodation_id = before.terms().accommodation_id.clone();
    let accommodation = store::accommodation::lock(&mut tx.session, &[accommodation_id]).await?.pop();
    let before = store::stay::lock_by_id(&mut tx.session, id).await?.ok_or(StayError::NotFound)?;
    if !before.is_live(tx.now) {
        // What it is comes before what is wrong with the dates.
        let refused = before.clone().held().err().unwrap_or(Refused::HoldEnded);
        return Err(refuse(tx, before, refused).await?);
    }
    if owed::is_offer_in(&mut tx.session, id).await? {
        // What was offered is taken as it is, or not.
        return Err(Refused::WrongState(before.status()).into());
    }
    let zone = accommodation.as_ref().map_or(&app.property.zone, |accommodation| &accommodation.zone);
    let Terms { period, guests, .. } = before.terms();
    let (period, accommodation) =
        check_change(period, check_in, check_out, *guests, accommodation.as_ref(), zone.today(tx.now))?;
    if !free_but_for(&mut tx, &before, period).await? {
        return Err(Refusal::DatesTaken.into());
    }
    let quote = accommodation.pricing.quote(&period);
    let (after, difference) = before.clone().change_dates(tx.now, period, &quote)?;
    let stay = save(&mut tx, &before, after, Action::ChangeDates).await?;
    let beyond = owed::received_for_price(&mut tx.session, &stay).await?.minus(stay.terms().total);
    let refund = payments::refund(&mut tx, &Payable::from(id), beyond, "cheaper_dates").await?;
    tx.commit().await?;
    Ok(Moved { stay, difference, refund })
}
