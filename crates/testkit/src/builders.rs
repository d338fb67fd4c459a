//! Nouns with sensible values, changed where a test cares: `Held { guests: 1, ..held(&cabin, nights, now) }`.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::{
    accommodation::{Accommodation, Kind, StayRules, Zone},
    cancellation_policy::Policy,
    guest::{Channel, Contact},
    ids::{AccommodationId, StayCode, StayId},
    money::{Currency, Money},
    period::Period,
    price::Pricing,
    stay::{Held, Terms},
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, time},
};

/// An instant: `at("2027-01-01T12:00:00Z")`.
pub fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant such as 2027-01-01T12:00:00Z")
}

/// A date: `day("2027-01-10")`.
pub fn day(text: &str) -> Date {
    text.parse().expect("a date such as 2027-01-10")
}

/// The nights between two dates: `nights("2027-01-10", "2027-01-15")`.
pub fn nights(check_in: &str, check_out: &str) -> Period {
    Period::new(day(check_in), day(check_out)).expect("check-out comes after check-in")
}

/// Argentine pesos.
pub fn pesos(whole: i64) -> Money {
    Money::new(whole * 100, Currency::parse("ARS").expect("ARS is a currency"))
}

/// A cabin for four in Córdoba at 15000 a night.
pub fn cabin(id: &str) -> Accommodation {
    Accommodation {
        id: AccommodationId::new(id),
        name: "Cabaña del Lago".to_owned(),
        kind: Kind::Cabin,
        description: "Con parrilla y vista al lago".to_owned(),
        photos: vec!["https://example.org/cabin.jpg".to_owned()],
        capacity: 4,
        pricing: Pricing::plain(pesos(15_000)),
        rules: StayRules { min_nights: 1, max_nights: 90, horizon_days: 540 },
        zone: Zone::parse("America/Argentina/Cordoba").expect("Córdoba has a time zone"),
        check_in_time: time(14, 0, 0, 0),
        check_out_time: time(10, 0, 0, 0),
        active: true,
    }
}

/// Ana, who books.
pub fn contact() -> Contact {
    Contact::check("Ana Pérez", "+54 9 351 555 0101", Some("ana@example.org")).expect("a good contact")
}

/// Nights held for [`contact`] from `now` on, for half an hour. Ids, code and token are new each time.
pub fn held(accommodation: &Accommodation, period: Period, now: Timestamp) -> Held {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let quote = accommodation.pricing.quote(&period);
    let terms = Terms {
        id: StayId::new(format!("stay-{number:06}")),
        code: StayCode::from_random(number),
        token: format!("token-of-stay-{number:06}"),
        accommodation_id: accommodation.id.clone(),
        period,
        guests: 2,
        channel: Channel::Whatsapp,
        contact: contact(),
        conversation_id: None,
        total: quote.total,
        deposit: quote.deposit,
        policy: Policy::parse("moderate").expect("a known name"),
        created_at: now,
        version: 1,
    };
    Held { terms, expires_at: now + SignedDuration::from_mins(30), extended: false }
}
