//! Talking with a guest: one inbox event, one transaction. What was understood, what was done about it and what is
//! said of it are committed together with the end of the job, so that nothing is done twice and nothing is said
//! that did not happen.

use std::sync::Arc;

use dialog::{
    Effect, Event, Facts, HoldRefusal, Locale, Offer, OwnState, OwnStay, PersonReason, Phrase, Search,
};
use domain::{
    delivery::Delivery,
    guest::{Channel, Contact},
    hold::{DateProblem, Refusal},
    ids::{AccommodationId, StayCode},
    stay::{Actor, Stay},
};
use jiff::Timestamp;
use providers::chat::{
    Outgoing,
    incoming::{Content, Kind, MediaKind, Message, Status, StatusKind},
    whatsapp::webhook,
};
use serde_json::{Value, json};
use store::{
    attention, conversation,
    db::{DbError, Session},
    inbox,
    message::{self, Direction},
    queue::{self, Claim},
};

use crate::{
    App,
    availability::{self, Free},
    hold::{self, HoldRequest},
    jobs::{Done, Job, JobError},
    metrics::NluLabels,
    turnstile::{self, Entry},
};

/// How many of a guest's own stays the desk looks at.
const OWN_STAYS: i64 = 10;

/// Handles one stored event of a chat channel: a guest's message, or news of a message of ours.
pub async fn handle(app: &Arc<App>, claim: &Claim, inbox_id: &str) -> Result<Done, JobError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let stored = inbox::find(&mut session, inbox_id).await?.ok_or(JobError::fail("the inbox row is gone"))?;
    if !stored.handled {
        let body = stored.payload.to_string();
        let events =
            webhook::parse(body.as_bytes()).map_err(|_| JobError::fail("the inbox row is not JSON"))?;
        for event in events {
            let account = event.account.unwrap_or_default();
            match event.kind {
                Kind::Message(message) => {
                    let at = message.at.unwrap_or(stored.received_at);
                    hear(app, &mut session, &account, message, at, now).await?;
                }
                Kind::Status(status) => note_status(&mut session, &status, now).await?,
                Kind::Echo(_) | Kind::Notice { .. } => {}
            }
        }
        inbox::mark_handled(&mut session, &[inbox_id], "handled", now).await?;
    }
    finish(app, session, claim).await
}

/// Commits the effect and the end of the job as one.
pub(crate) async fn finish(app: &App, mut session: Session, claim: &Claim) -> Result<Done, JobError> {
    queue::finish(&mut session, claim).await?.map_err(|_| JobError::LeaseLost)?;
    app.commit(session).await?;
    Ok(Done::Committed)
}

/// A status moves a message of ours by the lattice. Our own id, echoed, names it even when the answer to
/// the sending was lost.
async fn note_status(session: &mut Session, status: &Status, now: Timestamp) -> Result<(), DbError> {
    let news = match &status.status {
        StatusKind::Sent => Delivery::Sent,
        StatusKind::Delivered => Delivery::Delivered,
        StatusKind::Read => Delivery::Read,
        StatusKind::Played => Delivery::Played,
        StatusKind::Failed => Delivery::Failed,
        StatusKind::Unknown(_) => return Ok(()),
    };
    let ours = message::find_by_echo(session, status.opaque.as_deref(), &status.wamid).await?;
    let Some(ours) = ours else { return Ok(()) };
    if ours.external_id.is_none() {
        message::mark_sent(session, &ours.id, &status.wamid, now).await?;
    }
    let reason = status.error.as_ref().and_then(|error| error.code).map(|code| format!("code {code}"));
    message::apply_status(session, &ours.id, news, reason.as_deref(), now).await
}

async fn hear(
    app: &Arc<App>,
    session: &mut Session,
    account: &str,
    heard: Message,
    at: Timestamp,
    now: Timestamp,
) -> Result<(), JobError> {
    let Some(chat) = conversation_with(app, session, account, &heard, now).await? else { return Ok(()) };
    conversation::mark_inbound(session, &chat.id, at.min(now)).await?;
    let incoming = message::Message {
        id: app.entropy.id(now),
        conversation_id: chat.id.clone(),
        direction: Direction::In,
        body: stored_content(&heard.content),
        external_id: Some(heard.wamid.clone()),
        status: Delivery::Delivered,
        reason: None,
        created_at: now,
    };
    message::create(session, &incoming).await?;

    let mut state = state_of(app, &chat);
    let today = app.defaults.zone.today(now);
    let Some(event) = event_of(heard.content, today, state.locale) else { return Ok(()) };
    let mut todo = vec![event];
    while let Some(event) = todo.pop() {
        let facts = facts(app, session, &state, &event, &chat, now).await?;
        let (next, effects) = dialog::step(state, event, &facts);
        state = next;
        for effect in effects {
            if let Some(outcome) = carry_out(app, session, &chat, &state, effect, now).await? {
                todo.push(outcome);
            }
        }
    }
    let saved = serde_json::to_value(&state)
        .map_err(|_| JobError::fail("the conversation cannot be written down"))?;
    conversation::save_state(session, &chat.id, saved, now).await?;
    Ok(())
}

/// The conversation that this message belongs to; None for a message that names no sender.
async fn conversation_with(
    app: &App,
    session: &mut Session,
    account: &str,
    heard: &Message,
    now: Timestamp,
) -> Result<Option<conversation::Conversation>, DbError> {
    let from = &heard.from;
    let Some(guest_key) = from.user_id.as_ref().or(from.phone.as_ref()) else { return Ok(None) };
    let channel = Channel::Whatsapp.as_str();
    let known =
        conversation::find_person(session, channel, account, from.user_id.as_deref(), from.phone.as_deref())
            .await?;
    let new = conversation::Conversation {
        id: app.entropy.id(now),
        channel: channel.to_owned(),
        account: account.to_owned(),
        guest_key: known.map_or_else(|| guest_key.clone(), |known| known.guest_key),
        phone: from.phone.clone(),
        user_id: from.user_id.clone(),
        name: from.profile_name.clone(),
        state: None,
        last_inbound_at: None,
    };
    conversation::ensure(session, &new, now).await.map(Some)
}

fn state_of(app: &App, chat: &conversation::Conversation) -> dialog::Conversation {
    let stored = chat.state.clone().and_then(|state| serde_json::from_value(state).ok());
    stored.unwrap_or_else(|| dialog::Conversation { locale: app.defaults.locale, ..Default::default() })
}

/// What a message is to the dialogue; None for what needs no answer.
fn event_of(content: Content, today: jiff::civil::Date, locale: Locale) -> Option<Event> {
    let unsupported = |kind: &str| Some(Event::NotSupported { kind: kind.to_owned() });
    match content {
        // A button of ours says what its title says.
        Content::Text { body: text } | Content::ButtonReply { title: text, .. } => {
            let reading = dialog::read(&text, today, locale);
            Some(Event::Heard { text, reading })
        }
        Content::Media(media) => unsupported(match media.kind {
            MediaKind::Image => "image",
            MediaKind::Video => "video",
            MediaKind::Voice | MediaKind::Audio => "audio",
            MediaKind::Document => "document",
            MediaKind::Sticker => "sticker",
        }),
        Content::Location { .. } => unsupported("location"),
        Content::Contacts { .. } => unsupported("contacts"),
        Content::Unsupported { kind } => unsupported(&kind),
        Content::Reaction { .. } | Content::Edit { .. } | Content::Revoke { .. } | Content::System(_) => None,
    }
}

fn stored_content(content: &Content) -> Value {
    match content {
        Content::Text { body } => json!({ "kind": "text", "body": body }),
        Content::ButtonReply { id, title } => json!({ "kind": "button", "id": id, "body": title }),
        Content::Media(media) => json!({ "kind": "media", "id": media.id, "mime_type": media.mime_type }),
        Content::Location { .. } => json!({ "kind": "location" }),
        Content::Contacts { .. } => json!({ "kind": "contacts" }),
        Content::Reaction { to, emoji } => json!({ "kind": "reaction", "to": to, "emoji": emoji }),
        Content::Edit { of, .. } => json!({ "kind": "edit", "of": of }),
        Content::Revoke { of } => json!({ "kind": "revoke", "of": of }),
        Content::System(system) => json!({ "kind": "system", "what": system.kind }),
        Content::Unsupported { kind } => json!({ "kind": "unsupported", "what": kind }),
    }
}

async fn facts(
    app: &App,
    session: &mut Session,
    state: &dialog::Conversation,
    event: &Event,
    chat: &conversation::Conversation,
    now: Timestamp,
) -> Result<Facts, DbError> {
    let today = app.defaults.zone.today(now);
    let search = match dialog::wanted(state, event, now, today) {
        Some(wanted) => search(app, session, &wanted).await?,
        None => Search::NotAsked,
    };
    let all = app.catalogue.all(session).await?;
    let name_of = |id: &AccommodationId| {
        all.iter()
            .find(|accommodation| accommodation.id == *id)
            .map(|accommodation| accommodation.name.clone())
    };
    let own = store::stay::list_by_contact(session, contact_of(chat).key(), OWN_STAYS).await?;
    let mut own_stays: Vec<OwnStay> = own.iter().filter_map(|stay| own_stay(stay, &name_of, now)).collect();
    own_stays.sort_by_key(|stay| stay.check_in);
    let first = all.iter().find(|accommodation| accommodation.active);
    Ok(Facts {
        now,
        today,
        zone: app.defaults.zone.time_zone().clone(),
        locale: app.defaults.locale,
        property_name: app.config.property.name.clone(),
        hold_minutes: app.config.booking.hold_minutes,
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

/// Does what a step wants done; some effects have an outcome that the dialogue hears of.
async fn carry_out(
    app: &Arc<App>,
    session: &mut Session,
    chat: &conversation::Conversation,
    state: &dialog::Conversation,
    effect: Effect,
    now: Timestamp,
) -> Result<Option<Event>, JobError> {
    match effect {
        Effect::Say(phrase) => {
            say(app, session, chat, &phrase, state.locale, now).await?;
            Ok(None)
        }
        Effect::PlaceHold { accommodation_id, check_in, check_out, guests } => {
            let request = HoldRequest {
                accommodation_id: AccommodationId::new(accommodation_id),
                check_in,
                check_out,
                guests,
                channel: Channel::Whatsapp,
                contact: contact_of(chat),
                conversation_id: Some(chat.id.clone()),
                key: None,
            };
            place_hold(app, session, &request, now).await.map(Some)
        }
        Effect::CancelHold { code } => cancel_hold(app, session, chat, code, now).await.map(Some),
        Effect::CallPerson { reason } => {
            call_person(app, session, chat, reason, now).await?;
            Ok(None)
        }
    }
}

async fn place_hold(
    app: &Arc<App>,
    session: &mut Session,
    request: &HoldRequest,
    now: Timestamp,
) -> Result<Event, JobError> {
    let action = |action| NluLabels { action, source: "whatsapp" };
    let pass = match turnstile::enter(app, &request.accommodation_id).await {
        Entry::Taken => return Ok(Event::HoldRefused { reason: HoldRefusal::Busy }),
        Entry::Inside(pass) => Some(pass),
        Entry::Unguarded => None,
    };
    let placed = hold::place_in(app, session, &[request], now).await?.pop();
    drop(pass);
    let channel = crate::metrics::ByChannel::of(request.channel);
    let reason = match placed {
        Some(Ok(held)) => {
            app.metrics.reservations_created.get_or_create(&channel).inc();
            app.metrics.nlu_pre_reserve.get_or_create(&action("pre_reserved")).inc();
            let all = app.catalogue.all(session).await?;
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
                pay_url: hold::pay_url(app, &held.terms),
            });
        }
        Some(Err(Refusal::DatesTaken | Refusal::AccommodationNotFound)) => {
            app.metrics.reservations_date_overlap.get_or_create(&channel).inc();
            HoldRefusal::JustTaken
        }
        Some(Err(Refusal::TooManyHolds { .. })) => HoldRefusal::TooManyHolds,
        Some(Err(Refusal::CapacityExceeded { .. } | Refusal::NoGuests)) => HoldRefusal::Capacity,
        Some(Err(Refusal::Dates(problem))) => HoldRefusal::Dates(problem.to_string()),
        Some(Err(Refusal::BeingBooked)) | None => HoldRefusal::Busy,
    };
    app.metrics.nlu_pre_reserve.get_or_create(&action("error")).inc();
    Ok(Event::HoldRefused { reason })
}

/// Cancels a hold of this very guest. A confirmed stay has money in it: that is for the rules of refunds.
async fn cancel_hold(
    app: &App,
    session: &mut Session,
    chat: &conversation::Conversation,
    code: String,
    now: Timestamp,
) -> Result<Event, JobError> {
    let refused = |code| Ok(Event::CancelRefused { code });
    let Some(parsed) = StayCode::parse(&code) else { return refused(code) };
    let Some(found) = store::stay::find_by_code(session, &parsed).await? else { return refused(code) };
    let before = store::stay::lock_by_id(session, &found.terms().id).await?.unwrap_or(found);
    let own = before.terms().contact.key() == contact_of(chat).key();
    let cancelled = match before.clone() {
        Stay::Held(held) if own && !held.has_ended(now) => held.cancel(now, Some("by the guest".to_owned())),
        _ => return refused(code),
    };
    match crate::stay::save(app, session, &before, cancelled.into(), Actor::Guest, "cancel", now).await {
        Ok(_) => Ok(Event::HoldCancelled { code }),
        Err(crate::stay::StayError::Database(error)) => Err(error.into()),
        Err(_) => refused(code),
    }
}

async fn call_person(
    app: &App,
    session: &mut Session,
    chat: &conversation::Conversation,
    reason: PersonReason,
    now: Timestamp,
) -> Result<(), DbError> {
    let item = attention::Attention {
        id: app.entropy.id(now),
        subject: format!("conversation:{}", chat.id),
        reason: reason.as_str().to_owned(),
        detail: "a guest waits for a person".to_owned(),
        created_at: now,
    };
    if attention::raise(session, &item).await? {
        tracing::warn!(conversation = chat.id, reason = reason.as_str(), "a guest waits for a person");
    }
    Ok(())
}

/// The person behind a conversation, as the one who books. People without a visible phone are named by the
/// channel's own id.
fn contact_of(chat: &conversation::Conversation) -> Contact {
    Contact {
        name: chat
            .name
            .clone()
            .filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| "WhatsApp".to_owned()),
        phone: chat.phone.clone().unwrap_or_else(|| chat.guest_key.clone()),
        email: None,
    }
}

/// Tells the guest of a stay something that happened outside the chat. Without a conversation there is nobody to tell.
pub(crate) async fn tell(
    app: &App,
    session: &mut Session,
    conversation_id: Option<&str>,
    phrase: &Phrase,
    now: Timestamp,
) -> Result<(), DbError> {
    let Some(id) = conversation_id else { return Ok(()) };
    let Some(chat) = conversation::find(session, id).await? else { return Ok(()) };
    let locale = state_of(app, &chat).locale;
    say(app, session, &chat, phrase, locale, now).await
}

/// Writes a message into the outbox, with the job that sends it after all earlier ones of this guest.
async fn say(
    app: &App,
    session: &mut Session,
    chat: &conversation::Conversation,
    phrase: &Phrase,
    locale: Locale,
    now: Timestamp,
) -> Result<(), DbError> {
    let body = dialog::render(phrase, locale);
    let whole = match pay_url_of(phrase) {
        Some(url) => Outgoing::Link { body, label: pay_label(locale).to_owned(), url },
        None => Outgoing::Text { body },
    };
    let parts = match &app.chat {
        Some(channel) => channel.split(whole),
        None => vec![whole],
    };
    let mut jobs = Vec::with_capacity(parts.len());
    for part in parts {
        let outgoing = message::Message {
            id: app.entropy.id(now),
            conversation_id: chat.id.clone(),
            direction: Direction::Out,
            body: serde_json::to_value(&part).expect("an outgoing message is plain data"),
            external_id: None,
            status: Delivery::Queued,
            reason: None,
            created_at: now,
        };
        message::create(session, &outgoing).await?;
        let job = Job::SendMessage { message_id: outgoing.id, conversation_id: chat.id.clone() };
        jobs.push(job.enqueue_at(now));
    }
    queue::enqueue(session, &jobs, now).await
}

fn pay_url_of(phrase: &Phrase) -> Option<String> {
    match phrase {
        Phrase::Held { pay_url, .. } | Phrase::HoldExpiring { pay_url, .. } => pay_url.clone(),
        _ => None,
    }
}

/// At most 20 characters: the limit of a WhatsApp button.
fn pay_label(locale: Locale) -> &'static str {
    match locale.language() {
        dialog::Language::Es => "Pagar la seña",
        dialog::Language::Pt => "Pagar o sinal",
        dialog::Language::En => "Pay the deposit",
    }
}
