//! The paths under `/sim` of WhatsApp, one per method of the control handle.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Entry, Inbound, Status, WhatsAppControl};
use crate::core::{ControlBody, ControlError, accepted};

pub(crate) fn router() -> Router<WhatsAppControl> {
    Router::new()
        .route("/sim/guests", get(guests))
        .route("/sim/guests/{phone}/messages", get(transcript).post(guest_sends))
        .route("/sim/guests/{phone}/raw", post(guest_sends_raw))
        .route("/sim/guests/{phone}/echo", post(owner_writes))
        .route("/sim/batch", post(guests_send_together))
        .route("/sim/statuses", post(announce_status))
        .route("/sim/verify", post(verify))
}

async fn guests(State(control): State<WhatsAppControl>) -> Json<Vec<String>> {
    Json(control.guests())
}

async fn transcript(State(control): State<WhatsAppControl>, Path(phone): Path<String>) -> Json<Vec<Entry>> {
    Json(control.transcript(&phone))
}

async fn guest_sends(
    State(control): State<WhatsAppControl>,
    Path(phone): Path<String>,
    ControlBody(message): ControlBody<Value>,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    let inbound = read_inbound(message)?;
    let wamid = control.guest_sends(&phone, inbound).map_err(ControlError::unusable)?;
    Ok((StatusCode::CREATED, Json(json!({ "wamid": wamid }))))
}

async fn guest_sends_raw(
    State(control): State<WhatsAppControl>,
    Path(phone): Path<String>,
    body: Bytes,
) -> StatusCode {
    control.guest_sends_raw(&phone, body);
    StatusCode::ACCEPTED
}

#[derive(Deserialize)]
struct Echo {
    text: String,
}

async fn owner_writes(
    State(control): State<WhatsAppControl>,
    Path(phone): Path<String>,
    ControlBody(echo): ControlBody<Echo>,
) -> (StatusCode, Json<Value>) {
    let wamid = control.owner_writes(&phone, &echo.text);
    (StatusCode::CREATED, Json(json!({ "wamid": wamid })))
}

#[derive(Deserialize)]
struct Batch {
    /// Each with `phone` beside the members of [`Inbound`].
    messages: Vec<Value>,
}

async fn guests_send_together(
    State(control): State<WhatsAppControl>,
    ControlBody(batch): ControlBody<Batch>,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    let mut messages = Vec::new();
    for message in batch.messages {
        let phone =
            message["phone"].as_str().ok_or_else(|| ControlError::unusable("each message needs a phone"))?;
        messages.push((phone.to_owned(), read_inbound(message)?));
    }
    let wamids = control.guests_send_together(messages).map_err(ControlError::unusable)?;
    Ok((StatusCode::CREATED, Json(json!({ "wamids": wamids }))))
}

#[derive(Deserialize)]
struct Announcement {
    wamid: String,
    status: Status,
}

async fn announce_status(
    State(control): State<WhatsAppControl>,
    ControlBody(said): ControlBody<Announcement>,
) -> Result<StatusCode, ControlError> {
    accepted(control.announce_status(&said.wamid, said.status), "message")
}

#[derive(Deserialize)]
struct Verify {
    verify_token: String,
}

async fn verify(
    State(control): State<WhatsAppControl>,
    ControlBody(verify): ControlBody<Verify>,
) -> Result<Json<Value>, ControlError> {
    let answer = control.verify_webhook(&verify.verify_token).await;
    let (status, body) = answer.map_err(|message| ControlError::new(StatusCode::BAD_GATEWAY, message))?;
    Ok(Json(json!({ "status": status, "body": body })))
}

fn read_inbound(mut message: Value) -> Result<Inbound, ControlError> {
    let members = message.as_object_mut().ok_or_else(|| ControlError::unusable("a message is an object"))?;
    members.entry("type").or_insert_with(|| json!("text"));
    serde_json::from_value(message)
        .map_err(|error| ControlError::unusable(format!("this message cannot be sent: {error}")))
}
