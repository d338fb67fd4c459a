//! Calls that go wrong.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{
    mercadopago_payments::{create, preference},
    support::{Caller, Desk, GUEST, MovableClock, PHONE_NUMBER_ID, mercadopago, whatsapp},
};
use crate::{
    faults::{Call, CallFault, PlannedCallFault},
    mercadopago::{NewPayment, PaymentFault},
};

#[tokio::test]
async fn faults_meet_the_next_calls_in_order() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let (control, caller) = (&running.control, Caller::new(&running.base_url));
    control.guest_writes(GUEST, "Hola");
    let told =
        |code, http_status| CallFault::Error { code, http_status, details: None, code_as_string: false };
    control.fail_call(told(131_056, None));
    control.fail_call(told(131_026, Some(418)));
    control.fail_call(CallFault::RateLimited { retry_after_seconds: Some(7) });
    control.fail_call(CallFault::RateLimited { retry_after_seconds: None });
    control.fail_call(CallFault::ServerError { http_status: 503 });
    control.fail_call(CallFault::Html { http_status: 502 });
    control.fail_call(CallFault::ErrorInOk { code: 131_000 });
    control.fail_call(CallFault::EmptyBody);

    let answer = caller.text("a").await;
    assert_eq!((answer.status, answer.json()["error"]["code"].as_i64()), (400, Some(131_056)));
    assert_eq!(caller.text("a").await.status, 418);
    let limited = caller.text("a").await;
    assert_eq!((limited.status, limited.headers["retry-after"].to_str().unwrap()), (429, "7"));
    assert_eq!(caller.text("a").await.headers.get("retry-after"), None);
    assert_eq!(caller.text("a").await.status, 503);
    let page = caller.text("a").await;
    assert_eq!(page.status, 502);
    assert!(page.text.starts_with("<!DOCTYPE html>"));
    let odd = caller.text("a").await;
    assert_eq!((odd.status, odd.json()["error"]["code"].as_i64()), (200, Some(131_000)));
    assert_eq!(caller.text("a").await.text, "");
    // None of these had an effect.
    assert_eq!(control.transcript(GUEST).len(), 1);
    assert_eq!(caller.text("a").await.status, 200);
}

#[tokio::test]
async fn an_answer_can_be_lost_after_the_effect() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let (control, caller) = (&running.control, Caller::new(&running.base_url));
    control.guest_writes(GUEST, "Hola");
    control.fail_call(CallFault::LostAnswer { http_status: 500 });
    control.fail_call(CallFault::TruncatedJson);
    control.fail_call(CallFault::SlowBody { delay_ms: 60 });
    control.fail_call(CallFault::SlowAnswer { delay_ms: 60 });
    assert_eq!(caller.text("a").await.status, 500);
    let cut = caller.text("b").await;
    assert_eq!(cut.status, 200);
    assert!(serde_json::from_str::<serde_json::Value>(&cut.text).is_err());
    for text in ["c", "d"] {
        let began = Instant::now();
        assert!(caller.text(text).await.json()["messages"][0]["id"].is_string());
        assert!(began.elapsed() >= Duration::from_millis(60));
    }
    assert_eq!(control.transcript(GUEST).len(), 5);
}

#[tokio::test]
async fn a_connection_can_be_cut_before_or_after_the_effect() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let (control, caller) = (&running.control, Caller::new(&running.base_url));
    control.guest_writes(GUEST, "Hola");
    let path = format!("/v23.0/{PHONE_NUMBER_ID}/messages");
    let message =
        json!({ "messaging_product": "whatsapp", "to": GUEST, "type": "text", "text": { "body": "a" } });
    for (after_effect, entries) in [(false, 1), (true, 2)] {
        control.fail_call(CallFault::DropConnection { after_effect });
        let sent = caller.request(reqwest::Method::POST, &path).json(&message).send().await;
        assert!(sent.is_err());
        assert_eq!(control.transcript(GUEST).len(), entries);
    }
    assert_eq!(caller.text("b").await.status, 200);
}

#[tokio::test]
async fn a_fault_can_wait_for_its_kind_of_call() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    let (control, caller) = (&running.control, Caller::new(&running.base_url));
    let fault = CallFault::ServerError { http_status: 500 };
    control.fail_call(PlannedCallFault { on: Some(Call::CreateRefund), times: 2, fault });
    create(&caller, &preference()).await;
    let id = control.create_payment(NewPayment::default_for("stay-1")).unwrap();
    let path = format!("/v1/payments/{id}/refunds");
    assert_eq!(caller.get(&path).await.status, 200);
    assert_eq!(caller.post_once(&path, "r", &json!({})).await.status, 500);
    assert_eq!(caller.post_once(&path, "r", &json!({})).await.json()["error"], "internal_error");
    assert_eq!(caller.post_once(&path, "r", &json!({})).await.status, 201);
}

#[tokio::test]
async fn a_lost_refund_is_found_again_under_its_key() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    let (control, caller) = (&running.control, Caller::new(&running.base_url));
    create(&caller, &preference()).await;
    let id = control.create_payment(NewPayment::default_for("stay-1")).unwrap();
    let path = format!("/v1/payments/{id}/refunds");
    control.fail_call(CallFault::LostAnswer { http_status: 500 });
    assert_eq!(caller.post_once(&path, "r", &json!({})).await.status, 500);
    assert_eq!(caller.post_once(&path, "r", &json!({})).await.status, 201);
    assert_eq!(caller.get(&path).await.json().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_payment_can_be_wrong_or_come_late() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    let (control, caller) = (&running.control, Caller::new(&running.base_url));
    create(&caller, &preference()).await;
    control.fail_payment(PaymentFault { hidden_for_gets: 2, ..PaymentFault::default() });
    control.fail_payment(PaymentFault {
        collector_id: Some(1),
        live_mode: Some(false),
        currency_id: Some("USD".into()),
        silent: true,
        ..PaymentFault::default()
    });
    let hidden = control.create_payment(NewPayment::default_for("stay-1")).unwrap();
    control.settle().await;
    assert_eq!(desk.received().len(), 2);
    let path = format!("/v1/payments/{hidden}");
    let search = "/v1/payments/search?external_reference=stay-1";
    assert_eq!(caller.get(search).await.json()["paging"]["total"], 0);
    let statuses =
        [caller.get(&path).await.status, caller.get(&path).await.status, caller.get(&path).await.status];
    assert_eq!(statuses, [404, 404, 200]);

    let wrong = control.create_payment(NewPayment::default_for("stay-1")).unwrap();
    control.settle().await;
    assert_eq!(desk.received().len(), 2);
    let payment = caller.get(&format!("/v1/payments/{wrong}")).await.json();
    assert_eq!(payment["collector_id"], 1);
    assert_eq!(payment["live_mode"], false);
    assert_eq!(payment["currency_id"], "USD");
}

#[tokio::test]
async fn the_token_can_be_checked() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    assert_eq!(
        Caller::new(&running.base_url).get("/users/me").await.json()["id"],
        super::support::COLLECTOR_ID
    );
    assert_eq!(Caller::stranger(&running.base_url).get("/users/me").await.status, 401);
}

#[tokio::test]
async fn payments_can_be_written_sloppily() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    let (control, caller) = (&running.control, Caller::new(&running.base_url));
    create(&caller, &preference()).await;
    let id = control.create_payment(NewPayment::default_for("stay-1")).unwrap();
    control.change_settings(|settings| {
        settings.payloads.amounts_as_strings = true;
        settings.payloads.ids_as_strings = true;
        settings.payloads.unknown_fields = true;
        settings.payloads.empty_lists_for_objects = true;
    });
    let payment = caller.get(&format!("/v1/payments/{id}")).await.json();
    assert_eq!(payment["id"], json!(id.to_string()));
    assert_eq!(payment["transaction_amount"], "30000.50");
    assert_eq!(payment["card"], json!([]));
    assert!(payment["hologram"].is_object());
    assert!(payment["payer"]["identification"]["hologram"].is_object());
}
