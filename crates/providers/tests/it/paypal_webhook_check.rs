//! PayPal's webhooks: certificates are fetched, and the API is asked.

use providers::{
    http::CallError,
    payments::paypal::{
        Check, Client, Config, WebhookError,
        certificate_chain::{CertificateError, Roots},
        webhook_signature::{SignatureError, Signed},
    },
};

use crate::{
    mercadopago_client::{instant, now},
    paypal_client::{TOKEN, client, config},
    scripted_server::{Server, answer},
};

const CHAIN: &str = include_str!("../certs/chain.pem");
const STRANGER: &str = include_str!("../certs/stranger.pem");
const BODY: &str =
    r#"{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"id":"CAP1","note":"Seña ñ"}}"#;

fn signed<'a>(cert_url: &'a str, signature: &'a str) -> Signed<'a> {
    Signed {
        transmission_id: Some("69cd13f0-d67a-11e5-baa3-778b53f4ae55"),
        transmission_time: Some("2026-09-01T12:00:00Z"),
        transmission_sig: Some(signature),
        cert_url: Some(cert_url),
        auth_algo: Some("SHA256withRSA"),
    }
}

fn good(cert_url: &str) -> Signed<'_> {
    signed(cert_url, include_str!("../certs/chain.sig"))
}

fn cert_url(server: &Server) -> String {
    format!("{}/v1/notifications/certs/CERT-1", server.base_url)
}

async fn verify(client: &Client, signed: &Signed<'_>, body: &str) -> Result<(), WebhookError> {
    client.verify_webhook(signed, body.as_bytes(), now()).await
}

#[tokio::test]
async fn a_certificate_is_fetched_once() {
    let server = Server::answering(&[(200, CHAIN)]);
    let client = client(config(&server.base_url));
    let url = cert_url(&server);
    for _ in 0..3 {
        assert_eq!(verify(&client, &good(&url), BODY).await, Ok(()));
    }
    let other = SignatureError::Certificate(CertificateError::OtherSignature);
    assert_eq!(verify(&client, &good(&url), &format!("{BODY} ")).await, Err(WebhookError::Refused(other)));
    let later = instant("2027-09-01T12:00:00Z");
    let ended = SignatureError::Certificate(CertificateError::NotValidNow);
    assert_eq!(
        client.verify_webhook(&good(&url), BODY.as_bytes(), later).await,
        Err(WebhookError::Refused(ended))
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].starts_with("GET /v1/notifications/certs/CERT-1 "), "{}", requests[0]);
    assert!(!requests[0].to_lowercase().contains("authorization"), "{}", requests[0]);
}

#[tokio::test]
async fn certificates_elsewhere_are_never_fetched() {
    let server = Server::answering(&[]);
    let settings = config(&server.base_url);
    let mut webhooks = settings.webhooks.clone();
    webhooks.extra_cert_base_url = None;
    let client = client(Config { webhooks, ..settings });
    let bad = Err(WebhookError::Refused(SignatureError::BadCertUrl));
    assert_eq!(verify(&client, &good(&cert_url(&server)), BODY).await, bad);
    let live = "https://api.paypal.com/v1/notifications/certs/CERT-1";
    assert_eq!(verify(&client, &good(live), BODY).await, bad);
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn what_cannot_be_fetched_is_undecided_or_refused() {
    let server = Server::start(vec![
        vec![answer(500, "", b"")],
        vec![answer(429, "Retry-After: 3\r\n", b"")],
        vec![],
        vec![answer(302, "Location: https://api.sandbox.paypal.com/\r\n", CHAIN.as_bytes())],
        vec![answer(404, "", b"{}")],
        vec![answer(200, "", b"<html>")],
    ]);
    let client = client(config(&server.base_url));
    let url = cert_url(&server);
    for _ in 0..3 {
        let error = verify(&client, &good(&url), BODY).await.unwrap_err();
        assert!(matches!(error, WebhookError::Undecided(CallError::Retry { .. })), "{error:?}");
    }
    for expected in [
        SignatureError::NoCertificate,
        SignatureError::NoCertificate,
        SignatureError::Certificate(CertificateError::Unreadable),
    ] {
        assert_eq!(verify(&client, &good(&url), BODY).await, Err(WebhookError::Refused(expected)));
    }
}

/// A stranger may have a certificate in PayPal's name, but no root that we know.
#[tokio::test]
async fn a_certificate_without_a_known_root_is_asked_about() {
    let verdict = |word: &str| format!(r#"{{"verification_status":"{word}"}}"#);
    let server = Server::answering(&[
        (200, STRANGER),
        TOKEN,
        (200, &verdict("FAILURE")),
        (200, STRANGER),
        (200, &verdict("SUCCESS")),
        (200, STRANGER),
        (503, "{}"),
    ]);
    let client = client(config(&server.base_url));
    let url = cert_url(&server);
    let foreign = signed(&url, include_str!("../certs/stranger.sig"));
    let not_theirs = Err(WebhookError::Refused(SignatureError::NotTheirs));
    assert_eq!(verify(&client, &foreign, BODY).await, not_theirs);
    assert_eq!(verify(&client, &foreign, BODY).await, Ok(()));
    let error = verify(&client, &foreign, BODY).await.unwrap_err();
    assert!(matches!(error, WebhookError::Undecided(_)), "{error:?}");
    let local = client.verify_locally(&foreign, BODY.as_bytes(), now()).await;
    assert!(local.is_err());
}

#[tokio::test]
async fn the_api_is_asked_with_the_bytes_that_came() {
    let server = Server::answering(&[
        TOKEN,
        (200, r#"{"verification_status":"SUCCESS"}"#),
        (200, r#"{"verification_status":"FAILURE"}"#),
        (400, r#"{"name":"VALIDATION_ERROR","details":[{"issue":"x"}]}"#),
    ]);
    let settings = config(&server.base_url);
    let mut webhooks = settings.webhooks.clone();
    webhooks.check = Check::Api;
    webhooks.roots = Roots::public();
    let client = client(Config { webhooks, ..settings });
    let url = cert_url(&server);
    let odd = "{ \"a\" : 1.50,\n \"b\":\"\\u00f1 ñ\" }\n";
    assert_eq!(verify(&client, &good(&url), odd).await, Ok(()));
    for _ in 0..2 {
        let not_theirs = Err(WebhookError::Refused(SignatureError::NotTheirs));
        assert_eq!(verify(&client, &good(&url), odd).await, not_theirs);
    }
    for injected in ["{},\"x\":1", "", "[]", "not json"] {
        let not_theirs = Err(WebhookError::Refused(SignatureError::NotTheirs));
        assert_eq!(verify(&client, &good(&url), injected).await, not_theirs, "{injected}");
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    assert!(requests[1].starts_with("POST /v1/notifications/verify-webhook-signature "), "{}", requests[1]);
    let (_, body) = requests[1].split_once("\r\n\r\n").unwrap();
    assert!(body.ends_with(&format!(",\"webhook_event\":{odd}}}")), "{body}");
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["webhook_id"], "4JH86294D6297924G");
    assert_eq!(body["transmission_time"], "2026-09-01T12:00:00Z");
    assert_eq!(body["auth_algo"], "SHA256withRSA");
    assert_eq!(body["cert_url"], url);
}
