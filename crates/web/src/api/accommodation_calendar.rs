//! One accommodation's calendar: a row per night.

use std::sync::Arc;

use axum::{
    Json as Answer,
    extract::{Path, State},
};
use calendars::Blocker;
use domain::{block::BlockKind, night_calendar::NightState, period::Period};
use jiff::{Timestamp, ToSpan, civil::Date};
use kernel::App;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{accommodations::shown, availability::date};
use crate::{
    auth::Viewer,
    parse_request::Query,
    problem::{Problem, Result},
};

/// A page of a calendar has at most so many nights.
const MAX_NIGHTS: i64 = 800;

#[derive(Debug, Deserialize, IntoParams)]
pub struct Window {
    /// YYYY-MM-DD; today when missing
    pub from: Option<String>,
    /// YYYY-MM-DD, not included; a month later when missing
    pub to: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarOut {
    pub accommodation_id: String,
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    pub nights: Vec<NightOut>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NightOut {
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// `free`, `held`, `booked` or `blocked`
    #[schema(value_type = String, example = "free")]
    pub status: NightState,
    /// For staff: who blocks this night, also where a booking lies
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocked_by: Vec<BlockerOut>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BlockerOut {
    /// Whose calendar, or `by hand`
    pub source: String,
    /// `stay`, `closed`, or `by_hand` for a block of your own
    pub kind: &'static str,
    /// Of a block of your own
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block_id: Option<String>,
    /// When it first stood there
    #[schema(value_type = String, format = DateTime)]
    pub since: Timestamp,
    /// What stands in that calendar, or your reason
    pub words: String,
    /// Since when that calendar has not had it any more: it is held back
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing_since: Option<Timestamp>,
}

/// Shows the state of each night; to staff also who blocks it, since when, and in which words.
#[utoipa::path(get, path = "/api/v1/accommodations/{id}/calendar", tag = "calendar",
    params(("id" = String, Path), Window), responses((status = 200, body = CalendarOut)))]
pub async fn get_calendar(
    State(app): State<Arc<App>>,
    viewer: Viewer,
    Path(id): Path<String>,
    Query(window): Query<Window>,
) -> Result<Answer<CalendarOut>> {
    let accommodation = shown(&app, viewer, id).await?;
    let today = accommodation.zone.today(app.now());
    let from = window.from.map_or(Ok(today), |text| date("/from", &text))?;
    let month_later = from.checked_add(1.month()).unwrap_or(from);
    let to = window.to.map_or(Ok(month_later), |text| date("/to", &text))?;
    let invalid = |detail: &str| Problem::invalid("invalid_dates", "/to", detail);
    let window = Period::new(from, to).map_err(|_| invalid("to must be after from"))?;
    if window.nights() > MAX_NIGHTS {
        return Err(invalid("ask for at most 800 nights at once"));
    }
    let nights = calendars::month(&app, &accommodation, &window).await?;
    let blockers = match viewer {
        Viewer::Staff(_) => calendars::list_blockers(&app, &accommodation.id, &window).await?,
        Viewer::Public => Vec::new(),
    };
    let out = |(date, status)| NightOut {
        date,
        status,
        blocked_by: blockers.iter().filter(|one| one.period.contains(date)).map(blocker_out).collect(),
    };
    Ok(Answer(CalendarOut {
        accommodation_id: accommodation.id.as_str().to_owned(),
        from,
        to,
        nights: nights.into_iter().map(out).collect(),
    }))
}

fn blocker_out(blocker: &Blocker) -> BlockerOut {
    BlockerOut {
        source: blocker.source.clone(),
        kind: match (&blocker.host_block_id, blocker.kind) {
            (Some(_), _) => "by_hand",
            (None, BlockKind::Stay) => "stay",
            (None, BlockKind::Closed) => "closed",
        },
        block_id: blocker.host_block_id.clone(),
        since: blocker.since,
        words: blocker.words.clone(),
        missing_since: blocker.missing_since,
    }
}
