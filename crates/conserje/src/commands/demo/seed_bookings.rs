//! Three cabins, a past and a future.

use std::sync::Arc;

use domain::{
    accommodation::{Accommodation, Kind, StayRules},
    actor::Actor,
    decimal::Decimal,
    guest::{Channel, Contact},
    ids::{AccommodationId, StayId},
    money::{Currency, Money},
    period::Period,
    price::{LengthDiscount, Pricing, Season},
    staff::Who,
    stay::{Completed, Confirmed, Held, Stay, Terms},
};
use jiff::{
    SignedDuration, ToSpan,
    civil::{Date, Time},
};
use kernel::App;
use store::db::Session;

struct Cabin {
    name: &'static str,
    description: &'static str,
    photo: &'static str,
    capacity: u16,
    currency: &'static str,
    /// Per night, in whole units.
    price: i64,
    /// Once per stay.
    cleaning: i64,
    /// Nights from today (first, length) that are booked; negative ones are over.
    stays: &'static [(i32, i32)],
}

const CABINS: [Cabin; 3] = [
    Cabin {
        name: "El Sauce",
        description: "Junto al arroyo, con galería y parrilla.",
        photo: "/demo/photos/sauce.svg",
        capacity: 4,
        currency: "ARS",
        price: 85_000,
        cleaning: 15_000,
        stays: &[(-24, 4), (-15, 3), (-6, 3), (2, 3), (12, 4), (33, 7)],
    },
    Cabin {
        name: "La Piedra",
        description: "Arriba, con vista a las sierras. Para dos.",
        photo: "/demo/photos/piedra.svg",
        capacity: 2,
        // Mercado Pago takes no dollars, and PayPal no pesos: here a guest meets the other pair of providers.
        currency: "USD",
        price: 60,
        cleaning: 15,
        stays: &[(-20, 5), (-9, 2), (1, 2), (8, 3), (25, 5)],
    },
    Cabin {
        name: "Los Talas",
        description: "La grande: dos dormitorios, pileta compartida.",
        photo: "/demo/photos/talas.svg",
        capacity: 6,
        currency: "ARS",
        price: 118_000,
        cleaning: 15_000,
        stays: &[(-27, 7), (-12, 4), (5, 2), (16, 7)],
    },
];

const GUESTS: [&str; 6] = ["Ana", "Bruno", "Carla", "Diego", "Elsa", "Fabio"];

/// Writes the cabins and bookings, unless there are any; true when it did.
pub async fn run(app: &Arc<App>) -> anyhow::Result<bool> {
    if !stays::accommodations::list(app).await?.is_empty() {
        return Ok(false);
    }
    let mut tx = app.begin_as(Actor::Staff(Who::Operator)).await?;
    for (number, cabin) in CABINS.iter().enumerate() {
        let accommodation = accommodation(app, cabin)?;
        stays::accommodations::create_in(&mut tx, &accommodation).await?;
        for (place, (from, nights)) in cabin.stays.iter().enumerate() {
            let guest = GUESTS[(number * 2 + place) % GUESTS.len()];
            book(app, &mut tx.session, &accommodation, *from, *nights, guest).await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}

fn accommodation(app: &App, cabin: &Cabin) -> anyhow::Result<Accommodation> {
    let now = app.now();
    let today = app.property.zone.today(now);
    let mut pricing = Pricing::plain(Money::new(cabin.price * 100, Currency::parse(cabin.currency)?));
    pricing.cleaning_fee_minor = cabin.cleaning * 100;
    pricing.length_discounts = vec![LengthDiscount { min_nights: 7, percent: Decimal::whole(10) }];
    pricing.seasons = vec![Season {
        name: "Verano".to_owned(),
        from: summer(today),
        to: summer(today).checked_add(59.days())?,
        base_minor: cabin.price * 130,
        min_nights: Some(2),
    }];
    pricing.check()?;
    Ok(Accommodation {
        id: AccommodationId::new(app.rng.id(now)),
        name: cabin.name.to_owned(),
        kind: Kind::Cabin,
        description: cabin.description.to_owned(),
        photos: vec![cabin.photo.to_owned()],
        capacity: cabin.capacity,
        pricing,
        rules: StayRules { min_nights: 1, max_nights: 30, horizon_days: 540 },
        zone: app.property.zone.clone(),
        check_in_time: Time::constant(14, 0, 0, 0),
        check_out_time: Time::constant(10, 0, 0, 0),
        active: true,
    })
}

/// The next first of January, or this one while its summer lasts.
fn summer(today: Date) -> Date {
    let year = if today.month() <= 2 { today.year() } else { today.year() + 1 };
    Date::constant(year, 1, 1)
}

/// A booking that the program would have taken: held, confirmed, and over if its departure is.
async fn book(
    app: &App,
    session: &mut Session,
    accommodation: &Accommodation,
    from: i32,
    nights: i32,
    guest: &str,
) -> anyhow::Result<()> {
    let now = app.now();
    let today = app.property.zone.today(now);
    let check_in = today.checked_add(from.days())?;
    let period = Period::new(check_in, check_in.checked_add(nights.days())?)?;
    let quote = accommodation.pricing.quote(&period);
    let booked_at = now - SignedDuration::from_hours(24 * 30);
    let terms = Terms {
        id: StayId::new(app.rng.id(booked_at)),
        code: app.rng.stay_code(),
        token: app.rng.token(),
        accommodation_id: accommodation.id.clone(),
        period,
        guests: accommodation.capacity.min(2),
        channel: Channel::Whatsapp,
        contact: Contact::check(guest, "+54 351 555 0100", None)?,
        conversation_id: None,
        total: quote.total,
        deposit: quote.deposit,
        policy: stays::room(app).policy.clone(),
        created_at: booked_at,
        version: 1,
    };
    let held = Held { terms, expires_at: booked_at + SignedDuration::from_mins(30), extended: false };
    store::stay::create_many(session, std::slice::from_ref(&held)).await?;
    let confirmed = Confirmed { terms: held.terms, confirmed_at: booked_at + SignedDuration::from_mins(9) };
    store::stay::update(session, &confirmed.clone().into()).await?;
    if period.check_out() < today {
        let terms = Terms { version: 2, ..confirmed.terms };
        let completed: Stay = Completed { terms, ended_at: now }.into();
        store::stay::update(session, &completed).await?;
    }
    Ok(())
}
