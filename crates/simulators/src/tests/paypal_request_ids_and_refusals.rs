//! PayPal: request ids that come again, and what is refused.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{
    paypal_orders_and_refunds::{capture, captured, create, id, issue, order},
    support::{Caller, Desk, MovableClock, paypal},
};
use crate::{
    faults::{Call, CallFault},
    paypal::Outcome,
};

const PATH: &str = "/v2/checkout/orders";

#[tokio::test]
async fn one_request_id_makes_one_order_and_one_capture() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let caller = Caller::with_paypal_token(&running.base_url).await;
    running.control.fail_call(CallFault::LostAnswer { http_status: 500 }.on(Call::CreateOrder));
    assert_eq!(caller.post_under(PATH, "k1", &order()).await.json()["name"], "INTERNAL_SERVER_ERROR");
    let first = caller.post_under(PATH, "k1", &order()).await;
    assert_eq!((first.status, running.control.orders().len()), (200, 1));
    let order_id = id(&first.json()).to_owned();
    running.control.act(&order_id, Outcome::Approved).unwrap();

    let path = format!("{PATH}/{order_id}/capture");
    running.control.fail_call(CallFault::DropConnection { after_effect: true }.on(Call::CaptureOrder));
    let request =
        caller.request(reqwest::Method::POST, &path).header("PayPal-Request-Id", "c1").json(&json!({}));
    assert!(request.send().await.is_err());
    let found = caller.post_under(&path, "c1", &json!({})).await;
    assert_eq!((found.status, &captured(&found.json())["status"]), (200, &json!("COMPLETED")));
    assert_eq!(issue(&caller.post_under(&path, "c2", &json!({})).await), "ORDER_ALREADY_CAPTURED");
    clock.forward(SignedDuration::from_hours(6));
    assert_eq!(issue(&caller.post_under(&path, "c1", &json!({})).await), "ORDER_ALREADY_CAPTURED");
}

#[tokio::test]
async fn orders_are_checked() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let caller = Caller::with_paypal_token(&running.base_url).await;
    let unit = "/purchase_units/0";
    let wrong = [
        ("/intent".to_owned(), json!("AUTHORIZE"), 422),
        ("/intent".to_owned(), json!("TAKE"), 400),
        ("/purchase_units".to_owned(), json!([]), 400),
        (format!("{unit}/amount"), Value::Null, 400),
        (format!("{unit}/amount/currency_code"), json!("ARS"), 422),
        (format!("{unit}/amount/currency_code"), json!("JPY"), 422),
        (format!("{unit}/amount/value"), json!(1500.5), 400),
        (format!("{unit}/amount/value"), json!("ten"), 400),
        (format!("{unit}/amount/value"), json!("0.00"), 422),
        (format!("{unit}/amount/value"), json!("1.005"), 422),
        (format!("{unit}/custom_id"), json!("x".repeat(128)), 400),
        ("/payment_source/paypal/experience_context/return_url".to_owned(), json!("desk"), 400),
    ];
    for (pointer, value, status) in wrong {
        let mut body = order();
        *body.pointer_mut(&pointer).unwrap() = value.clone();
        let answer = caller.post(PATH, &body).await;
        assert_eq!(answer.status, status, "{pointer} {value} {}", answer.text);
        assert!(!issue(&answer).is_empty());
    }
    let broken =
        caller.request(reqwest::Method::POST, PATH).header("content-type", "application/json").body("{");
    assert_eq!(issue(&caller.send(broken).await), "MALFORMED_REQUEST_JSON");
    assert_eq!(caller.form(PATH, "", &[("intent", "CAPTURE")]).await.status, 415);
    assert!(running.control.orders().is_empty());
}

#[tokio::test]
async fn an_order_can_be_made_in_the_old_way_and_in_whole_units() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let caller = Caller::with_paypal_token(&running.base_url).await;
    let mut body = order();
    body["payment_source"] = Value::Null;
    body["application_context"] = json!({ "return_url": "https://desk.example/ok" });
    body["purchase_units"][0]["amount"] = json!({ "currency_code": "JPY", "value": "15000" });
    body["purchase_units"][0]["invoice_id"] = json!("I-1");
    let request = caller.request(reqwest::Method::POST, PATH).header("Prefer", "return=representation");
    let made = caller.send(request.json(&body)).await.json();
    assert_eq!((&made["status"], &made["links"][1]["rel"]), (&json!("CREATED"), &json!("approve")));
    assert_eq!(made["purchase_units"][0]["amount"]["value"], "15000");
    let page = caller.get(&format!("/checkoutnow?token={}", id(&made))).await;
    assert!(page.text.contains("JPY 15.000<"), "{}", page.text);
    let second = caller.post(PATH, &body).await.json();
    for order in [&made, &second] {
        running.control.act(id(order), Outcome::Approved).unwrap();
    }
    assert_eq!(capture(&caller, &made).await.status, 201);
    assert_eq!(issue(&capture(&caller, &second).await), "DUPLICATE_INVOICE_ID");
}

#[tokio::test]
async fn calls_fail_in_paypals_words() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let caller = Caller::with_paypal_token(&running.base_url).await;
    let order = create(&caller).await;
    running.control.act(id(&order), Outcome::Approved).unwrap();
    let plan = json!({ "calls": [
        { "kind": "named_error", "name": "PAYER_ACTION_REQUIRED", "on": "capture_order" },
        { "kind": "rate_limited", "on": "capture_order" },
        { "kind": "html", "http_status": 502, "on": "capture_order" },
        { "kind": "truncated_json", "on": "get_order" },
    ] });
    assert_eq!(caller.post("/sim/faults", &plan).await.status, 204);
    assert_eq!(issue(&capture(&caller, &order).await), "PAYER_ACTION_REQUIRED");
    let limited = capture(&caller, &order).await;
    assert_eq!((limited.status, &limited.json()["name"]), (429, &json!("RATE_LIMIT_REACHED")));
    assert_eq!(limited.headers.get("retry-after"), None);
    assert!(capture(&caller, &order).await.text.starts_with("<!DOCTYPE html>"));
    let cut = caller.get(&format!("{PATH}/{}", id(&order))).await;
    assert!(serde_json::from_str::<Value>(&cut.text).is_err());
    assert_eq!(capture(&caller, &order).await.status, 201);
}
