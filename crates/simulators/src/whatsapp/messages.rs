//! `POST /{version}/{phone_number_id}/messages`.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::{Value, json};

use super::{
    WindowError,
    compose::{self, Draft},
    graph_error::{self, GraphDialect, GraphError},
    guest::{Direction, Entry, StatusChange},
    shared::{Book, Shared, digits},
    statuses::{self, Accepted, Status},
    template,
};
use crate::{answer::Reply, faults::Call, line::Line};

/// Takes a message to a guest, or the mark that a guest's message was read.
pub(crate) async fn post(
    State(shared): State<Arc<Shared>>,
    Path((_version, id)): Path<(String, String)>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let message: Result<Value, _> = serde_json::from_slice(&body);
    let is_read = message.as_ref().is_ok_and(|message| message["status"] == "read");
    let call = if is_read { Call::MarkRead } else { Call::SendMessage };
    let answering = shared.works.answering(&GraphDialect, &line);
    let effect = || {
        if let Err(error) = graph_error::check_token(&shared, &headers) {
            return error.reply();
        }
        if id != shared.phone_number_id {
            return graph_error::unknown_object(&id);
        }
        let Ok(message) = message else {
            return GraphError::invalid("The body is not valid JSON.").reply();
        };
        if message["messaging_product"] != "whatsapp" {
            return GraphError::invalid("The parameter messaging_product is required.").reply();
        }
        let done = if is_read { mark_read(&shared, &message) } else { send(&shared, &message) };
        done.unwrap_or_else(|error| error.reply())
    };
    answering.answer(call, effect).await
}

fn mark_read(shared: &Shared, message: &Value) -> Result<Reply, GraphError> {
    let wamid = message["message_id"].as_str().ok_or_else(|| GraphError::missing("message_id"))?;
    let now = shared.now();
    let mut book = shared.book();
    let entry = book
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

fn send(shared: &Shared, message: &Value) -> Result<Reply, GraphError> {
    let draft = compose::read(message)?;
    let now = shared.now();
    let mut book = shared.book();
    let phone = recipient(&mut book, message)?;
    if phone == digits(&shared.display_phone_number) {
        return Err(GraphError::new(131_021, "Recipient phone number cannot be the sender phone number."));
    }
    if draft.kind == "template"
        && let Some(approved) = &book.settings.templates
    {
        template::check_approved(&message["template"], approved)?;
    }
    let rate = book.settings.pair_rate;
    let window_error = book.settings.window_error;
    let guest = book.guest(&phone);
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
    let wamid = shared.wamid(&phone, false);
    let is_template = draft.kind == "template";
    guest.entries.push(entry(wamid.clone(), now, draft, message));
    let user_id = guest.user_id.clone();
    let accepted = Accepted { phone: &phone, wamid: &wamid, is_template };
    if closed {
        statuses::fail(shared, &mut book, &accepted, &too_late);
    } else {
        statuses::announce(shared, &mut book, &accepted);
    }
    Ok(Reply::json(StatusCode::OK, &answer(message, &phone, &user_id, &wamid, is_template)))
}

/// Who the message goes to: `to` (a phone) wins over `recipient` (a business-scoped user id).
fn recipient(book: &mut Book, message: &Value) -> Result<String, GraphError> {
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
        (None, Some(user_id)) => book
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
