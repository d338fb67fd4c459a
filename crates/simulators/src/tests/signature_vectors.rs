//! Vectors of the vendors' signatures.

use crate::webhook_signatures::{
    crc32, hub_signature_256, mercadopago_manifest, mercadopago_signature, paypal_message, stripe_header,
};

const REQUEST_ID: &str = "2066ca19-c6f1-498a-be75-1923005edd06";

#[test]
fn meta_signs_the_raw_bytes() {
    let check = |body: &[u8], expected: &str| {
        assert_eq!(hub_signature_256("app-secret-example", body), format!("sha256={expected}"));
    };
    check(
        br#"{"object":"whatsapp_business_account","entry":[]}"#,
        "6c957c4f986b25135337b7da0baf9a0341f32c395dec049e0fe15c294df2842b",
    );
    check(
        br#"{"text":{"body":"\u00a1Hola \ud83d\ude00"}}"#,
        "db8c2dbb820e6c6056e301ccd2e61103884cf6fa160b228297d834b3e27753b4",
    );
    check(
        r#"{"text":{"body":"¡Hola 😀"}}"#.as_bytes(),
        "76a62d08e58a55e779dc08dabc0dae1f691e1b7eee0376a171f6af9b1e0b7744",
    );
}

#[test]
fn mercado_pago_signs_a_manifest_without_its_missing_pairs() {
    let check = |data_id, request_id, ts: &str, expected: &str| {
        let manifest = mercadopago_manifest(data_id, request_id, ts);
        let header = mercadopago_signature("your_secret_key_here", &manifest, ts);
        assert_eq!(header, format!("ts={ts},v1={expected}"), "{manifest}");
    };
    let (ms, id, request) = ("1742505638683", Some("999999999"), Some(REQUEST_ID));
    check(id, request, ms, "28fe7557d9faae33f1283eb1423243ce48fc606c8afc17c8ad8ff70133d6a6f6");
    check(id, request, "1742505638", "5888958caa9012653ca8c41ddf2781a1a4fab84dbce8aefb74cc34c661b7b603");
    let lower = Some("ord01jq4s4ky8hwq6na5pxb65b3d3");
    check(lower, request, ms, "633f91233312dd391ec75fa0bea539cfc2d6c4918873305b84a96cc1c58db71c");
    let upper = Some("ORD01JQ4S4KY8HWQ6NA5PXB65B3D3");
    check(upper, request, ms, "fb15ae6472eb449173c556793205d77787d58f384d183bb5bc3b724c27bd103c");
    check(None, request, ms, "8a7b0cc777a8217c3bab41a50c95dc92debbc6f8448f1c967dfe10ac1cb8b894");
    check(id, None, ms, "ca6366bd6326bd6ba2796cce521794cebbfa0004db36c3a8e1db46b29d265db4");
    check(None, None, ms, "3f075add3ddb923bebf0bc0648457b8244cf4420b98d5b445167d379bec0ca54");
}

#[test]
fn stripe_signs_the_second_and_the_raw_body_once_per_secret() {
    let body = br#"{"id":"evt_test_webhook","object":"event"}"#;
    let good = "d95c6b7477fbd7e9f90b1b0ef5f9c7ac25abca5382460e0d988c2b2a5b71b990";
    assert_eq!(stripe_header(["whsec_test_secret"], 1_700_000_000, body), format!("t=1700000000,v1={good}"));
    let both = stripe_header(["another", "whsec_test_secret"], 1_700_000_000, body);
    assert!(both.starts_with("t=1700000000,v1=") && both.ends_with(&format!(",v1={good}")), "{both}");
}

#[test]
fn paypal_signs_the_crc_of_the_raw_body() {
    let body = br#"{"id":"WH-3UT90572MR669760L-7LL94124G5389840D","event_type":"PAYMENT.CAPTURE.COMPLETED"}"#;
    assert_eq!(crc32(body), 4_156_449_149);
    assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    assert_eq!(crc32(b""), 0);
    assert_eq!(
        paypal_message("id-1", "2026-09-01T12:00:00Z", "WH-1", body),
        "id-1|2026-09-01T12:00:00Z|WH-1|4156449149"
    );
}
