//! The `Stripe-Signature` header of webhooks: `t=…,v1=…[,v1=…][,v0=…]`.
//!
//! Source: docs.stripe.com/webhooks/signature. Signed is `t`, a dot and the raw body, with the whole `whsec_…` text as
//! key. For a day after a change of secret there are two `v1`, and any that matches is good.

use std::time::Duration;

use jiff::Timestamp;

use crate::hmac_sha256;

/// How far `t` may be from our clock, either way: the default of their libraries. Each delivery has a new `t`.
pub const TOLERANCE: Duration = Duration::from_secs(300);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("no webhook secret is set, so no event can be trusted")]
    NoSecret,
    #[error("there is no Stripe-Signature")]
    Missing,
    #[error("Stripe-Signature is not t=…,v1=…")]
    Malformed,
    #[error("no v1 of Stripe-Signature matches")]
    Mismatch,
    #[error("the signature is too old, or from the future")]
    OutOfTolerance,
}

/// Accepts a body signed with any of `secrets`. The age counts only once the signature matches: before, it says nothing.
pub fn verify(
    secrets: &[&str],
    header: Option<&str>,
    body: &[u8],
    now: Timestamp,
) -> Result<(), SignatureError> {
    let secrets = hmac_sha256::usable(secrets);
    if secrets.is_empty() {
        return Err(SignatureError::NoSecret);
    }
    let header = header.map(str::trim).filter(|header| !header.is_empty()).ok_or(SignatureError::Missing)?;
    let (time, hashes) = split(header)?;
    let mut matches = false;
    for secret in secrets {
        let expected = hash(secret, time, body);
        for found in &hashes {
            matches |= hmac_sha256::same(&expected, found);
        }
    }
    if !matches {
        return Err(SignatureError::Mismatch);
    }
    let signed_at = time.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let signed_at = signed_at.ok_or(SignatureError::Malformed)?;
    if now.duration_since(signed_at).unsigned_abs() > TOLERANCE {
        return Err(SignatureError::OutOfTolerance);
    }
    Ok(())
}

/// The header for a body, as Stripe would write it.
pub fn sign(secret: &str, body: &[u8], at: Timestamp) -> String {
    let time = at.as_second().to_string();
    format!("t={time},v1={}", hash(secret, &time, body))
}

fn hash(secret: &str, time: &str, body: &[u8]) -> String {
    hmac_sha256::hmac_sha256_hex(secret, &[time.as_bytes(), b".", body].concat())
}

/// `t` and every `v1`; other schemes are passed over.
fn split(header: &str) -> Result<(&str, Vec<&str>), SignatureError> {
    let mut time = None;
    let mut hashes = Vec::new();
    for pair in header.split(',').filter(|pair| !pair.trim().is_empty()) {
        let (key, value) = pair.split_once('=').ok_or(SignatureError::Malformed)?;
        match (key.trim(), time) {
            ("t", None) => time = Some(value.trim()),
            ("t", Some(_)) => return Err(SignatureError::Malformed),
            ("v1", _) => hashes.push(value.trim()),
            _ => {}
        }
    }
    // Anything else before the dot could be a piece of another body.
    let digits = |time: &&str| !time.is_empty() && time.bytes().all(|byte| byte.is_ascii_digit());
    let time = time.filter(digits).ok_or(SignatureError::Malformed)?;
    if hashes.is_empty() { Err(SignatureError::Malformed) } else { Ok((time, hashes)) }
}

#[cfg(test)]
mod tests;
