//! Checks before a hold, in their order: dates, guests, accommodation. Whether the nights are free is
//! for the database to say.

use jiff::{ToSpan, civil::Date};

use crate::{
    accommodation::Accommodation,
    period::{Period, days_between},
};

/// Why a hold was not given. Nothing was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Dates(DateProblem),
    #[error("give at least one guest")]
    NoGuests,
    #[error("there is room for {capacity} guests at most")]
    CapacityExceeded { capacity: u16 },
    #[error("there is no such accommodation, or it is not let at present")]
    AccommodationNotFound,
    #[error("these nights are taken")]
    DatesTaken,
    #[error("somebody is booking this accommodation right now; try again in a moment")]
    BeingBooked,
    #[error("{limit} reservations are already being held for this contact; pay or cancel one first")]
    TooManyHolds { limit: u16 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateProblem {
    #[error("check-in is in the past")]
    Past,
    #[error("the nights before today were slept; check-out is today or later")]
    CheckOutPast,
    #[error("check-out must be after check-in")]
    Order,
    #[error("a stay that begins then has at least {min_nights} nights")]
    TooShort { min_nights: u16 },
    #[error("a stay has at most {max_nights} nights")]
    TooLong { max_nights: u16 },
    #[error("bookings are taken up to {horizon_days} days ahead")]
    TooFar { horizon_days: u16 },
}

/// The checks that need no database, in the order in which a guest hears of them.
///
/// `today` is the civil date at the property; where the accommodation is unknown, in the zone of the settings.
pub fn check(
    check_in: Date,
    check_out: Date,
    guests: u16,
    accommodation: Option<&Accommodation>,
    today: Date,
) -> Result<(Period, &Accommodation), Refusal> {
    if check_in < today {
        return Err(Refusal::Dates(DateProblem::Past));
    }
    check_but_for_past(check_in, check_out, guests, accommodation, today)
}

/// The same for a stay that has nights already. One that has begun keeps its day of arrival, which is in the past by
/// then, and the nights that were slept; only its departure moves.
pub fn check_change<'a>(
    before: &Period,
    check_in: Date,
    check_out: Date,
    guests: u16,
    accommodation: Option<&'a Accommodation>,
    today: Date,
) -> Result<(Period, &'a Accommodation), Refusal> {
    if check_in != before.check_in() || check_in >= today {
        return check(check_in, check_out, guests, accommodation, today);
    }
    let checked = check_but_for_past(check_in, check_out, guests, accommodation, today)?;
    if check_out < today {
        return Err(Refusal::Dates(DateProblem::CheckOutPast));
    }
    Ok(checked)
}

fn check_but_for_past(
    check_in: Date,
    check_out: Date,
    guests: u16,
    accommodation: Option<&Accommodation>,
    today: Date,
) -> Result<(Period, &Accommodation), Refusal> {
    let period = Period::new(check_in, check_out).map_err(|_| Refusal::Dates(DateProblem::Order))?;
    if let Some(accommodation) = accommodation {
        check_length(&period, accommodation, today).map_err(Refusal::Dates)?;
    }
    if guests == 0 {
        return Err(Refusal::NoGuests);
    }
    let accommodation = accommodation.ok_or(Refusal::AccommodationNotFound)?;
    if guests > accommodation.capacity {
        return Err(Refusal::CapacityExceeded { capacity: accommodation.capacity });
    }
    if !accommodation.active {
        return Err(Refusal::AccommodationNotFound);
    }
    Ok((period, accommodation))
}

/// Minimum and maximum length, and how far ahead; `today` at the property.
pub fn check_length(period: &Period, accommodation: &Accommodation, today: Date) -> Result<(), DateProblem> {
    let rules = &accommodation.rules;
    let season = accommodation.pricing.season_of(period.check_in());
    let min_nights = season.and_then(|season| season.min_nights).unwrap_or(rules.min_nights);
    if period.nights() < i64::from(min_nights) {
        return Err(DateProblem::TooShort { min_nights });
    }
    if period.nights() > i64::from(rules.max_nights) {
        return Err(DateProblem::TooLong { max_nights: rules.max_nights });
    }
    if days_between(today, period.check_in()) > i64::from(rules.horizon_days) {
        return Err(DateProblem::TooFar { horizon_days: rules.horizon_days });
    }
    Ok(())
}

/// The last day on which a stay may begin.
pub fn last_check_in(accommodation: &Accommodation, today: Date) -> Date {
    today.checked_add(i32::from(accommodation.rules.horizon_days).days()).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;
    use crate::{
        accommodation::{Kind, StayRules, Zone},
        ids::AccommodationId,
        money::{Currency, Money},
        price::{Pricing, Season},
    };

    const TODAY: Date = date(2027, 1, 10);

    fn cabin() -> Accommodation {
        let mut pricing = Pricing::plain(Money::new(100, Currency::parse("ARS").unwrap()));
        pricing.seasons = vec![Season {
            name: "verano".into(),
            from: date(2027, 2, 1),
            to: date(2027, 2, 28),
            base_minor: 200,
            min_nights: Some(4),
        }];
        Accommodation {
            id: AccommodationId::new("a"),
            name: "Cabaña".into(),
            kind: Kind::Cabin,
            description: String::new(),
            photos: vec![],
            capacity: 4,
            pricing,
            rules: StayRules { min_nights: 2, max_nights: 10, horizon_days: 365 },
            zone: Zone::parse("America/Argentina/Cordoba").unwrap(),
            check_in_time: time(14, 0, 0, 0),
            check_out_time: time(10, 0, 0, 0),
            active: true,
        }
    }

    fn refusal(
        check_in: Date,
        check_out: Date,
        guests: u16,
        accommodation: Option<&Accommodation>,
    ) -> Option<Refusal> {
        check(check_in, check_out, guests, accommodation, TODAY).err()
    }

    #[test]
    fn checks_come_in_their_order() {
        use DateProblem::*;
        let cabin = cabin();
        let closed = Accommodation { active: false, ..cabin.clone() };
        let (soon, later) = (date(2027, 1, 12), date(2027, 1, 15));
        for (got, want) in [
            (refusal(date(2027, 1, 9), date(2027, 1, 1), 0, None), Some(Refusal::Dates(Past))),
            (refusal(later, soon, 0, Some(&cabin)), Some(Refusal::Dates(Order))),
            (
                refusal(soon, date(2027, 1, 13), 0, Some(&cabin)),
                Some(Refusal::Dates(TooShort { min_nights: 2 })),
            ),
            (
                refusal(date(2027, 2, 1), date(2027, 2, 4), 2, Some(&cabin)),
                Some(Refusal::Dates(TooShort { min_nights: 4 })),
            ),
            (
                refusal(soon, date(2027, 1, 23), 2, Some(&cabin)),
                Some(Refusal::Dates(TooLong { max_nights: 10 })),
            ),
            (
                refusal(date(2028, 1, 11), date(2028, 1, 14), 2, Some(&cabin)),
                Some(Refusal::Dates(TooFar { horizon_days: 365 })),
            ),
            (refusal(soon, later, 0, None), Some(Refusal::NoGuests)),
            (refusal(soon, later, 5, Some(&cabin)), Some(Refusal::CapacityExceeded { capacity: 4 })),
            (refusal(soon, later, 2, None), Some(Refusal::AccommodationNotFound)),
            (refusal(soon, later, 2, Some(&closed)), Some(Refusal::AccommodationNotFound)),
            (refusal(TODAY, later, 4, Some(&cabin)), None),
        ] {
            assert_eq!(got, want);
        }
    }
    #[test]
    fn a_stay_that_has_begun_keeps_its_arrival_and_moves_its_departure() {
        use DateProblem::*;
        let cabin = cabin();
        let running = Period::new(date(2027, 1, 8), date(2027, 1, 12)).unwrap();
        let change = |check_in, check_out| {
            check_change(&running, check_in, check_out, 2, Some(&cabin), TODAY).map(|(period, _)| period)
        };
        for (check_in, check_out, want) in [
            (date(2027, 1, 8), date(2027, 1, 15), None),
            (date(2027, 1, 8), TODAY, None),
            (date(2027, 1, 8), date(2027, 1, 9), Some(TooShort { min_nights: 2 })),
            (date(2027, 1, 8), date(2027, 1, 8), Some(Order)),
            (date(2027, 1, 8), date(2027, 1, 19), Some(TooLong { max_nights: 10 })),
            (date(2027, 1, 9), date(2027, 1, 15), Some(Past)),
            (date(2027, 1, 7), date(2027, 1, 12), Some(Past)),
            (date(2027, 1, 11), date(2027, 1, 13), None),
        ] {
            let refused = change(check_in, check_out).err();
            assert_eq!(refused, want.map(Refusal::Dates), "{check_in} to {check_out}");
        }
        let long = Period::new(date(2027, 1, 5), date(2027, 1, 12)).unwrap();
        let cut = check_change(&long, date(2027, 1, 5), date(2027, 1, 9), 2, Some(&cabin), TODAY);
        assert_eq!(cut.map(|(period, _)| period), Err(Refusal::Dates(CheckOutPast)));
    }
}
