//! What providers send.

use app::config::Secret;
use providers::payments::mercadopago;
use reqwest::Method;
use serde_json::{Value, json};
use simulators::webhook_signatures::stripe_header;

use super::transcript::Transcript;
use crate::{
    desk_harness::{APP_SECRET, Desk, VERIFY_TOKEN, WEBHOOK_SECRET},
    stripe_and_paypal_tills::STRIPE_SECRET,
};

fn address(desk: &Desk, provider: &str) -> String {
    format!("{}/api/v1/{provider}/webhook", desk.url)
}

#[tokio::test]
async fn webhooks_of_whatsapp() {
    Desk::each(async |desk| {
        let mut told = Transcript::of(desk);
        for token in [VERIFY_TOKEN, "wrong"] {
            let query = format!("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={token}");
            let path = format!("/api/v1/whatsapp/webhook?{query}");
            told.public("verify_whatsapp", Method::GET, &path, None).await;
        }
        for (what, body) in [("nothing new", "[1,2]"), ("no JSON", "{nope")] {
            let signature = providers::chat::whatsapp::webhook_signature::sign(APP_SECRET, body.as_bytes());
            let request = desk.http.post(address(desk, "whatsapp")).body(body);
            told.send("receive_whatsapp", what, request.header("x-hub-signature-256", signature)).await;
        }
        told.send("receive_whatsapp", "unsigned", desk.http.post(address(desk, "whatsapp")).body("{}")).await;
        told.finish("webhooks_of_whatsapp");
    })
    .await;
}

#[tokio::test]
async fn webhooks_of_mercadopago() {
    Desk::each(async |desk| {
        let mut told = Transcript::of(desk);
        let sign = |id: Option<&str>| {
            let hash = mercadopago::webhook_signature::sign(WEBHOOK_SECRET, id, None, "1742505638");
            format!("ts=1742505638,v1={hash}")
        };
        let post = |query: &str, signature: String, body: &Value| {
            let url = format!("{}{query}", address(desk, "mercadopago"));
            desk.http.post(url).header("x-signature", signature).json(body)
        };
        let kind = "topic_claims_integration_wh";
        let other = json!({ "type": kind, "data": { "id": "5" } });
        let request = post(&format!("?data.id=5&type={kind}"), sign(Some("5")), &other);
        told.send("receive_mercadopago", "another topic", request).await;
        let request = post("", sign(None), &json!("no object"));
        told.send("receive_mercadopago", "not understood", request).await;
        let payment = json!({ "type": "payment", "data": { "id": "5" } });
        let request = post("?data.id=5&type=payment", "ts=1,v1=00".to_owned(), &payment);
        told.send("receive_mercadopago", "forged", request).await;
        told.finish("webhooks_of_mercadopago");
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn webhooks_of_stripe_and_paypal() {
    let configured = |config: &mut app::config::Config| {
        config.stripe.secret_key = Secret::new("sk_test_desk");
        config.stripe.webhook_secret = Secret::new(STRIPE_SECRET);
    };
    Desk::each_with(configured, async |desk| {
        let mut told = Transcript::of(desk);
        let event = json!({ "id": "evt_1", "object": "event", "type": "customer.created", "livemode": false,
            "data": { "object": { "id": "cus_1", "object": "customer" } } });
        let post = |body: String, signature: String| {
            let request = desk.http.post(address(desk, "stripe")).header("content-type", "application/json");
            request.header("stripe-signature", signature).body(body)
        };
        let sign = |body: &str| stripe_header([STRIPE_SECRET], desk.test.now().as_second(), body.as_bytes());
        let body = event.to_string();
        told.send("receive_stripe", "about nothing of ours", post(body.clone(), sign(&body))).await;
        told.send("receive_stripe", "no JSON", post("nope".to_owned(), sign("nope"))).await;
        told.send("receive_stripe", "forged", post(body, "t=1,v1=00".to_owned())).await;
        told.send("receive_paypal", "not configured", desk.http.post(address(desk, "paypal")).body("{}"))
            .await;
        told.finish("webhooks_of_stripe_and_paypal");
    })
    .await;
}
