//! The envelope around every webhook of WhatsApp.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    account::{AccountState, Sim},
    guest_transcript::Guest,
};
use crate::{ascii_json, core::Delivery, extra_fields, webhook_signatures};

/// The header that carries the signature of a webhook.
pub(crate) const SIGNATURE_HEADER: &str = "x-hub-signature-256";

/// The id of the business account in every envelope.
const BUSINESS_ACCOUNT_ID: &str = "102290129340398";

/// One webhook on its way to the program.
pub(crate) struct Envelope<'a> {
    /// The guest's phone: webhooks about one guest go out in order.
    pub(crate) phone: &'a str,
    pub(crate) what: String,
    pub(crate) wamid: &'a str,
}

/// Wraps what happened and sends it, written and signed as Meta does.
pub(crate) fn post(sim: &Sim, state: &AccountState, envelope: Envelope<'_>, changes: Vec<Value>) {
    let mut body = json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": BUSINESS_ACCOUNT_ID, "changes": changes }],
    });
    if state.settings.unknown_fields {
        extra_fields::add(&mut body);
    }
    post_bytes(sim, state, envelope, ascii_json::write(&body));
}

/// Sends these very bytes, signed.
pub(crate) fn post_bytes(sim: &Sim, state: &AccountState, envelope: Envelope<'_>, body: Vec<u8>) {
    sim.webhooks.send(Delivery {
        ordering_key: envelope.phone.to_owned(),
        url: state.settings.webhook_url.clone(),
        what: envelope.what,
        subject: envelope.wamid.to_owned(),
        body,
        headers: Arc::new(|secrets, body| {
            vec![
                (SIGNATURE_HEADER, webhook_signatures::hub_signature_256(&secrets.newest, body)),
                ("user-agent", "facebookexternalua".to_owned()),
            ]
        }),
    });
}

/// A change of the field `messages`: `member` is `messages` or `statuses`.
pub(crate) fn change(sim: &Sim, contact: Option<&Guest>, member: &str, items: Vec<Value>) -> Value {
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": sim.account.display_phone_number,
            "phone_number_id": sim.account.phone_number_id,
        },
    });
    if let Some(guest) = contact {
        value["contacts"] = json!([contact_of(guest)]);
    }
    value[member] = Value::Array(items);
    json!({ "value": value, "field": "messages" })
}

/// A guest with a username is shown by that and the business-scoped id, without the phone (Meta, since 2026).
fn contact_of(guest: &Guest) -> Value {
    match &guest.username {
        Some(username) => json!({
            "profile": { "name": guest.name, "username": username },
            "user_id": guest.user_id,
        }),
        None => json!({
            "profile": { "name": guest.name },
            "wa_id": guest.phone,
            "user_id": guest.user_id,
        }),
    }
}
