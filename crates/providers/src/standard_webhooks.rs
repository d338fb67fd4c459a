//! Signatures of the webhooks that the program sends: `webhook-id`, `webhook-timestamp`, `webhook-signature`.
//!
//! Source: github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md. Signed is
//! `<id>.<timestamp>.<body>` on the raw bytes; the header lists a signature for each secret, so that a secret can be
//! changed without a gap.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;

use crate::{Secret, hmac_sha256};

/// How far the time of signing may be from the receiver's clock, either way.
pub const TOLERANCE: Duration = Duration::from_secs(300);

const PREFIX: &str = "whsec_";

/// The key behind `whsec_…`.
#[derive(Clone)]
pub struct Key(Vec<u8>);

/// The three headers of one message.
#[derive(Clone, Copy, Debug)]
pub struct Headers<'a> {
    pub id: &'a str,
    pub timestamp: &'a str,
    pub signature: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("the secret is not whsec_ followed by base64")]
    BadSecret,
    #[error("the id holds a dot, or nothing")]
    BadId,
    #[error("the timestamp is not in seconds since 1970")]
    BadTimestamp,
    #[error("no signature matches")]
    Mismatch,
    #[error("the message is too old, or from the future")]
    OutOfTolerance,
}

impl Key {
    /// Reads `whsec_<base64>`; the prefix may be missing.
    pub fn parse(secret: &Secret) -> Result<Self, SignatureError> {
        let text = secret.expose();
        let bytes = STANDARD.decode(text.strip_prefix(PREFIX).unwrap_or(text));
        match bytes {
            Ok(bytes) if !bytes.is_empty() => Ok(Self(bytes)),
            _ => Err(SignatureError::BadSecret),
        }
    }

    /// `whsec_…` of 24 to 64 random bytes, to show to the owner of an endpoint.
    pub fn write(bytes: &[u8]) -> Secret {
        Secret::new(format!("{PREFIX}{}", STANDARD.encode(bytes)))
    }
}

/// The header `webhook-signature`: one signature for each key, the new one first.
///
/// # Errors
/// `BadId` for an id with a dot, which would move the borders between the signed parts.
pub fn sign(keys: &[Key], id: &str, at: Timestamp, body: &[u8]) -> Result<String, SignatureError> {
    let timestamp = at.as_second().to_string();
    let message = message(id, &timestamp, body)?;
    Ok(keys.iter().map(|key| one(key, &message)).collect::<Vec<_>>().join(" "))
}

/// Accepts a message that any of `keys` signed within `TOLERANCE` of `now`.
pub fn verify(
    keys: &[Key],
    headers: &Headers<'_>,
    body: &[u8],
    now: Timestamp,
) -> Result<(), SignatureError> {
    let message = message(headers.id, headers.timestamp, body)?;
    let seconds = headers.timestamp.parse().map_err(|_| SignatureError::BadTimestamp)?;
    let signed_at = Timestamp::from_second(seconds).map_err(|_| SignatureError::BadTimestamp)?;
    let mut matches = false;
    for key in keys {
        let expected = one(key, &message);
        // Other schemes, such as `v1a`, never equal ours.
        for found in headers.signature.split(' ') {
            matches |= hmac_sha256::same(&expected, found);
        }
    }
    if !matches {
        return Err(SignatureError::Mismatch);
    }
    let distance = now.duration_since(signed_at).unsigned_abs();
    if distance > TOLERANCE { Err(SignatureError::OutOfTolerance) } else { Ok(()) }
}

fn message(id: &str, timestamp: &str, body: &[u8]) -> Result<Vec<u8>, SignatureError> {
    if id.is_empty() || id.contains('.') {
        return Err(SignatureError::BadId);
    }
    if timestamp.is_empty() || !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(SignatureError::BadTimestamp);
    }
    Ok([id.as_bytes(), b".", timestamp.as_bytes(), b".", body].concat())
}

fn one(key: &Key, message: &[u8]) -> String {
    format!("v1,{}", STANDARD.encode(hmac_sha256::hmac_sha256(&key.0, message)))
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"type":"booking.confirmed"}"#;

    fn key(bytes: &[u8]) -> Key {
        Key::parse(&Key::write(bytes)).unwrap()
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    fn headers(signature: &str) -> Headers<'_> {
        Headers { id: "msg_1", timestamp: "1000", signature }
    }

    /// Computed with another implementation of HMAC.
    #[test]
    fn a_known_signature() {
        let signature = sign(&[key(b"0123456789abcdef01234567")], "msg_1", at(1000), BODY).unwrap();
        assert_eq!(signature, "v1,EzdaHScw+PW8TRAlmOBJjR7hd324XXGzr+MOkMp6dgM=");
    }

    #[test]
    fn either_secret_will_do_while_it_changes() {
        let (old, new) = (key(&[1; 24]), key(&[2; 32]));
        let both = sign(&[new.clone(), old.clone()], "msg_1", at(1000), BODY).unwrap();
        assert_eq!(both.split(' ').count(), 2);
        for keys in [vec![old.clone()], vec![new.clone()], vec![key(&[3; 24]), new.clone()]] {
            assert_eq!(verify(&keys, &headers(&both), BODY, at(1300)), Ok(()));
        }
        let mixed = format!("v1a,AAAA {both}");
        assert_eq!(verify(&[old], &headers(&mixed), BODY, at(700)), Ok(()));
        let mismatch = Err(SignatureError::Mismatch);
        assert_eq!(verify(&[key(&[3; 24])], &headers(&both), BODY, at(1000)), mismatch);
        assert_eq!(verify(&[], &headers(&both), BODY, at(1000)), mismatch);
        assert_eq!(verify(&[new], &headers(""), BODY, at(1000)), mismatch);
    }

    #[test]
    fn any_change_is_refused() {
        let keys = [key(&[1; 24])];
        let signature = sign(&keys, "msg_1", at(1000), BODY).unwrap();
        let good = headers(&signature);
        for now in [699, 1301] {
            assert_eq!(verify(&keys, &good, BODY, at(now)), Err(SignatureError::OutOfTolerance));
        }
        for (changed, error) in [
            (Headers { id: "msg_2", ..good }, SignatureError::Mismatch),
            (Headers { id: "msg_1.1", ..good }, SignatureError::BadId),
            (Headers { timestamp: "1001", ..good }, SignatureError::Mismatch),
            (Headers { timestamp: "1000.", ..good }, SignatureError::BadTimestamp),
            (Headers { timestamp: "99999999999999999999", ..good }, SignatureError::BadTimestamp),
            (Headers { timestamp: "", ..good }, SignatureError::BadTimestamp),
        ] {
            assert_eq!(verify(&keys, &changed, BODY, at(1000)), Err(error), "{changed:?}");
        }
        assert_eq!(verify(&keys, &good, b"{}", at(1000)), Err(SignatureError::Mismatch));
        assert_eq!(sign(&keys, "a.b", at(1), BODY), Err(SignatureError::BadId));
    }

    #[test]
    fn secrets_are_base64_and_do_not_print() {
        for text in ["", "whsec_", "whsec_%%", "whsk_AAAA"] {
            assert_eq!(Key::parse(&Secret::new(text)).err(), Some(SignatureError::BadSecret), "{text}");
        }
        assert_eq!(format!("{:?}", key(&[65; 24])), "Key(…)");
    }
}
