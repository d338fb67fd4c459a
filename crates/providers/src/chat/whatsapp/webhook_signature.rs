//! The `X-Hub-Signature-256` header of webhooks: `sha256=` and HMAC-SHA256 of the raw body with the app secret.
//!
//! Source: developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications. The bytes must be
//! those that came in: Meta writes `ñ` as `\u00f1`, and JSON written anew differs.

use crate::hmac_sha256;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("no app secret is set, so no webhook can be trusted")]
    NoSecret,
    #[error("the signature header is missing")]
    MissingHeader,
    #[error("the signature header is not sha256= and 64 lower-case hex digits")]
    MalformedHeader,
    #[error("the signature does not match the body")]
    Mismatch,
}

/// Accepts a body signed with any of `secrets`: during a change of the app secret both are valid.
///
/// All secrets are tried, in constant time each. Empty ones are passed over, and without any nothing is accepted.
pub fn verify(secrets: &[&str], raw_body: &[u8], header: Option<&str>) -> Result<(), SignatureError> {
    let secrets = hmac_sha256::usable(secrets);
    if secrets.is_empty() {
        return Err(SignatureError::NoSecret);
    }
    let header = header.ok_or(SignatureError::MissingHeader)?;
    let given = header.strip_prefix("sha256=").ok_or(SignatureError::MalformedHeader)?;
    let hex_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if given.len() != 64 || !given.bytes().all(hex_digit) {
        return Err(SignatureError::MalformedHeader);
    }
    let matches = secrets
        .iter()
        .map(|secret| hmac_sha256::same(&hmac_sha256::hmac_sha256_hex(secret, raw_body), given))
        .fold(false, |any, this| any | this);
    if matches { Ok(()) } else { Err(SignatureError::Mismatch) }
}

/// The header for a body, as Meta would write it.
pub fn sign(secret: &str, raw_body: &[u8]) -> String {
    format!("sha256={}", hmac_sha256::hmac_sha256_hex(secret, raw_body))
}

#[cfg(test)]
mod tests;
