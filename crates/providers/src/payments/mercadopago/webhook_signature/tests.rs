//! Known signatures of Mercado Pago, and changed ones.

use super::*;

const SECRET: &str = "your_secret_key_here";
const REQUEST: &str = "2066ca19-c6f1-498a-be75-1923005edd06";

/// Inputs of the official SDK's tests; hashes computed with another implementation of HMAC.
/// (data.id, x-request-id, ts, v1)
const VECTORS: [(Option<&str>, Option<&str>, &str, &str); 7] = [
    (
        Some("999999999"),
        Some(REQUEST),
        "1742505638683",
        "28fe7557d9faae33f1283eb1423243ce48fc606c8afc17c8ad8ff70133d6a6f6",
    ),
    (
        Some("999999999"),
        Some(REQUEST),
        "1742505638",
        "5888958caa9012653ca8c41ddf2781a1a4fab84dbce8aefb74cc34c661b7b603",
    ),
    (
        Some("ord01jq4s4ky8hwq6na5pxb65b3d3"),
        Some(REQUEST),
        "1742505638683",
        "633f91233312dd391ec75fa0bea539cfc2d6c4918873305b84a96cc1c58db71c",
    ),
    (
        Some("ORD01JQ4S4KY8HWQ6NA5PXB65B3D3"),
        Some(REQUEST),
        "1742505638683",
        "fb15ae6472eb449173c556793205d77787d58f384d183bb5bc3b724c27bd103c",
    ),
    (
        None,
        Some(REQUEST),
        "1742505638683",
        "8a7b0cc777a8217c3bab41a50c95dc92debbc6f8448f1c967dfe10ac1cb8b894",
    ),
    (
        Some("999999999"),
        None,
        "1742505638683",
        "ca6366bd6326bd6ba2796cce521794cebbfa0004db36c3a8e1db46b29d265db4",
    ),
    (None, None, "1742505638683", "3f075add3ddb923bebf0bc0648457b8244cf4420b98d5b445167d379bec0ca54"),
];

fn check(data_id: Option<&str>, request_id: Option<&str>, header: &str) -> Result<Verified, SignatureError> {
    verify(&[SECRET], &Signed { data_id, request_id, signature: Some(header) })
}

/// `text` with the lowest bit of each byte flipped in turn.
fn mutations(text: &str) -> impl Iterator<Item = String> {
    (0..text.len()).map(|at| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] ^= 1;
        String::from_utf8(bytes).unwrap()
    })
}

#[test]
fn known_signatures_pass_and_any_changed_byte_fails() {
    for (data_id, request_id, ts, v1) in VECTORS {
        let header = format!("ts={ts},v1={v1}");
        assert_eq!(sign(SECRET, data_id, request_id, ts), header);
        assert!(check(data_id, request_id, &header).is_ok(), "{header}");
        for changed in mutations(&header) {
            assert!(check(data_id, request_id, &changed).is_err(), "{changed}");
        }
        for changed in data_id.into_iter().flat_map(mutations) {
            assert!(check(Some(&changed), request_id, &header).is_err(), "{changed}");
        }
        for changed in request_id.into_iter().flat_map(mutations) {
            assert!(check(data_id, Some(&changed), &header).is_err(), "{changed}");
        }
        assert_eq!(
            verify(&["other"], &Signed { data_id, request_id, signature: Some(&header) }),
            Err(SignatureError::SignatureMismatch)
        );
    }
}

#[test]
fn an_upper_case_id_may_be_signed_in_lower_case() {
    let (_, _, ts, v1) = VECTORS[2];
    let header = format!("ts={ts},v1={v1}");
    assert!(check(Some("ORD01JQ4S4KY8HWQ6NA5PXB65B3D3"), Some(REQUEST), &header).is_ok());
    // Not the other way round: what came in lower case was not signed in upper case.
    let (_, _, ts, v1) = VECTORS[3];
    let header = format!("ts={ts},v1={v1}");
    assert!(check(Some("ord01jq4s4ky8hwq6na5pxb65b3d3"), Some(REQUEST), &header).is_err());
}

#[test]
fn headers_are_read_leniently() {
    let (data_id, request_id, ts, v1) = VECTORS[0];
    for header in [
        format!(" ts={ts} , v1={v1} "),
        format!("v1={v1},ts={ts}"),
        format!("TS={ts},V1={v1},v2=abc"),
        format!("ts={ts},v1={v1},"),
    ] {
        assert!(check(data_id, request_id, &header).is_ok(), "{header}");
    }
    // Empty values count as missing, as in their SDK.
    let (_, _, ts, v1) = VECTORS[6];
    assert!(check(Some(""), Some(""), &format!("ts={ts},v1={v1}")).is_ok());
}

#[test]
fn failures_have_their_names() {
    use SignatureError::*;
    let (data_id, request_id, ts, v1) = VECTORS[0];
    let multibyte = format!("ts={ts},v1={}", "ñ".repeat(32));
    for (header, expected) in [
        ("", MissingSignatureHeader),
        ("   ", MissingSignatureHeader),
        ("nonsense", MalformedSignatureHeader),
        ("ts=1742505638683", MissingHash),
        ("ts=1742505638683,v1=", MissingHash),
        ("v1=00", MissingTimestamp),
        ("ts=,v1=00", MissingTimestamp),
        ("v2=00", MissingTimestamp),
        ("ts=yesterday,v1=00", MalformedSignatureHeader),
        ("ts=1;id:2,v1=00", MalformedSignatureHeader),
        ("ts=1742505638683,v1=00", SignatureMismatch),
        (&multibyte, SignatureMismatch),
        (&format!("ts={ts},v1={}", v1.to_uppercase()), SignatureMismatch),
        (&format!("ts={ts},v1={}", &v1[1..]), SignatureMismatch),
    ] {
        assert_eq!(check(data_id, request_id, header), Err(expected), "{header}");
    }
    let none = Signed { data_id, request_id, signature: None };
    assert_eq!(verify(&[SECRET], &none), Err(MissingSignatureHeader));
    assert_eq!(verify(&["", " "], &none), Err(NoSecret));
}

#[test]
fn parts_cannot_be_moved_between_id_and_request() {
    let (_, _, ts, v1) = VECTORS[0];
    let header = format!("ts={ts},v1={v1}");
    let joined = format!("999999999;request-id:{REQUEST}");
    assert_eq!(check(Some(&joined), None, &header), Err(SignatureError::AmbiguousManifest));
    assert_eq!(check(None, Some("a;b"), &header), Err(SignatureError::AmbiguousManifest));
}

#[test]
fn several_secrets_serve_during_a_change() {
    let header = sign("new", Some("1"), None, "1742505638");
    let signed = Signed { data_id: Some("1"), request_id: None, signature: Some(&header) };
    assert!(verify(&["old", "new"], &signed).is_ok());
    assert!(verify(&["new", "old"], &signed).is_ok());
    assert!(verify(&["old"], &signed).is_err());
}

#[test]
fn age_is_told_and_judged_apart() {
    let window = Duration::from_secs(600);
    let now: Timestamp = "2025-03-20T21:20:38.683Z".parse().unwrap();
    let verified = |ts: &str| check(Some("1"), None, &sign(SECRET, Some("1"), None, ts)).unwrap();
    for ts in ["1742505638683", "1742505638", "1742505100", "1742506200"] {
        assert_eq!(verified(ts).freshness(now, window), Freshness::Fresh, "{ts}");
        assert_eq!(verified(ts).require_fresh(now, window), Ok(()));
    }
    let by = Duration::from_millis(1_000_683);
    assert_eq!(verified("1742504638").freshness(now, window), Freshness::Old { by });
    let by = Duration::from_millis(999_317);
    assert_eq!(verified("1742506638").freshness(now, window), Freshness::Future { by });
    assert_eq!(verified("99999999999999999999").freshness(now, window), Freshness::Unreadable);
    assert_eq!(
        verified("1742504638").require_fresh(now, window),
        Err(SignatureError::TimestampOutOfTolerance)
    );
}
