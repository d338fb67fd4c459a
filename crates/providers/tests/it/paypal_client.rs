//! The PayPal client against scripted answers.

use std::time::Duration;

use domain::money::{Currency, Money};
use jiff::Timestamp;
use providers::{
    Secret,
    http::{self, CallError, Timeouts},
    payments::{
        Captured, CheckoutRequest, EndMoved, Expired, PaymentStatus, Payments, is_already_refunded,
        paypal::{Check, Client, Config, Environment, WebhookConfig, certificate_chain::Roots},
    },
};
use serde_json::{Value, json};

use crate::{
    mercadopago_client::{instant, now, request as any_request},
    scripted_server::{Server, Step, answer},
};

const ROOT: &[u8] = include_bytes!("../certs/root.pem");

pub fn config(base_url: &str) -> Config {
    Config {
        base_url: base_url.to_owned(),
        client_id: "client-1".to_owned(),
        client_secret: Secret::new("secret-1"),
        environment: Environment::Sandbox,
        webhooks: WebhookConfig {
            webhook_id: "4JH86294D6297924G".to_owned(),
            check: Check::Local,
            roots: Roots::only(ROOT).expect("a certificate of our own"),
            extra_cert_base_url: Some(base_url.to_owned()),
        },
    }
}

pub fn client(config: Config) -> Client {
    let timeouts = Timeouts { total: Duration::from_millis(300), ..Timeouts::default() };
    Client::new(http::client(timeouts).expect("this machine has CA certificates"), config)
}

pub fn payments(base_url: &str) -> Payments {
    Payments::PayPal(client(config(base_url)))
}

fn usd(text: &str) -> Money {
    Money::parse(text, Currency::parse("USD").expect("USD is known")).expect("the tests write amounts")
}

fn request() -> CheckoutRequest {
    CheckoutRequest { amount: usd("100.5"), ..any_request() }
}

pub const TOKEN: (u16, &str) =
    (200, r#"{"access_token":"A21-token","token_type":"Bearer","expires_in":32400,"scope":"x"}"#);

const CAPTURE: &str = r#"{"id":"CAP1","status":"COMPLETED","amount":{"currency_code":"USD","value":"100.50"},
    "custom_id":"stay 1","create_time":"2026-09-01T12:00:00Z","supplementary_data":{"related_ids":{"order_id":"ORD1"}}}"#;

fn order(captures: &str, refunds: &str) -> String {
    let payments = format!(r#"{{"captures":[{captures}],"refunds":[{refunds}]}}"#);
    format!(r#"{{"id":"ORD1","status":"COMPLETED","purchase_units":[{{"payments":{payments}}}]}}"#)
}

fn issue(issue: &str) -> String {
    format!(
        r#"{{"name":"UNPROCESSABLE_ENTITY","message":"x","debug_id":"1","details":[{{"issue":"{issue}"}}]}}"#
    )
}

fn head(request: &str) -> String {
    request.split_once("\r\n\r\n").expect("a request has a head").0.to_lowercase()
}

fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").expect("a request has a head").1
}

#[tokio::test]
async fn a_checkout_is_asked_for_as_documented() {
    let created = r#"{"id":"ORD1","status":"PAYER_ACTION_REQUIRED","links":[{"rel":"self","href":"https://x.example"},
        {"rel":"payer-action","href":"https://pp.example/ORD1"}]}"#;
    let server = Server::answering(&[TOKEN, (201, created)]);
    let payments = payments(&server.base_url);
    let checkout = payments.create_checkout(&request(), now()).await.unwrap();
    assert_eq!((checkout.provider_id.as_str(), checkout.url.as_str()), ("ORD1", "https://pp.example/ORD1"));
    assert_eq!(checkout.expires_at, None);
    let requests = server.requests();
    assert!(requests[0].starts_with("POST /v1/oauth2/token "), "{}", requests[0]);
    // "client-1:secret-1" in base64.
    assert!(requests[0].contains("Basic Y2xpZW50LTE6c2VjcmV0LTE="), "{}", requests[0]);
    assert_eq!(body(&requests[0]), "grant_type=client_credentials");
    assert!(requests[1].starts_with("POST /v2/checkout/orders "), "{}", requests[1]);
    for line in
        ["authorization: bearer a21-token", "paypal-request-id: key-1", "prefer: return=representation"]
    {
        assert!(head(&requests[1]).contains(line), "{line}: {}", requests[1]);
    }
    let sent: Value = serde_json::from_str(body(&requests[1])).unwrap();
    let unit = json!({"custom_id": "stay 1/ñ", "invoice_id": "key-1", "description": "Seña",
        "amount": {"currency_code": "USD", "value": "100.50"}});
    assert_eq!((&sent["intent"], &sent["purchase_units"]), (&json!("CAPTURE"), &json!([unit])));
    let context = &sent["payment_source"]["paypal"]["experience_context"];
    assert_eq!(context["return_url"], "https://desk.example/s/1");
    assert_eq!(context["cancel_url"], "https://desk.example/s/1");
    assert_eq!(context["user_action"], "PAY_NOW");
    assert_eq!(context["shipping_preference"], "NO_SHIPPING");
    assert_eq!(payments.update_checkout_expiry("ORD1", now(), "k").await, Ok(EndMoved::Fixed));
    assert_eq!(payments.expire_checkout("ORD1", now(), "k").await, Ok(Expired::NeedsNoClosing));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_token_serves_until_a_minute_before_its_end() {
    let missing = r#"{"name":"RESOURCE_NOT_FOUND","details":[{"issue":"INVALID_RESOURCE_ID"}]}"#;
    let short = (200, r#"{"access_token":"A22","expires_in":600}"#);
    let server = Server::answering(&[
        short,
        (404, missing),
        (404, missing),
        TOKEN,
        (404, missing),
        (401, r#"{"error":"invalid_token","error_description":"x"}"#),
        short,
        (404, missing),
    ]);
    let payments = payments(&server.base_url);
    for at in ["12:00:00", "12:08:59", "12:09:00", "12:10:00"] {
        let at: Timestamp = instant(&format!("2026-09-01T{at}Z"));
        assert_eq!(payments.find_payment("CAP1", at).await, Ok(None));
    }
    let asked_for_tokens: Vec<_> =
        server.requests().iter().map(|request| request.contains("/oauth2/token")).collect();
    assert_eq!(asked_for_tokens, [true, false, false, true, false, false, true, false]);
}

#[tokio::test]
async fn credentials_that_are_not_accepted_are_said_so_once() {
    let server = Server::answering(&[
        (401, r#"{"error":"invalid_client","error_description":"Client Authentication failed"}"#),
        TOKEN,
        (401, r#"{"name":"AUTHENTICATION_FAILURE","message":"x"}"#),
        (429, "{}"),
    ]);
    let payments = payments(&server.base_url);
    for _ in 0..2 {
        let error = payments.find_payment("CAP1", now()).await.unwrap_err();
        assert!(matches!(error, CallError::Denied { status: 401, .. }), "{error:?}");
    }
    let error = payments.find_payment("CAP1", now()).await.unwrap_err();
    assert!(matches!(error, CallError::Retry { .. }), "{error:?}");
}

#[tokio::test]
async fn an_order_is_captured_once() {
    let captured = order(CAPTURE, "");
    let pending = order(&CAPTURE.replace("COMPLETED", "PENDING"), "");
    let server = Server::answering(&[
        TOKEN,
        (201, &captured),
        (201, &pending),
        (422, &issue("ORDER_ALREADY_CAPTURED")),
        (200, &captured),
        (201, r#"{"id":"ORD1","status":"COMPLETED"}"#),
        (200, &captured),
        (422, &issue("ORDER_NOT_APPROVED")),
        (200, &issue("PAYER_ACTION_REQUIRED")),
        (422, &issue("INSTRUMENT_DECLINED")),
    ]);
    let payments = payments(&server.base_url);
    let capture = || payments.capture_order("ORD1", now(), "k1");
    let status = |captured| match captured {
        Captured::Payment(seen) => seen.status,
        other => panic!("{other:?}"),
    };
    for expected in
        [PaymentStatus::Approved, PaymentStatus::Pending, PaymentStatus::Approved, PaymentStatus::Approved]
    {
        assert_eq!(status(capture().await.unwrap()), expected);
    }
    for expected in [Captured::NotApproved, Captured::NotApproved, Captured::Declined] {
        assert_eq!(capture().await, Ok(expected));
    }
    let requests = server.requests();
    assert!(requests[1].starts_with("POST /v2/checkout/orders/ORD1/capture "), "{}", requests[1]);
    assert!(head(&requests[1]).contains("paypal-request-id: k1"), "{}", requests[1]);
    assert_eq!(body(&requests[1]), "{}");
    assert!(requests[4].starts_with("GET /v2/checkout/orders/ORD1 "), "{}", requests[4]);
}

#[tokio::test]
async fn a_capture_that_a_person_must_look_at_is_refused() {
    let server = Server::answering(&[TOKEN, (422, &issue("DUPLICATE_INVOICE_ID")), (404, &issue("X"))]);
    let payments = payments(&server.base_url);
    let error = payments.capture_order("ORD1", now(), "k").await.unwrap_err();
    let code = Some("DUPLICATE_INVOICE_ID".to_owned());
    assert_eq!(error, CallError::Refused { status: 422, code, detail: "x".to_owned() });
    let error = payments.capture_order("ORD1", now(), "k").await.unwrap_err();
    assert!(matches!(error, CallError::Refused { status: 404, .. }), "{error:?}");
}

#[tokio::test]
async fn payments_are_found_by_capture_and_by_order() {
    let part = CAPTURE.replace("COMPLETED", "PARTIALLY_REFUNDED");
    let refund = r#"{"id":"R1","status":"COMPLETED","amount":{"currency_code":"USD","value":"40.10"}}"#;
    let with_refund = order(&part, refund);
    let unpaid = r#"{"id":"ORD2","status":"CREATED","purchase_units":[{"custom_id":"stay 1"}]}"#;
    let missing = r#"{"name":"RESOURCE_NOT_FOUND","details":[{"issue":"INVALID_RESOURCE_ID"}]}"#;
    let server = Server::answering(&[
        TOKEN,
        (200, &part),
        (200, &with_refund),
        (200, unpaid),
        (404, missing),
        (200, &with_refund),
        (200, unpaid),
    ]);
    let payments = payments(&server.base_url);
    let seen = payments.find_payment("CAP1", now()).await.unwrap().unwrap();
    assert_eq!((seen.amount(), seen.refunded()), (Some(usd("100.50")), Some(usd("40.10"))));
    assert_eq!((seen.reference.as_deref(), seen.live_mode), (Some("stay 1"), Some(false)));
    assert_eq!(payments.find_payment_of_checkout("ORD2", now()).await, Ok(None));
    assert_eq!(payments.find_payment_of_checkout("ORD3", now()).await, Ok(None));
    let found = payments.search_payments("stay 1", &["ORD1", "ORD2"], now()).await.unwrap();
    assert_eq!(found, [seen]);
    assert_eq!(payments.search_payments("stay 1", &[], now()).await, Ok(Vec::new()));
}

#[tokio::test]
async fn money_goes_back_once() {
    let refund = r#"{"id":"R1","status":"PENDING","amount":{"currency_code":"USD","value":"10.50"}}"#;
    let other = r#"{"id":"R2","status":"COMPLETED","amount":{"currency_code":"USD","value":"1.00"},
        "links":[{"rel":"up","href":"https://api.paypal.com/v2/payments/captures/CAP2"}]}"#;
    let listed = order(CAPTURE, &format!("{refund},{other}"));
    let server = Server::answering(&[
        TOKEN,
        (201, refund),
        (201, refund),
        (422, &issue("CAPTURE_FULLY_REFUNDED")),
        (422, &issue("REFUND_AMOUNT_EXCEEDED")),
        (200, CAPTURE),
        (200, &listed),
    ]);
    let payments = payments(&server.base_url);
    let given = payments.refund("CAP1", Some(usd("10.50")), now(), "k2").await.unwrap();
    assert_eq!(given.amount_decimal.as_deref(), Some("10.5"));
    payments.refund("CAP1", None, now(), "k3").await.unwrap();
    let error = payments.refund("CAP1", None, now(), "k4").await.unwrap_err();
    assert!(is_already_refunded(&error), "{error:?}");
    let error = payments.refund("CAP1", None, now(), "k5").await.unwrap_err();
    assert!(!is_already_refunded(&error), "{error:?}");
    assert_eq!(payments.list_refunds("CAP1", now()).await.unwrap(), [given]);
    let requests = server.requests();
    assert!(requests[1].starts_with("POST /v2/payments/captures/CAP1/refund "), "{}", requests[1]);
    assert!(head(&requests[1]).contains("paypal-request-id: k2"), "{}", requests[1]);
    assert_eq!(body(&requests[1]), r#"{"amount":{"currency_code":"USD","value":"10.50"}}"#);
    assert_eq!(body(&requests[2]), "{}");
}

#[tokio::test]
async fn busy_and_lost_answers_are_told_apart() {
    let busy = br#"{"name":"RATE_LIMIT_REACHED","message":"busy","debug_id":"1"}"#;
    let server = Server::start(vec![
        vec![answer(TOKEN.0, "", TOKEN.1.as_bytes())],
        vec![answer(429, "Retry-After: 12\r\n", busy)],
        vec![answer(429, "", busy)],
        vec![Step::Silence],
        vec![],
        vec![answer(201, "", br#"{"id":"ORD"#)],
        vec![answer(200, "", b"<html>")],
        vec![answer(500, "", br#"{"name":"INTERNAL_SERVER_ERROR"}"#)],
        vec![answer(502, "", b"<html>")],
    ]);
    let payments = payments(&server.base_url);
    for after in [Some(Duration::from_secs(12)), None] {
        let error = payments.create_checkout(&request(), now()).await.unwrap_err();
        assert_eq!(error, CallError::Retry { after, detail: "busy".to_owned() });
    }
    for _ in 0..6 {
        let error = payments.create_checkout(&request(), now()).await.unwrap_err();
        assert!(matches!(error, CallError::Unknown { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_asked_is_never_called() {
    let server = Server::answering(&[]);
    let payments = payments(&server.base_url);
    assert_eq!(payments.name(), "paypal");
    for id in ["", "../x", "CAP1?x", "CAP1/refund", "١"] {
        let error = payments.find_payment(id, now()).await.unwrap_err();
        assert!(matches!(error, CallError::Refused { status: 0, .. }), "{id}: {error:?}");
        assert!(payments.refund(id, None, now(), "k").await.is_err());
        assert!(payments.capture_order(id, now(), "k").await.is_err());
        assert!(payments.find_payment_of_checkout(id, now()).await.is_err());
    }
    assert!(payments.cancel_payment("CAP1", "k").await.is_err());
    assert!(!format!("{payments:?}").contains("secret-1"));
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn each_vendor_takes_its_currencies() {
    let vendors = [
        crate::mercadopago_client::payments("http://localhost"),
        crate::stripe_client::payments("http://localhost"),
        payments("http://localhost"),
    ];
    assert_eq!(vendors.each_ref().map(Payments::name), ["mercadopago", "stripe", "paypal"]);
    for (code, expected) in [
        ("ARS", [true, true, false]),
        ("UYU", [true, true, false]),
        ("MXN", [true, true, true]),
        ("BRL", [true, true, true]),
        ("EUR", [false, true, true]),
        ("PYG", [false, true, false]),
    ] {
        let currency = Currency::parse(code).unwrap();
        assert_eq!(vendors.each_ref().map(|vendor| vendor.takes(currency)), expected, "{code}");
    }
}
