//! A request that names itself with `Idempotency-Key` is carried out once.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::idempotency::Kept;
use kernel::idempotency::Key;
use sha2::{Digest, Sha256};

use crate::problem::Problem;

const HEADER: &str = "idempotency-key";
const MAX_LENGTH: usize = 255;

/// The key of a request, bare or as the draft standard has it in quotes; None when it has none.
pub fn key(headers: &HeaderMap, scope: &str, body: &[u8]) -> Result<Option<Key>, Problem> {
    let Some(value) = headers.get(HEADER) else { return Ok(None) };
    let refused = || {
        let detail = "an Idempotency-Key has 1 to 255 visible characters";
        Problem::new(StatusCode::BAD_REQUEST, "invalid_idempotency_key", detail)
    };
    let text = value.to_str().map_err(|_| refused())?.trim();
    let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    if text.is_empty() || text.len() > MAX_LENGTH {
        return Err(refused());
    }
    Ok(Some(Key {
        scope: scope.to_owned(),
        key: text.to_owned(),
        fingerprint: hex::encode(Sha256::digest(body)),
    }))
}

/// The answer as it was given the first time, byte for byte.
pub fn replay(kept: Kept) -> Response {
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let mut response = (status, Body::from(kept.body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert("idempotent-replayed", HeaderValue::from_static("true"));
    response
}
