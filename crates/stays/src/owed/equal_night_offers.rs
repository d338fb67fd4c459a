//! Equal nights that are kept for money that came too late: whether a hold is such an offer, and how it ends.

use dialog::MoneyNews;
use domain::{
    ids::StayId,
    payable::Payable,
    payment::{PaymentStatus, Useless},
    stay::Stay,
};
use kernel::{App, Tx};
use payments::{Applied, Back, start_refund};
use store::{
    db::{DbError, Session},
    equal_nights_offer::{self, Outcome},
    payment,
};

use super::tell_money;

/// Whether a hold is such an offer: nothing is to be paid for it.
pub async fn is_offer(app: &App, stay: &Stay) -> Result<bool, DbError> {
    Ok(matches!(stay, Stay::Held(_)) && is_open_offer(app, &stay.terms().id).await?)
}

pub async fn is_open_offer(app: &App, id: &StayId) -> Result<bool, DbError> {
    is_offer_in(&mut app.read().await?, id).await
}

pub async fn is_offer_in(session: &mut Session, id: &StayId) -> Result<bool, DbError> {
    Ok(equal_nights_offer::find_open(session, id).await?.is_some())
}

/// The hold of an offer has ended, declined or unanswered: the money goes back. False where it was no offer.
pub async fn end_offer(tx: &mut Tx<'_>, ended: &Stay) -> Result<bool, DbError> {
    let id = &ended.terms().id;
    let Some(offer) = equal_nights_offer::lock_open(&mut tx.session, id).await? else { return Ok(false) };
    equal_nights_offer::end(&mut tx.session, id, Outcome::Returned, tx.now).await?;
    let waiting = payment::lock(&mut tx.session, &offer.provider, &offer.provider_payment_id).await?;
    let Some(waiting) = waiting else { return Ok(true) };
    if waiting.status != PaymentStatus::Approved {
        // The guest's bank has it: nothing is left that could go back, and should it return, a person is told.
        return Ok(true);
    }
    let amount = waiting.kept();
    payments::assign(&mut tx.session, waiting, &Payable::from(&offer.for_stay_id), Applied::Returned, tx.now)
        .await?;
    if amount.is_positive() {
        let back = Back {
            provider: &offer.provider,
            payment_id: &offer.provider_payment_id,
            payable: Some(&Payable::from(&offer.for_stay_id)),
            amount,
            reason: Useless::NightsTaken.as_str(),
        };
        start_refund(tx, &back).await?;
        let news = MoneyNews::Returned { code: ended.terms().code.to_string(), amount };
        tell_money(tx, ended, news).await?;
    }
    Ok(true)
}
