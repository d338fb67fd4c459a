//! Mercado Pago: preferences, the checkout page, payments, refunds.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::support::{COLLECTOR_ID, Caller, Desk, MovableClock, mercadopago};
use crate::mercadopago::{Amount, NewPayment, PaymentChange, PaymentStatus};

/// A deposit of two halves.
pub(crate) fn preference() -> Value {
    json!({
        "items": [{ "title": "Seña", "quantity": 2, "unit_price": 15000.25, "currency_id": "ARS" }],
        "external_reference": "stay-1",
        "back_urls": {
            "success": "https://desk.example/ok?code=AB",
            "pending": "https://desk.example/wait",
            "failure": "https://desk.example/no",
        },
        "auto_return": "approved",
        "metadata": { "stayCode": "AB" },
    })
}

pub(crate) async fn create(caller: &Caller, body: &Value) -> Value {
    let answer = caller.post("/checkout/preferences", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()
}

async fn pay(caller: &Caller, preference: &Value, outcome: &str) -> super::support::Answer {
    let body = format!("pref_id={}&outcome={outcome}", preference["id"].as_str().unwrap());
    let request = caller.request(reqwest::Method::POST, "/checkout/pay");
    caller.send(request.header("content-type", "application/x-www-form-urlencoded").body(body)).await
}

#[tokio::test]
async fn a_preference_is_paid_on_its_page_and_the_payment_can_be_read() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let preference = create(&caller, &preference()).await;
    assert!(preference["id"].as_str().unwrap().starts_with(&format!("{COLLECTOR_ID}-")));
    assert_eq!(preference["metadata"], json!({ "stay_code": "AB" }));

    let init_point = preference["init_point"].as_str().unwrap();
    let page = caller.get(init_point.strip_prefix(&running.base_url).unwrap()).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("$ 30.000,50"), "{}", page.text);

    let back = pay(&caller, &preference, "approved").await;
    assert_eq!(back.status, 303);
    let location = back.headers["location"].to_str().unwrap();
    assert!(location.starts_with("https://desk.example/ok?code=AB&collection_id="), "{location}");
    assert!(
        location.contains("&status=approved&external_reference=stay-1&payment_type=credit_card"),
        "{location}"
    );

    running.control.settle().await;
    let received = desk.received();
    let actions: Vec<_> = received.iter().map(|webhook| webhook.json()["action"].clone()).collect();
    assert_eq!(actions, ["payment.created", "payment.updated"]);
    let id = &received[0].query["data.id"];
    let payment = caller.get(&format!("/v1/payments/{id}")).await.json();
    assert_eq!(payment["id"].to_string(), *id);
    assert_eq!(payment["status"], "approved");
    assert_eq!(payment["transaction_amount"], 30_000.5);
    assert_eq!(payment["currency_id"], "ARS");
    assert_eq!(payment["external_reference"], "stay-1");
    assert_eq!(payment["collector_id"], COLLECTOR_ID);
    assert_eq!(payment["live_mode"], true);
    assert_eq!(payment["additional_info"]["items"][0]["quantity"], "2");
    let found =
        caller.get("/v1/payments/search?external_reference=stay-1&sort=date_created&criteria=desc").await;
    assert_eq!(found.json()["paging"]["total"], 1);
    running.stop().await;
}

#[tokio::test]
async fn the_other_buttons_lead_elsewhere() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let preference = create(&caller, &preference()).await;
    for (outcome, address, status, amount) in [
        ("pending", "https://desk.example/wait", "pending", "30000.5"),
        ("rejected", "https://desk.example/no", "rejected", "30000.5"),
        ("in_process", "https://desk.example/wait", "in_process", "30000.5"),
        ("short", "https://desk.example/ok", "approved", "15000.25"),
    ] {
        let back = pay(&caller, &preference, outcome).await;
        assert!(back.headers["location"].to_str().unwrap().starts_with(address), "{outcome}");
        let payment = running.control.payments().pop().unwrap();
        assert_eq!(payment["status"], status);
        assert_eq!(payment["transaction_amount"].to_string(), amount);
    }
    let back = pay(&caller, &preference, "abandoned").await;
    assert!(back.headers["location"].to_str().unwrap().contains("payment_id=null"));
    assert_eq!(running.control.payments().len(), 4);
}

#[tokio::test]
async fn an_expired_preference_is_not_paid_but_its_cash_may_still_come() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let mut body = preference();
    body["expires"] = json!(true);
    body["expiration_date_to"] = json!("2026-09-01T10:00:00.000-03:00");
    let preference = create(&caller, &body).await;
    pay(&caller, &preference, "pending").await;
    clock.forward(SignedDuration::from_hours(1));
    assert_eq!(pay(&caller, &preference, "approved").await.status, 410);
    let path = format!("/checkout/v1/redirect?pref_id={}", preference["id"].as_str().unwrap());
    assert!(caller.get(&path).await.text.contains("venció"));

    let id = running.control.payments()[0]["id"].as_u64().unwrap();
    let change = PaymentChange { status: PaymentStatus::Approved, status_detail: None, amount: None };
    assert!(running.control.change_payment(id, change));
    assert_eq!(caller.get(&format!("/v1/payments/{id}")).await.json()["status"], "approved");
}

#[tokio::test]
async fn one_key_makes_one_preference_and_one_refund() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let first = caller.post_once("/checkout/preferences", "k1", &preference()).await;
    let again = caller.post_once("/checkout/preferences", "k1", &preference()).await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.text, again.text);
    assert_eq!(running.control.preferences().len(), 1);

    let id = running.control.create_payment(NewPayment::default_for("stay-1")).unwrap();
    let path = format!("/v1/payments/{id}/refunds");
    assert_eq!(caller.post(&path, &json!({})).await.status, 400);
    let part = json!({ "amount": 10_000.5 });
    let first = caller.post_once(&path, "r1", &part).await;
    let again = caller.post_once(&path, "r1", &part).await;
    assert_eq!(first.status, 201, "{}", first.text);
    assert_eq!(first.text, again.text);
    let payment = caller.get(&format!("/v1/payments/{id}")).await.json();
    assert_eq!(payment["transaction_amount_refunded"], 10_000.5);
    assert_eq!(
        (&payment["status"], &payment["status_detail"]),
        (&json!("approved"), &json!("partially_refunded"))
    );

    assert_eq!(caller.post_once(&path, "r2", &json!({ "amount": 20_000.01 })).await.status, 400);
    assert_eq!(caller.post_once(&path, "r2", &json!({})).await.json()["amount"], 20_000);
    assert_eq!(caller.get(&format!("/v1/payments/{id}")).await.json()["status"], "refunded");
    assert_eq!(caller.get(&path).await.json().as_array().unwrap().len(), 2);
    assert_eq!(caller.post_once(&path, "r3", &json!({})).await.json()["cause"][0]["code"], 2063);
}

#[tokio::test]
async fn preferences_are_checked() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let wrong = [
        ("/items", json!([])),
        ("/items/0/title", json!("")),
        ("/items/0/quantity", json!(0)),
        ("/items/0/quantity", json!("1")),
        ("/items/0/unit_price", json!("15000")),
        ("/items/0/unit_price", json!(-1)),
        ("/items/0/unit_price", json!(0.125)),
        ("/items/0/currency_id", json!("XYZ")),
        ("/back_urls/success", json!("http://desk.example/ok")),
        ("/auto_return", json!("always")),
        ("/external_reference", json!("x".repeat(257))),
    ];
    for (pointer, value) in wrong {
        let mut body = preference();
        *body.pointer_mut(pointer).unwrap() = value.clone();
        let answer = caller.post("/checkout/preferences", &body).await;
        assert_eq!(answer.status, 400, "{pointer} {value}");
        assert_eq!(answer.json()["status"], 400);
    }
    let mut short_date = preference();
    short_date["expiration_date_to"] = json!("2026-09-01T10:00:00Z");
    assert_eq!(
        caller.post("/checkout/preferences", &short_date).await.json()["error"],
        "invalid_expiration_date"
    );
    let stranger = Caller::stranger(&running.base_url);
    assert_eq!(stranger.post("/checkout/preferences", &preference()).await.status, 401);
}

#[tokio::test]
async fn a_preference_can_be_changed_and_a_pending_payment_cancelled() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let preference = create(&caller, &preference()).await;
    let path = format!("/checkout/preferences/{}", preference["id"].as_str().unwrap());
    let closing = json!({ "expires": true, "expiration_date_to": "2026-09-01T09:00:00.000-03:00" });
    assert_eq!(caller.put(&path, &closing).await.status, 200);
    assert_eq!(pay(&caller, &preference, "approved").await.status, 410);
    assert_eq!(caller.get(&path).await.json()["expires"], true);
    assert_eq!(caller.get("/checkout/preferences/none").await.status, 404);

    let new = NewPayment { status: Some(PaymentStatus::Pending), ..NewPayment::default_for("stay-1") };
    let id = running.control.create_payment(new).unwrap();
    let path = format!("/v1/payments/{id}");
    assert_eq!(
        caller.put(&path, &json!({ "status": "cancelled" })).await.json()["status_detail"],
        "by_collector"
    );
    assert_eq!(caller.put(&path, &json!({ "status": "cancelled" })).await.status, 400);
    assert_eq!(caller.get("/v1/payments/1").await.json()["cause"][0]["code"], 2000);
}

impl NewPayment {
    /// All of what the newest preference with this reference asks, approved.
    pub(crate) fn default_for(external_reference: &str) -> Self {
        Self { external_reference: Some(external_reference.to_owned()), ..Self::default() }
    }
}

#[tokio::test]
async fn a_payment_can_be_of_any_amount_and_currency() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = mercadopago(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    create(&caller, &preference()).await;
    let new = NewPayment {
        amount: Some(Amount::cents(1)),
        currency_id: Some("USD".to_owned()),
        ..NewPayment::default_for("stay-1")
    };
    let id = running.control.create_payment(new).unwrap();
    let payment = caller.get(&format!("/v1/payments/{id}")).await.json();
    assert_eq!((&payment["transaction_amount"], &payment["currency_id"]), (&json!(0.01), &json!("USD")));
}
