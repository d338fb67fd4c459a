//! Nights that the host blocks by hand.

use std::sync::Arc;

use axum::{
    Json as Answer,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use calendars::{HostBlock, HostBlockChange, HostBlockError};
use domain::{actor::Actor, ids::AccommodationId, period::Period};
use jiff::{Timestamp, civil::Date};
use kernel::App;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    accommodations::{answer, not_found, shown},
    availability::date,
};
use crate::{
    auth::{Staff, Viewer},
    idempotency,
    parse_request::Json,
    problem::{Problem, Result},
};

const LONGEST_REASON: usize = 200;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockIn {
    /// YYYY-MM-DD, the first night
    pub from: String,
    /// YYYY-MM-DD, not included
    pub to: String,
    /// Why, for yourself: repairs, the family, the season is over. At most 200 characters
    #[schema(max_length = 200, min_length = 1)]
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockEdit {
    /// YYYY-MM-DD, the first night
    pub from: Option<String>,
    /// YYYY-MM-DD, not included
    pub to: Option<String>,
    #[schema(max_length = 200, min_length = 1)]
    pub reason: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BlockOut {
    pub id: String,
    pub accommodation_id: String,
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Not included
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    pub reason: String,
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
}

/// Blocks nights by hand, each range with its reason. Refused where a booking lies; other calendars may have the same
/// nights.
#[utoipa::path(post, path = "/api/v1/accommodations/{id}/blocks", tag = "calendar", security(("staff" = [])),
    params(("id" = String, Path)), request_body = BlockIn, responses((status = 201, body = BlockOut)))]
pub async fn create_block(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Json<BlockIn>,
) -> Result<Response> {
    let key = idempotency::key(&headers, &format!("staff POST /accommodations/{id}/blocks"), &body.bytes)?;
    let asked = body.value;
    let period = Period::new(date("/from", &asked.from)?, date("/to", &asked.to)?)
        .map_err(|_| Problem::from(HostBlockError::NotAPeriod))?;
    let reason = reason(&asked.reason)?;
    let id = AccommodationId::new(id);
    let done = kernel::idempotency::once(&app, Actor::Staff(who), key.as_ref(), 201, async |tx| {
        match calendars::block_in(tx, &id, period, &reason).await {
            Ok(block) => Ok(Ok(out(&id, block))),
            Err(HostBlockError::Database(error)) => Err(error),
            Err(refused) => Ok(Err(Problem::from(refused))),
        }
    })
    .await?;
    answer(done)
}

/// Lists what was blocked by hand and is not over.
#[utoipa::path(get, path = "/api/v1/accommodations/{id}/blocks", tag = "calendar", security(("staff" = [])),
    params(("id" = String, Path)), responses((status = 200, body = Vec<BlockOut>)))]
pub async fn list_blocks(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path(id): Path<String>,
) -> Result<Answer<Vec<BlockOut>>> {
    let accommodation = shown(&app, Viewer::Staff(who), id).await?;
    let listed = calendars::list_host_blocks(&app, &accommodation).await?;
    Ok(Answer(listed.into_iter().map(|block| out(&accommodation.id, block)).collect()))
}

/// Moves a block, or says another reason; what is left out stays.
#[utoipa::path(patch, path = "/api/v1/accommodations/{id}/blocks/{block}", tag = "calendar",
    security(("staff" = [])), params(("id" = String, Path), ("block" = String, Path)), request_body = BlockEdit,
    responses((status = 200, body = BlockOut)))]
pub async fn update_block(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path((id, block)): Path<(String, String)>,
    body: Json<BlockEdit>,
) -> Result<Answer<BlockOut>> {
    let edit = body.value;
    let change = HostBlockChange {
        check_in: edit.from.map(|text| date("/from", &text)).transpose()?,
        check_out: edit.to.map(|text| date("/to", &text)).transpose()?,
        reason: edit.reason.map(|text| reason(&text)).transpose()?,
    };
    let id = AccommodationId::new(id);
    let changed = calendars::change_block(&app, &id, &block, change, who).await?;
    Ok(Answer(out(&id, changed)))
}

/// Takes a block away: its nights are free at once, unless another calendar has them.
#[utoipa::path(delete, path = "/api/v1/accommodations/{id}/blocks/{block}", tag = "calendar",
    security(("staff" = [])), params(("id" = String, Path), ("block" = String, Path)), responses((status = 204)))]
pub async fn delete_block(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path((id, block)): Path<(String, String)>,
) -> Result<StatusCode> {
    calendars::unblock(&app, &AccommodationId::new(id), &block, who).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn reason(text: &str) -> Result<String> {
    let text = text.trim();
    let sound = (1..=LONGEST_REASON).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if sound {
        return Ok(text.to_owned());
    }
    Err(Problem::invalid("invalid_request", "/reason", "say why, in a line of at most 200 characters"))
}

fn out(accommodation_id: &AccommodationId, block: HostBlock) -> BlockOut {
    BlockOut {
        id: block.id,
        accommodation_id: accommodation_id.as_str().to_owned(),
        from: block.period.check_in(),
        to: block.period.check_out(),
        reason: block.reason,
        since: block.since,
    }
}

impl From<HostBlockError> for Problem {
    fn from(error: HostBlockError) -> Self {
        let detail = error.to_string();
        match error {
            HostBlockError::NoAccommodation => not_found(),
            HostBlockError::NotFound => Self::not_found(detail),
            HostBlockError::NotAPeriod | HostBlockError::Over | HostBlockError::TooLong => {
                Self::invalid("invalid_dates", "/to", detail)
            }
            HostBlockError::Booked(_) => Self::new(StatusCode::CONFLICT, "date_overlap", detail),
            HostBlockError::Database(error) => error.into(),
        }
    }
}
