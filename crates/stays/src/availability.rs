//! What is free, at what price, and what is free nearby.

use domain::{
    accommodation::Accommodation,
    hold_checks::{Refusal, check, check_length},
    night_calendar::nearest_free,
    period::Period,
    price::Quote,
};
use jiff::{ToSpan, civil::Date};
use store::db::{Result, Session};

use kernel::App;

use crate::room;

/// How far from the wanted dates others are looked for, in days, and how many are offered.
const NEARBY_DAYS: i32 = 21;
const NEARBY_COUNT: usize = 3;

#[derive(Clone, Debug)]
pub struct Free {
    pub accommodation: Accommodation,
    pub period: Period,
    pub quote: Quote,
}

/// What is free for these dates and people, with prices; or why such a stay cannot be.
///
/// The outer error is the database's. A refusal is returned only when it holds for every accommodation.
pub async fn search(
    app: &App,
    session: &mut Session,
    check_in: Date,
    check_out: Date,
    guests: u16,
) -> Result<Result<Vec<Free>, Refusal>> {
    let all = room(app).catalogue.all(session).await?;
    let now = app.now();
    let mut refusal = None;
    let mut suitable = Vec::new();
    for accommodation in all.iter().filter(|accommodation| accommodation.active) {
        let today = accommodation.zone.today(now);
        match check(check_in, check_out, guests, Some(accommodation), today) {
            Ok((period, accommodation)) => suitable.push((period, accommodation)),
            Err(problem) => refusal = Some(kinder(refusal, problem)),
        }
    }
    let Some((period, _)) = suitable.first() else {
        let today = app.property.zone.today(now);
        let unlet = || check(check_in, check_out, guests, None, today).err();
        return Ok(match refusal.or_else(unlet) {
            Some(Refusal::AccommodationNotFound) | None => Ok(Vec::new()),
            Some(problem) => Err(problem),
        });
    };
    let free = store::availability::list_free(session, period, guests, now).await?;
    let found = suitable.into_iter().filter(|(_, accommodation)| free.contains(&accommodation.id));
    Ok(Ok(found
        .map(|(period, accommodation)| Free {
            accommodation: accommodation.clone(),
            period,
            quote: accommodation.pricing.quote(&period),
        })
        .collect()))
}

/// Of two refusals by two accommodations, the one that asks less of the guest.
fn kinder(before: Option<Refusal>, now: Refusal) -> Refusal {
    match (before, now) {
        (Some(Refusal::CapacityExceeded { capacity: a }), Refusal::CapacityExceeded { capacity: b }) => {
            Refusal::CapacityExceeded { capacity: a.max(b) }
        }
        (Some(Refusal::CapacityExceeded { .. }) | None, now) => now,
        (Some(before), _) => before,
    }
}

/// The same length on other dates, nearest first: one accommodation per date, the cheapest that is free.
pub async fn nearby(app: &App, session: &mut Session, wanted: &Period, guests: u16) -> Result<Vec<Free>> {
    let now = app.now();
    let all = room(app).catalogue.all(session).await?;
    let reach = wanted.nights() + i64::from(NEARBY_DAYS);
    let around = |days: i64| wanted.check_in().checked_add(days.days()).unwrap_or(wanted.check_in());
    let Ok(window) = Period::new(around(-i64::from(NEARBY_DAYS)), around(reach)) else {
        return Ok(Vec::new());
    };

    let mut calendars = Vec::new();
    for accommodation in all.iter().filter(|a| a.active && a.capacity >= guests) {
        let stays = store::stay::list_live(session, &accommodation.id, &window, now).await?;
        let blocks = store::block::list(session, &accommodation.id, &window).await?;
        let taken: Vec<Period> = stays
            .iter()
            .map(|stay| stay.terms().period)
            .chain(blocks.iter().map(|block| block.period))
            .collect();
        calendars.push((accommodation, taken));
    }
    let offer = |period: &Period| {
        let free = calendars.iter().filter(|(accommodation, taken)| {
            let today = accommodation.zone.today(now);
            taken.iter().all(|other| !other.overlaps(period))
                && check_length(period, accommodation, today).is_ok()
        });
        let offers = free.map(|(accommodation, _)| Free {
            accommodation: (*accommodation).clone(),
            period: *period,
            quote: accommodation.pricing.quote(period),
        });
        offers.min_by_key(|free| free.quote.total.minor)
    };
    let earliest = app.property.zone.today(now);
    let dates = nearest_free(wanted, NEARBY_DAYS, NEARBY_COUNT, earliest, |period| offer(period).is_some());
    Ok(dates.iter().filter_map(offer).collect())
}
