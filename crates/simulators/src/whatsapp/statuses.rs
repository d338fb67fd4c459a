//! Statuses of messages to guests: sent, delivered, read, failed.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    envelope::{self, Letter},
    graph_error::GraphError,
    guest::StatusChange,
    shared::{Book, Shared},
};

/// What became of a message to a guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Left Meta.
    Sent,
    /// Reached the telephone.
    Delivered,
    /// Was seen.
    Read,
    /// A voice note was listened to.
    Played,
    /// Will not arrive.
    Failed,
}

/// What is different about the statuses of one message. The oldest planned fault meets the next accepted message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StatusFault {
    /// Nothing: lets one message through, so that a later one can be hit.
    None,
    /// The last status comes first.
    Scrambled,
    /// No status ever comes.
    Silent,
    /// Only these, in this order.
    Only { statuses: Vec<Status> },
    /// Accepted by the call, then failed with this code, such as 131026 or 131049.
    Failed {
        code: i64,
        #[serde(default)]
        details: Option<String>,
    },
    /// A status of a kind nobody has heard of comes between the usual ones.
    UnknownKind,
}

/// A message that has just been accepted.
pub(crate) struct Accepted<'a> {
    pub(crate) phone: &'a str,
    pub(crate) wamid: &'a str,
    pub(crate) is_template: bool,
}

/// Sends the statuses of an accepted message, and notes them in the transcript.
pub(crate) fn announce(shared: &Shared, book: &mut Book, accepted: &Accepted<'_>) {
    let mut statuses = book.settings.statuses.clone();
    match book.faults.statuses.pop_front().unwrap_or(StatusFault::None) {
        StatusFault::None => {}
        StatusFault::Scrambled => statuses.reverse(),
        StatusFault::Silent => statuses.clear(),
        StatusFault::Only { statuses: only } => statuses = only,
        StatusFault::Failed { code, details } => {
            let details = details.unwrap_or_else(|| "Message failed to send.".to_owned());
            fail(shared, book, accepted, &GraphError::new(code, details));
            return;
        }
        StatusFault::UnknownKind => {
            let status = status_object(shared, book, accepted, "warning");
            post(shared, book, accepted, "warning", status);
        }
    }
    for status in statuses {
        if status == Status::Failed {
            let error = GraphError::new(131_026, "Message Undeliverable.");
            fail(shared, book, accepted, &error);
        } else {
            announce_one(shared, book, accepted, status);
        }
    }
}

/// Announces that an accepted message will not arrive.
pub(crate) fn fail(shared: &Shared, book: &mut Book, accepted: &Accepted<'_>, error: &GraphError) {
    note(shared, book, accepted, Status::Failed, Some(error.code));
    let mut status = status_object(shared, book, accepted, "failed");
    // A failed status names neither a conversation nor a price.
    if let Some(members) = status.as_object_mut() {
        members.remove("conversation");
        members.remove("pricing");
    }
    status["errors"] = json!([error.in_status()]);
    post(shared, book, accepted, "failed", status);
}

/// Announces one more status of an accepted message.
pub(crate) fn announce_one(shared: &Shared, book: &mut Book, accepted: &Accepted<'_>, status: Status) {
    note(shared, book, accepted, status, None);
    let name = name_of(status);
    let object = status_object(shared, book, accepted, name);
    post(shared, book, accepted, name, object);
}

fn note(shared: &Shared, book: &mut Book, accepted: &Accepted<'_>, status: Status, code: Option<i64>) {
    let at = shared.now();
    if let Some(entry) = book.guest(accepted.phone).find_entry(accepted.wamid) {
        entry.statuses.push(StatusChange { status, at, code });
    }
}

/// Shape of 2026: new pricing model, and the guest's business-scoped id beside the phone.
fn status_object(shared: &Shared, book: &mut Book, accepted: &Accepted<'_>, name: &str) -> Value {
    let now = shared.now();
    let timestamp = book.wire_seconds(now);
    let expiration =
        book.wire_seconds(now.saturating_add(jiff::SignedDuration::from_hours(24)).unwrap_or(now));
    let guest = book.guest(accepted.phone);
    let category = if accepted.is_template { "utility" } else { "service" };
    let mut conversation = json!({
        "id": hex::encode(&crate::ids::digest(accepted.phone)[..16]),
        "origin": { "type": category },
    });
    if name == "sent" {
        conversation["expiration_timestamp"] = json!(expiration);
    }
    let mut status = json!({
        "id": accepted.wamid,
        "status": name,
        "timestamp": timestamp,
        "recipient_user_id": guest.user_id,
        "conversation": conversation,
        "pricing": {
            "billable": accepted.is_template,
            "pricing_model": "PMP",
            "type": if accepted.is_template { "regular" } else { "free_customer_service" },
            "category": category,
        },
    });
    if guest.username.is_none() {
        status["recipient_id"] = json!(guest.phone);
    }
    let entry = guest.find_entry(accepted.wamid);
    if let Some(mark) = entry.and_then(|entry| entry.biz_opaque_callback_data.clone()) {
        status["biz_opaque_callback_data"] = json!(mark);
    }
    status
}

fn post(shared: &Shared, book: &mut Book, accepted: &Accepted<'_>, name: &str, status: Value) {
    let guest = book.guest(accepted.phone).clone();
    // Status webhooks carry the contact too, except for failures.
    let contact = (name != "failed").then_some(&guest);
    let change = envelope::change(shared, contact, "statuses", vec![status]);
    let letter = Letter { phone: accepted.phone, what: format!("status {name}"), wamid: accepted.wamid };
    envelope::post(shared, book, letter, vec![change]);
}

fn name_of(status: Status) -> &'static str {
    match status {
        Status::Sent => "sent",
        Status::Delivered => "delivered",
        Status::Read => "read",
        Status::Played => "played",
        Status::Failed => "failed",
    }
}
