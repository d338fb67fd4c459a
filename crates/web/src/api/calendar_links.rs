//! The addresses under which others read an accommodation's calendar: one for each reader.

use std::sync::Arc;

use axum::{
    Json as Answer,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use calendars::Link;
use calendars::Overlap;
use jiff::Timestamp;
use kernel::App;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{accommodations::shown, calendar_export_and_import::name};
use crate::{
    auth::{Staff, Viewer},
    idempotency,
    parse_request::{Json, OptionalJson},
    problem::{Problem, Result},
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct LinkIn {
    /// Who reads it: `airbnb`, `booking`, … What came from there is left out, so that nothing echoes
    pub reader: String,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct RotateIn {
    /// The old address ends at once: it is in the wrong hands
    #[serde(default)]
    pub at_once: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LinkOut {
    pub reader: String,
    pub url: String,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// Set on an address that was replaced: it opens until then
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ends_at: Option<Timestamp>,
    /// When somebody last read under any address of this reader
    #[schema(value_type = Option<String>, format = DateTime)]
    pub read_at: Option<Timestamp>,
}

/// Gives a reader an address, or shows the one that it has.
#[utoipa::path(post, path = "/api/v1/accommodations/{id}/calendar-links", tag = "calendar", security(("staff" = [])),
    params(("id" = String, Path)), request_body = LinkIn, responses((status = 201, body = LinkOut)))]
pub async fn create_calendar_link(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Json<LinkIn>,
) -> Result<(StatusCode, Answer<LinkOut>)> {
    // Asking twice gives the same address, with a key or without.
    drop(idempotency::key(&headers, "staff POST /calendar-links", &body.bytes)?);
    let accommodation = shown(&app, Viewer::Staff(who), id).await?;
    let reader = name("/reader", &body.value.reader)?;
    let url = calendars::link(&app, &accommodation.id, &reader).await?;
    let listed = calendars::list_links(&app, &accommodation.id).await?;
    let made = listed.into_iter().find(|link| link.url == url).ok_or_else(no_link)?;
    Ok((StatusCode::CREATED, Answer(out(made))))
}

/// Lists every address that opens, those that were replaced too.
#[utoipa::path(get, path = "/api/v1/accommodations/{id}/calendar-links", tag = "calendar", security(("staff" = [])),
    params(("id" = String, Path)), responses((status = 200, body = Vec<LinkOut>)))]
pub async fn list_calendar_links(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path(id): Path<String>,
) -> Result<Answer<Vec<LinkOut>>> {
    let accommodation = shown(&app, Viewer::Staff(who), id).await?;
    let listed = calendars::list_links(&app, &accommodation.id).await?;
    Ok(Answer(listed.into_iter().map(out).collect()))
}

/// Replaces a reader's address. The old one opens for a while longer, so that the reader can be given the new one first.
#[utoipa::path(post, path = "/api/v1/accommodations/{id}/calendar-links/{reader}/rotate", tag = "calendar",
    security(("staff" = [])), params(("id" = String, Path), ("reader" = String, Path)),
    request_body = Option<RotateIn>, responses((status = 200, body = LinkOut)))]
pub async fn rotate_calendar_link(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path((id, reader)): Path<(String, String)>,
    OptionalJson(how): OptionalJson<RotateIn>,
) -> Result<Answer<LinkOut>> {
    let accommodation = shown(&app, Viewer::Staff(who), id).await?;
    let reader = name("/reader", &reader)?;
    let overlap = if how.at_once { Overlap::None } else { Overlap::Usual };
    let rotated = calendars::rotate_link(&app, &accommodation.id, &reader, overlap, who).await?;
    Ok(Answer(out(rotated.ok_or_else(no_link)?)))
}

/// Withdraws every address of a reader at once.
#[utoipa::path(delete, path = "/api/v1/accommodations/{id}/calendar-links/{reader}", tag = "calendar",
    security(("staff" = [])), params(("id" = String, Path), ("reader" = String, Path)), responses((status = 204)))]
pub async fn delete_calendar_link(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path((id, reader)): Path<(String, String)>,
) -> Result<StatusCode> {
    let accommodation = shown(&app, Viewer::Staff(who), id).await?;
    let reader = name("/reader", &reader)?;
    if calendars::withdraw_link(&app, &accommodation.id, &reader, who).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(no_link())
}

fn no_link() -> Problem {
    Problem::not_found("this reader has no address of this calendar")
}

fn out(link: Link) -> LinkOut {
    LinkOut {
        reader: link.reader,
        url: link.url,
        created_at: link.created_at,
        ends_at: link.ends_at,
        read_at: link.read_at,
    }
}
