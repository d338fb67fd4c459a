//! Notices from Mercado Pago.

use reqwest::StatusCode;
use serde_json::json;

use crate::desk_harness::{Answer, Desk, PHONE, WEBHOOK_SECRET};

const PATH: &str = "/api/v1/mercadopago/webhook";

async fn notify(desk: &Desk, id: &str, ts: &str, signature: Option<&str>, body: serde_json::Value) -> Answer {
    let request_id = "2066ca19-c6f1-498a-be75-1923005edd06";
    let sign = || {
        providers::payments::mercadopago::webhook_signature::sign(
            WEBHOOK_SECRET,
            Some(id),
            Some(request_id),
            ts,
        )
    };
    let signature = signature.map_or_else(|| format!("ts={ts},v1={}", sign()), str::to_owned);
    let url = format!("{}{PATH}?data.id={id}&type=payment", desk.url);
    let request = desk.http.post(url).header("x-request-id", request_id).header("x-signature", signature);
    desk.send(request.json(&body)).await
}

#[tokio::test]
async fn only_signed_notices_are_accepted_with_either_unit_of_time() {
    Desk::each(async |desk| {
        let body = |id: serde_json::Value| json!({ "action": "payment.updated", "type": "payment", "data": { "id": id } });
        for signature in ["", "ts=1,v1=00", "v1=ññññ", "ts=1742505638"] {
            let refused = notify(desk, "123", "1742505638", Some(signature), body(json!("123"))).await;
            assert_eq!((refused.status, &refused.json()["detail"]), (StatusCode::FORBIDDEN, &json!("Invalid signature")));
        }
        let recurring = desk.test.app.jobs.recurring().len();
        assert_eq!(desk.test.drain().await, recurring, "the recurring jobs and nothing else");
        for (ts, id) in [("1742505638", json!("999999999")), ("1742505638683", json!(999_999_999))] {
            assert_eq!(notify(desk, "999999999", ts, None, body(id)).await.status, StatusCode::OK);
        }
        // Nobody knows that payment: it is looked for a few times, then a person is told.
        for _ in 0..12 {
            desk.settle().await;
            desk.test.advance(jiff::SignedDuration::from_mins(10));
        }
        desk.settle().await;
        assert_eq!(desk.waiting().await, ["payment_not_found"]);
    })
    .await;
}

#[tokio::test]
async fn a_notice_before_the_payment_can_be_read_is_not_lost() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        desk.guest_says(PHONE, "del 5 al 8 de enero para 4").await;
        desk.guest_says(PHONE, "sí").await;
        desk.next_payment_is_odd(json!({ "hidden_for_gets": 2 }));
        desk.paid(json!({ "preference_id": desk.preference() })).await;
        for _ in 0..4 {
            desk.settle().await;
            desk.test.advance(jiff::SignedDuration::from_secs(30));
        }
        desk.settle().await;
        assert_eq!(desk.status_of(&desk.only_code(PHONE).await).await, "confirmed");
    })
    .await;
}

#[tokio::test]
async fn other_topics_are_answered_and_forgotten() {
    Desk::each(async |desk| {
        let url = format!("{}{PATH}?data.id=5&type=topic_claims_integration_wh", desk.url);
        let signature = providers::payments::mercadopago::webhook_signature::sign(
            WEBHOOK_SECRET,
            Some("5"),
            None,
            "1742505638",
        );
        let request = desk.http.post(url).header("x-signature", format!("ts=1742505638,v1={signature}"));
        let answer = desk
            .send(request.json(&json!({ "type": "topic_claims_integration_wh", "data": { "id": "5" } })))
            .await;
        assert_eq!(answer.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn another_merchants_payment_and_a_lost_answer() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        // The preference was made but the answer was lost: the same key gets the same page.
        let lost = json!({ "kind": "lost_answer", "on": "create_preference", "http_status": 500 });
        let url = format!("{}/sim/faults", payments::room(&desk.test.app).settings.mercadopago.base_url);
        assert!(desk.send(desk.http.post(url).json(&json!({ "calls": [lost] }))).await.status.is_success());
        desk.guest_says(PHONE, "del 5 al 8 de enero para 4").await;
        desk.guest_says(PHONE, "sí").await;
        desk.test.advance(jiff::SignedDuration::from_secs(30));
        desk.settle().await;
        assert_eq!(desk.mercadopago.preferences().len(), 1);
        desk.next_payment_is_odd(json!({ "collector_id": 1 }));
        desk.paid(json!({ "preference_id": desk.preference() })).await;
        assert_eq!(desk.status_of(&desk.only_code(PHONE).await).await, "held");
        assert_eq!(desk.waiting().await, ["other_account"]);
    })
    .await;
}
