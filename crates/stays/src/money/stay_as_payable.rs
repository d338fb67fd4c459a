//! A stay as a payable: what payments ask of it.

use std::collections::BTreeSet;

use dialog::MoneyNews;
use domain::{
    charge::{Missing, Purpose},
    ids::StayId,
    payable::{Kind, Payable},
    stay::{Actor, Stay},
};
use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp, ToSpan};
use kernel::{App, DbError, jobs::JobError};
use payments::{
    Applied, Arrived, Bill, Business, News, Use,
    business::{Answer, Stored},
};
use store::db::Session;

use super::{late_money, use_money::use_money};
use crate::{
    change::{Action, changed_meanwhile, free_but_for, save},
    guest_links::{deadline, manage_url, pay_url},
    owed::{missing_of, next_due_in, received_for_price, tell_money},
    room,
};

/// A page that belongs to no hold is open for a day: Stripe's pages live no longer.
const CHECKOUT_LIFETIME: SignedDuration = SignedDuration::from_hours(23);

/// What stays do with money.
pub struct StayMoney;

impl Business for StayMoney {
    fn kind(&self) -> Kind {
        Kind::Stay
    }

    fn prepare<'a>(&'a self, app: &'a App, payable: &'a Payable) -> BoxFuture<'a, ()> {
        Box::pin(async move { calendars::read_before_booking(app, &id_of(payable)).await })
    }

    fn lock<'a>(
        &'a self,
        app: &'a App,
        session: &'a mut Session,
        payables: &'a [Payable],
        now: Timestamp,
    ) -> Stored<'a, bool> {
        Box::pin(async move {
            let ids: Vec<StayId> = payables.iter().map(id_of).collect();
            Ok(lock_stays(app, session, &ids, now).await?.len() == ids.len())
        })
    }

    fn use_money<'a>(
        &'a self,
        app: &'a App,
        session: &'a mut Session,
        payable: &'a Payable,
        arrived: &'a Arrived,
        now: Timestamp,
    ) -> Answer<'a, Applied> {
        Box::pin(async move {
            let stay = find(session, payable).await?.ok_or(JobError::fail("the stay is gone"))?;
            use_money(app, session, arrived, stay, now).await
        })
    }

    fn pending<'a>(
        &'a self,
        app: &'a App,
        session: &'a mut Session,
        payable: &'a Payable,
        takes_days: bool,
        now: Timestamp,
    ) -> Answer<'a, ()> {
        Box::pin(async move {
            let stay = find(session, payable).await?;
            pending(app, session, stay, takes_days, now).await
        })
    }

    fn rejected<'a>(
        &'a self,
        app: &'a App,
        session: &'a mut Session,
        payable: &'a Payable,
        now: Timestamp,
    ) -> Answer<'a, ()> {
        Box::pin(async move {
            let stay = find(session, payable).await?;
            rejected(app, session, stay, now).await
        })
    }

    fn wants<'a>(
        &'a self,
        app: &'a App,
        session: &'a mut Session,
        payable: &'a Payable,
        purpose: Purpose,
        now: Timestamp,
    ) -> Answer<'a, Use> {
        Box::pin(async move {
            match find(session, payable).await? {
                Some(stay) => Ok(wants(app, session, stay, purpose, now).await?),
                None => Ok(Use::None),
            }
        })
    }

    fn uses_all<'a>(
        &'a self,
        _: &'a App,
        session: &'a mut Session,
        payable: &'a Payable,
    ) -> Stored<'a, bool> {
        Box::pin(async move {
            Ok(match find(session, payable).await? {
                Some(stay @ Stay::Confirmed(_)) => {
                    received_for_price(session, &stay).await?.minor <= stay.terms().total.minor
                }
                _ => false,
            })
        })
    }

    fn owes<'a>(&'a self, session: &'a mut Session, payable: &'a Payable) -> Stored<'a, Vec<Missing>> {
        Box::pin(async move {
            match find(session, payable).await? {
                Some(stay) => missing_of(session, &stay).await,
                None => Ok(Vec::new()),
            }
        })
    }

    fn bill<'a>(
        &'a self,
        app: &'a App,
        session: &'a mut Session,
        payable: &'a Payable,
        now: Timestamp,
    ) -> Stored<'a, Option<Bill>> {
        Box::pin(async move {
            match find(session, payable).await? {
                Some(stay) => bill(app, session, &stay, now).await,
                None => Ok(None),
            }
        })
    }

    fn keeps_pages_open<'a>(
        &'a self,
        _: &'a App,
        session: &'a mut Session,
        payable: &'a Payable,
    ) -> Stored<'a, bool> {
        Box::pin(async move { Ok(matches!(find(session, payable).await?, Some(Stay::Held(_)))) })
    }

    fn tell<'a>(
        &'a self,
        app: &'a App,
        session: &'a mut Session,
        payable: &'a Payable,
        news: News,
        now: Timestamp,
    ) -> Stored<'a, ()> {
        Box::pin(async move {
            let Some(stay) = find(session, payable).await? else { return Ok(()) };
            let code = stay.terms().code.to_string();
            let news = match news {
                News::Returned(amount) => MoneyNews::Returned { code, amount },
                News::ReturnedByHand(amount) => MoneyNews::ReturnedByHand { code, amount },
                News::NotCharged => MoneyNews::NotCharged,
                News::Declined => MoneyNews::Declined { pay_url: pay_url(app, stay.terms()) },
            };
            tell_money(app, session, &stay, news, now).await
        })
    }
}

fn id_of(payable: &Payable) -> StayId {
    StayId::new(payable.id.as_str())
}

async fn find(session: &mut Session, payable: &Payable) -> Result<Option<Stay>, DbError> {
    store::stay::find_by_id(session, &id_of(payable)).await
}

/// Accommodation before stay, as everywhere. For money that comes too late the others are locked too, in the order
/// in which everybody locks them: an equal one may have to be taken.
pub(super) async fn lock_stay(
    app: &App,
    session: &mut Session,
    id: &StayId,
    now: Timestamp,
) -> Result<Option<Stay>, DbError> {
    Ok(lock_stays(app, session, std::slice::from_ref(id), now).await?.pop())
}

/// The same for several at once; those that exist.
async fn lock_stays(
    app: &App,
    session: &mut Session,
    ids: &[StayId],
    now: Timestamp,
) -> Result<Vec<Stay>, DbError> {
    let mut accommodations = BTreeSet::new();
    for id in ids {
        let Some(stay) = store::stay::find_by_id(session, id).await? else { continue };
        accommodations.insert(stay.terms().accommodation_id.clone());
        if matches!(stay, Stay::Held(_) | Stay::Expired(_)) && !stay.is_live(now) {
            accommodations.extend(room(app).catalogue.all(session).await?.iter().map(|one| one.id.clone()));
        }
    }
    let accommodations: Vec<_> = accommodations.into_iter().collect();
    store::accommodation::lock(session, &accommodations).await?;
    let mut stays = Vec::new();
    for id in ids {
        stays.extend(store::stay::lock_by_id(session, id).await?);
    }
    Ok(stays)
}

/// Money that is on its way keeps the nights, where it comes by a way that takes days and the stay is not too soon.
async fn pending(
    app: &App,
    session: &mut Session,
    stay: Option<Stay>,
    takes_days: bool,
    now: Timestamp,
) -> Result<(), JobError> {
    let Some(Stay::Held(held)) = stay else { return Ok(()) };
    let before = Stay::from(held.clone());
    let until = now + slow_wait(app);
    if !takes_days || begins_soon(app, &before, now) || until <= held.expires_at {
        return Ok(tell_money(app, session, &before, MoneyNews::Pending, now).await?);
    }
    let Ok(waiting) = held.wait_until(now, until) else { return Ok(()) };
    let deadline = deadline(app, until, now);
    let (actor, action) = (Actor::Payment, Action::WaitForMoney);
    let saved = save(app, session, &before, waiting.into(), actor, action, now).await;
    let after = saved.map_err(changed_meanwhile)?;
    let code = after.terms().code.to_string();
    Ok(tell_money(app, session, &after, MoneyNews::PendingHeld { code, deadline }, now).await?)
}

async fn rejected(
    app: &App,
    session: &mut Session,
    stay: Option<Stay>,
    now: Timestamp,
) -> Result<(), JobError> {
    let Some(Stay::Held(held)) = stay else { return Ok(()) };
    let before = Stay::from(held.clone());
    let until = now + SignedDuration::from_mins(room(app).booking.hold_minutes.into());
    let Ok(shorter) = held.clone().wait_no_longer(now, until) else { return Ok(()) };
    // It waited for this money longer than for any other: another try has the usual half hour.
    if shorter.expires_at < held.expires_at {
        let (actor, action) = (Actor::Payment, Action::WaitNoLonger);
        let saved = save(app, session, &before, shorter.into(), actor, action, now).await;
        saved.map_err(changed_meanwhile)?;
    }
    let pay_url = pay_url(app, before.terms());
    Ok(tell_money(app, session, &before, MoneyNews::Declined { pay_url }, now).await?)
}

async fn wants(
    app: &App,
    session: &mut Session,
    stay: Stay,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Use, DbError> {
    let own_or_none = |is_own: bool| if is_own { Use::Own } else { Use::None };
    Ok(match stay {
        Stay::Held(held) if !held.has_ended(now) => {
            own_or_none(!calendars::is_sold_elsewhere(session, &held.terms.id).await?)
        }
        stay @ (Stay::Held(_) | Stay::Expired(_)) => {
            let period = stay.terms().period;
            let is_to_come = period.check_in() >= app.property.zone.today(now);
            if free_but_for(app, session, &stay, period, now).await? {
                Use::Own
            } else if is_to_come && late_money::find_equal(app, session, &stay, now).await?.is_some() {
                Use::Equal
            } else {
                Use::None
            }
        }
        stay => own_or_none(missing_of(session, &stay).await?.iter().any(|open| open.purpose == purpose)),
    })
}

async fn bill(
    app: &App,
    session: &mut Session,
    stay: &Stay,
    now: Timestamp,
) -> Result<Option<Bill>, DbError> {
    let Some(due) = next_due_in(session, stay, now).await? else { return Ok(None) };
    let terms = stay.terms();
    let accommodation = store::accommodation::find(session, &terms.accommodation_id).await?;
    let name = accommodation.map_or_else(|| app.property.name.clone(), |found| found.name);
    // A hold has its charge from now on; the others had theirs made with the price.
    let held = match stay {
        Stay::Held(held) => Some(held),
        _ => None,
    };
    let takes_slow = !slow_wait(app).is_zero() && !begins_soon(app, stay, now);
    Ok(Some(Bill {
        due,
        charged: if held.is_some() { terms.deposit } else { due.amount },
        sets_charge: held.is_some(),
        until: held.map_or(now + CHECKOUT_LIFETIME, |held| held.expires_at),
        may_be_extended: held.is_some(),
        slow: takes_slow.then(|| slow_wait(app)),
        title: format!("{name}, {} - {}", terms.period.check_in(), terms.period.check_out()),
        back_url: manage_url(app, &terms.token),
        payer_email: terms.contact.email.clone(),
    }))
}

/// How long a hold waits for money that comes by a slow way.
fn slow_wait(app: &App) -> SignedDuration {
    SignedDuration::from_hours(room(app).money.slow_hold_hours.into())
}

/// Whether a stay begins so soon that ways to pay which take days are not offered for it.
fn begins_soon(app: &App, stay: &Stay, now: Timestamp) -> bool {
    let days = i32::from(room(app).money.slow_min_days);
    let earliest = app.property.zone.today(now).checked_add(days.days());
    earliest.is_ok_and(|earliest| stay.terms().period.check_in() < earliest)
}
