//! A stay as a payable: what payments ask of it.

use std::collections::BTreeSet;

use dialog::MoneyNews;
use domain::{
    actor::Actor,
    charges_of_stay::{Missing, Purpose},
    ids::StayId,
    payable::{Kind, Payable},
    stay::Stay,
};
use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp, ToSpan};
use kernel::{App, DbError, Tx, jobs::JobError};
use payments::{
    Applied, Arrived, Bill, Business, News, Use,
    business::{Answer, Stored},
};
use store::db::Session;

use super::{late_money, use_arrived_money::use_money};
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

    fn lock<'a>(&'a self, tx: &'a mut Tx<'_>, payables: &'a [Payable]) -> Stored<'a, bool> {
        Box::pin(async move {
            let ids: Vec<StayId> = payables.iter().map(id_of).collect();
            Ok(lock_stays(tx, &ids).await?.len() == ids.len())
        })
    }

    fn use_money<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        payable: &'a Payable,
        arrived: &'a Arrived,
    ) -> Answer<'a, Applied> {
        Box::pin(async move {
            let mut tx = tx.acting_as(Actor::Payment);
            let stay = find(&mut tx.session, payable).await?.ok_or(JobError::fail("the stay is gone"))?;
            use_money(&mut tx, arrived, stay).await
        })
    }

    fn pending<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable, takes_days: bool) -> Answer<'a, ()> {
        Box::pin(async move {
            let mut tx = tx.acting_as(Actor::Payment);
            let stay = find(&mut tx.session, payable).await?;
            pending(&mut tx, stay, takes_days).await
        })
    }

    fn rejected<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable) -> Answer<'a, ()> {
        Box::pin(async move {
            let mut tx = tx.acting_as(Actor::Payment);
            let stay = find(&mut tx.session, payable).await?;
            rejected(&mut tx, stay).await
        })
    }

    fn wants<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable, purpose: Purpose) -> Answer<'a, Use> {
        Box::pin(async move {
            match find(&mut tx.session, payable).await? {
                Some(stay) => Ok(wants(tx, stay, purpose).await?),
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

    fn bill<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable) -> Stored<'a, Option<Bill>> {
        Box::pin(async move {
            match find(&mut tx.session, payable).await? {
                Some(stay) => bill(tx, &stay).await,
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

    fn tell<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable, news: News) -> Stored<'a, ()> {
        Box::pin(async move {
            let Some(stay) = find(&mut tx.session, payable).await? else { return Ok(()) };
            let code = stay.terms().code.to_string();
            let news = match news {
                News::Returned(amount) => MoneyNews::Returned { code, amount },
                News::ReturnedByHand(amount) => MoneyNews::ReturnedByHand { code, amount },
                News::NotCharged => MoneyNews::NotCharged,
                News::Declined => MoneyNews::Declined { pay_url: pay_url(tx.app, stay.terms()) },
            };
            tell_money(tx, &stay, news).await
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
pub(super) async fn lock_stay(tx: &mut Tx<'_>, id: &StayId) -> Result<Option<Stay>, DbError> {
    Ok(lock_stays(tx, std::slice::from_ref(id)).await?.pop())
}

/// The same for several at once; those that exist.
async fn lock_stays(tx: &mut Tx<'_>, ids: &[StayId]) -> Result<Vec<Stay>, DbError> {
    let mut accommodations = BTreeSet::new();
    for id in ids {
        let Some(stay) = store::stay::find_by_id(&mut tx.session, id).await? else { continue };
        accommodations.insert(stay.terms().accommodation_id.clone());
        if matches!(stay, Stay::Held(_) | Stay::Expired(_)) && !stay.is_live(tx.now) {
            accommodations
                .extend(room(tx.app).catalogue.all(&mut tx.session).await?.iter().map(|one| one.id.clone()));
        }
    }
    let accommodations: Vec<_> = accommodations.into_iter().collect();
    store::accommodation::lock(&mut tx.session, &accommodations).await?;
    let mut stays = Vec::new();
    for id in ids {
        stays.extend(store::stay::lock_by_id(&mut tx.session, id).await?);
    }
    Ok(stays)
}

/// Money that is on its way keeps the nights, where it comes by a way that takes days and the stay is not too soon.
async fn pending(tx: &mut Tx<'_>, stay: Option<Stay>, takes_days: bool) -> Result<(), JobError> {
    let Some(Stay::Held(held)) = stay else { return Ok(()) };
    let before = Stay::from(held.clone());
    let until = tx.now + slow_wait(tx.app);
    if !takes_days || begins_soon(tx.app, &before, tx.now) || until <= held.expires_at {
        return Ok(tell_money(tx, &before, MoneyNews::Pending).await?);
    }
    let Ok(waiting) = held.wait_until(tx.now, until) else { return Ok(()) };
    let deadline = deadline(tx.app, until, tx.now);
    let saved = save(tx, &before, waiting.into(), Action::WaitForMoney).await;
    let after = saved.map_err(changed_meanwhile)?;
    let code = after.terms().code.to_string();
    Ok(tell_money(tx, &after, MoneyNews::PendingHeld { code, deadline }).await?)
}

async fn rejected(tx: &mut Tx<'_>, stay: Option<Stay>) -> Result<(), JobError> {
    let Some(Stay::Held(held)) = stay else { return Ok(()) };
    let before = Stay::from(held.clone());
    let until = tx.now + SignedDuration::from_mins(room(tx.app).booking.hold_minutes.into());
    let Ok(shorter) = held.clone().wait_no_longer(tx.now, until) else { return Ok(()) };
    // It waited for this money longer than for any other: another try has the usual half hour.
    if shorter.expires_at < held.expires_at {
        let saved = save(tx, &before, shorter.into(), Action::WaitNoLonger).await;
        saved.map_err(changed_meanwhile)?;
    }
    let pay_url = pay_url(tx.app, before.terms());
    Ok(tell_money(tx, &before, MoneyNews::Declined { pay_url }).await?)
}

async fn wants(tx: &mut Tx<'_>, stay: Stay, purpose: Purpose) -> Result<Use, DbError> {
    let own_or_none = |is_own: bool| if is_own { Use::Own } else { Use::None };
    Ok(match stay {
        Stay::Held(held) if !held.has_ended(tx.now) => {
            own_or_none(!calendars::is_sold_elsewhere(&mut tx.session, &held.terms.id).await?)
        }
        stay @ (Stay::Held(_) | Stay::Expired(_)) => {
            let period = stay.terms().period;
            let is_to_come = period.check_in() >= tx.app.property.zone.today(tx.now);
            if free_but_for(tx, &stay, period).await? {
                Use::Own
            } else if is_to_come && late_money::find_equal(tx, &stay).await?.is_some() {
                Use::Equal
            } else {
                Use::None
            }
        }
        stay => {
            own_or_none(missing_of(&mut tx.session, &stay).await?.iter().any(|open| open.purpose == purpose))
        }
    })
}

async fn bill(tx: &mut Tx<'_>, stay: &Stay) -> Result<Option<Bill>, DbError> {
    let Some(due) = next_due_in(&mut tx.session, stay, tx.now).await? else { return Ok(None) };
    let terms = stay.terms();
    let accommodation = store::accommodation::find(&mut tx.session, &terms.accommodation_id).await?;
    let name = accommodation.map_or_else(|| tx.app.property.name.clone(), |found| found.name);
    // A hold has its charge from now on; the others had theirs made with the price.
    let held = match stay {
        Stay::Held(held) => Some(held),
        _ => None,
    };
    let takes_slow = !slow_wait(tx.app).is_zero() && !begins_soon(tx.app, stay, tx.now);
    Ok(Some(Bill {
        due,
        charged: if held.is_some() { terms.deposit } else { due.amount },
        sets_charge: held.is_some(),
        until: held.map_or(tx.now + CHECKOUT_LIFETIME, |held| held.expires_at),
        may_be_extended: held.is_some(),
        slow: takes_slow.then(|| slow_wait(tx.app)),
        title: format!("{name}, {} - {}", terms.period.check_in(), terms.period.check_out()),
        back_url: manage_url(tx.app, &terms.token),
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
