//! Stripe: events, their signatures and what is read after them.

use serde_json::{Value, json};

use super::{
    stripe_sessions_and_refunds::{create, id},
    support::{Caller, Desk, MovableClock, Received, SECRET, stripe},
};
use crate::{
    faults::WebhookFault,
    stripe::{Outcome, RefundStatus, StripePaymentFault},
    webhook_signatures::stripe_signature,
};

/// The second of signing, and which of the secrets have signed.
fn signers<'a>(webhook: &Received, secrets: &[&'a str]) -> (i64, Vec<&'a str>) {
    let header = webhook.header("stripe-signature");
    let mut parts = header.split(',').filter_map(|part| part.split_once('='));
    let Some(("t", t)) = parts.next() else { return (0, Vec::new()) };
    let t = t.parse().expect("a second");
    let signatures: Vec<&str> = parts.filter(|(scheme, _)| *scheme == "v1").map(|(_, value)| value).collect();
    let has_signed = |secret: &&&str| signatures.contains(&&*stripe_signature(secret, t, &webhook.body));
    (t, secrets.iter().filter(has_signed).copied().collect())
}

fn kinds(desk: &Desk) -> Vec<Value> {
    desk.received().iter().map(|webhook| webhook.json()["type"].clone()).collect()
}

#[tokio::test]
async fn an_event_is_signed_over_its_raw_body_each_time_anew() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let session = create(&Caller::new(&running.base_url)).await;
    running.control.change_settings(|settings| {
        settings.clock_skew_seconds = -600;
        settings.old_scheme = true;
    });
    desk.will_answer(&[302, 500, 204]);
    running.control.act(id(&session), Outcome::Paid).unwrap();
    running.control.settle().await;
    let received = desk.received();
    assert_eq!(received.len(), 3);
    assert_eq!(signers(&received[0], &[SECRET]), (1_788_264_000 - 600, vec![SECRET]));
    assert!(received[0].header("stripe-signature").contains(",v0="));
    let event = received[2].json();
    assert!(id(&event).starts_with("evt_"));
    assert_eq!((&event["object"], &event["livemode"]), (&json!("event"), &json!(false)));
    assert_eq!(event["data"]["object"]["id"], session["id"]);
    assert_eq!(event["data"]["object"]["payment_status"], "paid");
    assert_eq!(event["created"], 1_788_264_000 - 600);
}

#[tokio::test]
async fn secrets_can_change_with_and_without_an_overlap() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    running.control.fail_webhook(WebhookFault::None);
    running.control.fail_webhook(WebhookFault::RollSecret { secret: "new".to_owned() });
    running.control.fail_webhook(WebhookFault::WrongSignature);
    running.control.fail_webhook(WebhookFault::NoSignature);
    running.control.fail_webhook(WebhookFault::RotateSecret { secret: "newest".to_owned() });
    for _ in 0..5 {
        running.control.act(id(&create(&caller).await), Outcome::Paid).unwrap();
        running.control.settle().await;
    }
    let secrets = [SECRET, "new", "newest"];
    let signed: Vec<_> = desk.received().iter().map(|webhook| signers(webhook, &secrets).1).collect();
    assert_eq!(signed, [vec![SECRET], vec![SECRET, "new"], vec![], vec![], vec!["newest"]]);
}

#[tokio::test]
async fn the_endpoint_gets_what_it_is_subscribed_to() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    running.control.change_settings(|settings| settings.enabled_events = vec!["*".to_owned()]);
    let session = create(&caller).await;
    running.control.act(id(&session), Outcome::Declined).unwrap();
    running.control.act(id(&session), Outcome::Paid).unwrap();
    let intent = running.control.payments()[0]["id"].clone();
    running.control.fail_refund(RefundStatus::Pending);
    let form = [("payment_intent", intent.as_str().unwrap()), ("amount", "100")];
    let refund = caller.form("/v1/refunds", "r1", &form).await.json();
    assert!(running.control.change_refund(id(&refund), RefundStatus::Succeeded));
    assert!(running.control.dispute(intent.as_str().unwrap(), "fraudulent"));
    running.control.settle().await;
    assert_eq!(
        kinds(&desk),
        [
            "payment_intent.payment_failed",
            "charge.succeeded",
            "payment_intent.succeeded",
            "checkout.session.completed",
            "refund.created",
            "charge.refunded",
            "refund.updated",
            "charge.dispute.created",
            "charge.dispute.funds_withdrawn",
        ]
    );
    let refunded = desk.received()[5].json();
    assert_eq!(refunded["data"]["object"]["amount_refunded"], 100);
    assert_eq!(refunded["data"]["previous_attributes"]["amount_refunded"], 0);
    assert_eq!(refunded["request"]["idempotency_key"], "r1");
    let dispute = desk.received()[7].json()["data"]["object"].clone();
    assert_eq!((&dispute["payment_intent"], &dispute["status"]), (&intent, &json!("needs_response")));
    assert_eq!(caller.form("/v1/refunds", "", &form).await.json()["error"]["code"], "charge_disputed");
}

#[tokio::test]
async fn an_event_can_come_before_its_object_can_be_read_and_out_of_order() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    running.control.fail_payment(StripePaymentFault { stale_for_gets: 1, ..StripePaymentFault::default() });
    running.control.fail_webhook(WebhookFault::Reorder { at_most_ms: 5000 }.on("checkout.session.completed"));
    running.control.fail_webhook(WebhookFault::Duplicate { copies: 1 }.on("checkout.session.async"));
    let session = create(&caller).await;
    running.control.act(id(&session), Outcome::Delayed).unwrap();
    let path = format!("/v1/checkout/sessions/{}", id(&session));
    assert_eq!(caller.get(&path).await.json()["status"], "open");
    let read = caller.get(&path).await.json();
    assert_eq!(read["status"], "complete");
    let path = format!("/v1/payment_intents/{}", read["payment_intent"].as_str().unwrap());
    assert_eq!((caller.get(&path).await.status, caller.get(&path).await.status), (404, 200));
    running.control.act(id(&session), Outcome::Failed).unwrap();
    running.control.settle().await;
    let failed = "checkout.session.async_payment_failed";
    let mut got = kinds(&desk);
    got.sort_by_key(ToString::to_string);
    assert_eq!(got, [failed, failed, "checkout.session.completed"]);
    assert_eq!(kinds(&desk)[0], failed);
}

#[tokio::test]
async fn payments_can_be_wrong_and_written_sloppily() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let session = create(&caller).await;
    let plan = json!({ "payments": [{ "amount": 1, "currency": "usd", "livemode": true, "silent": true }] });
    assert_eq!(caller.post("/sim/faults", &plan).await.status, 204);
    assert_eq!(caller.get("/sim/faults").await.json()["payments"][0]["amount"], 1);
    let path = format!("/sim/sessions/{}", id(&session));
    let paid = caller.post(&path, &json!({ "outcome": "paid" })).await.json();
    assert_eq!(
        (&paid["amount_total"], &paid["currency"], &paid["livemode"]),
        (&json!(1), &json!("usd"), &json!(true))
    );
    assert_eq!(caller.post(&path, &json!({ "outcome": "paid" })).await.status, 422);
    running.control.settle().await;
    assert!(desk.received().is_empty());

    let patch = json!({ "payloads": {
        "unknown_fields": true, "numbers_as_strings": true, "empty_lists_for_objects": true,
    } });
    let patch = caller.request(reqwest::Method::PATCH, "/sim/settings").json(&patch);
    assert_eq!(caller.send(patch).await.status, 200);
    let session = running.control.find_session("stay-1").unwrap();
    assert_eq!((&session["amount_total"], &session["ui_mode"]), (&json!("1"), &json!("hologram")));
    assert!(session["hologram"].is_object() && session["metadata"] == json!([]));
    let event = json!({ "type": "hologram.seen", "object": { "id": "holo_1" } });
    assert_eq!(caller.post("/sim/events", &event).await.status, 422);
    running.control.change_settings(|settings| settings.enabled_events.push("hologram.seen".to_owned()));
    assert_eq!(caller.post("/sim/events", &event).await.status, 202);
    running.control.settle().await;
    assert_eq!(kinds(&desk), ["hologram.seen"]);
}
