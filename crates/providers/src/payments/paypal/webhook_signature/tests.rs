//! A known signature of PayPal, and changed ones.

use super::*;

const CHAIN: &[u8] = include_bytes!("../../../../tests/certs/chain.pem");
const OTHER_NAME: &[u8] = include_bytes!("../../../../tests/certs/other-name.pem");
const STRANGER: &[u8] = include_bytes!("../../../../tests/certs/stranger.pem");
const ROOT: &[u8] = include_bytes!("../../../../tests/certs/root.pem");

const WEBHOOK_ID: &str = "4JH86294D6297924G";
const BODY: &str =
    r#"{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"id":"CAP1","note":"Seña ñ"}}"#;
/// Made with another implementation of RSA; the key is gone.
const SIGNATURE: &str = include_str!("../../../../tests/certs/chain.sig");

fn signed() -> Signed<'static> {
    Signed {
        transmission_id: Some("69cd13f0-d67a-11e5-baa3-778b53f4ae55"),
        transmission_time: Some("2026-09-01T12:00:00Z"),
        transmission_sig: Some(SIGNATURE),
        cert_url: Some("https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1"),
        auth_algo: Some("SHA256withRSA"),
    }
}

fn check(signed: &Signed<'_>, webhook_id: &str, body: &[u8]) -> Result<(), SignatureError> {
    signed.headers()?.check_signature(&Certificate::parse(CHAIN).unwrap(), webhook_id, body)
}

/// Each text with one byte changed, at every place.
fn changed(text: &str) -> Vec<String> {
    let flip = |at: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] ^= 1;
        String::from_utf8(bytes).ok()
    };
    (0..text.len()).filter_map(flip).collect()
}

#[test]
fn a_known_signature() {
    let headers = signed().headers().unwrap();
    let message = "69cd13f0-d67a-11e5-baa3-778b53f4ae55|2026-09-01T12:00:00Z|4JH86294D6297924G|239076743";
    assert_eq!(headers.message(WEBHOOK_ID, BODY.as_bytes()), message);
    assert_eq!(check(&signed(), WEBHOOK_ID, BODY.as_bytes()), Ok(()));
    let untidy = Signed { auth_algo: Some(" sha256WithRSA "), ..signed() };
    assert_eq!(check(&untidy, " 4JH86294D6297924G\n", BODY.as_bytes()), Ok(()));
}

#[test]
fn any_changed_byte_is_refused() {
    for id in changed(WEBHOOK_ID) {
        assert!(check(&signed(), &id, BODY.as_bytes()).is_err(), "{id}");
    }
    for at in 0..BODY.len() {
        let mut body = BODY.as_bytes().to_vec();
        body[at] ^= 1;
        assert!(check(&signed(), WEBHOOK_ID, &body).is_err(), "{at}");
    }
    for id in changed(signed().transmission_id.unwrap()) {
        let signed = Signed { transmission_id: Some(&id), ..signed() };
        assert!(check(&signed, WEBHOOK_ID, BODY.as_bytes()).is_err(), "{id}");
    }
    for time in changed(signed().transmission_time.unwrap()) {
        let signed = Signed { transmission_time: Some(&time), ..signed() };
        assert!(check(&signed, WEBHOOK_ID, BODY.as_bytes()).is_err(), "{time}");
    }
    for signature in changed(SIGNATURE) {
        let signed = Signed { transmission_sig: Some(&signature), ..signed() };
        assert!(check(&signed, WEBHOOK_ID, BODY.as_bytes()).is_err(), "{signature}");
    }
}

#[test]
fn each_header_is_needed_and_looked_at() {
    let name = |signed: Signed<'_>| signed.headers().map(|_| ());
    for (broken, error) in [
        (Signed { transmission_id: None, ..signed() }, SignatureError::Missing("PAYPAL-TRANSMISSION-ID")),
        (
            Signed { transmission_time: Some(" "), ..signed() },
            SignatureError::Missing("PAYPAL-TRANSMISSION-TIME"),
        ),
        (Signed { transmission_sig: None, ..signed() }, SignatureError::Missing("PAYPAL-TRANSMISSION-SIG")),
        (Signed { cert_url: Some(""), ..signed() }, SignatureError::Missing("PAYPAL-CERT-URL")),
        (Signed { auth_algo: None, ..signed() }, SignatureError::Missing("PAYPAL-AUTH-ALGO")),
        (
            Signed { transmission_id: Some("a|2026-09-01T12:00:00Z"), ..signed() },
            SignatureError::Malformed("PAYPAL-TRANSMISSION-ID"),
        ),
        (
            Signed { transmission_time: Some("yesterday"), ..signed() },
            SignatureError::Malformed("PAYPAL-TRANSMISSION-TIME"),
        ),
        (Signed { auth_algo: Some("NONE"), ..signed() }, SignatureError::Malformed("PAYPAL-AUTH-ALGO")),
    ] {
        assert_eq!(name(broken), Err(error));
    }
    assert_eq!(check(&signed(), " ", BODY.as_bytes()), Err(SignatureError::NoWebhookId));
    let garbled = Signed { transmission_sig: Some("%%%"), ..signed() };
    let error = SignatureError::Malformed("PAYPAL-TRANSMISSION-SIG");
    assert_eq!(check(&garbled, WEBHOOK_ID, BODY.as_bytes()), Err(error));
}

#[test]
fn only_their_certificate_counts() {
    let now = "2026-09-01T12:00:00Z".parse().unwrap();
    let roots = Roots::only(ROOT).unwrap();
    let judge = |pem, environment, now| {
        check_certificate(&Certificate::parse(pem).unwrap(), environment, &roots, now)
    };
    assert_eq!(judge(CHAIN, Environment::Sandbox, now), Ok(()));
    assert_eq!(judge(CHAIN, Environment::Live, now), Err(CertificateError::OtherName));
    assert_eq!(judge(OTHER_NAME, Environment::Sandbox, now), Err(CertificateError::OtherName));
    assert_eq!(judge(STRANGER, Environment::Sandbox, now), Err(CertificateError::Untrusted));
    let later = "2027-09-01T12:00:00Z".parse().unwrap();
    assert_eq!(judge(CHAIN, Environment::Sandbox, later), Err(CertificateError::NotValidNow));
}
