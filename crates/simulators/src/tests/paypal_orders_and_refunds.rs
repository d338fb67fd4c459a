//! PayPal: tokens, orders, the approval page, captures, refunds.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::support::{Answer, Caller, Desk, MovableClock, paypal};
use crate::paypal::{Outcome, RefundStatus};

/// A deposit.
pub(crate) fn order() -> Value {
    json!({
        "intent": "CAPTURE",
        "purchase_units": [{
            "reference_id": "stay",
            "custom_id": "stay-1",
            "description": "Anticipo <cabaña>",
            "amount": { "currency_code": "USD", "value": "1500.50" },
        }],
        "payment_source": { "paypal": { "experience_context": {
            "return_url": "https://desk.example/ok?code=AB",
            "cancel_url": "https://desk.example/back",
            "user_action": "PAY_NOW",
        } } },
    })
}

pub(crate) async fn create(caller: &Caller) -> Value {
    let answer = caller.post("/v2/checkout/orders", &order()).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()
}

pub(crate) fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

pub(crate) async fn capture(caller: &Caller, order: &Value) -> Answer {
    caller.post(&format!("/v2/checkout/orders/{}/capture", id(order)), &json!({})).await
}

/// The capture of an order, out of the order.
pub(crate) fn captured(order: &Value) -> &Value {
    &order["purchase_units"][0]["payments"]["captures"][0]
}

pub(crate) fn issue(answer: &Answer) -> String {
    answer.json()["details"][0]["issue"].as_str().unwrap_or_default().to_owned()
}

async fn press(caller: &Caller, order: &Value, outcome: &str) -> Answer {
    caller.form("/checkoutnow", "", &[("token", id(order)), ("outcome", outcome)]).await
}

#[tokio::test]
async fn an_order_is_approved_on_its_page_and_captured() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let caller = Caller::with_paypal_token(&running.base_url).await;
    let made = create(&caller).await;
    assert_eq!(made["status"], "PAYER_ACTION_REQUIRED");
    assert!(made["purchase_units"].is_null());
    let links = made["links"].as_array().unwrap();
    let link = links.iter().find(|link| link["rel"] == "payer-action").unwrap()["href"].as_str().unwrap();
    let page = caller.get(link.strip_prefix(&running.base_url).unwrap()).await;
    assert!(
        page.text.contains("USD 1.500,50") && page.text.contains("Anticipo &lt;cabaña&gt;"),
        "{}",
        page.text
    );
    assert_eq!(issue(&capture(&caller, &made).await), "ORDER_NOT_APPROVED");

    let back = press(&caller, &made, "abandoned").await.headers["location"].clone();
    assert_eq!(back, format!("https://desk.example/back?token={}", id(&made)));
    let back = press(&caller, &made, "approved").await;
    let expected = format!("https://desk.example/ok?code=AB&token={}&PayerID=YTENGYR8PAF9A", id(&made));
    assert_eq!((back.status, back.headers["location"].to_str().unwrap()), (303, &*expected));
    let path = format!("/v2/checkout/orders/{}", id(&made));
    assert_eq!(caller.get(&path).await.json()["status"], "APPROVED");

    let done = capture(&caller, &made).await;
    assert_eq!((done.status, &done.json()["status"]), (201, &json!("COMPLETED")));
    let order = caller.get(&path).await.json();
    let paid = captured(&order);
    assert_eq!((&paid["status"], &paid["custom_id"]), (&json!("COMPLETED"), &json!("stay-1")));
    assert_eq!(paid["amount"], json!({ "currency_code": "USD", "value": "1500.50" }));
    assert_eq!(paid["supplementary_data"]["related_ids"]["order_id"], made["id"]);
    let again = capture(&caller, &made).await;
    assert_eq!((again.status, issue(&again)), (422, "ORDER_ALREADY_CAPTURED".to_owned()));
    assert_eq!(caller.get(&format!("/v2/payments/captures/{}", id(paid))).await.json()["id"], paid["id"]);
    assert!(caller.get(link.strip_prefix(&running.base_url).unwrap()).await.text.contains("Ya está pagado"));
    running.control.settle().await;
    let kinds: Vec<_> = desk.received().iter().map(|webhook| webhook.json()["event_type"].clone()).collect();
    assert_eq!(kinds, ["CHECKOUT.ORDER.APPROVED", "PAYMENT.CAPTURE.COMPLETED", "CHECKOUT.ORDER.COMPLETED"]);
    running.stop().await;
}

#[tokio::test]
async fn a_refused_card_sends_the_buyer_back_and_a_completed_order_may_hold_no_money() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let caller = Caller::with_paypal_token(&running.base_url).await;
    let order = create(&caller).await;
    press(&caller, &order, "declined").await;
    let refused = capture(&caller, &order).await;
    assert_eq!((refused.status, issue(&refused)), (422, "INSTRUMENT_DECLINED".to_owned()));
    assert_eq!(refused.json()["links"][0]["rel"], "redirect");
    assert_eq!(issue(&capture(&caller, &order).await), "ORDER_NOT_APPROVED");
    press(&caller, &order, "pending").await;
    let pending = capture(&caller, &order).await.json();
    assert_eq!((&pending["status"], &captured(&pending)["status"]), (&json!("COMPLETED"), &json!("PENDING")));
    let path = format!("/v2/payments/captures/{}", id(captured(&pending)));
    assert_eq!(issue(&caller.post(&format!("{path}/refund"), &json!({})).await), "PENDING_CAPTURE");
    assert!(press(&caller, &order, "arrived").await.text.contains("Ya está pagado"));
    assert_eq!(caller.get(&path).await.json()["status"], "COMPLETED");

    let second = create(&caller).await;
    running.control.act(id(&second), Outcome::DeclinedCapture).unwrap();
    let declined = capture(&caller, &second).await.json();
    assert_eq!(
        (&declined["status"], &captured(&declined)["status"]),
        (&json!("COMPLETED"), &json!("DECLINED"))
    );
    let third = create(&caller).await;
    running.control.act(id(&third), Outcome::Pending).unwrap();
    capture(&caller, &third).await;
    running.control.act(id(&third), Outcome::Failed).unwrap();
    running.control.settle().await;
    let received = desk.received();
    let last = received.last().unwrap().json();
    assert_eq!(
        (&last["event_type"], &last["resource"]["status"]),
        (&json!("PAYMENT.CAPTURE.DENIED"), &json!("DECLINED"))
    );
}

#[tokio::test]
async fn money_goes_back_in_part_and_in_whole() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let caller = Caller::with_paypal_token(&running.base_url).await;
    let order = create(&caller).await;
    running.control.act(id(&order), Outcome::Approved).unwrap();
    let order = capture(&caller, &order).await.json();
    let path = format!("/v2/payments/captures/{}", id(captured(&order)));
    let refund = async |key: &str, value: &str| {
        let amount = json!({ "amount": { "currency_code": "USD", "value": value } });
        let body = if value.is_empty() { json!({}) } else { amount };
        caller.post_under(&format!("{path}/refund"), key, &body).await
    };
    let first = refund("r1", "500.25").await;
    assert_eq!((first.status, &first.json()["status"]), (201, &json!("COMPLETED")));
    let again = refund("r1", "500.25").await;
    assert_eq!((again.status, &again.text), (200, &first.text));
    assert_eq!(caller.get(&path).await.json()["status"], "PARTIALLY_REFUNDED");
    assert_eq!(issue(&refund("r2", "1000.26").await), "REFUND_AMOUNT_EXCEEDED");
    running.control.fail_refund(RefundStatus::Pending);
    let second = refund("r3", "").await.json();
    assert_eq!((&second["status"], &second["amount"]["value"]), (&json!("PENDING"), &json!("1000.25")));
    assert_eq!(second["seller_payable_breakdown"]["total_refunded_amount"]["value"], "1500.50");
    assert_eq!(issue(&refund("r4", "").await), "CAPTURE_FULLY_REFUNDED");
    assert!(running.control.change_refund(id(&second), RefundStatus::Completed));
    let read = caller.get(&format!("/v2/payments/refunds/{}", id(&second))).await.json();
    assert_eq!(read["status"], "COMPLETED");
    assert!(read["links"][1]["href"].as_str().unwrap().ends_with(&path));
    assert_eq!(caller.get(&path).await.json()["status"], "REFUNDED");
    running.control.settle().await;
    let refunded = desk
        .received()
        .into_iter()
        .filter(|webhook| webhook.json()["event_type"] == "PAYMENT.CAPTURE.REFUNDED");
    assert_eq!(refunded.count(), 2);
}

#[tokio::test]
async fn an_order_that_nobody_approves_is_forgotten_in_silence() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let caller = Caller::with_paypal_token(&running.base_url).await;
    let (forgotten, approved) = (create(&caller).await, create(&caller).await);
    running.control.act(id(&approved), Outcome::Approved).unwrap();
    clock.forward(SignedDuration::from_hours(3));
    let path = format!("/v2/checkout/orders/{}", id(&forgotten));
    let gone = caller.get(&path).await;
    assert_eq!((gone.status, issue(&gone)), (404, "INVALID_RESOURCE_ID".to_owned()));
    assert_eq!(press(&caller, &forgotten, "approved").await.status, 404);
    assert_eq!(capture(&caller, &forgotten).await.status, 404);
    assert_eq!(capture(&caller, &approved).await.status, 201);
}

#[tokio::test]
async fn tokens_end_and_can_be_revoked() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let stranger = Caller::stranger(&running.base_url);
    let refused = stranger.ask_paypal_token("wrong").await;
    assert_eq!((refused.status, &refused.json()["error"]), (401, &json!("invalid_client")));
    assert_eq!(stranger.post("/v2/checkout/orders", &order()).await.json()["name"], "AUTHENTICATION_FAILURE");
    let caller = Caller::with_paypal_token(&running.base_url).await;
    create(&caller).await;
    clock.forward(SignedDuration::from_secs(32_400));
    assert_eq!(caller.post("/v2/checkout/orders", &order()).await.status, 401);
    let caller = Caller::with_paypal_token(&running.base_url).await;
    create(&caller).await;
    running.control.revoke_tokens();
    assert_eq!(caller.post("/v2/checkout/orders", &order()).await.status, 401);
}
