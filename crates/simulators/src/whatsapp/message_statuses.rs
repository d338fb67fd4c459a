//! Statuses of messages to guests: sent, delivered, read, failed.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    account::{AccountState, Sim},
    graph_error::GraphError,
    guest_transcript::StatusChange,
    webhook_envelope::{self, Envelope},
};
use crate::core::digest;

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
pub(crate) fn announce(sim: &Sim, state: &mut AccountState, accepted: &Accepted<'_>) {
    let mut statuses = state.settings.statuses.clone();
    match state.faults.statuses.pop_front().unwrap_or(StatusFault::None) {
        StatusFault::None => {}
        StatusFault::Scrambled => statuses.reverse(),
        StatusFault::Silent => statuses.clear(),
        StatusFault::Only { statuses: only } => statuses = only,
        StatusFault::Failed { code, details } => {
            let details = details.unwrap_or_else(|| "Message failed to send.".to_owned());
            fail(sim, state, accepted, &GraphError::new(code, details));
            return;
        }
        StatusFault::UnknownKind => {
            let status = status_object(sim, state, accepted, "warning");
            post(sim, state, accepted, "warning", status);
        }
    }
    for status in statuses {
        if status == Status::Failed {
            let error = GraphError::new(131_026, "Message Undeliverable.");
            fail(sim, state, accepted, &error);
        } else {
            announce_one(sim, state, accepted, status);
        }
    }
}

/// Announces that an accepted message will not arrive.
pub(crate) fn fail(sim: &Sim, state: &mut AccountState, accepted: &Accepted<'_>, error: &GraphError) {
    note(sim, state, accepted, Status::Failed, Some(error.code));
    let mut status = status_object(sim, state, accepted, "failed");
    // A failed status names neither a conversation nor a price.
    if let Some(members) = status.as_object_mut() {
        members.remove("conversation");
        members.remove("pricing");
    }
    status["errors"] = json!([error.in_status()]);
    post(sim, state, accepted, "failed", status);
}

/// Announces one more status of an accepted message.
pub(crate) fn announce_one(sim: &Sim, state: &mut AccountState, accepted: &Accepted<'_>, status: Status) {
    note(sim, state, accepted, status, None);
    let name = name_of(status);
    let object = status_object(sim, state, accepted, name);
    post(sim, state, accepted, name, object);
}

fn note(sim: &Sim, state: &mut AccountState, accepted: &Accepted<'_>, status: Status, code: Option<i64>) {
    let at = sim.now();
    if let Some(entry) = state.guest(accepted.phone).find_entry(accepted.wamid) {
        entry.statuses.push(StatusChange { status, at, code });
    }
}

/// Shape of 2026: new pricing model, and the guest's business-scoped id beside the phone.
fn status_object(sim: &Sim, state: &mut AccountState, accepted: &Accepted<'_>, name: &str) -> Value {
    let now = sim.now();
    let timestamp = state.wire_seconds(now);
    let expiration =
        state.wire_seconds(now.saturating_add(jiff::SignedDuration::from_hours(24)).unwrap_or(now));
    let guest = state.guest(accepted.phone);
    let category = if accepted.is_template { "utility" } else { "service" };
    let mut conversation = json!({
        "id": hex::encode(&digest(accepted.phone)[..16]),
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

fn post(sim: &Sim, state: &mut AccountState, accepted: &Accepted<'_>, name: &str, status: Value) {
    let guest = state.guest(accepted.phone).clone();
    // Status webhooks carry the contact too, except for failures.
    let contact = (name != "failed").then_some(&guest);
    let change = webhook_envelope::change(sim, contact, "statuses", vec![status]);
    let envelope = Envelope { phone: accepted.phone, what: format!("status {name}"), wamid: accepted.wamid };
    webhook_envelope::post(sim, state, envelope, vec![change]);
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
