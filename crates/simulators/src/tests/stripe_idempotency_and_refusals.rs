//! Stripe: keys that come again, and what is refused.

use jiff::SignedDuration;
use serde_json::json;

use super::{
    stripe_sessions_and_refunds::{FORM, create, id, with},
    support::{Caller, Desk, MovableClock, stripe},
};
use crate::{
    faults::{Call, CallFault},
    stripe::Outcome,
};

const PATH: &str = "/v1/checkout/sessions";

#[tokio::test]
async fn one_key_makes_one_session() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let first = caller.form(PATH, "k1", &FORM).await;
    let again = caller.form(PATH, "k1", &FORM).await;
    assert_eq!((first.status, &first.text), (again.status, &again.text));
    assert_eq!(first.headers.get("idempotent-replayed"), None);
    assert_eq!(again.headers["idempotent-replayed"], "true");
    assert!(first.headers["request-id"].to_str().unwrap().starts_with("req_"));
    assert_eq!(again.headers["original-request"], first.headers["request-id"]);

    let other = caller.form(PATH, "k1", &with(&[("line_items[0][quantity]", "3")])).await;
    assert_eq!((other.status, &other.json()["error"]["type"]), (400, &json!("idempotency_error")));
    let elsewhere = caller.form("/v1/refunds", "k1", &[]).await;
    assert_eq!(elsewhere.json()["error"]["type"], "idempotency_error");
    assert_eq!(running.control.sessions().len(), 1);

    // What was wrong in itself is not kept, and a key is forgotten after a day.
    assert_eq!(caller.form(PATH, "k2", &with(&[("mode", "setup")])).await.status, 400);
    assert_eq!(caller.form(PATH, "k2", &FORM).await.status, 200);
    clock.forward(SignedDuration::from_hours(24));
    assert_ne!(caller.form(PATH, "k1", &FORM).await.json()["id"], first.json()["id"]);
}

#[tokio::test]
async fn a_lost_answer_is_found_again_unless_stripe_itself_failed() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    running.control.fail_call(CallFault::LostAnswer { http_status: 502 });
    assert_eq!(caller.form(PATH, "k1", &FORM).await.status, 502);
    let found = caller.form(PATH, "k1", &FORM).await;
    assert_eq!((found.status, running.control.sessions().len()), (200, 1));

    running.control.fail_call(CallFault::LostAnswer { http_status: 500 });
    assert_eq!(caller.form(PATH, "k2", &FORM).await.status, 500);
    let again = caller.form(PATH, "k2", &FORM).await;
    assert_eq!((again.status, again.headers["idempotent-replayed"].to_str().unwrap()), (500, "true"));
    assert_eq!(caller.get(PATH).await.json()["data"].as_array().unwrap().len(), 2);

    running.control.fail_call(CallFault::DropConnection { after_effect: true });
    let request = caller.request(reqwest::Method::POST, PATH).header("Idempotency-Key", "k3").form(&FORM);
    assert!(request.send().await.is_err());
    assert_eq!(caller.form(PATH, "k3", &FORM).await.status, 200);
    assert_eq!(running.control.sessions().len(), 3);
}

#[tokio::test]
async fn calls_fail_in_stripes_words() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let named = CallFault::NamedError { name: "lock_timeout".into(), http_status: None, details: None };
    running.control.fail_call(named.on(Call::CreateRefund));
    running.control.fail_call(CallFault::RateLimited { retry_after_seconds: Some(2) });
    let limited = caller.form(PATH, "k1", &FORM).await;
    assert_eq!((limited.status, limited.headers["retry-after"].to_str().unwrap()), (429, "2"));
    // A call that was turned away has used up no key.
    let session = caller.form(PATH, "k1", &FORM).await.json();
    running.control.act(id(&session), Outcome::Paid).unwrap();
    let intent = running.control.payments()[0]["id"].clone();
    let form = [("payment_intent", intent.as_str().unwrap())];
    let locked = caller.form("/v1/refunds", "r1", &form).await;
    assert_eq!((locked.status, &locked.json()["error"]["code"]), (429, &json!("lock_timeout")));
    assert_eq!(caller.form("/v1/refunds", "r1", &form).await.status, 200);
}

#[tokio::test]
async fn sessions_are_checked() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let (too_soon, too_late) = ((1_788_264_000 + 1799).to_string(), (1_788_264_000 + 86_401).to_string());
    let long = "x".repeat(501);
    let wrong = [
        ("mode", "subscription"),
        ("success_url", ""),
        ("success_url", "desk.example"),
        ("expires_at", &*too_soon),
        ("expires_at", &*too_late),
        ("expires_at", "tomorrow"),
        ("client_reference_id", &*long),
        ("metadata[code]", &*long),
        ("line_items[0][quantity]", "0"),
        ("line_items[0][price_data][unit_amount]", "12.5"),
        ("line_items[0][price_data][unit_amount]", "1"),
        ("line_items[0][price_data][unit_amount]", "99999999"),
        ("line_items[0][price_data][currency]", "xyz"),
        ("line_items[0][price_data][product_data][name]", ""),
        ("customer_email", "nobody"),
        ("notification_url", "https://desk.example"),
        ("payment_intent_data[capture_method]", "manual"),
    ];
    for change in wrong {
        let answer = caller.form(PATH, "", &with(&[change])).await;
        assert_eq!(answer.status, 400, "{change:?}");
        assert_eq!(answer.json()["error"]["type"], "invalid_request_error");
    }
    assert!(running.control.sessions().is_empty());
    let stranger = Caller::stranger(&running.base_url);
    assert_eq!(stranger.form(PATH, "", &FORM).await.status, 401);
    assert_eq!(stranger.get("/v1/account").await.status, 401);
    assert_eq!(caller.get("/v1/account").await.json()["object"], "account");
}

#[tokio::test]
async fn a_currency_without_decimals_is_counted_in_whole_units() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let form = with(&[
        ("line_items[0][price_data][currency]", "clp"),
        ("line_items[0][price_data][unit_amount]", "45000"),
        ("expires_at", "1788265800"),
        ("payment_method_types[0]", "card"),
    ]);
    let session = caller.form(PATH, "", &form).await.json();
    assert_eq!(session["amount_total"], 90_000);
    let page = caller.get(&format!("/c/pay/{}", id(&session))).await;
    assert!(page.text.contains("CLP 90.000<") && !page.text.contains("delayed"), "{}", page.text);
    assert!(caller.get(&format!("/c/pay/{}", id(&create(&caller).await))).await.text.contains("delayed"));
}
