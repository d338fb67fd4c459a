//! HMAC-SHA256 and comparing in constant time.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The 64 lower-case hex digits of HMAC-SHA256 over `message`.
pub fn hmac_sha256_hex(secret: &str, message: &[u8]) -> String {
    hex::encode(hmac_sha256(secret.as_bytes(), message))
}

/// The 32 bytes of HMAC-SHA256 over `message`.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// Compares bytes, lengths first, in a time that does not depend on where they differ.
pub fn same(left: &str, right: &str) -> bool {
    left.len() == right.len() && bool::from(left.as_bytes().ct_eq(right.as_bytes()))
}

/// The secrets that can be used: an empty setting is no secret, and would sign anything for anybody.
pub fn usable<'a>(secrets: &[&'a str]) -> Vec<&'a str> {
    secrets.iter().map(|secret| secret.trim()).filter(|secret| !secret.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    #[test]
    fn the_published_vector() {
        assert_eq!(
            hmac_sha256_hex("Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn only_equal_text_is_the_same() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abC"));
        assert!(!same("abc", "ab"));
        assert!(!same("ñ", "n"));
        assert_eq!(usable(&["", "  ", " key "]), ["key"]);
    }
}
