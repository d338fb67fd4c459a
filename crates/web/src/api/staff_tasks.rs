//! Tasks for staff: what waits for a person.

use std::sync::Arc;

use axum::{
    Json as Answer,
    extract::{Path, State},
    http::StatusCode,
};
use jiff::Timestamp;
use kernel::App;
use kernel::staff_tasks::{self, StaffTask};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    auth::Staff,
    problem::{Problem, Result},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct AttentionOut {
    pub id: String,
    /// What it is about: `stay:…`, `payment:…`, `conversation:…`, `feed:…`, `conflict:…`, `job:…`
    pub subject: String,
    pub reason: String,
    pub detail: String,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
}

/// Lists what waits for a person, oldest first.
#[utoipa::path(get, path = "/api/v1/attention", tag = "attention", security(("staff" = [])),
    responses((status = 200, body = Vec<AttentionOut>)))]
pub async fn list_attention(State(app): State<Arc<App>>, _staff: Staff) -> Result<Answer<Vec<AttentionOut>>> {
    let open = staff_tasks::list(&app).await?;
    let out = |item: StaffTask| AttentionOut {
        id: item.id,
        subject: item.subject,
        reason: item.reason,
        detail: item.detail,
        created_at: item.created_at,
    };
    Ok(Answer(open.into_iter().map(out).collect()))
}

/// Marks an item as resolved.
#[utoipa::path(post, path = "/api/v1/attention/{id}/resolve", tag = "attention", security(("staff" = [])),
    params(("id" = String, Path)), responses((status = 204)))]
pub async fn resolve_attention(
    State(app): State<Arc<App>>,
    Staff(who): Staff,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    if staff_tasks::resolve(&app, &id, who).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Problem::not_found("there is no such open item"))
}
