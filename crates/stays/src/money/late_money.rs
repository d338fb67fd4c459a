//! Money that came after its hold had ended: the nights are taken again if nobody has them; else equal nights are kept
//! and offered; else the money goes back. Guest and staff are told each time.

use dialog::MoneyNews;
use domain::{
    accommodation::Accommodation,
    charge::Purpose,
    hold_checks::{Refusal, check_length},
    ids::StayId,
    money::Money,
    payable::Payable,
    payment::dispute::Dispute,
    payment::{PaymentStatus, Useless},
    price::Quote,
    stay::{Actor, Held, Refused, Stay, Terms},
};
use jiff::{SignedDuration, Timestamp};
use kernel::{App, jobs::JobError, staff_tasks};
use payments::{Applied, Arrived};
use store::{
    db::{DbError, Session},
    equal_nights_offer::{self, Offer, Outcome},
    payment,
};

use super::use_money::{confirm, confirmed_news, give_back, return_surplus};
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
    app: &App,
    session: &mut Session,
    stay: Stay,
    arrived: &Arrived,
    surplus: Money,
    now: Timestamp,
) -> Result<Applied, JobError> {
    let period = stay.terms().period;
    let today = app.property.zone.today(now);
    if period.check_out() > today && free_but_for(app, session, &stay, period, now).await? {
        let revived = revive(app, session, &stay, arrived, now).await?;
        return_surplus(app, session, &revived, arrived, surplus, now).await?;
        tell_staff(app, session, &revived, "late_money_confirmed", now).await?;
        return Ok(Applied::Retaken);
    }
    // One guest is kept one equal place, however often they pay.
    if equal_nights_offer::find_open_for(session, &stay.terms().id).await?.is_some() {
        let news = MoneyNews::SurplusReturned { code: stay.terms().code.to_string(), amount: arrived.amount };
        return give_back(app, session, &stay, arrived, Useless::PaidTwice, news, now).await;
    }
    let has_begun = period.check_in() < today;
    let equal = if has_begun { None } else { find_equal(app, session, &stay, now).await? };
    if let Some((accommodation, quote)) = equal {
        return offer_equal(app, session, &stay, &accommodation, &quote, arrived, now).await;
    }
    tell_staff(app, session, &stay, "late_money_returned", now).await?;
    let news = MoneyNews::LateReturned { amount: arrived.amount };
    give_back(app, session, &stay, arrived, Useless::NightsTaken, news, now).await
}

async fn revive(
    app: &App,
    session: &mut Session,
    stay: &Stay,
    arrived: &Arrived,
    now: Timestamp,
) -> Result<Stay, JobError> {
    if let Stay::Held(held) = stay {
        let expired = held.clone().expire(now).map_err(refused)?;
        let ended = save(app, session, stay, expired.into(), Actor::Payment, Action::Expire, now).await;
        ended.map_err(changed_meanwhile)?;
    }
    match store::stay::lock_by_id(session, &stay.terms().id).await? {
        Some(Stay::Expired(expired)) => {
            let before = Stay::Expired(expired.clone());
            confirm(app, session, &before, expired.revive(now).into(), arrived, now).await
        }
        _ => Err(JobError::retry_after(RETRY_SOON, "the stay changed while its late payment was applied")),
    }
}

/// Free, active, for at least as many people, and not dearer; the one that is worth most, then the smallest.
pub(crate) async fn find_equal(
    app: &App,
    session: &mut Session,
    stay: &Stay,
    now: Timestamp,
) -> Result<Option<(Accommodation, Quote)>, DbError> {
    let terms = stay.terms();
    let all = room(app).catalogue.all(session).await?;
    let Some(own) = all.iter().find(|one| one.id == terms.accommodation_id) else { return Ok(None) };
    let today = own.zone.today(now);
    let free = store::availability::list_free(session, &terms.period, terms.guests, now).await?;
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
    app: &App,
    session: &mut Session,
    stay: &Stay,
    accommodation: &Accommodation,
    quote: &Quote,
    arrived: &Arrived,
    now: Timestamp,
) -> Result<Applied, JobError> {
    let terms = stay.terms().clone();
    let until = now + SignedDuration::from_mins(room(app).money.offer_minutes.into());
    let held = Held {
        terms: Terms {
            id: StayId::new(app.rng.id(now)),
            code: app.rng.stay_code(),
            token: app.rng.token(),
            accommodation_id: accommodation.id.clone(),
            total: quote.total,
            // What was paid is enough, though the deposit of this one may be another share.
            deposit: if quote.deposit.minor < arrived.amount.minor { quote.deposit } else { arrived.amount },
            created_at: now,
            version: 1,
            ..terms
        },
        expires_at: until,
        extended: true,
    };
    hold::record(session, std::slice::from_ref(&held), &[Author { actor: Actor::Payment, cause: None }], now)
        .await?;
    let new = Offer {
        stay_id: held.terms.id.clone(),
        for_stay_id: stay.terms().id.clone(),
        provider: arrived.provider.clone(),
        provider_payment_id: arrived.id.clone(),
    };
    equal_nights_offer::create(session, &new, now).await?;
    let url = guest_links::manage_url(app, &held.terms.token);
    let offered = Stay::from(held);
    let news = MoneyNews::EqualOffered {
        amount: arrived.amount,
        accommodation_name: accommodation.name.clone(),
        check_in: offered.terms().period.check_in(),
        check_out: offered.terms().period.check_out(),
        deadline: guest_links::deadline(app, until, now),
        today: accommodation.zone.today(now),
        url,
    };
    tell_money(app, session, &offered, news, now).await?;
    tell_staff(app, session, &offered, "late_money_offered", now).await?;
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
    let now = app.now();
    let mut session = app.begin().await?;
    let before = store::stay::lock_by_id(&mut session, id).await?.ok_or(StayError::NotFound)?;
    let offer = equal_nights_offer::lock_open(&mut session, id).await?.ok_or(StayError::NotFound)?;
    let waiting = payment::lock(&mut session, &offer.provider, &offer.provider_payment_id).await?;
    let waiting = waiting.ok_or(StayError::NotFound)?;
    let amount = waiting.kept();
    // The guest's bank may have taken it back meanwhile: then there is nothing to confirm for.
    let is_withheld = waiting.dispute == Some(Dispute::Open);
    if waiting.status != PaymentStatus::Approved || is_withheld || amount.minor < before.terms().deposit.minor
    {
        return Err(Refused::HoldEnded.into());
    }
    let confirmed = before.clone().held()?.confirm(now)?;
    let after = save(app, &mut session, &before, confirmed.into(), actor, Action::AcceptOffer, now).await?;
    let provider = waiting.provider.clone();
    let payment_id = waiting.provider_payment_id.clone();
    payments::assign(&mut session, waiting, &Payable::from(id), Applied::Confirmed, now).await?;
    equal_nights_offer::end(&mut session, id, Outcome::Accepted, now).await?;
    let news = confirmed_news(app, &mut session, &after, amount).await?;
    tell_money(app, &mut session, &after, news, now).await?;
    let arrived = Arrived { provider, id: payment_id, purpose: Purpose::Deposit, amount };
    let surplus = amount.minus(after.terms().total);
    return_surplus(app, &mut session, &after, &arrived, surplus, now).await?;
    app.commit(session).await?;
    Ok(after)
}

async fn tell_staff(
    app: &App,
    session: &mut Session,
    stay: &Stay,
    reason: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let detail = match reason {
        "late_money_confirmed" => {
            "the deposit came after the hold had ended; the nights were free and are sold"
        }
        "late_money_offered" => {
            "the deposit came when the nights were gone; this equal stay is kept for the guest to accept"
        }
        _ => "the deposit came when the nights were gone and nothing equal was free; it goes back",
    };
    staff_tasks::open(app, session, &format!("stay:{}", stay.terms().id), reason, detail, now).await?;
    Ok(())
}
