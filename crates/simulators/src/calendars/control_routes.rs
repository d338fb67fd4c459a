//! The paths under `/control`, one per method of the control handle.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{delete, get, post},
};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    CalendarsControl, NewImport, NewListing, NewStay,
    feed_fault::{Fetch, PlannedFeedFault},
    listing::{Listing, ListingSettings, Stay},
    listing_import::Poll,
};
use crate::core::{ControlBody, ControlError};

type Control = State<CalendarsControl>;

pub(crate) fn router() -> Router<CalendarsControl> {
    Router::new()
        .route("/control/listings", get(listings).post(add_listing))
        .route("/control/listings/{id}", get(listing))
        .route("/control/listings/{id}/settings", get(settings).patch(patch_settings))
        .route("/control/listings/{id}/stays", post(book))
        .route("/control/listings/{id}/stays/{stay}", post(move_stay).delete(cancel))
        .route("/control/listings/{id}/blocks", post(block))
        .route("/control/listings/{id}/blocks/{block}", delete(unblock))
        .route("/control/listings/{id}/imports", post(add_import).delete(remove_import))
        .route("/control/listings/{id}/poll", post(poll))
        .route("/control/listings/{id}/faults", get(faults).post(misbehave).delete(behave))
        .route("/control/listings/{id}/fetches", get(fetches))
        .route("/control/poll_due", post(poll_due))
}

async fn listings(State(control): Control) -> Json<Vec<Listing>> {
    Json(control.listings())
}

async fn add_listing(
    State(control): Control,
    ControlBody(new): ControlBody<NewListing>,
) -> Result<(StatusCode, Json<Listing>), ControlError> {
    let listing = control.add_listing(new).map_err(ControlError::unusable)?;
    Ok((StatusCode::CREATED, Json(listing)))
}

async fn listing(State(control): Control, Path(id): Path<String>) -> Result<Json<Listing>, ControlError> {
    control.listing(&id).map(Json).map_err(missing)
}

async fn settings(
    State(control): Control,
    Path(id): Path<String>,
) -> Result<Json<ListingSettings>, ControlError> {
    control.listing(&id).map(|listing| Json(listing.settings)).map_err(missing)
}

async fn patch_settings(
    State(control): Control,
    Path(id): Path<String>,
    ControlBody(changes): ControlBody<Value>,
) -> Result<Json<ListingSettings>, ControlError> {
    control.patch_settings(&id, &changes).map(Json).map_err(ControlError::unusable)
}

async fn book(
    State(control): Control,
    Path(id): Path<String>,
    ControlBody(new): ControlBody<NewStay>,
) -> Result<(StatusCode, Json<Stay>), ControlError> {
    let stay = control.book(&id, new).map_err(ControlError::unusable)?;
    Ok((StatusCode::CREATED, Json(stay)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dates {
    check_in: Date,
    check_out: Date,
}

async fn move_stay(
    State(control): Control,
    Path((id, stay)): Path<(String, String)>,
    ControlBody(dates): ControlBody<Dates>,
) -> Result<Json<Stay>, ControlError> {
    control.move_stay(&id, &stay, dates.check_in, dates.check_out).map(Json).map_err(ControlError::unusable)
}

async fn cancel(
    State(control): Control,
    Path((id, stay)): Path<(String, String)>,
) -> Result<StatusCode, ControlError> {
    control.cancel(&id, &stay).map(|()| StatusCode::NO_CONTENT).map_err(missing)
}

async fn block(
    State(control): Control,
    Path(id): Path<String>,
    ControlBody(dates): ControlBody<Dates>,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    let id = control.block(&id, dates.check_in, dates.check_out).map_err(ControlError::unusable)?;
    Ok((StatusCode::CREATED, Json(json!({ "id": id }))))
}

async fn unblock(
    State(control): Control,
    Path((id, block)): Path<(String, String)>,
) -> Result<StatusCode, ControlError> {
    control.unblock(&id, &block).map(|()| StatusCode::NO_CONTENT).map_err(missing)
}

async fn add_import(
    State(control): Control,
    Path(id): Path<String>,
    ControlBody(new): ControlBody<NewImport>,
) -> Result<StatusCode, ControlError> {
    control.add_import(&id, new).map(|()| StatusCode::NO_CONTENT).map_err(missing)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Url {
    url: String,
}

async fn remove_import(
    State(control): Control,
    Path(id): Path<String>,
    ControlBody(Url { url }): ControlBody<Url>,
) -> Result<StatusCode, ControlError> {
    control.remove_import(&id, &url).map(|()| StatusCode::NO_CONTENT).map_err(missing)
}

async fn poll(State(control): Control, Path(id): Path<String>) -> Result<Json<Vec<Poll>>, ControlError> {
    control.poll(&id).await.map(Json).map_err(missing)
}

async fn poll_due(State(control): Control) -> Json<Value> {
    Json(json!({ "polled": control.poll_due().await }))
}

async fn faults(
    State(control): Control,
    Path(id): Path<String>,
) -> Result<Json<Vec<PlannedFeedFault>>, ControlError> {
    control.faults(&id).map(Json).map_err(missing)
}

async fn misbehave(
    State(control): Control,
    Path(id): Path<String>,
    ControlBody(fault): ControlBody<PlannedFeedFault>,
) -> Result<StatusCode, ControlError> {
    control.misbehave(&id, fault).map(|()| StatusCode::NO_CONTENT).map_err(missing)
}

async fn behave(State(control): Control, Path(id): Path<String>) -> Result<StatusCode, ControlError> {
    control.behave(&id).map(|()| StatusCode::NO_CONTENT).map_err(missing)
}

async fn fetches(State(control): Control, Path(id): Path<String>) -> Result<Json<Vec<Fetch>>, ControlError> {
    control.fetches(&id).map(Json).map_err(missing)
}

fn missing(why: String) -> ControlError {
    ControlError::new(StatusCode::NOT_FOUND, why)
}
