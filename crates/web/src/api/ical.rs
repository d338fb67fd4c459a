//! Calendars in and out.

use std::sync::Arc;

use app::{
    App,
    calendar::{self, ImportError},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::ids::AccommodationId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::accommodations::{answer, not_found};
use crate::{
    auth::Staff,
    body::Json,
    idempotency,
    problem::{Problem, Result},
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct ImportIn {
    pub accommodation_id: String,
    /// `airbnb`, `booking`, `vrbo`, `google`, or a name of your own
    pub source: String,
    pub ical_text: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct FeedIn {
    pub accommodation_id: String,
    pub source: String,
    /// The address of the calendar, https://…
    pub url: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ImportOut {
    pub created: usize,
    pub updated: usize,
    pub removed: usize,
    /// Blocks that lie over a stay of ours: kept, and listed for a person.
    pub clashes: usize,
    pub notes: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FeedOut {
    pub id: String,
    pub accommodation_id: String,
    pub source: String,
}

/// Serves an accommodation's calendar to whoever has the token.
#[utoipa::path(get, path = "/api/v1/ical/export/{file}", tag = "calendar",
    params(("file" = String, Path, description = "the token, ending .ics")),
    responses((status = 200, content_type = "text/calendar")))]
pub async fn export_calendar(
    State(app): State<Arc<App>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let nothing = || Problem::not_found("there is no such calendar");
    let token = file.strip_suffix(".ics").ok_or_else(nothing)?;
    let text = calendar::export(&app, token).await?.ok_or_else(nothing)?;
    let etag = format!("\"{}\"", hex::encode(&Sha256::digest(&text)[..16]));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let same = known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag || tag.trim() == "*");
    let tag = HeaderValue::from_str(&etag).map_err(|error| Problem::internal(&error))?;
    let fixed = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=300")),
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
    ];
    if same {
        return Ok((StatusCode::NOT_MODIFIED, fixed).into_response());
    }
    Ok((fixed, text).into_response())
}

/// Blocks nights by the text of another calendar.
#[utoipa::path(post, path = "/api/v1/ical/import", tag = "calendar", security(("staff" = [])),
    request_body = ImportIn, responses((status = 200, body = ImportOut)))]
pub async fn import_calendar(
    State(app): State<Arc<App>>,
    _staff: Staff,
    headers: HeaderMap,
    body: Json<ImportIn>,
) -> Result<Response> {
    let key = idempotency::key(&headers, "staff POST /ical/import", &body.bytes)?;
    let asked = body.value;
    let source = source(&asked.source)?;
    let id = AccommodationId::new(asked.accommodation_id);
    let now = app.now();
    let done = app::idempotency::once(&app, key.as_ref(), 200, async |session| {
        match calendar::import_in(&app, session, &id, &source, asked.ical_text.as_bytes(), now).await {
            Ok(imported) => Ok(Ok(ImportOut {
                created: imported.created,
                updated: imported.updated,
                removed: imported.removed,
                clashes: imported.clashes,
                notes: imported.notes,
            })),
            Err(ImportError::Database(error)) => Err(error),
            Err(refused) => Ok(Err(import_refused(refused))),
        }
    })
    .await?;
    answer(done)
}

/// Registers the address of another calendar, to be read from now on.
#[utoipa::path(post, path = "/api/v1/ical/feeds", tag = "calendar", security(("staff" = [])),
    request_body = FeedIn, responses((status = 201, body = FeedOut)))]
pub async fn subscribe_to_calendar(
    State(app): State<Arc<App>>,
    _staff: Staff,
    headers: HeaderMap,
    body: Json<FeedIn>,
) -> Result<Response> {
    let key = idempotency::key(&headers, "staff POST /ical/feeds", &body.bytes)?;
    let asked = body.value;
    let source = source(&asked.source)?;
    check_address(&app, &asked.url)?;
    let id = AccommodationId::new(asked.accommodation_id);
    let now = app.now();
    let done =
        app::idempotency::once(&app, key.as_ref(), 201, async |session| {
            match calendar::subscribe_in(&app, session, &id, &source, &asked.url, now).await {
                Ok(feed) => Ok(Ok(FeedOut {
                    id: feed.id,
                    accommodation_id: feed.accommodation_id.as_str().to_owned(),
                    source: feed.source,
                })),
                Err(ImportError::Database(error)) => Err(error),
                Err(refused) => Ok(Err(import_refused(refused))),
            }
        })
        .await?;
    answer(done)
}

/// Plain http only where private networks are allowed: in tests and demos.
fn check_address(app: &App, url: &str) -> Result<()> {
    let private = app.config.ical.allow_private_networks && url.starts_with("http://");
    let sound = url.starts_with("https://") || url.starts_with("webcal://") || private;
    if sound && url.len() <= 2_000 {
        return Ok(());
    }
    Err(Problem::invalid("invalid_request", "/url", "give the calendar's address, beginning with https://"))
}

fn source(text: &str) -> Result<String> {
    let name = text.trim().to_ascii_lowercase();
    let sound = (1..=40).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    if sound {
        Ok(name)
    } else {
        Err(Problem::invalid("invalid_request", "/source", "give a short name such as airbnb"))
    }
}

fn import_refused(error: ImportError) -> Problem {
    match error {
        ImportError::NotFound => not_found(),
        ImportError::Unreadable(_) => Problem::invalid("invalid_calendar", "/ical_text", error.to_string()),
        ImportError::Database(error) => error.into(),
    }
}
