//! Our calendar out, and calendars that a person hands in.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use calendars::Confirmed;
use calendars::Export;
use calendars::ImportError;
use calendars::Taking;
use domain::{actor::Actor, ids::AccommodationId};
use jiff::Timestamp;
use kernel::App;
use kernel::metrics::LimitLabels;
use kernel::metrics::OutcomeLabels;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::accommodations::{answer, not_found};
use crate::{
    auth::Staff,
    idempotency,
    parse_request::Json,
    problem::{Problem, Result},
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct ImportIn {
    pub accommodation_id: String,
    /// `airbnb`, `booking`, `vrbo`, `google`, or a name of your own
    pub source: String,
    pub ical_text: String,
    /// The text is meant to free a quarter of the nights it blocked before, or more. Without this such nights stay
    /// blocked until the waiting time is over.
    #[serde(default)]
    pub confirm: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ImportOut {
    pub created: usize,
    pub updated: usize,
    pub removed: usize,
    /// Nights that are gone from the calendar and stay blocked for now.
    pub held_back: i64,
    /// Nights that were sold twice: kept, and listed for a person.
    pub clashes: usize,
    pub notes: Vec<String>,
}

/// Serves an accommodation's calendar to whoever has the token.
#[utoipa::path(get, path = "/api/v1/ical/export/{file}", tag = "calendar",
    params(("file" = String, Path, description = "the token, ending .ics")),
    responses((status = 200, content_type = "text/calendar"), (status = 304)))]
pub async fn export_calendar(
    State(app): State<Arc<App>>,
    Path(file): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    let taking = if method == Method::HEAD { Taking::Head } else { Taking::Calendar };
    let found = match file.strip_suffix(".ics") {
        Some(token) => {
            limit(&app, token).await?;
            calendars::export(&app, token, taking).await?
        }
        None => None,
    };
    let Some(export) = found else {
        calendars::note_refusal(&app).await?;
        return Err(Problem::not_found("there is no such calendar"));
    };
    let outcome = if is_known(&export, &headers) { "not_modified" } else { "full" };
    calendars::room(&app).metrics.exports.get_or_create(&OutcomeLabels { outcome }).inc();
    let header = |text: &str| HeaderValue::from_str(text).map_err(|error| Problem::internal(&error));
    let fixed = [
        (header::ETAG, header(&export.etag)?),
        (header::LAST_MODIFIED, header(&http_date(export.modified_at))?),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=300")),
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
    ];
    if outcome == "not_modified" {
        return Ok((StatusCode::NOT_MODIFIED, fixed).into_response());
    }
    Ok((fixed, export.text()).into_response())
}

/// Blocks nights by the text of another calendar.
#[utoipa::path(post, path = "/api/v1/ical/import", tag = "calendar", security(("staff" = [])),
    request_body = ImportIn, responses((status = 200, body = ImportOut)))]
pub async fn import_calendar(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    headers: HeaderMap,
    body: Json<ImportIn>,
) -> Result<Response> {
    let key = idempotency::key(&headers, "staff POST /ical/import", &body.bytes)?;
    let asked = body.value;
    let source = source("/source", &asked.source)?;
    let id = AccommodationId::new(asked.accommodation_id);
    let confirmed = if asked.confirm { Confirmed::Yes } else { Confirmed::No };
    let done = kernel::idempotency::once(&app, Actor::Staff(who), key.as_ref(), 200, async |tx| {
        let text = asked.ical_text.as_bytes();
        match calendars::import_in(tx, &id, &source, text, confirmed).await {
            Ok(imported) => Ok(Ok(ImportOut {
                created: imported.created,
                updated: imported.updated,
                removed: imported.removed,
                held_back: imported.held_back,
                clashes: imported.conflicts,
                notes: imported.notes,
            })),
            Err(ImportError::Database(error)) => Err(error),
            Err(refused) => Ok(Err(import_refused(refused))),
        }
    })
    .await?;
    answer(done)
}

/// The name of a platform or reader, as it is kept: platforms under one name each, however they are written.
pub fn name(pointer: &str, text: &str) -> Result<String> {
    calendars::reader_name(text)
        .ok_or_else(|| Problem::invalid("invalid_request", pointer, "give a short name such as airbnb"))
}

/// Whose calendar a feed is: one's own, since the common link leaves nobody's nights out.
pub fn source(pointer: &str, text: &str) -> Result<String> {
    let name = name(pointer, text)?;
    if name == calendars::ALL {
        let detail = "all is the name of the common link: give the name of the platform, such as airbnb";
        return Err(Problem::invalid("invalid_request", pointer, detail));
    }
    Ok(name)
}

/// So many readings of one address in a window, beside the limit of each client.
async fn limit(app: &App, token: &str) -> Result<()> {
    if !app.settings.rate_limit.enabled {
        return Ok(());
    }
    // Not the token itself: it would be kept where limits are counted.
    let who = format!("calendar|{}", hex::encode(&Sha256::digest(token)[..16]));
    app.limiter.check(&who, calendars::room(app).settings.export_requests, app.now()).await.map_err(
        |too_many| {
            app.metrics.rate_limit_requests_blocked.get_or_create(&LimitLabels { limit: "calendar" }).inc();
            Problem::rate_limited(too_many.retry_after_seconds)
        },
    )
}

/// Whether the reader has this very text. Where both are asked, only the tag counts (RFC 9110, section 13.2.2).
fn is_known(export: &Export, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    match (text(header::IF_NONE_MATCH), text(header::IF_MODIFIED_SINCE)) {
        (Some(tags), _) => {
            tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == export.etag || tag.trim() == "*")
        }
        (None, Some(since)) => jiff::fmt::rfc2822::parse(since)
            .is_ok_and(|since| export.modified_at.as_second() <= since.timestamp().as_second()),
        (None, None) => false,
    }
}

fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn import_refused(error: ImportError) -> Problem {
    match error {
        ImportError::NotFound => not_found(),
        ImportError::Unreadable(_) => Problem::invalid("invalid_calendar", "/ical_text", error.to_string()),
        ImportError::Database(error) => error.into(),
    }
}
