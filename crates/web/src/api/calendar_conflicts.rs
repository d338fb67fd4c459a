//! Nights that were sold twice.

use std::sync::Arc;

use axum::{
    Json as Answer,
    extract::{Path, State},
};
use calendars::Against;
use calendars::Conflict;
use jiff::{Timestamp, civil::Date};
use kernel::App;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    auth::Staff,
    parse_request::OptionalJson,
    problem::{Problem, Result},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct ConflictOut {
    pub id: String,
    pub accommodation_id: String,
    /// Whose calendar has sold the nights
    pub source: String,
    pub feed_id: String,
    /// The reservation of ours that has them too
    pub reservation_code: Option<String>,
    /// The other calendar that has them too
    pub other_source: Option<String>,
    /// The nights that both have
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    #[schema(value_type = String, format = DateTime)]
    pub found_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub resolved_at: Option<Timestamp>,
    pub note: Option<String>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct ResolutionIn {
    /// What was done about it
    pub note: Option<String>,
}

/// Lists nights that were sold twice and that nobody has seen to yet, oldest first.
#[utoipa::path(get, path = "/api/v1/conflicts", tag = "calendar", security(("staff" = [])),
    responses((status = 200, body = Vec<ConflictOut>)))]
pub async fn list_conflicts(State(app): State<Arc<App>>, _staff: Staff) -> Result<Answer<Vec<ConflictOut>>> {
    let mut listed = Vec::new();
    for conflict in calendars::list_conflicts(&app).await? {
        listed.push(out(&app, conflict).await?);
    }
    Ok(Answer(listed))
}

/// Says that a person has seen to it.
#[utoipa::path(post, path = "/api/v1/conflicts/{id}/resolve", tag = "calendar", security(("staff" = [])),
    params(("id" = String, Path)), request_body = Option<ResolutionIn>,
    responses((status = 200, body = ConflictOut)))]
pub async fn resolve_conflict(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path(id): Path<String>,
    OptionalJson(resolution): OptionalJson<ResolutionIn>,
) -> Result<Answer<ConflictOut>> {
    if resolution.note.as_ref().is_some_and(|note| note.chars().count() > 1_000) {
        return Err(Problem::invalid("invalid_request", "/note", "a note has at most 1000 characters"));
    }
    let resolved = calendars::resolve_conflict(&app, &id, resolution.note, who).await?;
    let resolved = resolved.ok_or_else(|| Problem::not_found("there is no such open conflict"))?;
    Ok(Answer(out(&app, resolved).await?))
}

async fn out(app: &App, conflict: Conflict) -> Result<ConflictOut> {
    let (reservation_code, other_source) = match &conflict.against {
        Against::Stay(id) => {
            let stay = stays::stay::find_by_id(app, id).await?;
            (stay.map(|stay| stay.terms().code.to_string()), None)
        }
        Against::Feed(id) => (None, calendars::find_feed(app, id).await?.map(|status| status.feed.source)),
    };
    Ok(ConflictOut {
        id: conflict.id,
        accommodation_id: conflict.accommodation_id.as_str().to_owned(),
        source: conflict.source,
        feed_id: conflict.feed_id,
        reservation_code,
        other_source,
        from: conflict.period.check_in(),
        to: conflict.period.check_out(),
        found_at: conflict.found_at,
        resolved_at: conflict.resolved_at,
        note: conflict.note,
    })
}
