//! PayPal: events, their signatures, the transaction search.

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::SignedDuration;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::{Value, json};

use super::{
    paypal_orders_and_refunds::{capture, captured, create, id},
    support::{Caller, Desk, MovableClock, Received, WEBHOOK_ID, paypal},
};
use crate::{
    faults::WebhookFault,
    paypal::{AUTHORITY_PEM, Certificate, Outcome, PayPalPaymentFault},
    webhook_signatures::paypal_message,
};

fn der(pem: &str) -> Vec<u8> {
    let body = pem.trim().strip_prefix("-----BEGIN CERTIFICATE-----").expect("a certificate");
    let body = body.strip_suffix("-----END CERTIFICATE-----").expect("one alone");
    STANDARD.decode(body.replace('\n', "")).expect("base64")
}

/// The RSA key in a certificate: a sequence of a modulus of 257 bytes and an exponent of three.
fn public_key(certificate: &[u8]) -> &[u8] {
    let begins = [0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01, 0x00];
    let at =
        certificate.windows(begins.len()).position(|window| window == begins).expect("a key of 2048 bits");
    &certificate[at..at + 270]
}

/// Checks the signature as a receiver would, with the certificate that the event names.
async fn is_signed(caller: &Caller, base_url: &str, webhook: &Received, webhook_id: &str) -> bool {
    let path = webhook.header("paypal-cert-url").strip_prefix(base_url).expect("an address of the simulator");
    let certificate = der(&caller.get(path).await.text);
    let message = paypal_message(
        webhook.header("paypal-transmission-id"),
        webhook.header("paypal-transmission-time"),
        webhook_id,
        &webhook.body,
    );
    let Ok(signature) = STANDARD.decode(webhook.header("paypal-transmission-sig")) else { return false };
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public_key(&certificate));
    key.verify(message.as_bytes(), &signature).is_ok()
}

/// Asks the API, with the event as these bytes.
async fn verdict(caller: &Caller, webhook: &Received, event: &str) -> Value {
    let mut body = json!({ "webhook_id": WEBHOOK_ID });
    for (name, header) in [
        ("auth_algo", "paypal-auth-algo"),
        ("cert_url", "paypal-cert-url"),
        ("transmission_id", "paypal-transmission-id"),
        ("transmission_sig", "paypal-transmission-sig"),
        ("transmission_time", "paypal-transmission-time"),
    ] {
        body[name] = json!(webhook.header(header));
    }
    let text = format!("{{\"webhook_event\": {event} ,{}", &body.to_string()[1..]);
    let request = caller.request(reqwest::Method::POST, "/v1/notifications/verify-webhook-signature");
    let answer = caller.send(request.header("content-type", "application/json").body(text)).await;
    answer.json()["verification_status"].take()
}

fn kinds(desk: &Desk) -> Vec<Value> {
    desk.received().iter().map(|webhook| webhook.json()["event_type"].clone()).collect()
}

#[tokio::test]
async fn an_event_is_signed_with_the_key_of_the_certificate_that_it_names() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let caller = Caller::with_paypal_token(&running.base_url).await;
    let order = create(&caller).await;
    running.control.change_settings(|settings| settings.clock_skew_seconds = 600);
    desk.will_answer(&[500]);
    running.control.act(id(&order), Outcome::Approved).unwrap();
    running.control.settle().await;
    let received = desk.received();
    assert_eq!(received.len(), 2);
    for webhook in &received {
        assert!(is_signed(&caller, &running.base_url, webhook, WEBHOOK_ID).await);
        assert!(!is_signed(&caller, &running.base_url, webhook, "another").await);
    }
    let first = &received[0];
    assert_eq!(first.header("paypal-transmission-time"), "2026-09-01T12:10:00Z");
    assert_eq!(first.header("paypal-auth-algo"), "SHA256withRSA");
    let event = first.json();
    assert_eq!(
        (&event["event_type"], &event["resource_type"]),
        (&json!("CHECKOUT.ORDER.APPROVED"), &json!("checkout-order"))
    );
    assert!(id(&event).starts_with("WH-"));
    assert_eq!(event["resource"]["id"], order["id"]);

    let raw = String::from_utf8(first.body.to_vec()).unwrap();
    assert_eq!(verdict(&caller, first, &raw).await, "SUCCESS");
    assert_eq!(verdict(&caller, first, &event.to_string()).await, "FAILURE");
}

#[tokio::test]
async fn forgeries_and_wrong_certificates() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let caller = Caller::with_paypal_token(&running.base_url).await;
    running.control.fail_webhook(WebhookFault::WrongSignature);
    running.control.fail_webhook(WebhookFault::NoSignature);
    running.control.fail_webhook(WebhookFault::RotateSecret { secret: "another".to_owned() });
    running.control.fail_webhook(WebhookFault::RotateSecret { secret: WEBHOOK_ID.to_owned() });
    for certificate in
        [Certificate::Current, Certificate::Current, Certificate::Current, Certificate::Expired]
    {
        running.control.change_settings(|settings| settings.certificate = certificate);
        running.control.act(id(&create(&caller).await), Outcome::Approved).unwrap();
        running.control.settle().await;
    }
    let received = desk.received();
    let mut signed = Vec::new();
    for webhook in &received {
        signed.push(is_signed(&caller, &running.base_url, webhook, WEBHOOK_ID).await);
    }
    assert_eq!(signed, [false, false, false, true]);
    assert_eq!(received[1].header("paypal-transmission-sig"), "");
    assert!(received[3].header("paypal-cert-url").ends_with("-expired"));
    let raw = String::from_utf8(received[3].body.to_vec()).unwrap();
    assert_eq!(verdict(&caller, &received[3], &raw).await, "FAILURE");
    assert_eq!(caller.get("/v1/notifications/certs/CERT-none").await.status, 404);
    assert_ne!(public_key(&der(AUTHORITY_PEM)), public_key(&der(Certificate::Untrusted.pem())));
    assert_eq!(public_key(&der(Certificate::Live.pem())), public_key(&der(Certificate::Untrusted.pem())));
}

#[tokio::test]
async fn an_event_can_come_twice_and_before_its_object_can_be_read() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let caller = Caller::with_paypal_token(&running.base_url).await;
    let order = create(&caller).await;
    running.control.act(id(&order), Outcome::Approved).unwrap();
    running.control.fail_payment(PayPalPaymentFault { stale_for_gets: 1, ..PayPalPaymentFault::default() });
    running.control.fail_webhook(WebhookFault::Duplicate { copies: 1 }.on("PAYMENT.CAPTURE"));
    let done = capture(&caller, &order).await.json();
    let path = format!("/v2/checkout/orders/{}", id(&order));
    assert_eq!(caller.get(&path).await.json()["status"], "APPROVED");
    assert_eq!(caller.get(&path).await.json()["status"], "COMPLETED");
    let path = format!("/v2/payments/captures/{}", id(captured(&done)));
    assert_eq!((caller.get(&path).await.status, caller.get(&path).await.status), (404, 200));
    running.control.settle().await;
    let completed = "PAYMENT.CAPTURE.COMPLETED";
    assert_eq!(kinds(&desk), ["CHECKOUT.ORDER.APPROVED", completed, completed, "CHECKOUT.ORDER.COMPLETED"]);
    assert_eq!(desk.received()[1].body, desk.received()[2].body);
}

#[tokio::test]
async fn banks_and_buyers_take_money_back() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let caller = Caller::with_paypal_token(&running.base_url).await;
    let (order, approved) = (create(&caller).await, create(&caller).await);
    for order in [&order, &approved] {
        running.control.act(id(order), Outcome::Approved).unwrap();
    }
    let done = capture(&caller, &order).await.json();
    let capture_id = id(captured(&done));
    running.control.hold_webhooks();
    assert_eq!(caller.post(&format!("/sim/captures/{capture_id}/dispute"), &json!({})).await.status, 202);
    let path = format!("/v2/payments/captures/{capture_id}");
    let refused = caller.post(&format!("{path}/refund"), &json!({})).await;
    assert_eq!(refused.json()["details"][0]["issue"], "TRANSACTION_DISPUTED");
    assert_eq!(caller.post(&format!("/sim/captures/{capture_id}/reverse"), &json!({})).await.status, 202);
    assert!(running.control.reverse_approval(id(&approved)));
    assert!(!running.control.reverse_approval(id(&approved)));
    assert_eq!(caller.get(&path).await.json()["status"], "REFUNDED");
    running.control.settle().await;
    let before = desk.received().len();
    assert_eq!(running.control.release_webhooks(false), 3);
    running.control.settle().await;
    let events: Vec<Value> = desk.received()[before..].iter().map(Received::json).collect();
    let find =
        |kind: &str| events.iter().find(|event| event["event_type"] == kind).unwrap()["resource"].clone();
    assert_eq!(
        find("CUSTOMER.DISPUTE.CREATED")["disputed_transactions"][0]["seller_transaction_id"],
        capture_id
    );
    assert!(find("PAYMENT.CAPTURE.REVERSED")["links"][1]["href"].as_str().unwrap().ends_with(&path));
    assert_eq!(find("CHECKOUT.PAYMENT-APPROVAL.REVERSED")["order_id"], approved["id"]);
}

#[tokio::test]
async fn what_was_missed_is_found_among_the_transactions() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let caller = Caller::with_paypal_token(&running.base_url).await;
    let fault = json!({ "amount": "1.00", "currency_code": "MXN", "custom_id": "stay-2", "silent": true });
    assert_eq!(caller.post("/sim/faults", &json!({ "payments": [{}, fault] })).await.status, 204);
    running.control.change_settings(|settings| settings.enabled_events = vec!["PAYMENT.".to_owned()]);
    let mut captures = Vec::new();
    for _ in 0..2 {
        let order = create(&caller).await;
        let path = format!("/sim/orders/{}", id(&order));
        assert_eq!(caller.post(&path, &json!({ "outcome": "approved" })).await.json()["status"], "APPROVED");
        captures.push(captured(&capture(&caller, &order).await.json()).clone());
        clock.forward(SignedDuration::from_hours(1));
    }
    caller.post(&format!("/v2/payments/captures/{}/refund", id(&captures[0])), &json!({})).await;
    running.control.settle().await;
    assert_eq!(kinds(&desk), ["PAYMENT.CAPTURE.COMPLETED", "PAYMENT.CAPTURE.REFUNDED"]);

    let find = async |rest: &str| {
        let path = "/v1/reporting/transactions?start_date=2026-09-01T09:00:00-03:00&end_date=";
        let answer = caller.get(&format!("{path}{rest}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    };
    let all = find("2026-09-01T23:59:59Z").await;
    let infos: Vec<Value> = all["transaction_details"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["transaction_info"].clone())
        .collect();
    let ids: Vec<_> = infos.iter().map(|info| &info["transaction_event_code"]).collect();
    assert_eq!(ids, ["T0006", "T0006", "T1107"]);
    assert_eq!(
        (&infos[0]["transaction_id"], &infos[0]["custom_field"]),
        (&captures[0]["id"], &json!("stay-1"))
    );
    assert_eq!(infos[1]["transaction_amount"], json!({ "currency_code": "MXN", "value": "1.00" }));
    assert_eq!((&infos[1]["custom_field"], &infos[1]["transaction_status"]), (&json!("stay-2"), &json!("S")));
    assert_eq!(
        (&infos[2]["paypal_reference_id"], &infos[2]["transaction_amount"]["value"]),
        (&captures[0]["id"], &json!("-1500.50"))
    );
    let page = find("2026-09-01T23:59:59Z&page_size=2&page=2").await;
    assert_eq!((&page["total_items"], &page["total_pages"]), (&json!(3), &json!(2)));
    assert_eq!(page["transaction_details"].as_array().unwrap().len(), 1);
    running.control.change_settings(|settings| settings.reporting_delay_seconds = 5400);
    assert_eq!(find("2026-09-01T23:59:59Z").await["total_items"], 1);
    let long = "/v1/reporting/transactions?start_date=2026-09-01T00:00:00Z&end_date=2026-10-03T00:00:00Z";
    assert_eq!(caller.get(long).await.status, 400);
}

#[tokio::test]
async fn payloads_can_be_written_sloppily() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = paypal(&desk, &clock).await;
    let caller = Caller::with_paypal_token(&running.base_url).await;
    let order = create(&caller).await;
    let patch = json!({ "payloads": {
        "unknown_fields": true, "values_as_numbers": true, "order_id_in_links_only": true,
        "empty_lists_for_objects": true,
    } });
    let patch = caller.request(reqwest::Method::PATCH, "/sim/settings").json(&patch);
    assert_eq!(caller.send(patch).await.status, 200);
    running.control.act(id(&order), Outcome::Approved).unwrap();
    let done = capture(&caller, &order).await.json();
    let capture = captured(&done);
    assert_eq!(capture["amount"]["value"], 1500.5);
    assert!(capture["supplementary_data"].is_null() && capture["hologram"].is_object());
    assert!(capture["links"][2]["href"].as_str().unwrap().ends_with(id(&order)));
    assert_eq!(done["payer"], json!([]));
    let event = json!({ "event_type": "HOLOGRAM.SEEN", "resource": { "id": "H1" } });
    assert_eq!(caller.post("/sim/events", &event).await.status, 202);
    running.control.settle().await;
    assert!(kinds(&desk).contains(&json!("HOLOGRAM.SEEN")));
}
