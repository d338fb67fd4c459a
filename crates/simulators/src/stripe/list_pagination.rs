//! Pages of a list, newest first, as Stripe cuts them.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{api_error::ApiError, bracket_form};
use crate::core::Reply;

/// One thing of which a list is made.
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) created_at: Timestamp,
    pub(crate) value: Value,
}

/// A page of a list, newest first (<https://docs.stripe.com/api/pagination>). `rows` come oldest first.
pub(crate) fn page(url: &str, form: &Value, rows: Vec<Row>) -> Result<Reply, ApiError> {
    let limit = bracket_form::integer(form, "limit", "limit")?.unwrap_or(10);
    if !(1..=100).contains(&limit) {
        return Err(ApiError::invalid(Some("limit"), "Invalid limit: must be between 1 and 100"));
    }
    let mut rows: Vec<Row> = rows.into_iter().rev().collect();
    let place = |name: &str| match bracket_form::text(form, name) {
        Some(id) => rows
            .iter()
            .position(|row| row.id == id)
            .map(Some)
            .ok_or_else(|| ApiError::unknown("object", name, id)),
        None => Ok(None),
    };
    let (after, before) = (place("starting_after")?, place("ending_before")?);
    let window = after.map_or(0, |index| index + 1)..before.unwrap_or(rows.len());
    let mut rows: Vec<Row> = rows.drain(window).collect();
    let (from, to) = created_range(form)?;
    rows.retain(|row| (from..=to).contains(&row.created_at.as_second()));
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > limit;
    // What is asked for backwards lies next to its mark.
    let skipped = if before.is_some() { rows.len().saturating_sub(limit) } else { 0 };
    let data: Vec<Value> = rows.into_iter().skip(skipped).take(limit).map(|row| row.value).collect();
    let list = json!({ "object": "list", "data": data, "has_more": has_more, "url": url });
    Ok(Reply::bytes(StatusCode::OK, "application/json", list.to_string().into()))
}

/// `created[gte]` and its like, or `created` for one second alone; both ends included.
fn created_range(form: &Value) -> Result<(i64, i64), ApiError> {
    if form["created"].is_string() {
        let second = bracket_form::integer(form, "created", "created")?.unwrap_or_default();
        return Ok((second, second));
    }
    let bound = |name: &str| bracket_form::integer(&form["created"], name, &format!("created[{name}]"));
    let from = bound("gte")?.or(bound("gt")?.map(|second| second + 1)).unwrap_or(i64::MIN);
    let to = bound("lte")?.or(bound("lt")?.map(|second| second - 1)).unwrap_or(i64::MAX);
    Ok((from, to))
}
