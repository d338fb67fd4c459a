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

fn hmac_hex(secret: &str, message: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .expect("HMAC takes a key of any length, by definition");
    mac.update(message);
    hex::encode(mac.finalize().into_bytes())
}
