//! Parses WhatsApp's webhooks: the three levels of a batch, down to events.
//!
//! One POST holds entries, an entry changes, a change any number of messages, statuses and errors. Source:
//! developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference. What is not understood
//! becomes a `Notice`: a webhook must be answered 200 for content that we merely do not know.

use serde_json::Value;

use super::{incoming_content, response};
use crate::{
    chat::incoming::{Echo, Incoming, Kind, Message, Sender, Status, StatusError, StatusKind},
    lenient_json::{self, each, text, text_at, unix_instant},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the body of the webhook is not JSON")]
pub struct NotJson;

/// All events of one delivery, in the order in which they stand.
///
/// # Errors
/// Only when the bytes are not JSON at all. Any JSON gives events, if only a `Notice`. Half a character in one message,
/// as a name that was cut in the middle of an emoji has it, reads as U+FFFD and spoils no other message.
pub fn parse(raw: &[u8]) -> Result<Vec<Incoming>, NotJson> {
    let body: Value =
        serde_json::from_slice(raw).or_else(|_| lenient_json::whole_characters(raw)).map_err(|_| NotJson)?;
    let known = body.get("object").and_then(Value::as_str) == Some("whatsapp_business_account");
    if !known || !body.get("entry").is_some_and(Value::is_array) {
        return Ok(vec![notice(None, "envelope", &body)]);
    }
    let mut events = Vec::new();
    for entry in each(body.get("entry")) {
        let changes = each(entry.get("changes"));
        if changes.is_empty() {
            events.push(notice(None, "entry", entry));
        }
        for change in changes {
            read_change(change, &mut events);
        }
    }
    Ok(events)
}

/// A change is `{"field": …, "value": {…}}`.
fn read_change(change: &Value, events: &mut Vec<Incoming>) {
    let before = events.len();
    let field = change.get("field").and_then(text).unwrap_or_else(|| "unnamed".to_owned());
    let value = change.get("value").unwrap_or(&Value::Null);
    let account = text_at(value, "/metadata/phone_number_id");
    if field == "messages" {
        let contacts = each(value.get("contacts"));
        for message in each(value.get("messages")) {
            events.push(event(account.as_deref(), "messages", message, read_message(message, &contacts)));
        }
        for status in each(value.get("statuses")) {
            events.push(event(account.as_deref(), "statuses", status, read_status(status)));
        }
        if value.get("errors").is_some_and(|errors| !errors.is_null()) {
            // The whole change: an error alone says nothing about whom it concerns.
            events.push(notice(account.as_deref(), "errors", change));
        }
    }
    if field == "smb_message_echoes" {
        for echo in each(value.get("message_echoes")) {
            events.push(event(account.as_deref(), &field, echo, read_echo(echo)));
        }
    }
    if events.len() == before {
        events.push(notice(account.as_deref(), &field, change));
    }
}

fn read_message(message: &Value, contacts: &[&Value]) -> Option<Kind> {
    Some(Kind::Message(Message {
        external_id: text_at(message, "/id")?,
        from: sender(message, contacts),
        at: message.get("timestamp").and_then(unix_instant),
        content: incoming_content::read(message),
        reply_to: text_at(message, "/context/id"),
    }))
}

fn read_status(status: &Value) -> Option<Kind> {
    let error = each(status.get("errors")).first().map(|error| StatusError {
        code: error.get("code").and_then(response::code),
        title: text_at(error, "/title"),
    });
    Some(Kind::Status(Status {
        external_id: text_at(status, "/id")?,
        status: StatusKind::parse(&text_at(status, "/status")?),
        at: status.get("timestamp").and_then(unix_instant),
        error,
        opaque: text_at(status, "/biz_opaque_callback_data"),
    }))
}

fn read_echo(echo: &Value) -> Option<Kind> {
    let to = Sender {
        phone: text_at(echo, "/to").map(plain_phone),
        user_id: text_at(echo, "/to_user_id"),
        ..Sender::default()
    };
    Some(Kind::Echo(Echo {
        external_id: text_at(echo, "/id")?,
        to,
        at: echo.get("timestamp").and_then(unix_instant),
        content: incoming_content::read(echo),
    }))
}

/// Puts a message together with its contact: by phone, by user id, or because there is only one.
///
/// Since 2026 `from` and `wa_id` are absent for people with a username, and `user_id` is absent in older events.
fn sender(message: &Value, contacts: &[&Value]) -> Sender {
    let from = text_at(message, "/from");
    let from_user_id = text_at(message, "/from_user_id");
    let same = |contact: &Value, pointer: &str, id: &Option<String>| {
        id.is_some() && text_at(contact, pointer) == *id
    };
    let matching = contacts
        .iter()
        .find(|contact| same(contact, "/wa_id", &from) || same(contact, "/user_id", &from_user_id))
        .or_else(|| contacts.first().filter(|_| contacts.len() == 1));
    let contact = matching.copied().unwrap_or(&Value::Null);
    Sender {
        phone: from.or_else(|| text_at(contact, "/wa_id")).map(plain_phone),
        user_id: from_user_id.or_else(|| text_at(contact, "/user_id")),
        profile_name: text_at(contact, "/profile/name"),
        username: text_at(contact, "/profile/username"),
    }
}

fn plain_phone(phone: String) -> String {
    phone.trim_start_matches('+').to_owned()
}

fn event(account: Option<&str>, field: &str, raw: &Value, kind: Option<Kind>) -> Incoming {
    match kind {
        Some(kind) => Incoming { account: account.map(str::to_owned), kind, raw: raw.clone() },
        None => notice(account, field, raw),
    }
}

fn notice(account: Option<&str>, field: &str, raw: &Value) -> Incoming {
    let kind = Kind::Notice { field: field.to_owned() };
    Incoming { account: account.map(str::to_owned), kind, raw: raw.clone() }
}

#[cfg(test)]
mod tests;
