//! The Mercado Pago client against scripted answers.

use std::time::Duration;

use domain::money::{Currency, Money};
use jiff::Timestamp;
use providers::{
    Secret,
    http::{self, CallError, Timeouts},
    payments::{
        CheckoutRequest, Payments,
        mercadopago::{Client, Config, Mode},
    },
};
use serde_json::Value;

use crate::scripted_server::{Server, Step, answer};

pub fn payments(base_url: &str) -> Payments {
    payments_as(base_url, "token-1")
}

pub fn payments_as(base_url: &str, token: &str) -> Payments {
    let timeouts = Timeouts { total: Duration::from_millis(300), ..Timeouts::default() };
    let config = Config { base_url: base_url.to_owned(), access_token: Secret::new(token), mode: Mode::Live };
    let http = http::client(timeouts).expect("this machine has CA certificates");
    Payments::MercadoPago(Client::new(http, config))
}

pub fn ars(text: &str) -> Money {
    let currency = Currency::parse("ARS").expect("ARS is known");
    Money::parse(text, currency).expect("the tests write amounts")
}

pub fn request() -> CheckoutRequest {
    CheckoutRequest {
        reference: "stay 1/ñ".to_owned(),
        title: "Seña".to_owned(),
        amount: ars("15300.10"),
        expires_at: instant("2026-09-01T13:00:00Z"),
        slow_until: None,
        idempotency_key: "key-1".to_owned(),
        back_url: "https://desk.example/s/1".to_owned(),
        notification_url: Some("https://desk.example/api/v1/mercadopago/webhook".to_owned()),
        payer_email: None,
    }
}

pub fn now() -> Timestamp {
    instant("2026-09-01T12:00:00Z")
}

pub fn instant(text: &str) -> Timestamp {
    text.parse().expect("the tests write instants")
}

#[tokio::test]
async fn a_checkout_is_asked_for_as_documented() {
    let server = Server::answering(&[(201, r#"{"id":"8-e8","init_point":"https://mp.example/8-e8"}"#)]);
    let checkout = payments(&server.base_url).create_checkout(&request(), now()).await.unwrap();
    assert_eq!((checkout.provider_id.as_str(), checkout.url.as_str()), ("8-e8", "https://mp.example/8-e8"));
    let (head, body) = server.only_request();
    assert!(head.starts_with("post /checkout/preferences http/1.1"), "{head}");
    assert!(head.contains("authorization: bearer token-1"), "{head}");
    assert!(head.contains("x-idempotency-key: key-1"), "{head}");
    assert!(body.contains(r#""unit_price":15300.10,"#), "{body}");
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["external_reference"], "stay 1/ñ");
    assert_eq!(body["notification_url"], "https://desk.example/api/v1/mercadopago/webhook");
}

#[tokio::test]
async fn an_expiry_a_refund_and_a_cancellation() {
    let refund = r#"{"id":1,"payment_id":17,"amount":10.50,"status":"in_process"}"#;
    let server = Server::answering(&[(200, "{}"), (201, refund), (200, r#"[{"id":1}]"#), (200, "{}")]);
    let payments = payments(&server.base_url);
    payments.update_checkout_expiry("8-e8", instant("2026-09-01T13:00:00.5Z"), "k1").await.unwrap();
    let done = payments.refund("17", Some(ars("10.50")), now(), "k2").await.unwrap();
    assert_eq!(done.amount_decimal.as_deref(), Some("10.5"));
    assert_eq!(payments.list_refunds("17", now()).await.unwrap().len(), 1);
    payments.cancel_payment("17", "k3").await.unwrap();
    let requests = server.requests();
    assert!(requests[0].starts_with("PUT /checkout/preferences/8-e8 "), "{}", requests[0]);
    assert!(
        requests[0].contains(r#""expiration_date_to":"2026-09-01T13:00:00.500+00:00""#),
        "{}",
        requests[0]
    );
    assert!(requests[1].starts_with("POST /v1/payments/17/refunds "), "{}", requests[1]);
    assert!(requests[1].ends_with(r#"{"amount":10.50}"#), "{}", requests[1]);
    assert!(requests[2].starts_with("GET /v1/payments/17/refunds "), "{}", requests[2]);
    assert!(requests[3].starts_with("PUT /v1/payments/17 "), "{}", requests[3]);
    assert!(requests[3].ends_with(r#"{"status":"cancelled"}"#), "{}", requests[3]);
}

#[tokio::test]
async fn a_search_reads_all_pages_of_one_reference() {
    let page = |first: usize, count: usize| {
        let row = |id: usize| format!(r#"{{"id":{id},"status":"approved","external_reference":"stay 1/ñ"}}"#);
        let rows: Vec<_> = (first..first + count).map(row).collect();
        format!(r#"{{"paging":{{"total":"51"}},"results":[{}]}}"#, rows.join(","))
    };
    let other = r#"{"results":[{"id":9,"external_reference":"stay 2"},{"id":10}]}"#;
    let server = Server::answering(&[(200, &page(0, 50)), (200, &page(50, 1)), (200, other)]);
    let payments = payments(&server.base_url);
    assert_eq!(payments.search_payments("stay 1/ñ", &[], now()).await.unwrap().len(), 51);
    assert_eq!(payments.search_payments("stay 1/ñ", &[], now()).await.unwrap(), []);
    let requests = server.requests();
    let query = "/v1/payments/search?external_reference=stay+1%2F%C3%B1&sort=date_created&criteria=desc&limit=50&offset=";
    assert!(requests[0].starts_with(&format!("GET {query}0 ")), "{}", requests[0]);
    assert!(requests[1].starts_with(&format!("GET {query}50 ")), "{}", requests[1]);
}

#[tokio::test]
async fn an_id_that_is_none_is_never_called() {
    let server = Server::answering(&[]);
    let payments = payments(&server.base_url);
    for id in ["", "../users/me", "1?x", "1/refunds", "١"] {
        let error = payments.find_payment(id, now()).await.unwrap_err();
        assert!(matches!(error, CallError::Refused { status: 0, .. }), "{id}: {error:?}");
        assert!(payments.refund(id, None, now(), "k").await.is_err());
        assert!(payments.update_checkout_expiry(id, instant("2026-09-01T13:00:00Z"), "k").await.is_err());
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_lost_answer_to_a_write_is_unknown() {
    let server = Server::start(vec![
        vec![Step::Silence],
        vec![],
        vec![answer(201, "", br#"{"id":"8-"#)],
        vec![answer(500, "", br#"{"message":"internal","error":"x","status":500}"#)],
    ]);
    let payments = payments(&server.base_url);
    for _ in 0..4 {
        let error = payments.create_checkout(&request(), now()).await.unwrap_err();
        assert!(matches!(error, CallError::Unknown { .. }), "{error:?}");
    }
}
