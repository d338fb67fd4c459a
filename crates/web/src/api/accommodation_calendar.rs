//! One accommodation's calendar: a row per night.

use std::sync::Arc;

use axum::{
    Json as Answer,
    extract::{Path, State},
};
use domain::{night_calendar::NightState, period::Period};
use jiff::{ToSpan, civil::Date};
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
}

/// Shows the state of each night.
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
    let out = |(date, status)| NightOut { date, status };
    Ok(Answer(CalendarOut {
        accommodation_id: accommodation.id.as_str().to_owned(),
        from,
        to,
        nights: nights.into_iter().map(out).collect(),
    }))
}
