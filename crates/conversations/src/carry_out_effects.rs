//! What a step wants done, done in the same transaction.

use dialog::{Effect, Event, HoldRefusal, PersonReason};
use domain::{
    actor::Actor,
    hold_checks::Refusal,
    ids::{AccommodationId, StayCode},
    money::Money,
    period::Period,
    stay::Stay,
};
use kernel::{
    Tx,
    booking_lock::{self, TryLock},
    jobs::JobError,
};
use stays::{
    ByChannel, guest_links,
    hold::{self, HoldRequest},
    stay::{Action, StayError, save},
};
use store::{
    conversation,
    db::{DbError, Session},
};

use crate::{
    kept_in_context::{NluLabels, room},
    person_of_conversation::{channel_of, contact_of},
};

/// Does what a step wants done; some effects have an outcome that the dialogue hears of.
pub async fn carry_out(
    tx: &mut Tx<'_>,
    chat: &conversation::Conversation,
    state: &dialog::Conversation,
    effect: Effect,
) -> Result<Option<Event>, JobError> {
    match effect {
        Effect::Say(phrase) => {
            tx.say(chat, &phrase, state.locale).await?;
            Ok(None)
        }
        Effect::PlaceHold { accommodation_id, check_in, check_out, guests, total } => {
            let request = HoldRequest {
                accommodation_id: AccommodationId::new(accommodation_id),
                check_in,
                check_out,
                guests,
                channel: channel_of(chat),
                contact: contact_of(chat),
                conversation_id: Some(chat.id.clone()),
                actor: Actor::Guest,
                cause: None,
                named: None,
            };
            place_hold(tx, &request, total).await.map(Some)
        }
        Effect::CancelHold { code } => cancel_hold(tx, chat, code).await.map(Some),
        Effect::CallPerson { reason } => {
            call_person(tx, chat, reason).await?;
            Ok(None)
        }
    }
}

async fn place_hold(tx: &mut Tx<'_>, request: &HoldRequest, agreed: Money) -> Result<Event, JobError> {
    if let Some(changed) = price_changed(&mut tx.session, request, agreed).await? {
        return Ok(changed);
    }
    let action = |action| NluLabels { action, source: request.channel.as_str() };
    let guard = match booking_lock::try_lock(tx.app, &request.accommodation_id).await {
        TryLock::Taken => return Ok(Event::HoldRefused { reason: HoldRefusal::Busy }),
        TryLock::Acquired(guard) => Some(guard),
        TryLock::NotUsed => None,
    };
    let placed = hold::place_in(tx, &[request]).await?.pop();
    drop(guard);
    let channel = ByChannel::of(request.channel);
    let reason = match placed {
        Some(Ok(held)) => {
            stays::room(tx.app).metrics.reservations_created.get_or_create(&channel).inc();
            room(tx.app).metrics.nlu_pre_reserve.get_or_create(&action("pre_reserved")).inc();
            let all = stays::room(tx.app).catalogue.all(&mut tx.session).await?;
            let name = all.iter().find(|a| a.id == held.terms.accommodation_id).map(|a| a.name.clone());
            return Ok(Event::HoldPlaced {
                code: held.terms.code.to_string(),
                expires_at: held.expires_at,
                accommodation_name: name.unwrap_or_default(),
                check_in: held.terms.period.check_in(),
                check_out: held.terms.period.check_out(),
                guests: held.terms.guests,
                total: held.terms.total,
                deposit: held.terms.deposit,
                pay_url: guest_links::pay_url(tx.app, &held.terms),
            });
        }
        Some(Err(Refusal::DatesTaken | Refusal::AccommodationNotFound)) => {
            stays::room(tx.app).metrics.reservations_date_overlap.get_or_create(&channel).inc();
            HoldRefusal::JustTaken
        }
        Some(Err(Refusal::TooManyHolds { .. })) => HoldRefusal::TooManyHolds,
        Some(Err(Refusal::CapacityExceeded { .. } | Refusal::NoGuests)) => HoldRefusal::Capacity,
        Some(Err(Refusal::Dates(problem))) => HoldRefusal::Dates(problem.to_string()),
        Some(Err(Refusal::BeingBooked)) | None => HoldRefusal::Busy,
    };
    room(tx.app).metrics.nlu_pre_reserve.get_or_create(&action("error")).inc();
    Ok(Event::HoldRefused { reason })
}

/// Whether the stay costs something else now than what the guest said yes to. The row stays locked, so that the
/// price holds until the hold is written.
async fn price_changed(
    session: &mut Session,
    request: &HoldRequest,
    agreed: Money,
) -> Result<Option<Event>, JobError> {
    let locked = store::accommodation::lock(session, std::slice::from_ref(&request.accommodation_id)).await?;
    let (Some(accommodation), Ok(period)) =
        (locked.first(), Period::new(request.check_in, request.check_out))
    else {
        return Ok(None);
    };
    let quote = accommodation.pricing.quote(&period);
    let changed = HoldRefusal::PriceChanged { total: quote.total, deposit: quote.deposit };
    Ok((quote.total != agreed).then_some(Event::HoldRefused { reason: changed }))
}

/// Cancels a hold of this very guest. A confirmed stay has money in it: that is for the rules of refunds.
async fn cancel_hold(
    tx: &mut Tx<'_>,
    chat: &conversation::Conversation,
    code: String,
) -> Result<Event, JobError> {
    let refused = |code| Ok(Event::CancelRefused { code });
    let Some(parsed) = StayCode::parse(&code) else { return refused(code) };
    let Some(found) = store::stay::find_by_code(&mut tx.session, &parsed).await? else {
        return refused(code);
    };
    let before = store::stay::lock_by_id(&mut tx.session, &found.terms().id).await?.unwrap_or(found);
    let own = before.terms().contact.key() == contact_of(chat).key();
    let cancelled = match before.clone() {
        Stay::Held(held) if own && !held.has_ended(tx.now) => {
            held.cancel(tx.now, Some("by the guest".to_owned()))
        }
        _ => return refused(code),
    };
    match save(tx, &before, cancelled.into(), Action::Cancel).await {
        Ok(_) => Ok(Event::HoldCancelled { code }),
        Err(StayError::Database(error)) => Err(error.into()),
        Err(_) => refused(code),
    }
}

async fn call_person(
    tx: &mut Tx<'_>,
    chat: &conversation::Conversation,
    reason: PersonReason,
) -> Result<(), DbError> {
    let subject = format!("conversation:{}", chat.id);
    let detail = "a guest waits for a person";
    if tx.open_task(&subject, reason.as_str(), detail).await? {
        tracing::warn!(conversation = chat.id, reason = reason.as_str(), "a guest waits for a person");
    }
    Ok(())
}
