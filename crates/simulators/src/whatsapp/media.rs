//! Media files that guests send: their addresses and their bytes.

use std::sync::Arc;

use axum::{
    extract::{ConnectInfo, Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    graph_error::{self, GraphDialect},
    inbound::Attachment,
    shared::{Book, Shared},
};
use crate::{answer::Reply, faults::Call, line::Line};

/// How long an address of a file works (Meta's media page).
const ADDRESS_LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// A file that a guest sent.
pub(crate) struct MediaFile {
    mime_type: &'static str,
    bytes: Vec<u8>,
}

/// Keeps a file and returns it as it stands in the webhook: the hash in base64, unlike in the answer of [`describe`].
pub(crate) fn keep(shared: &Shared, book: &mut Book, attachment: Attachment) -> Result<Value, String> {
    let bytes = match attachment.data_base64 {
        Some(data) => STANDARD.decode(data).map_err(|error| format!("data_base64: {error}"))?,
        None => format!("a small {} for tests", attachment.mime_type).into_bytes(),
    };
    let id = shared.works.ids.number().to_string();
    let media = json!({
        "mime_type": attachment.mime_type,
        "sha256": STANDARD.encode(Sha256::digest(&bytes)),
        "id": id,
    });
    book.media.insert(id, MediaFile { mime_type: attachment.mime_type, bytes });
    Ok(media)
}

/// `GET /{version}/{id}`: what the number is called, or where a file can be fetched.
pub(crate) async fn describe(
    State(shared): State<Arc<Shared>>,
    Path((_version, id)): Path<(String, String)>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
) -> Response {
    let is_number = id == shared.phone_number_id;
    let call = if is_number { Call::PhoneNumber } else { Call::Media };
    let answering = shared.works.answering(&GraphDialect, &line);
    let effect = || match graph_error::check_token(&shared, &headers) {
        Err(error) => error.reply(),
        Ok(()) if is_number => number(&shared),
        Ok(()) => address(&shared, &id),
    };
    answering.answer(call, effect).await
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
    State(shared): State<Arc<Shared>>,
    Query(address): Query<Address>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
) -> Response {
    let answering = shared.works.answering(&GraphDialect, &line);
    let effect = || {
        let expired = Timestamp::from_second(address.ext).is_ok_and(|until| shared.now() >= until);
        if graph_error::check_token(&shared, &headers).is_err() || expired {
            return Reply::bytes(StatusCode::NOT_FOUND, "text/plain", "Not Found".into());
        }
        match shared.book().media.get(&address.mid) {
            Some(file) => Reply::bytes(StatusCode::OK, file.mime_type, file.bytes.clone().into()),
            None => Reply::bytes(StatusCode::NOT_FOUND, "text/plain", "Not Found".into()),
        }
    };
    answering.answer(Call::Media, effect).await
}

fn number(shared: &Shared) -> Reply {
    let body = json!({
        "verified_name": "Conserje (demo)",
        "code_verification_status": "VERIFIED",
        "display_phone_number": shared.display_phone_number,
        "quality_rating": "GREEN",
        "platform_type": "CLOUD_API",
        "throughput": { "level": "STANDARD" },
        "id": shared.phone_number_id,
    });
    Reply::json(StatusCode::OK, &body)
}

fn address(shared: &Shared, id: &str) -> Reply {
    let now = shared.now();
    let until = now.saturating_add(ADDRESS_LIFETIME).unwrap_or(now);
    let book = shared.book();
    let Some(file) = book.media.get(id) else { return graph_error::unknown_object(id) };
    let sha256 = hex::encode(Sha256::digest(&file.bytes));
    let base_url = &shared.works.base_url;
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
