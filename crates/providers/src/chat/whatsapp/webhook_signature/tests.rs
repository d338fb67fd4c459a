//! Known signatures of Meta, and changed ones.

use super::*;

const SECRET: &str = "app-secret-example";

/// Computed with another implementation of HMAC; the second and third differ only in how the text is escaped.
const VECTORS: [(&str, &str); 3] = [
    (
        r#"{"object":"whatsapp_business_account","entry":[]}"#,
        "sha256=6c957c4f986b25135337b7da0baf9a0341f32c395dec049e0fe15c294df2842b",
    ),
    (
        r#"{"text":{"body":"\u00a1Hola \ud83d\ude00"}}"#,
        "sha256=db8c2dbb820e6c6056e301ccd2e61103884cf6fa160b228297d834b3e27753b4",
    ),
    (
        r#"{"text":{"body":"¡Hola 😀"}}"#,
        "sha256=76a62d08e58a55e779dc08dabc0dae1f691e1b7eee0376a171f6af9b1e0b7744",
    ),
];

#[test]
fn known_signatures_pass_and_any_changed_byte_fails() {
    for (body, header) in VECTORS {
        assert_eq!(sign(SECRET, body.as_bytes()), header);
        assert_eq!(verify(&[SECRET], body.as_bytes(), Some(header)), Ok(()));
        for at in 0..body.len() {
            let mut changed = body.as_bytes().to_vec();
            changed[at] ^= 1;
            assert_eq!(verify(&[SECRET], &changed, Some(header)), Err(SignatureError::Mismatch), "{at}");
        }
        for at in 0..header.len() {
            let mut changed = header.as_bytes().to_vec();
            changed[at] ^= 1;
            let changed = String::from_utf8(changed).unwrap();
            assert!(verify(&[SECRET], body.as_bytes(), Some(&changed)).is_err(), "{changed}");
        }
    }
}

#[test]
fn old_and_new_secret_are_valid_during_a_change() {
    let (body, header) = VECTORS[0];
    assert_eq!(verify(&["new", SECRET], body.as_bytes(), Some(header)), Ok(()));
    assert_eq!(verify(&[SECRET, "new"], body.as_bytes(), Some(header)), Ok(()));
    assert_eq!(verify(&["new", "newer"], body.as_bytes(), Some(header)), Err(SignatureError::Mismatch));
}

#[test]
fn without_a_secret_nothing_passes() {
    let (body, header) = VECTORS[0];
    let empty = sign("", body.as_bytes());
    for secrets in [&[] as &[&str], &[""], &["", " "]] {
        assert_eq!(verify(secrets, body.as_bytes(), Some(header)), Err(SignatureError::NoSecret));
        assert_eq!(verify(secrets, body.as_bytes(), Some(&empty)), Err(SignatureError::NoSecret));
    }
}

#[test]
fn bad_headers_are_named() {
    let (body, header) = VECTORS[0];
    let upper = header.to_ascii_uppercase();
    let multibyte = format!("sha256={}", "ñ".repeat(32));
    let short = &header[..70];
    assert_eq!(verify(&[SECRET], body.as_bytes(), None), Err(SignatureError::MissingHeader));
    for bad in ["", "sha256=", "sha1=00", &upper, &multibyte, short, &header[7..]] {
        assert_eq!(
            verify(&[SECRET], body.as_bytes(), Some(bad)),
            Err(SignatureError::MalformedHeader),
            "{bad}"
        );
    }
}
