//! Reservations: placing a hold, confirming, cancelling, changing dates, and the rest of a stay's life.

use std::sync::Arc;

use axum::{
    Json as Answer,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use domain::{
    actor::Actor,
    guest::{Channel, Contact, ContactProblem},
    ids::{AccommodationId, StayCode},
    stay::Stay,
};
use kernel::App;
use kernel::metrics::LimitLabels;
use stays::hold;
use stays::hold::HoldAnswer;
use stays::hold::HoldRequest;
use stays::stay;
use stays::stay::StayError;

use self::json_bodies::{
    CancelIn, CancelledOut, ChangedOut, ConfirmedOut, DatesIn, HoldOut, PreReserveIn, StayOut,
};
use super::availability::{date, guests};
use crate::{
    auth::{Staff, Tokens, Viewer, may_touch},
    idempotency,
    parse_request::{Json, OptionalJson},
    problem::{Problem, Result},
};

/// Bodies and answers.
pub mod json_bodies;

/// Holds nights for a guest until the deposit is paid.
#[utoipa::path(post, path = "/api/v1/reservations/pre-reserve", tag = "reservations",
    params(("Idempotency-Key" = Option<String>, Header)),
    request_body = PreReserveIn, responses((status = 201, body = HoldOut)))]
pub async fn pre_reserve(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    headers: HeaderMap,
    body: Json<PreReserveIn>,
) -> Result<Response> {
    let key = idempotency::key(&headers, "public POST /reservations/pre-reserve", &body.bytes)?;
    if let Some(key) = &key {
        // Before the limits: who asks again because the answer was lost does nothing new.
        if let Some(kept) = kernel::idempotency::find_answer(&app, key).await? {
            return Ok(idempotency::replay(kept));
        }
    }
    let request = hold_request(&app, viewer, body.value, key).await?;
    limit_contact(&app, &request.contact).await?;
    match hold::place(&app, request).await? {
        HoldAnswer::Granted(held) => {
            Ok((StatusCode::CREATED, Answer(HoldOut::of(&app, &held))).into_response())
        }
        HoldAnswer::Replayed(kept) => Ok(idempotency::replay(kept)),
    }
}

/// Wrong dates, guests and accommodations are told before a contact that cannot be read.
async fn hold_request(
    app: &App,
    viewer: Viewer,
    asked: PreReserveIn,
    key: Option<kernel::idempotency::Key>,
) -> Result<HoldRequest> {
    let check_in = date("/check_in", &asked.check_in)?;
    let check_out = date("/check_out", &asked.check_out)?;
    let guests = guests(asked.guests);
    let accommodation_id = AccommodationId::new(asked.accommodation_id);
    let channel = channel(asked.channel.as_deref())?;
    let contact = contact(&asked.contact_name, &asked.contact_phone, asked.contact_email.as_deref());
    let contact = match contact {
        Ok(contact) => contact,
        Err(unreadable) => {
            let first =
                hold::refusal_before_contact(app, &accommodation_id, check_in, check_out, guests).await?;
            return Err(first.map_or(unreadable, Problem::from));
        }
    };
    Ok(HoldRequest {
        accommodation_id,
        check_in,
        check_out,
        guests,
        channel,
        contact,
        conversation_id: None,
        actor: actor(viewer),
        cause: None,
        named: key.map(|key| hold::Named { key, render: HoldOut::bytes }),
    })
}

/// Nobody tries one phone number after another, nor empties a calendar with one.
async fn limit_contact(app: &App, contact: &Contact) -> Result<()> {
    let settings = &app.settings.rate_limit;
    if !settings.enabled {
        return Ok(());
    }
    let who = format!("contact|{}", contact.key());
    app.limiter.check(&who, settings.contact_requests, app.now()).await.map_err(|too_many| {
        app.metrics.rate_limit_requests_blocked.get_or_create(&LimitLabels { limit: "contact" }).inc();
        Problem::rate_limited(too_many.retry_after_seconds)
    })
}

fn channel(name: Option<&str>) -> Result<Channel> {
    let name = name.unwrap_or("direct");
    let known = Channel::parse(name);
    known.ok_or_else(|| {
        Problem::invalid("invalid_request", "/channel", "give whatsapp, telegram, web or direct")
    })
}

fn contact(name: &str, phone: &str, email: Option<&str>) -> Result<Contact> {
    Contact::check(name, phone, email).map_err(|problem| {
        let pointer = match problem {
            ContactProblem::Name => "/contact_name",
            ContactProblem::Phone => "/contact_phone",
            ContactProblem::Email => "/contact_email",
        };
        Problem::invalid("invalid_contact", pointer, problem.to_string())
    })
}

/// Shows a reservation to staff, or to the guest who has its token.
#[utoipa::path(get, path = "/api/v1/reservations/{code}", tag = "reservations",
    params(("code" = String, Path)), security(("staff" = []), ("guest" = [])),
    responses((status = 200, body = StayOut)))]
pub async fn get_reservation(
    State(app): State<Arc<App>>,
    tokens: Tokens,
    Path(code): Path<String>,
) -> Result<Answer<StayOut>> {
    let (stay, _) = touched(&app, &tokens, &code).await?;
    Ok(Answer(StayOut::of(&app, &stay)))
}

/// Confirms a hold on the word of staff.
#[utoipa::path(post, path = "/api/v1/reservations/{code}/confirm", tag = "reservations",
    params(("code" = String, Path)), security(("staff" = [])), responses((status = 200, body = ConfirmedOut)))]
pub async fn confirm_reservation(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path(code): Path<String>,
) -> Result<Answer<ConfirmedOut>> {
    let id = by_code(&app, &code).await?.terms().id.clone();
    let confirmed = stay::confirm(&app, &id, who).await?;
    Ok(Answer(ConfirmedOut::of(&confirmed)))
}

/// Cancels a held or confirmed reservation. What the policy gives back starts on its way in the same transaction:
/// all of it where the house cancels.
#[utoipa::path(post, path = "/api/v1/reservations/{code}/cancel", tag = "reservations",
    params(("code" = String, Path)), security(("staff" = []), ("guest" = [])),
    request_body = Option<CancelIn>, responses((status = 200, body = CancelledOut)))]
pub async fn cancel_reservation(
    State(app): State<Arc<App>>,
    tokens: Tokens,
    Path(code): Path<String>,
    OptionalJson(body): OptionalJson<CancelIn>,
) -> Result<Answer<CancelledOut>> {
    let (stay, viewer) = touched(&app, &tokens, &code).await?;
    if body.reason.as_ref().is_some_and(|reason| reason.chars().count() > 500) {
        return Err(Problem::invalid("invalid_request", "/reason", "at most 500 characters"));
    }
    let (cancelled, back) = stay::cancel(&app, &stay.terms().id, actor(viewer), body.reason).await?;
    Ok(Answer(CancelledOut::of(&cancelled, back)))
}

/// Lengthens a hold, once.
#[utoipa::path(post, path = "/api/v1/reservations/{code}/extend", tag = "reservations",
    params(("code" = String, Path)), security(("staff" = []), ("guest" = [])),
    responses((status = 200, body = StayOut)))]
pub async fn extend_reservation(
    State(app): State<Arc<App>>,
    tokens: Tokens,
    Path(code): Path<String>,
) -> Result<Answer<StayOut>> {
    let (stay, viewer) = touched(&app, &tokens, &code).await?;
    let extended = stay::extend(&app, &stay.terms().id, actor(viewer)).await?;
    Ok(Answer(StayOut::of(&app, &extended)))
}

/// Moves a reservation to other dates, if they are free.
#[utoipa::path(post, path = "/api/v1/reservations/{code}/dates", tag = "reservations",
    params(("code" = String, Path)), security(("staff" = [])),
    request_body = DatesIn, responses((status = 200, body = ChangedOut)))]
pub async fn change_reservation_dates(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path(code): Path<String>,
    body: Json<DatesIn>,
) -> Result<Answer<ChangedOut>> {
    let check_in = date("/check_in", &body.value.check_in)?;
    let check_out = date("/check_out", &body.value.check_out)?;
    let id = by_code(&app, &code).await?.terms().id.clone();
    let moved = stay::change_dates(&app, &id, Actor::Staff(who), check_in, check_out).await?;
    Ok(Answer(ChangedOut {
        reservation: StayOut::of(&app, &moved.stay),
        price_difference: moved.difference.to_string(),
        refund: moved.refund.to_string(),
    }))
}

/// Notes that the guest did not come; the nights are free again.
#[utoipa::path(post, path = "/api/v1/reservations/{code}/no-show", tag = "reservations",
    params(("code" = String, Path)), security(("staff" = [])), responses((status = 200, body = StayOut)))]
pub async fn mark_no_show(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path(code): Path<String>,
) -> Result<Answer<StayOut>> {
    let id = by_code(&app, &code).await?.terms().id.clone();
    let ended = stay::no_show(&app, &id, who).await?;
    Ok(Answer(StayOut::of(&app, &ended)))
}

async fn by_code(app: &App, code: &str) -> Result<Stay> {
    let found = match StayCode::parse(code) {
        Some(code) => stay::find(app, &code).await?,
        None => None,
    };
    found.ok_or_else(|| StayError::NotFound.into())
}

/// The stay that these tokens may see and change, and as whom.
async fn touched(app: &App, tokens: &Tokens, code: &str) -> Result<(Stay, Viewer)> {
    if tokens.is_empty() {
        return Err(Problem::unauthorized());
    }
    let found = match StayCode::parse(code) {
        Some(code) => stay::find(app, &code).await?,
        None => None,
    };
    may_touch(tokens, found)
}

fn actor(viewer: Viewer) -> Actor {
    match viewer {
        Viewer::Staff(who) => Actor::Staff(who),
        Viewer::Public => Actor::Guest,
    }
}
