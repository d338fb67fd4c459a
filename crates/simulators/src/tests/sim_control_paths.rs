//! The paths under `/sim`.

use serde_json::json;

use super::{
    mercadopago_payments::{create, preference},
    support::{Caller, Desk, GUEST, MovableClock, mercadopago, paypal, stripe, whatsapp},
};

#[tokio::test]
async fn whatsapp_is_steered_over_http() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let path = format!("/sim/guests/{GUEST}/messages");
    let sent = caller.post(&path, &json!({ "text": "Hola", "name": "Ana" })).await;
    assert_eq!(sent.status, 201);
    let faults = json!({
        "calls": [{ "kind": "rate_limited", "on": "send_message", "retry_after_seconds": 3, "times": 1 }],
        "webhooks": [{ "kind": "none" }],
        "statuses": [{ "kind": "silent" }],
    });
    assert_eq!(caller.post("/sim/faults", &faults).await.status, 204);
    assert_eq!(caller.get("/sim/faults").await.json()["calls"][0]["retry_after_seconds"], 3);
    assert_eq!(caller.text("a").await.status, 429);
    assert_eq!(caller.text("a").await.status, 200);

    let transcript = caller.get(&path).await.json();
    assert_eq!(transcript[0]["wamid"], sent.json()["wamid"]);
    assert_eq!(
        (&transcript[0]["direction"], &transcript[1]["direction"]),
        (&json!("from_guest"), &json!("to_guest"))
    );
    assert_eq!(transcript[1]["statuses"], json!([]));

    let raw = format!("/sim/guests/{GUEST}/raw");
    assert_eq!(caller.post(&raw, &json!({ "object": "page" })).await.status, 202);
    let batch =
        json!({ "messages": [{ "phone": GUEST, "text": "uno" }, { "phone": "34600111222", "text": "dos" }] });
    assert_eq!(caller.post("/sim/batch", &batch).await.json()["wamids"].as_array().unwrap().len(), 2);
    caller.post(&format!("/sim/guests/{GUEST}/echo"), &json!({ "text": "del dueño" })).await;
    assert_eq!(caller.post("/sim/webhooks/settle", &json!({})).await.status, 204);
    let log = caller.get("/sim/webhooks").await.json();
    assert_eq!(log.as_array().unwrap().len(), 4);
    assert_eq!((&log[0]["what"], &log[0]["http_status"]), (&json!("message text"), &json!(200)));
    assert!(log[0]["latency_ms"].as_f64().unwrap() > 0.0);
    assert_eq!(caller.get("/sim/guests").await.json(), json!(["34600111222", GUEST]));
    let verified = caller.post("/sim/verify", &json!({ "verify_token": "t" })).await.json();
    assert_eq!(verified, json!({ "status": 200, "body": "1158201444" }));
}

#[tokio::test]
async fn mercado_pago_is_steered_over_http() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let preference = create(&caller, &preference()).await;
    let faults = json!({ "payments": [{ "hidden_for_gets": 1 }] });
    assert_eq!(caller.post("/sim/faults", &faults).await.status, 204);
    let new = json!({ "preference_id": preference["id"], "status": "pending", "amount": "100.10" });
    let payment = caller.post("/sim/payments", &new).await;
    assert_eq!(payment.status, 201, "{}", payment.text);
    let payment = payment.json();
    assert_eq!(payment["transaction_amount"], 100.1);
    let path = format!("/v1/payments/{}", payment["id"]);
    assert_eq!(caller.get(&path).await.status, 404);
    let sim_path = format!("/sim/payments/{}", payment["id"]);
    assert_eq!(caller.post(&sim_path, &json!({ "status": "approved" })).await.json()["status"], "approved");
    assert_eq!(
        caller.post(&sim_path, &json!({ "status": "charged_back" })).await.json()["status_detail"],
        "settled"
    );
    assert_eq!(caller.post(&sim_path, &json!({ "status": "hologram" })).await.json()["status"], "hologram");
    assert_eq!(caller.get(&path).await.json()["status"], "hologram");
    assert_eq!(caller.post("/sim/webhooks/settle", &json!({})).await.status, 204);
    assert_eq!(caller.get("/sim/webhooks").await.json().as_array().unwrap().len(), 5);
    assert_eq!(desk.received().len(), 5);
    assert_eq!(caller.get("/sim/preferences").await.json()[0]["id"], preference["id"]);
}

#[tokio::test]
async fn a_misspelt_order_is_refused() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    for (path, body) in [
        ("/sim/faults", json!({ "call": [] })),
        ("/sim/faults", json!({ "calls": [{ "kind": "explode" }] })),
        ("/sim/faults", json!({ "calls": [{ "kind": "none", "on": "sendMessage" }] })),
        ("/sim/guests/5493511/messages", json!({ "type": "telepathy" })),
    ] {
        assert_eq!(caller.post(path, &body).await.status, 422, "{body}");
    }
    let patch = caller.request(reqwest::Method::PATCH, "/sim/settings").json(&json!({ "statusses": [] }));
    assert_eq!(caller.send(patch).await.status, 422);
}

#[tokio::test]
async fn each_vendor_lists_its_own_queues_and_refuses_those_of_others() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let whatsapp = whatsapp(&desk, &clock).await;
    let mercadopago = mercadopago(&desk, &clock).await;
    let stripe = stripe(&desk, &clock).await;
    let paypal = paypal(&desk, &clock).await;
    let own = |queue: &str, fault: serde_json::Value| json!({ "calls": [], "webhooks": [], queue: [fault] });
    for (base_url, planned, refused) in [
        (&whatsapp.base_url, own("statuses", json!({ "kind": "silent" })), "payments"),
        (&mercadopago.base_url, json!({ "payments": [{ "silent": true }] }), "refunds"),
        (&stripe.base_url, own("refunds", json!({ "status": "pending" })), "statuses"),
        (&paypal.base_url, own("refunds", json!({ "status": "PENDING" })), "statuses"),
    ] {
        let caller = Caller::new(base_url);
        assert_eq!(caller.post("/sim/faults", &json!({ refused: [] })).await.status, 422, "{refused}");
        assert_eq!(caller.post("/sim/faults", &planned).await.status, 204);
        assert_eq!(caller.post("/sim/faults", &planned).await.status, 204);
        let listed = caller.get("/sim/faults").await.json();
        for (queue, faults) in planned.as_object().expect("an object") {
            let twice = faults.as_array().map(|faults| faults.len() * 2);
            assert_eq!(listed[queue].as_array().map(Vec::len), twice, "{queue} of {listed}");
        }
        caller.send(caller.request(reqwest::Method::DELETE, "/sim/faults")).await;
        let listed = caller.get("/sim/faults").await.json();
        assert!(listed.as_object().expect("an object").values().all(|queue| *queue == json!([])), "{listed}");
    }
}
