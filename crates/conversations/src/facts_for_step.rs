//! What is true at the moment of a step: the search that the dialogue asked for, the guest's own stays, the house.

use dialog::{Event, Facts, Offer, OwnState, OwnStay, Search};
use domain::{
    hold_checks::{DateProblem, Refusal},
    ids::AccommodationId,
    stay::Stay,
};
use jiff::Timestamp;
use kernel::{App, Tx};
use store::{
    conversation,
    db::{DbError, Session},
};

use stays::availability::{self, Free};

use crate::person_of_conversation::contact_of;

/// How many of a guest's own stays are looked at.
const OWN_STAYS: i64 = 10;

pub async fn facts(
    tx: &mut Tx<'_>,
    state: &dialog::Conversation,
    event: &Event,
    chat: &conversation::Conversation,
) -> Result<Facts, DbError> {
    let today = tx.app.property.zone.today(tx.now);
    let search = match dialog::wanted(state, event, tx.now, today) {
        Some(wanted) => search(tx.app, &mut tx.session, &wanted).await?,
        None => Search::NotAsked,
    };
    let all = stays::room(tx.app).catalogue.all(&mut tx.session).await?;
    let name_of = |id: &AccommodationId| {
        all.iter()
            .find(|accommodation| accommodation.id == *id)
            .map(|accommodation| accommodation.name.clone())
    };
    let own = store::stay::list_by_contact(&mut tx.session, &contact_of(chat).key(), OWN_STAYS).await?;
    // Only what was booked in this very chat: a phone number given elsewhere proves nothing.
    let booked_here = |stay: &&Stay| stay.terms().conversation_id.as_deref() == Some(chat.id.as_str());
    let mut own_stays: Vec<OwnStay> =
        own.iter().filter(booked_here).filter_map(|stay| own_stay(stay, &name_of, tx.now)).collect();
    own_stays.sort_by_key(|stay| stay.check_in);
    let first = all.iter().find(|accommodation| accommodation.active);
    Ok(Facts {
        now: tx.now,
        today,
        zone: tx.app.property.zone.time_zone().clone(),
        locale: tx.app.property.locale,
        property_name: tx.app.property.name.clone(),
        hold_minutes: stays::room(tx.app).booking.hold_minutes,
        search,
        own_stays,
        check_in_time: first.map(|accommodation| accommodation.check_in_time),
        check_out_time: first.map(|accommodation| accommodation.check_out_time),
        deposit_percent: first.and_then(|accommodation| {
            u8::try_from(accommodation.pricing.deposit_percent.ten_thousandths() / 10_000).ok()
        }),
        max_capacity: all.iter().filter(|accommodation| accommodation.active).map(|a| a.capacity).max(),
    })
}

async fn search(app: &App, session: &mut Session, wanted: &dialog::Wanted) -> Result<Search, DbError> {
    let found = availability::search(app, session, wanted.check_in, wanted.check_out, wanted.guests).await?;
    let offers =
        |free: Vec<Free>| free.into_iter().map(|free| offer(free, wanted.guests)).collect::<Vec<_>>();
    Ok(match found {
        Ok(free) if free.is_empty() => {
            let period = domain::period::Period::new(wanted.check_in, wanted.check_out);
            let nearest = match period {
                Ok(period) => availability::nearby(app, session, &period, wanted.guests).await?,
                Err(_) => Vec::new(),
            };
            Search::Full { nearest: offers(nearest) }
        }
        Ok(free) => Search::Free(offers(free)),
        Err(refusal) => Search::Refused(search_refusal(refusal)),
    })
}

fn search_refusal(refusal: Refusal) -> dialog::SearchRefusal {
    match refusal {
        Refusal::Dates(DateProblem::TooShort { min_nights }) => {
            dialog::SearchRefusal::TooShort { min_nights }
        }
        Refusal::Dates(DateProblem::TooLong { max_nights }) => dialog::SearchRefusal::TooLong { max_nights },
        Refusal::Dates(DateProblem::TooFar { .. }) => dialog::SearchRefusal::TooFar,
        Refusal::CapacityExceeded { capacity } => {
            dialog::SearchRefusal::TooManyGuests { max_capacity: capacity }
        }
        _ => dialog::SearchRefusal::Past,
    }
}

fn offer(free: Free, guests: u16) -> Offer {
    Offer {
        accommodation_id: free.accommodation.id.as_str().to_owned(),
        name: free.accommodation.name,
        capacity: free.accommodation.capacity,
        check_in: free.period.check_in(),
        check_out: free.period.check_out(),
        guests,
        total: free.quote.total,
        deposit: free.quote.deposit,
    }
}

fn own_stay(
    stay: &Stay,
    name_of: &impl Fn(&AccommodationId) -> Option<String>,
    now: Timestamp,
) -> Option<OwnStay> {
    let state = match stay {
        Stay::Held(held) if !held.has_ended(now) => OwnState::Held { expires_at: held.expires_at },
        Stay::Confirmed(_) => OwnState::Confirmed,
        _ => return None,
    };
    let terms = stay.terms();
    Some(OwnStay {
        code: terms.code.to_string(),
        accommodation_name: name_of(&terms.accommodation_id).unwrap_or_default(),
        check_in: terms.period.check_in(),
        check_out: terms.period.check_out(),
        guests: terms.guests,
        state,
        deposit: terms.deposit,
    })
}
