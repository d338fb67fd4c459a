//! Money that came after its hold had ended: the nights are taken again if nobody has them; else equal nights are kept
//! and offered; else the money goes back. Guest and staff are told each time.

use dialog::MoneyNews;
use domain::{
    accommodation::Accommodation,
    actor::Actor,
    charges_of_stay::Purpose,
    hold_checks::{Refusal, check_length},
    ids::StayId,
    money::Money,
    payable::Payable,
    payment::{PaymentStatus, Useless, dispute::Dispute},
    price::Quote,
    stay::{Held, Refused, Stay, Terms},
};
use jiff::SignedDuration;
use kernel::{App, Tx, jobs::JobError};
use payments::{Applied, Arrived};
use store::{
    db::DbError,
    equal_nights_offer::{self, Offer, Outcome},
    payment,
};

use super::use_arrived_money::{confirm, confirmed_news, give_back, return_surplus};
use crate::{
    change::{Action, StayError, cancel_hold, changed_meanwhile, free_but_for, refused, save},
    guest_links,
    hold::{self, Author},
    owed::tell_money,
    room,
};

/// When a stay that changed meanwhile is looked at again.
const RETRY_SOON: SignedDuration = SignedDuration::from_secs(5);

/// Decides about the whole deposit of a hold that has ended, in the transaction in which it arrived.
pub(crate) async fn take_again(
    tx: &mut Tx<'_>,
    stay: Stay,
    arrived: &Arrived,
    surplus: Money,
) -> Result<Applied, JobError> {
    let period = stay.terms().period;
    let today = tx.app.property.zone.today(tx.now);
    if period.check_out() > today && free_but_for(tx, &stay, period).await? {
        let revived = revive(tx, &stay, arrived).await?;
        return_surplus(tx, &revived, arrived, surplus).await?;
        tell_staff(tx, &revived, "late_money_confirmed").await?;
        return Ok(Applied::Retaken);
    }
    // One guest is kept one equal place, however often they pay.
    if equal_nights_offer::find_open_for(&mut tx.session, &stay.terms().id).await?.is_some() {
        let news = MoneyNews::SurplusReturned { code: stay.terms().code.to_string(), amount: arrived.amount };
        return give_back(tx, &stay, arrived, Useless::PaidTwice, news).await;
    }
    let has_begun = period.check_in() < today;
    let equal = if has_begun { None } else { find_equal(tx, &stay).await? };
    if let Some((accommodation, quote)) = equal {
        return offer_equal(tx, &stay, &accommodation, &quote, arrived).await;
    }
    tell_staff(tx, &stay, "late_money_returned").await?;
    let news = MoneyNews::LateReturned { amount: arrived.amount };
    give_back(tx, &stay, arrived, Useless::NightsTaken, news).await
}

async fn revive(tx: &mut Tx<'_>, stay: &Stay, arrived: &Arrived) -> Result<Stay, JobError> {
    if let Stay::Held(held) = stay {
        let expired = held.clone().expire(tx.now).map_err(refused)?;
        let ended = save(tx, stay, expired.into(), Action::Expire).await;
        ended.map_err(changed_meanwhile)?;
    }
    match store::stay::lock_by_id(&mut tx.session, &stay.terms().id).await? {
        Some(Stay::Expired(expired)) => {
            let before = Stay::Expired(expired.clone());
            confirm(tx, &before, expired.revive(tx.now).into(), arrived).await
        }
        _ => Err(JobError::retry_after(RETRY_SOON, "the stay changed while its late payment was applied")),
    }
}

/// Free, active, for at least as many people, and not dearer; the one that is worth most, then the smallest.
pub(crate) async fn find_equal(
    tx: &mut Tx<'_>,
    stay: &Stay,
) -> Result<Option<(Accommodation, Quote)>, DbError> {
    let terms = stay.terms();
    let all = room(tx.app).catalogue.all(&mut tx.session).await?;
    let Some(own) = all.iter().find(|one| one.id == terms.accommodation_id) else { return Ok(None) };
    let today = own.zone.today(tx.now);
    let free = store::availability::list_free(&mut tx.session, &terms.period, terms.guests, tx.now).await?;
    let equal = all.iter().filter(|one| {
        one.id != own.id
            && one.active
            && free.contains(&one.id)
            && one.capacity >= own.capacity
            && check_length(&terms.period, one, today).is_ok()
    });
    let priced = equal.map(|one| (one, one.pricing.quote(&terms.period)));
    let best = priced
        .filter(|(_, quote)| {
            quote.total.currency == terms.total.currency && quote.total.minor <= terms.total.minor
        })
        .max_by_key(|(one, quote)| (quote.total.minor, std::cmp::Reverse(one.capacity), one.id.clone()));
    Ok(best.map(|(one, quote)| (one.clone(), quote)))
}

async fn offer_equal(
    tx: &mut Tx<'_>,
    stay: &Stay,
    accommodation: &Accommodation,
    quote: &Quote,
    arrived: &Arrived,
) -> Result<Applied, JobError> {
    let terms = stay.terms().clone();
    let until = tx.now + SignedDuration::from_mins(room(tx.app).money.offer_minutes.into());
    let held = Held {
        terms: Terms {
            id: StayId::new(tx.app.rng.id(tx.now)),
            code: tx.app.rng.stay_code(),
            token: tx.app.rng.token(),
            accommodation_id: accommodation.id.clone(),
            total: quote.total,
            // What was paid is enough, though the deposit of this one may be another share.
            deposit: if quote.deposit.minor < arrived.amount.minor { quote.deposit } else { arrived.amount },
            created_at: tx.now,
            version: 1,
            ..terms
        },
        expires_at: until,
        extended: true,
    };
    hold::record(tx, std::slice::from_ref(&held), &[Author { actor: Actor::Payment, cause: None }]).await?;
    let new = Offer {
        stay_id: held.terms.id.clone(),
        for_stay_id: stay.terms().id.clone(),
        provider: arrived.provider.clone(),
        provider_payment_id: arrived.id.clone(),
    };
    equal_nights_offer::create(&mut tx.session, &new, tx.now).await?;
    let url = guest_links::manage_url(tx.app, &held.terms.token);
    let offered = Stay::from(held);
    let news = MoneyNews::EqualOffered {
        amount: arrived.amount,
        accommodation_name: accommodation.name.clone(),
        check_in: offered.terms().period.check_in(),
        check_out: offered.terms().period.check_out(),
        deadline: guest_links::deadline(tx.app, until, tx.now),
        today: accommodation.zone.today(tx.now),
        url,
    };
    tell_money(tx, &offered, news).await?;
    tell_staff(tx, &offered, "late_money_offered").await?;
    Ok(Applied::Offered)
}

/// The guest, or the host for them, takes the equal nights: the money that waited is theirs.
///
/// Where another calendar has sold the same nights, the offer ends and the money goes back.
pub async fn accept_offer(app: &App, id: &StayId, actor: Actor) -> Result<Stay, StayError> {
    calendars::read_before_booking(app, id).await;
    if calendars::is_sold_elsewhere(&mut app.read().await?, id).await? {
        cancel_hold(app, id, Actor::System).await?;
        return Err(Refusal::DatesTaken.into());
    }
    let mut tx = app.begin_as(actor).await?;
    let before = store::stay::lock_by_id(&mut tx.session, id).await?.ok_or(StayError::NotFound)?;
    let offer = equal_nights_offer::lock_open(&mut tx.session, id).await?.ok_or(StayError::NotFound)?;
    let waiting = payment::lock(&mut tx.session, &offer.provider, &offer.provider_payment_id).await?;
    let waiting = waiting.ok_or(StayError::NotFound)?;
    let amount = waiting.kept();
    // The guest's bank may have taken it back meanwhile: then there is nothing to confirm for.
    let is_withheld = waiting.dispute == Some(Dispute::Open);
    if waiting.status != PaymentStatus::Approved || is_withheld || amount.minor < before.terms().deposit.minor
    {
        return Err(Refused::HoldEnded.into());
    }
    let confirmed = before.clone().held()?.confirm(tx.now)?;
    let after = save(&mut tx, &before, confirmed.into(), Action::AcceptOffer).await?;
    let provider = waiting.provider.clone();
    let payment_id = waiting.provider_payment_id.clone();
    payments::assign(&mut tx.session, waiting, &Payable::from(id), Applied::Confirmed, tx.now).await?;
    equal_nights_offer::end(&mut tx.session, id, Outcome::Accepted, tx.now).await?;
    let news = confirmed_news(&mut tx, &after, amount).await?;
    tell_money(&mut tx, &after, news).await?;
    let arrived = Arrived { provider, id: payment_id, purpose: Purpose::Deposit, amount };
    let surplus = amount.minus(after.terms().total);
    return_surplus(&mut tx, &after, &arrived, surplus).await?;
    tx.commit().await?;
    Ok(after)
}

async fn tell_staff(tx: &mut Tx<'_>, stay: &Stay, reason: &str) -> Result<(), DbError> {
    let detail = match reason {
        "late_money_confirmed" => {
            "the deposit came after the hold had ended; the nights were free and are sold"
        }
        "late_money_offered" => {
            "the deposit came when the nights were gone; this equal stay is kept for the guest to accept"
        }
        _ => "the deposit came when the nights were gone and nothing equal was free; it goes back",
    };
    tx.open_task(&format!("stay:{}", stay.terms().id), reason, detail).await?;
    Ok(())
}
