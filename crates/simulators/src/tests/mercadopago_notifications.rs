//! Mercado Pago: how notifications look.

use serde_json::json;

use super::{
    mercadopago_payments::{create, preference},
    support::{COLLECTOR_ID, Caller, Desk, MovableClock, Received, SECRET, mercadopago},
};
use crate::{
    mercadopago::{NewPayment, Notification, TsUnit},
    webhook_signatures::{mercadopago_manifest, mercadopago_signature},
};

/// Checks the signature as a receiver would, and returns `ts`.
fn verify(webhook: &Received, signed_id: &str) -> String {
    let header = webhook.header("x-signature");
    let ts = header.strip_prefix("ts=").and_then(|rest| rest.split_once(',')).expect("ts comes first").0;
    let manifest = mercadopago_manifest(Some(signed_id), Some(webhook.header("x-request-id")), ts);
    assert_eq!(header, mercadopago_signature(SECRET, &manifest, ts));
    ts.to_owned()
}

#[tokio::test]
async fn a_notification_goes_to_the_preferences_address_and_is_signed() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    let mut body = preference();
    body["notification_url"] = json!(format!("{}?desk=1", desk.url));
    create(&Caller::new(&running.base_url), &body).await;
    let id = running.control.create_payment(NewPayment::default_for("stay-1")).unwrap().to_string();
    running.control.settle().await;

    let received = desk.received();
    assert_eq!(received.len(), 2);
    let first = &received[0];
    assert_eq!((&first.query["desk"], &first.query["data.id"]), (&"1".to_owned(), &id));
    assert_eq!(first.query["type"], "payment");
    assert_eq!(verify(first, &id), "1788264000");
    let body = first.json();
    assert_eq!(body["data"]["id"], json!(id));
    assert_eq!(body["user_id"], COLLECTOR_ID);
    assert!(body["id"].is_u64());
}

#[tokio::test]
async fn the_styles_that_have_been_seen_can_be_chosen() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    let changes = json!({
        "notifications": {
            "ts": "milliseconds",
            "data_id_as_number": true,
            "id_as_string": true,
            "user_id_as_string": true,
            "pairs": false,
            "ipn_copies": true,
        },
        "clock_skew_seconds": 600,
    });
    let settings = running.control.patch_settings(&changes).unwrap();
    assert_eq!(settings.notifications.ts, TsUnit::Milliseconds);
    create(&Caller::new(&running.base_url), &preference()).await;
    let id = running.control.create_payment(NewPayment::default_for("stay-1")).unwrap();
    running.control.settle().await;

    let received = desk.received();
    assert_eq!(received.len(), 2);
    assert_eq!(verify(&received[0], &id.to_string()), "1788264600000");
    let body = received[0].json();
    assert_eq!(body["data"]["id"], id);
    assert!(body["id"].is_string() && body["user_id"].is_string());
    assert_eq!(received[1].query["topic"], "payment");
    assert_eq!(received[1].json(), json!({ "resource": id.to_string(), "topic": "payment" }));
    assert_eq!(received[1].header("x-signature"), "");
}

#[tokio::test]
async fn other_topics_may_be_signed_over_the_lower_cased_id() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    for sign_lower_case in [true, false] {
        let notification = Notification {
            topic: "order".to_owned(),
            action: "order.processed".to_owned(),
            data_id: "ORD01JQ4S4KY8".to_owned(),
            sign_lower_case,
            url: None,
        };
        assert!(running.control.notify(&notification));
    }
    running.control.settle().await;
    let received = desk.received();
    assert_eq!(received[0].query["data.id"], "ORD01JQ4S4KY8");
    verify(&received[0], "ord01jq4s4ky8");
    verify(&received[1], "ORD01JQ4S4KY8");
}
