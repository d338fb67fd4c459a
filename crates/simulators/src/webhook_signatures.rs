//! The vendors' signatures over what they send.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Meta's `X-Hub-Signature-256`: `sha256=` and the HMAC of the raw body, lower-case hexadecimal.
pub fn hub_signature_256(app_secret: &str, body: &[u8]) -> String {
    format!("sha256={}", hmac_hex(app_secret, body))
}

/// What Mercado Pago signs: `id:…;request-id:…;ts:…;`, where a pair without a value is left out.
///
/// `data_id` is the query parameter `data.id`, not the member of the body.
pub fn mercadopago_manifest(data_id: Option<&str>, request_id: Option<&str>, ts: &str) -> String {
    let mut manifest = String::new();
    for (name, value) in [("id", data_id), ("request-id", request_id), ("ts", Some(ts))] {
        if let Some(value) = value {
            manifest.push_str(&format!("{name}:{value};"));
        }
    }
    manifest
}

/// Mercado Pago's `x-signature`: `ts=…,v1=…`.
pub fn mercadopago_signature(secret: &str, manifest: &str, ts: &str) -> String {
    format!("ts={ts},v1={}", hmac_hex(secret, manifest.as_bytes()))
}

/// One signature of Stripe's, without its scheme: over the second of signing, a point and the raw body.
///
/// <https://docs.stripe.com/webhooks#verify-manually>
pub fn stripe_signature(secret: &str, t: i64, body: &[u8]) -> String {
    let mut signed = format!("{t}.").into_bytes();
    signed.extend_from_slice(body);
    hmac_hex(secret, &signed)
}

/// Stripe's `Stripe-Signature`: one `v1` per secret that is good now.
pub fn stripe_header<'a>(secrets: impl IntoIterator<Item = &'a str>, t: i64, body: &[u8]) -> String {
    let mut header = format!("t={t}");
    for secret in secrets {
        header.push_str(&format!(",v1={}", stripe_signature(secret, t, body)));
    }
    header
}

/// What PayPal signs: `<transmission id>|<transmission time>|<webhook id>|<CRC-32 of the raw body>`.
///
/// <https://developer.paypal.com/api/rest/webhooks/rest/#link-selfverificationmethod>
pub fn paypal_message(
    transmission_id: &str,
    transmission_time: &str,
    webhook_id: &str,
    body: &[u8],
) -> String {
    format!("{transmission_id}|{transmission_time}|{webhook_id}|{}", crc32(body))
}

/// CRC-32 as in zip and Ethernet, which is the one that PayPal means.
pub fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

fn hmac_hex(secret: &str, message: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .expect("HMAC takes a key of any length, by definition");
    mac.update(message);
    hex::encode(mac.finalize().into_bytes())
}
