//! The RSA key that signs PayPal's events.

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::{
    rand::SystemRandom,
    signature::{KeyPair, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey},
};

/// The key of all the certificates: no secret, and good for nothing else.
const KEY_PEM: &str = include_str!("certificates/public-test-key.pem");

/// Signs as PayPal does: RSA with PKCS #1 v1.5 over SHA-256.
pub(crate) struct SigningKey {
    key: RsaKeyPair,
    /// Blinds the work against listeners. What is signed does not depend on it: the same text has one signature.
    blinding: SystemRandom,
}

impl SigningKey {
    pub(crate) fn new() -> Self {
        let key = der(KEY_PEM).and_then(|der| RsaKeyPair::from_pkcs8(&der).ok());
        Self {
            key: key.expect("the key is part of the sources, and every test of events signs with it"),
            blinding: SystemRandom::new(),
        }
    }

    /// In base64, as the header carries it.
    pub(crate) fn sign(&self, message: &str) -> String {
        let mut signature = vec![0; self.key.public().modulus_len()];
        let signed = self.key.sign(&RSA_PKCS1_SHA256, &self.blinding, message.as_bytes(), &mut signature);
        signed.expect("the buffer has the length of the modulus, which is the one condition");
        STANDARD.encode(signature)
    }

    /// Whether this signature is ours over this message.
    pub(crate) fn has_signed(&self, message: &str, signature: &str) -> bool {
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, self.key.public_key().as_ref());
        STANDARD.decode(signature).is_ok_and(|signature| key.verify(message.as_bytes(), &signature).is_ok())
    }
}

/// What stands between the marks of a PEM text; words around them are for people.
fn der(pem: &str) -> Option<Vec<u8>> {
    let lines = pem.lines().skip_while(|line| !line.starts_with("-----BEGIN")).skip(1);
    let body: String = lines.take_while(|line| !line.starts_with("-----END")).collect();
    STANDARD.decode(body).ok()
}
