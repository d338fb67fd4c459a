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
/// `today` is the civil date at the property; where the accommodation is unknown, at the desk.
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
}
