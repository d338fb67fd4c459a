//! `POST /{version}/{phone_number_id}/messages`: a message to a guest, or the mark that one was read.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::{Value, json};

use super::{
    WindowError,
    account::{AccountState, ApiCall, Sim, digits},
    graph_error::{self, GraphError},
    guest_transcript::{Direction, Entry, StatusChange},
    message_statuses::{self, Accepted, Status},
    message_validation::{self, Draft},
    template_validation,
};
use crate::{
    core::{Incoming, Reply},
    faults::Call,
};

/// Takes a message to a guest, or the mark that a guest's message was read.
pub(crate) async fn post(State(sim): State<Arc<Sim>>, incoming: Incoming) -> Response {
    let message: Result<Value, _> = incoming.json();
    let is_read = message.as_ref().is_ok_and(|message| message["status"] == "read");
    let work = |call: &ApiCall<'_>, state: &mut AccountState| {
        if call.id() != sim.account.phone_number_id {
            return Ok(graph_error::unknown_object(call.id()));
        }
        let Ok(message) = message else {
            return Err(GraphError::invalid("The body is not valid JSON."));
        };
        if message["messaging_product"] != "whatsapp" {
            return Err(GraphError::invalid("The parameter messaging_product is required."));
        }
        if is_read { mark_read(&sim, state, &message) } else { send(&sim, state, &message) }
    };
    sim.respond(if is_read { Call::MarkRead } else { Call::SendMessage }, &incoming, work).await
}

fn mark_read(sim: &Sim, state: &mut AccountState, message: &Value) -> Result<Reply, GraphError> {
    let wamid = message["message_id"].as_str().ok_or_else(|| GraphError::missing("message_id"))?;
    let now = sim.now();
    let entry = state
        .find_entry(wamid)
        .filter(|entry| entry.direction == Direction::FromGuest)
        .ok_or_else(|| GraphError::new(131_009, "Message ID is invalid."))?;
    entry.statuses.push(StatusChange { status: Status::Read, at: now, code: None });
    match message.get("typing_indicator") {
        None => {}
        Some(indicator) if indicator["type"] == "text" => entry.typing_at = Some(now),
        Some(_) => return Err(GraphError::invalid("Param typing_indicator['type'] must be one of {TEXT}.")),
    }
    Ok(Reply::json(StatusCode::OK, &json!({ "success": true })))
}

fn send(sim: &Sim, state: &mut AccountState, message: &Value) -> Result<Reply, GraphError> {
    let draft = message_validation::read(message)?;
    let now = sim.now();
    let phone = recipient(state, message)?;
    if phone == digits(&sim.account.display_phone_number) {
        return Err(GraphError::new(131_021, "Recipient phone number cannot be the sender phone number."));
    }
    if draft.kind == "template"
        && let Some(approved) = &state.settings.templates
    {
        template_validation::check_approved(&message["template"], approved)?;
    }
    let rate = state.settings.pair_rate;
    let window_error = state.settings.window_error;
    let guest = state.guest(&phone);
    let closed = draft.kind != "template" && !guest.window_is_open(now);
    let too_late = GraphError::new(
        131_047,
        "Message failed to send because more than 24 hours have passed since the customer last replied to this \
         number.",
    );
    if closed && window_error == WindowError::Http {
        return Err(too_late);
    }
    if rate.is_some_and(|rate| !guest.spend(rate, now)) {
        let details = "Message failed to send because there were too many messages sent from this phone number to \
                       the same phone number in a short period of time.";
        return Err(GraphError::new(131_056, details));
    }
    let wamid = sim.wamid(&phone, false);
    let is_template = draft.kind == "template";
    guest.entries.push(entry(wamid.clone(), now, draft, message));
    let user_id = guest.user_id.clone();
    let accepted = Accepted { phone: &phone, wamid: &wamid, is_template };
    if closed {
        message_statuses::fail(sim, state, &accepted, &too_late);
    } else {
        message_statuses::announce(sim, state, &accepted);
    }
    Ok(Reply::json(StatusCode::OK, &answer(message, &phone, &user_id, &wamid, is_template)))
}

/// Who the message goes to: `to` (a phone) wins over `recipient` (a business-scoped user id).
fn recipient(state: &mut AccountState, message: &Value) -> Result<String, GraphError> {
    match (message["to"].as_str(), message["recipient"].as_str()) {
        (Some(to), _) => {
            let phone = digits(to);
            let is_phone = (7..=15).contains(&phone.len())
                && to.chars().all(|character| character.is_ascii_digit() || "+ ()-".contains(character));
            if is_phone {
                Ok(phone)
            } else {
                Err(GraphError::new(131_009, "The parameter 'to' is not a phone number."))
            }
        }
        (None, Some(user_id)) => state
            .find_by_user_id(user_id)
            .map(|guest| guest.phone.clone())
            .ok_or_else(|| GraphError::new(131_026, "Message undeliverable: unknown recipient.")),
        (None, None) => Err(GraphError::missing("to")),
    }
}

fn entry(wamid: String, at: jiff::Timestamp, draft: Draft, message: &Value) -> Entry {
    Entry {
        wamid,
        direction: Direction::ToGuest,
        at,
        kind: draft.kind,
        text: draft.text,
        header: draft.header,
        footer: draft.footer,
        link: draft.link,
        choices: draft.choices,
        reply_to: message["context"]["message_id"].as_str().map(str::to_owned),
        biz_opaque_callback_data: message["biz_opaque_callback_data"].as_str().map(str::to_owned),
        statuses: Vec::new(),
        typing_at: None,
        payload: message.clone(),
    }
}

fn answer(message: &Value, phone: &str, user_id: &str, wamid: &str, is_template: bool) -> Value {
    let contact = match message["to"].as_str() {
        Some(to) => json!({ "input": to, "wa_id": phone }),
        None => json!({ "input": user_id, "user_id": user_id }),
    };
    let mut sent = json!({ "id": wamid });
    if is_template {
        sent["message_status"] = json!("accepted");
    }
    json!({ "messaging_product": "whatsapp", "contacts": [contact], "messages": [sent] })
}
