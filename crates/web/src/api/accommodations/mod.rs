//! Accommodations: create, change, list, read.

use std::sync::Arc;

use axum::{
    Json as Answer,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use domain::{accommodation::Accommodation, actor::Actor, ids::AccommodationId};
use kernel::App;
use kernel::idempotency::Once;
use stays::accommodations;

use self::json_bodies::{AccommodationEdit, AccommodationOut, NewAccommodation};
use crate::{
    auth::{Staff, Viewer},
    idempotency,
    parse_request::Json,
    problem::{Problem, Result},
};

/// Bodies and answers, and how they become the noun.
pub mod json_bodies;

/// Creates an accommodation.
#[utoipa::path(post, path = "/api/v1/accommodations", tag = "accommodations", security(("staff" = [])),
    request_body = NewAccommodation, responses((status = 201, body = AccommodationOut)))]
pub async fn create_accommodation(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    headers: HeaderMap,
    body: Json<NewAccommodation>,
) -> Result<Response> {
    let key = idempotency::key(&headers, "staff POST /accommodations", &body.bytes)?;
    let new = body.value.into_accommodation(&app, AccommodationId::new(app.rng.id(app.now())))?;
    let done = kernel::idempotency::once(&app, Actor::Staff(who), key.as_ref(), 201, async |tx| {
        accommodations::create_in(tx, &new).await?;
        Ok(Ok::<_, Problem>(AccommodationOut::of(&new)))
    })
    .await?;
    answer(done)
}

/// Lists accommodations by name; those that are not let at present are shown to staff only.
#[utoipa::path(get, path = "/api/v1/accommodations", tag = "accommodations",
    responses((status = 200, body = Vec<AccommodationOut>)))]
pub async fn list_accommodations(
    State(app): State<Arc<App>>,
    viewer: Viewer,
) -> Result<Answer<Vec<AccommodationOut>>> {
    let all = accommodations::list(&app).await?;
    let shown = all.iter().filter(|accommodation| accommodation.active || viewer.is_staff());
    Ok(Answer(shown.map(AccommodationOut::of).collect()))
}

/// Shows one accommodation; to staff also the address of its calendar.
#[utoipa::path(get, path = "/api/v1/accommodations/{id}", tag = "accommodations",
    params(("id" = String, Path)), responses((status = 200, body = AccommodationOut)))]
pub async fn get_accommodation(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> Result<Answer<AccommodationOut>> {
    let found = shown(&app, viewer, id).await?;
    let mut out = AccommodationOut::of(&found);
    if viewer.is_staff() {
        out.ical_export_url = Some(calendars::link(&app, &found.id, calendars::ALL).await?);
    }
    Ok(Answer(out))
}

/// Changes what is given and leaves the rest.
#[utoipa::path(patch, path = "/api/v1/accommodations/{id}", tag = "accommodations", security(("staff" = [])),
    params(("id" = String, Path)), request_body = AccommodationEdit, responses((status = 200, body = AccommodationOut)))]
pub async fn update_accommodation(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path(id): Path<String>,
    body: Json<AccommodationEdit>,
) -> Result<Answer<AccommodationOut>> {
    let id = AccommodationId::new(id);
    let edited = accommodations::update(&app, &id, who, |before| body.value.apply(before)).await?;
    let after = edited.ok_or_else(not_found)??;
    Ok(Answer(AccommodationOut::of(&after)))
}

/// An accommodation that this viewer may see.
pub async fn shown(app: &App, viewer: Viewer, id: String) -> Result<Accommodation> {
    let found = accommodations::find(app, &AccommodationId::new(id)).await?;
    found.filter(|found| found.active || viewer.is_staff()).ok_or_else(not_found)
}

pub fn not_found() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "accommodation_not_found", "there is no such accommodation")
}

/// The answer of a request that may have come before.
pub fn answer(done: Once<Problem>) -> Result<Response> {
    let json = [(axum::http::header::CONTENT_TYPE, "application/json")];
    match done {
        Once::Done(kept) => {
            let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
            Ok((status, json, kept.body).into_response())
        }
        Once::Replayed(kept) => Ok(idempotency::replay(kept)),
        Once::KeyReused => Err(stays::hold::HoldError::KeyReused.into()),
        Once::KeyBusy => Err(stays::hold::HoldError::KeyBusy.into()),
        Once::Refused(problem) => Err(problem),
    }
}
