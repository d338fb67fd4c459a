//! Looking and taking, in the caller's transaction.

use std::collections::HashMap;

use domain::{
    accommodation::Accommodation,
    actor::Actor,
    cause::Cause,
    hold_checks::{Refusal, check},
    ids::{AccommodationId, StayId},
    period::Period,
    price::Quote,
    stay::{Held, Stay, Terms},
};
use jiff::{SignedDuration, Timestamp};
use kernel::{App, Tx};
use store::{audit, db::DbError};

use super::HoldRequest;
use crate::{
    change::{enqueue_checkouts, expire_in},
    room,
};

/// Places holds inside the caller's transaction, each decided in the order given.
///
/// # Errors
/// The database's only; refusals are results. After an error the transaction must be dropped.
pub async fn place_in(
    tx: &mut Tx<'_>,
    requests: &[&HoldRequest],
) -> Result<Vec<Result<Held, Refusal>>, DbError> {
    let mut ids: Vec<_> = requests.iter().map(|request| request.accommodation_id.clone()).collect();
    ids.sort();
    ids.dedup();
    let accommodations = store::accommodation::lock(&mut tx.session, &ids).await?;
    let checked: Vec<_> =
        requests.iter().map(|request| check_request(tx.app, request, &accommodations, tx.now)).collect();

    let wanted: Vec<_> = checked
        .iter()
        .zip(requests)
        .filter_map(|(checked, request)| Some((request.accommodation_id.clone(), checked.as_ref().ok()?.0)))
        .collect();
    let mut taken = look(tx, &wanted).await?;
    let mut keys: Vec<String> = requests.iter().map(|request| request.contact.key()).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut held_by = store::stay::count_held(&mut tx.session, &keys, tx.now).await?;

    let mut answers = Vec::with_capacity(requests.len());
    for (checked, request) in checked.into_iter().zip(requests) {
        answers.push(
            checked.and_then(|(period, quote)| take(tx, request, period, &quote, &mut taken, &mut held_by)),
        );
    }
    let holds: Vec<Held> = answers.iter().filter_map(|answer| answer.as_ref().ok().cloned()).collect();
    let authors: Vec<Author> = answers
        .iter()
        .zip(requests)
        .filter(|(answer, _)| answer.is_ok())
        .map(|(_, request)| Author { actor: request.actor, cause: request.cause.clone() })
        .collect();
    write_down(tx, &holds, &authors).await?;
    Ok(answers)
}

fn check_request(
    app: &App,
    request: &HoldRequest,
    accommodations: &[Accommodation],
    now: Timestamp,
) -> Result<(Period, Quote), Refusal> {
    let accommodation =
        accommodations.iter().find(|accommodation| accommodation.id == request.accommodation_id);
    let zone = accommodation.map_or(&app.property.zone, |accommodation| &accommodation.zone);
    let (period, accommodation) =
        check(request.check_in, request.check_out, request.guests, accommodation, zone.today(now))?;
    Ok((period, accommodation.pricing.quote(&period)))
}

/// Who asked for a hold, and what it follows from where it is not what the transaction follows from.
pub struct Author {
    pub actor: Actor,
    pub cause: Option<Cause>,
}

type Taken = HashMap<AccommodationId, Vec<Period>>;

/// What lies over the wanted nights. Holds whose time is over are ended here and now.
async fn look(tx: &mut Tx<'_>, wanted: &[(AccommodationId, Period)]) -> Result<Taken, DbError> {
    let mut taken = Taken::new();
    let touched = store::availability::list_touched(&mut tx.session, wanted).await?;
    for stay in store::stay::list_in_the_way(&mut tx.session, &touched).await? {
        if stay.is_live(tx.now) {
            taken.entry(stay.terms().accommodation_id.clone()).or_default().push(stay.terms().period);
        } else {
            expire_in(tx, stay).await?;
        }
    }
    for block in store::block::list_in_the_way(&mut tx.session, &touched).await? {
        taken.entry(block.accommodation_id).or_default().push(block.period);
    }
    Ok(taken)
}

fn take(
    tx: &Tx<'_>,
    request: &HoldRequest,
    period: Period,
    quote: &Quote,
    taken: &mut Taken,
    held_by: &mut HashMap<String, i64>,
) -> Result<Held, Refusal> {
    let Tx { app, now, .. } = *tx;
    let nights = taken.entry(request.accommodation_id.clone()).or_default();
    if nights.iter().any(|other| other.overlaps(&period)) {
        return Err(Refusal::DatesTaken);
    }
    let held = held_by.entry(request.contact.key()).or_default();
    let limit = room(app).booking.max_holds_per_contact;
    if *held >= i64::from(limit) {
        return Err(Refusal::TooManyHolds { limit });
    }
    *held += 1;
    nights.push(period);
    let terms = Terms {
        id: StayId::new(app.rng.id(now)),
        code: app.rng.stay_code(),
        token: app.rng.token(),
        accommodation_id: request.accommodation_id.clone(),
        period,
        guests: request.guests,
        channel: request.channel,
        contact: request.contact.clone(),
        conversation_id: request.conversation_id.clone(),
        total: quote.total,
        deposit: quote.deposit,
        policy: room(app).policy.clone(),
        created_at: now,
        version: 1,
    };
    let minutes = i64::from(room(app).booking.hold_minutes);
    Ok(Held { terms, expires_at: now + SignedDuration::from_mins(minutes), extended: false })
}

/// The stays, their audit rows, and the checkout pages to be opened for them.
async fn write_down(tx: &mut Tx<'_>, holds: &[Held], authors: &[Author]) -> Result<(), DbError> {
    record(tx, holds, authors).await?;
    let causes: Vec<_> = authors.iter().map(|author| author.cause.clone()).collect();
    enqueue_checkouts(tx, holds, &causes).await
}

/// The stays and their audit rows. The caller has seen under locks that their nights are free.
pub async fn record(tx: &mut Tx<'_>, holds: &[Held], authors: &[Author]) -> Result<(), DbError> {
    store::stay::create_many(&mut tx.session, holds).await?;
    let stays: Vec<Stay> = holds.iter().cloned().map(Stay::from).collect();
    let entries: Vec<_> = stays
        .iter()
        .zip(authors)
        .map(|(stay, author)| audit::Entry {
            cause: author.cause.clone(),
            ..audit::Entry::of_stay(author.actor, "hold", None, stay)
        })
        .collect();
    audit::write(&mut tx.session, &entries, tx.now).await
}
