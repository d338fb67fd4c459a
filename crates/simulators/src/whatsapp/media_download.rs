//! Media files that guests send: their addresses and their bytes.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    account::{AccountState, ApiCall, Sim},
    graph_error,
    guest_message::Attachment,
};
use crate::{
    core::{Incoming, Reply},
    faults::Call,
};

/// How long an address of a file works (Meta's media page).
const ADDRESS_LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// A file that a guest sent.
pub(crate) struct MediaFile {
    mime_type: &'static str,
    bytes: Vec<u8>,
}

/// Keeps a file and returns it as it stands in the webhook: the hash in base64, unlike in the answer of [`describe`].
pub(crate) fn keep(sim: &Sim, state: &mut AccountState, attachment: Attachment) -> Result<Value, String> {
    let bytes = match attachment.data_base64 {
        Some(data) => STANDARD.decode(data).map_err(|error| format!("data_base64: {error}"))?,
        None => format!("a small {} for tests", attachment.mime_type).into_bytes(),
    };
    let id = sim.core.ids.number().to_string();
    let media = json!({
        "mime_type": attachment.mime_type,
        "sha256": STANDARD.encode(Sha256::digest(&bytes)),
        "id": id,
    });
    state.model.media.insert(id, MediaFile { mime_type: attachment.mime_type, bytes });
    Ok(media)
}

/// `GET /{version}/{id}`: what the number is called, or where a file can be fetched.
pub(crate) async fn describe(State(sim): State<Arc<Sim>>, incoming: Incoming) -> Response {
    let work = |call: &ApiCall<'_>, state: &mut AccountState| match call.id() {
        id if id == sim.account.phone_number_id => Ok(number(&sim)),
        id => Ok(address(&sim, state, id)),
    };
    let is_number = incoming.param("id") == sim.account.phone_number_id;
    sim.respond(if is_number { Call::PhoneNumber } else { Call::Media }, &incoming, work).await
}

#[derive(Deserialize)]
pub(crate) struct Address {
    mid: String,
    /// Seconds since 1970 when the address stops working.
    ext: i64,
    #[serde(rename = "hash")]
    _hash: String,
}

/// The file itself. The same bearer is wanted here.
pub(crate) async fn download(
    State(sim): State<Arc<Sim>>,
    Query(address): Query<Address>,
    incoming: Incoming,
) -> Response {
    let effect = || {
        let is_expired = Timestamp::from_second(address.ext).is_ok_and(|until| sim.now() >= until);
        let is_let_in = graph_error::check_token(&sim.account, &incoming).is_ok() && !is_expired;
        match sim.state().model.media.get(&address.mid).filter(|_| is_let_in) {
            Some(file) => Reply::bytes(StatusCode::OK, file.mime_type, file.bytes.clone().into()),
            None => Reply::bytes(StatusCode::NOT_FOUND, "text/plain", "Not Found".into()),
        }
    };
    sim.answer(Call::Media, &incoming, effect).await
}

fn number(sim: &Sim) -> Reply {
    let body = json!({
        "verified_name": "Conserje (demo)",
        "code_verification_status": "VERIFIED",
        "display_phone_number": sim.account.display_phone_number,
        "quality_rating": "GREEN",
        "platform_type": "CLOUD_API",
        "throughput": { "level": "STANDARD" },
        "id": sim.account.phone_number_id,
    });
    Reply::json(StatusCode::OK, &body)
}

fn address(sim: &Sim, state: &AccountState, id: &str) -> Reply {
    let now = sim.now();
    let until = now.saturating_add(ADDRESS_LIFETIME).unwrap_or(now);
    let Some(file) = state.model.media.get(id) else { return graph_error::unknown_object(id) };
    let sha256 = hex::encode(Sha256::digest(&file.bytes));
    let base_url = &sim.core.base_url;
    let ext = until.as_second();
    let body = json!({
        "url": format!("{base_url}/whatsapp_business/attachments/?mid={id}&ext={ext}&hash=ATv{}", &sha256[..12]),
        "mime_type": file.mime_type,
        "sha256": sha256,
        "file_size": file.bytes.len().to_string(),
        "id": id,
        "messaging_product": "whatsapp",
    });
    Reply::json(StatusCode::OK, &body)
}
