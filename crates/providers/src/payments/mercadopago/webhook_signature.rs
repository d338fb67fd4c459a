//! The `x-signature` header of webhooks: `ts=…,v1=…`.
//!
//! Source: mercadopago.com/developers/en/docs/your-integrations/notifications/webhooks, and the webhook validator
//! of github.com/mercadopago/sdk-nodejs (src/utils/webhook). Signed is not the body but a manifest of the *query*
//! parameter `data.id`, the header `x-request-id` and `ts`; a pair without a value is left out.
//! A valid signature only says "look": the money is read back from the API.

use std::time::Duration;

use jiff::Timestamp;

use crate::hmac_sha256;

/// The signed parts of a request.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signed<'a> {
    /// The query parameter `data.id`, decoded, in the case it came in.
    pub data_id: Option<&'a str>,
    /// The header `x-request-id`.
    pub request_id: Option<&'a str>,
    /// The header `x-signature`.
    pub signature: Option<&'a str>,
}

/// Named as in their SDK, for logs that support can compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("no webhook secret is set, so no notification can be trusted")]
    NoSecret,
    #[error("MissingSignatureHeader: there is no x-signature")]
    MissingSignatureHeader,
    #[error("MalformedSignatureHeader: x-signature is not ts=…,v1=…")]
    MalformedSignatureHeader,
    #[error("MissingTimestamp: x-signature has no ts")]
    MissingTimestamp,
    #[error("MissingHash: x-signature has no v1")]
    MissingHash,
    #[error("a signed part holds a character that would change the manifest")]
    AmbiguousManifest,
    #[error("SignatureMismatch: v1 does not match")]
    SignatureMismatch,
    #[error("TimestampOutOfTolerance: the signature is too old, or from the future")]
    TimestampOutOfTolerance,
}

/// A signature that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// `None` where `ts` is no instant; it was signed all the same.
    pub signed_at: Option<Timestamp>,
}

/// How old a signature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    Fresh,
    Old { by: Duration },
    Future { by: Duration },
    Unreadable,
}

/// Accepts a request signed with any of `secrets`.
///
/// The id is tried as received, then in lower case: their documents ask for lower case, their SDKs stopped it in
/// 2026, and both are seen. Age is not judged here, because retries may repeat the first signature.
pub fn verify(secrets: &[&str], signed: &Signed<'_>) -> Result<Verified, SignatureError> {
    let secrets = hmac_sha256::usable(secrets);
    if secrets.is_empty() {
        return Err(SignatureError::NoSecret);
    }
    let (ts, v1) = split(signed.signature)?;
    let request_id = signed.request_id.filter(|id| !id.is_empty());
    let data_id = signed.data_id.filter(|id| !id.is_empty());
    // Without this check `1;request-id:2` without a header would pass for id 1 with request id 2.
    if [request_id, data_id].into_iter().flatten().any(|part| part.contains(';')) {
        return Err(SignatureError::AmbiguousManifest);
    }
    let lowered = data_id.map(str::to_ascii_lowercase);
    let manifests = [manifest(data_id, request_id, ts), manifest(lowered.as_deref(), request_id, ts)];
    let mut matches = false;
    for secret in secrets {
        for manifest in &manifests {
            matches |= hmac_sha256::same(&hmac_sha256::hmac_sha256_hex(secret, manifest.as_bytes()), v1);
        }
    }
    if !matches {
        return Err(SignatureError::SignatureMismatch);
    }
    Ok(Verified { signed_at: instant(ts) })
}

/// The header for a request, as Mercado Pago would write it.
pub fn sign(secret: &str, data_id: Option<&str>, request_id: Option<&str>, ts: &str) -> String {
    format!(
        "ts={ts},v1={}",
        hmac_sha256::hmac_sha256_hex(secret, manifest(data_id, request_id, ts).as_bytes())
    )
}

impl Verified {
    /// How the signature's age compares with `window`, such as ten minutes. No tolerance is documented, so by
    /// default this is for a warning in the log only.
    pub fn freshness(&self, now: Timestamp, window: Duration) -> Freshness {
        let Some(signed_at) = self.signed_at else { return Freshness::Unreadable };
        let age = now.duration_since(signed_at);
        let distance = age.unsigned_abs();
        match (distance <= window, age.is_negative()) {
            (true, _) => Freshness::Fresh,
            (false, false) => Freshness::Old { by: distance },
            (false, true) => Freshness::Future { by: distance },
        }
    }

    /// For owners who configure strictness.
    pub fn require_fresh(&self, now: Timestamp, window: Duration) -> Result<(), SignatureError> {
        match self.freshness(now, window) {
            Freshness::Fresh => Ok(()),
            _ => Err(SignatureError::TimestampOutOfTolerance),
        }
    }
}

fn manifest(data_id: Option<&str>, request_id: Option<&str>, ts: &str) -> String {
    let pair = |name: &str, value: Option<&str>| value.map(|v| format!("{name}:{v};")).unwrap_or_default();
    [pair("id", data_id), pair("request-id", request_id), pair("ts", Some(ts))].concat()
}

/// `ts` and `v1` of the header; keys in any case, unknown ones (`v2`) ignored.
fn split(header: Option<&str>) -> Result<(&str, &str), SignatureError> {
    let header = header.map(str::trim).filter(|header| !header.is_empty());
    let header = header.ok_or(SignatureError::MissingSignatureHeader)?;
    let (mut ts, mut v1) = (None, None);
    for pair in header.split(',').filter(|pair| !pair.trim().is_empty()) {
        let (key, value) = pair.split_once('=').ok_or(SignatureError::MalformedSignatureHeader)?;
        match key.trim().to_ascii_lowercase().as_str() {
            "ts" => ts = Some(value.trim()),
            "v1" => v1 = Some(value.trim()),
            _ => {}
        }
    }
    let filled = |value: &&str| !value.is_empty();
    let ts = ts.filter(filled).ok_or(SignatureError::MissingTimestamp)?;
    let v1 = v1.filter(filled).ok_or(SignatureError::MissingHash)?;
    // Anything else in `ts` could pass for another pair of the manifest.
    if ts.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok((ts, v1))
    } else {
        Err(SignatureError::MalformedSignatureHeader)
    }
}

/// Seconds, or milliseconds from twelve digits on: both are sent.
fn instant(ts: &str) -> Option<Timestamp> {
    crate::lenient_json::unix_instant(&serde_json::Value::String(ts.to_owned()))
}

#[cfg(test)]
mod tests;
