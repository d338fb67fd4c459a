//! The Stripe client against scripted answers.

use std::{collections::BTreeMap, time::Duration};

use domain::money::{Currency, Money};
use providers::{
    Secret,
    http::{self, CallError, Timeouts},
    payments::{
        Captured, CheckoutRequest, EndMoved, Expired, PaymentStatus, Payments, is_already_refunded,
        stripe::{Client, Config},
    },
};

use crate::{
    mercadopago_client::{ars, instant, now, request},
    scripted_server::{Server, Step, answer},
};

pub fn payments(base_url: &str) -> Payments {
    let timeouts = Timeouts { total: Duration::from_millis(300), ..Timeouts::default() };
    let config = Config {
        base_url: base_url.to_owned(),
        secret_key: Secret::new("sk_test_1"),
        account_id: Some("acct_1".to_owned()),
    };
    let http = http::client(timeouts).expect("this machine has CA certificates");
    Payments::Stripe(Client::new(http, config))
}

const SESSION: &str = r#"{"id":"cs_test_1","status":"open","url":"https://pay.example/cs_test_1","payment_intent":null,
    "expires_at":1788267600}"#;

fn form(body: &str) -> BTreeMap<String, String> {
    let mut url = reqwest::Url::parse("http://localhost/").expect("an address");
    url.set_query(Some(body));
    url.query_pairs().map(|(key, value)| (key.into_owned(), value.into_owned())).collect()
}

fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").expect("a request has a head").1
}

#[tokio::test]
async fn a_checkout_is_asked_for_as_documented() {
    let server = Server::answering(&[(200, SESSION)]);
    let asked = CheckoutRequest { payer_email: Some("guest@example.com".to_owned()), ..request() };
    let checkout = payments(&server.base_url).create_checkout(&asked, now()).await.unwrap();
    assert_eq!(checkout.provider_id, "cs_test_1");
    assert_eq!(checkout.url, "https://pay.example/cs_test_1");
    assert_eq!(checkout.expires_at, Some(instant("2026-09-01T13:00:00Z")));
    let (head, body) = server.only_request();
    assert!(head.starts_with("post /v1/checkout/sessions http/1.1"), "{head}");
    for line in [
        "authorization: bearer sk_test_1",
        "idempotency-key: key-1\r\n",
        "stripe-version: 20",
        "content-type: application/x-www-form-urlencoded",
    ] {
        assert!(head.contains(line), "{line}: {head}");
    }
    let sent = form(&body);
    for (key, value) in [
        ("mode", "payment"),
        ("client_reference_id", "stay 1/ñ"),
        ("metadata[reference]", "stay 1/ñ"),
        ("payment_intent_data[metadata][reference]", "stay 1/ñ"),
        ("line_items[0][quantity]", "1"),
        ("line_items[0][price_data][currency]", "ars"),
        ("line_items[0][price_data][unit_amount]", "1530010"),
        ("line_items[0][price_data][product_data][name]", "Seña"),
        ("success_url", "https://desk.example/s/1"),
        ("cancel_url", "https://desk.example/s/1"),
        ("expires_at", "1788267600"),
        ("customer_email", "guest@example.com"),
    ] {
        assert_eq!(sent.get(key).map(String::as_str), Some(value), "{key}");
    }
}

#[tokio::test]
async fn a_page_that_would_be_too_short_gets_its_own_key() {
    let server = Server::answering(&[(200, r#"{"id":"cs_1","url":"https://pay.example/1"}"#)]);
    let clp = Money::parse("4500", Currency::parse("CLP").unwrap()).unwrap();
    let asked = CheckoutRequest { expires_at: instant("2026-09-01T12:15:00Z"), amount: clp, ..request() };
    let checkout = payments(&server.base_url).create_checkout(&asked, now()).await.unwrap();
    let real_end = instant("2026-09-01T12:30:30Z");
    assert_eq!(checkout.expires_at, Some(real_end));
    let (head, body) = server.only_request();
    assert!(head.contains(&format!("idempotency-key: key-1:{}\r\n", real_end.as_second())), "{head}");
    assert_eq!(form(&body)["expires_at"], real_end.as_second().to_string());
    assert_eq!(form(&body)["line_items[0][price_data][unit_amount]"], "4500");
}

#[tokio::test]
async fn a_page_is_closed_or_was_paid() {
    let refusal =
        r#"{"error":{"type":"invalid_request_error","message":"Only open sessions can be expired."}}"#;
    let complete = r#"{"id":"cs_1","status":"complete","payment_intent":"pi_1"}"#;
    let server = Server::answering(&[
        (200, r#"{"id":"cs_1","status":"expired"}"#),
        (400, refusal),
        (200, complete),
        (400, refusal),
        (200, r#"{"id":"cs_1","status":"expired"}"#),
        (400, refusal),
        (200, SESSION),
        (404, refusal),
        (404, refusal),
    ]);
    let payments = payments(&server.base_url);
    let expire = || payments.expire_checkout("cs_1", now(), "k");
    assert_eq!(expire().await, Ok(Expired::Closed));
    assert_eq!(expire().await, Ok(Expired::AlreadyPaid { payment_id: Some("pi_1".to_owned()) }));
    assert_eq!(expire().await, Ok(Expired::Closed));
    for _ in 0..2 {
        let error = expire().await.unwrap_err();
        assert!(matches!(error, CallError::Refused { .. }), "{error:?}");
    }
    let requests = server.requests();
    assert!(requests[0].starts_with("POST /v1/checkout/sessions/cs_1/expire "), "{}", requests[0]);
    assert!(requests[2].starts_with("GET /v1/checkout/sessions/cs_1 "), "{}", requests[2]);
    let moved = payments.update_checkout_expiry("cs_1", now(), "k").await;
    assert_eq!(moved, Ok(EndMoved::Fixed));
}

const PAYMENT: &str = r#"{"id":"pi_1","status":"succeeded","amount":1050,"amount_received":1050,"currency":"ars",
    "metadata":{"reference":"stay 1"},"livemode":false,"latest_charge":{"created":1788267600,"disputed":false}}"#;

#[tokio::test]
async fn a_payment_is_found_by_itself_and_by_its_page() {
    let paid = r#"{"id":"cs_1","status":"complete","payment_intent":"pi_1"}"#;
    let disputed = PAYMENT.replace(r#""disputed":false"#, r#""disputed":true"#);
    let disputes = r#"{"object":"list","data":[{"id":"dp_1","status":"lost"}]}"#;
    let missing = r#"{"error":{"type":"invalid_request_error","code":"resource_missing"}}"#;
    let server = Server::answering(&[
        (200, paid),
        (200, PAYMENT),
        (200, SESSION),
        (404, missing),
        (404, missing),
        (200, &disputed),
        (200, disputes),
    ]);
    let payments = payments(&server.base_url);
    let seen = payments.find_payment_of_checkout("cs_1", now()).await.unwrap().unwrap();
    assert_eq!((seen.status.clone(), seen.amount().unwrap()), (PaymentStatus::Approved, ars("10.50")));
    assert_eq!(seen.collector_id.as_deref(), Some("acct_1"));
    assert_eq!(payments.find_payment_of_checkout("cs_test_1", now()).await, Ok(None));
    assert_eq!(payments.find_payment_of_checkout("cs_2", now()).await, Ok(None));
    assert_eq!(payments.find_payment("pi_1", now()).await, Ok(None));
    let seen = payments.find_payment("pi_1", now()).await.unwrap().unwrap();
    assert_eq!(seen.status, PaymentStatus::ChargedBack);
    let requests = server.requests();
    let expected = "GET /v1/payment_intents/pi_1?expand%5B%5D=latest_charge ";
    assert!(requests[1].starts_with(expected), "{}", requests[1]);
    assert!(requests[6].starts_with("GET /v1/disputes?payment_intent=pi_1&limit=100 "), "{}", requests[6]);
}

#[tokio::test]
async fn a_search_unites_pages_and_what_their_index_knows() {
    let paid = r#"{"id":"cs_1","status":"complete","payment_intent":"pi_1"}"#;
    let second = PAYMENT.replace("pi_1", "pi_2").replace("1788267600", "1788267601");
    let other = PAYMENT.replace("stay 1", "stay 2").replace("pi_1", "pi_3");
    let first_page = format!(
        r#"{{"object":"search_result","data":[{PAYMENT},{other}],"has_more":true,"next_page":"p2"}}"#
    );
    let last_page = format!(r#"{{"data":[{second},null],"has_more":false,"next_page":"p3"}}"#);
    let no_search = r#"{"error":{"type":"invalid_request_error","message":"not in your country"}}"#;
    let server = Server::answering(&[
        (200, paid),
        (200, PAYMENT),
        (200, &first_page),
        (200, &last_page),
        (200, paid),
        (200, PAYMENT),
        (400, no_search),
        (400, no_search),
    ]);
    let payments = payments(&server.base_url);
    let ids = |found: Vec<providers::payments::PaymentSeen>| {
        found.into_iter().map(|seen| seen.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(payments.search_payments("stay 1", &["cs_1"], now()).await.unwrap()), ["pi_2", "pi_1"]);
    assert_eq!(ids(payments.search_payments("stay 1", &["cs_1"], now()).await.unwrap()), ["pi_1"]);
    assert!(payments.search_payments("stay 1", &[], now()).await.is_err());
    let requests = server.requests();
    assert!(requests[2].starts_with("GET /v1/payment_intents/search?query=metadata%5B%27reference%27%5D"));
    assert!(requests[3].contains("&page=p2 "), "{}", requests[3]);
}

#[tokio::test]
async fn money_goes_back_once() {
    let refund = r#"{"id":"re_1","amount":1050,"currency":"ars","status":"pending"}"#;
    let done = r#"{"error":{"type":"invalid_request_error","code":"charge_already_refunded","message":"x"}}"#;
    let list = format!(r#"{{"data":[{refund}]}}"#);
    let canceled = r#"{"id":"pi_1","status":"canceled"}"#;
    let server =
        Server::answering(&[(200, refund), (200, refund), (400, done), (200, &list), (200, canceled)]);
    let payments = payments(&server.base_url);
    let given = payments.refund("pi_1", Some(ars("10.50")), now(), "k2").await.unwrap();
    assert_eq!(given.amount_decimal.as_deref(), Some("10.5"));
    payments.refund("pi_1", None, now(), "k3").await.unwrap();
    let error = payments.refund("pi_1", None, now(), "k4").await.unwrap_err();
    assert!(is_already_refunded(&error), "{error:?}");
    assert_eq!(payments.list_refunds("pi_1", now()).await.unwrap(), [given]);
    payments.cancel_payment("pi_1", "k5").await.unwrap();
    let requests = server.requests();
    assert!(requests[0].starts_with("POST /v1/refunds "), "{}", requests[0]);
    assert!(requests[0].to_lowercase().contains("idempotency-key: k2\r\n"), "{}", requests[0]);
    assert_eq!(body(&requests[0]), "payment_intent=pi_1&amount=1050");
    assert_eq!(body(&requests[1]), "payment_intent=pi_1");
    assert!(requests[3].starts_with("GET /v1/refunds?payment_intent=pi_1&limit=100 "), "{}", requests[3]);
    assert!(requests[4].starts_with("POST /v1/payment_intents/pi_1/cancel "), "{}", requests[4]);
}

#[tokio::test]
async fn the_wait_and_the_advice_in_the_headers_are_followed() {
    let body = br#"{"error":{"type":"invalid_request_error","code":"lock_timeout","message":"busy"}}"#;
    let server = Server::start(vec![
        vec![answer(429, "Retry-After: 12\r\n", body)],
        vec![answer(429, "", body)],
        vec![answer(400, "Stripe-Should-Retry: true\r\n", body)],
        vec![answer(409, "stripe-should-retry: false\r\n", body)],
    ]);
    let payments = payments(&server.base_url);
    let detail = "busy".to_owned();
    for expected in [
        CallError::Retry { after: Some(Duration::from_secs(12)), detail: detail.clone() },
        CallError::Retry { after: None, detail: detail.clone() },
        CallError::Retry { after: None, detail: detail.clone() },
        CallError::Refused { status: 409, code: Some("lock_timeout".to_owned()), detail },
    ] {
        assert_eq!(payments.refund("pi_1", None, now(), "k").await, Err(expected));
    }
}

#[tokio::test]
async fn a_lost_answer_to_a_write_is_unknown() {
    let server = Server::start(vec![
        vec![Step::Silence],
        vec![],
        vec![answer(200, "", br#"{"id":"cs_"#)],
        vec![answer(200, "", b"<html>")],
        vec![answer(200, "", br#"{"error":{"type":"api_error","message":"x"}}"#)],
        vec![answer(500, "", br#"{"error":{"type":"api_error","message":"x"}}"#)],
        vec![answer(502, "", b"<html>")],
    ]);
    let payments = payments(&server.base_url);
    for _ in 0..7 {
        let error = payments.create_checkout(&request(), now()).await.unwrap_err();
        assert!(matches!(error, CallError::Unknown { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn what_stripe_does_not_have_and_ids_that_are_none_are_never_called() {
    let server = Server::answering(&[]);
    let payments = payments(&server.base_url);
    assert_eq!(payments.name(), "stripe");
    let captured: Result<Captured, CallError> = payments.capture_order("x", now(), "k").await;
    assert!(matches!(captured, Err(CallError::Refused { status: 0, .. })));
    for id in ["", "../account", "pi_1?x", "pi_1/cancel", "١"] {
        let error = payments.find_payment(id, now()).await.unwrap_err();
        assert!(matches!(error, CallError::Refused { status: 0, .. }), "{id}: {error:?}");
        assert!(payments.refund(id, None, now(), "k").await.is_err());
        assert!(payments.expire_checkout(id, now(), "k").await.is_err());
        assert!(payments.find_payment_of_checkout(id, now()).await.is_err());
        assert!(payments.cancel_payment(id, "k").await.is_err());
    }
    assert_eq!(server.requests().len(), 0);
}
