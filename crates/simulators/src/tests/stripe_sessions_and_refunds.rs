//! Stripe: sessions, the checkout page, payments, refunds.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::support::{Answer, Caller, Desk, MovableClock, stripe};
use crate::stripe::{Outcome, RefundStatus};

/// A deposit of two halves.
pub(crate) const FORM: [(&str, &str); 10] = [
    ("mode", "payment"),
    ("line_items[0][price_data][currency]", "MXN"),
    ("line_items[0][price_data][unit_amount]", "750050"),
    ("line_items[0][price_data][product_data][name]", "Anticipo <cabaña>"),
    ("line_items[0][quantity]", "2"),
    ("success_url", "https://desk.example/ok?session={CHECKOUT_SESSION_ID}"),
    ("cancel_url", "https://desk.example/back"),
    ("client_reference_id", "stay-1"),
    ("metadata[code]", "AB"),
    ("payment_intent_data[metadata][code]", "CD"),
];

/// The deposit with some parameters replaced or added.
pub(crate) fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let is_kept = |(name, _): &&(&str, &str)| changes.iter().all(|(changed, _)| changed != name);
    FORM.iter().filter(is_kept).chain(changes).copied().collect()
}

pub(crate) async fn create(caller: &Caller) -> Value {
    let answer = caller.form("/v1/checkout/sessions", "", &FORM).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

pub(crate) fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

async fn press(caller: &Caller, session: &Value, outcome: &str) -> Answer {
    caller.form(&format!("/c/pay/{}", id(session)), "", &[("outcome", outcome)]).await
}

async fn read(caller: &Caller, session: &Value) -> Value {
    caller.get(&format!("/v1/checkout/sessions/{}", id(session))).await.json()
}

#[tokio::test]
async fn a_session_is_paid_on_its_page_and_the_payment_can_be_read() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let session = create(&caller).await;
    assert!(id(&session).starts_with("cs_test_"));
    assert_eq!((&session["amount_total"], &session["currency"]), (&json!(1_500_100), &json!("mxn")));
    assert_eq!((&session["status"], &session["payment_status"]), (&json!("open"), &json!("unpaid")));
    assert_eq!(session["payment_intent"], Value::Null);
    assert_eq!(session["expires_at"].as_i64(), Some(1_788_264_000 + 86_400));

    let url = session["url"].as_str().unwrap();
    let page = caller.get(url.strip_prefix(&running.base_url).unwrap()).await;
    assert!(
        page.text.contains("MXN 15.001,00") && page.text.contains("Anticipo &lt;cabaña&gt;"),
        "{}",
        page.text
    );
    let back = press(&caller, &session, "paid").await;
    let expected = format!("https://desk.example/ok?session={}", id(&session));
    assert_eq!((back.status, back.headers["location"].to_str().unwrap()), (303, &*expected));

    let session = read(&caller, &session).await;
    assert_eq!((&session["status"], &session["payment_status"]), (&json!("complete"), &json!("paid")));
    assert_eq!((&session["url"], &session["metadata"]), (&Value::Null, &json!({ "code": "AB" })));
    let path = format!("/v1/payment_intents/{}", session["payment_intent"].as_str().unwrap());
    let payment = caller.get(&path).await.json();
    assert_eq!((&payment["status"], &payment["amount_received"]), (&json!("succeeded"), &json!(1_500_100)));
    assert_eq!(payment["metadata"], json!({ "code": "CD" }));
    assert!(payment["latest_charge"].as_str().unwrap().starts_with("ch_"));
    let payment = caller.get(&format!("{path}?expand[]=latest_charge")).await.json();
    assert_eq!(payment["latest_charge"]["paid"], true);
    let path = format!(
        "/v1/checkout/sessions/{}?expand[]=payment_intent.latest_charge&expand[]=line_items",
        id(&session)
    );
    let whole = caller.get(&path).await.json();
    assert_eq!(whole["payment_intent"]["latest_charge"]["status"], "succeeded");
    assert_eq!(whole["line_items"]["data"][0]["quantity"], 2);
    assert!(press(&caller, &session, "paid").await.text.contains("Ya está pagado"));
    running.stop().await;
}

#[tokio::test]
async fn a_refused_card_leaves_the_session_open_and_a_voucher_pays_later() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let session = create(&caller).await;
    let page = press(&caller, &session, "declined").await;
    assert!(page.status == 200 && page.text.contains("rechazó"), "{}", page.text);
    assert_eq!(read(&caller, &session).await["status"], "open");
    let tried = running.control.payments()[0].clone();
    assert_eq!(tried["last_payment_error"]["code"], "card_declined");
    assert_eq!(press(&caller, &session, "abandoned").await.headers["location"], "https://desk.example/back");

    assert_eq!(press(&caller, &session, "delayed").await.status, 303);
    let waiting = read(&caller, &session).await;
    assert_eq!((&waiting["status"], &waiting["payment_status"]), (&json!("complete"), &json!("unpaid")));
    let payment = running.control.payments()[0].clone();
    assert_eq!((id(&payment), &payment["status"]), (id(&tried), &json!("processing")));
    assert_eq!(payment["payment_method_types"], json!(["oxxo"]));
    press(&caller, &session, "arrived").await;
    assert_eq!(read(&caller, &session).await["payment_status"], "paid");
    assert!(running.control.act(id(&session), Outcome::Failed).is_err());
    running.control.settle().await;
    let kinds: Vec<_> = desk.received().iter().map(|webhook| webhook.json()["type"].clone()).collect();
    assert_eq!(kinds, ["checkout.session.completed", "checkout.session.async_payment_succeeded"]);
}

#[tokio::test]
async fn an_open_session_can_be_expired_and_expires_by_itself() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let (first, second, paid) = (create(&caller).await, create(&caller).await, create(&caller).await);
    running.control.act(id(&paid), Outcome::Paid).unwrap();
    let path = format!("/v1/checkout/sessions/{}/expire", id(&first));
    assert_eq!(caller.form(&path, "", &[]).await.json()["status"], "expired");
    assert_eq!(caller.form(&path, "", &[]).await.status, 400);
    let path = format!("/v1/checkout/sessions/{}/expire", id(&paid));
    assert!(
        caller.form(&path, "", &[]).await.json()["error"]["message"].as_str().unwrap().contains("`complete`")
    );

    clock.forward(SignedDuration::from_hours(24));
    running.control.expire_due();
    running.control.settle().await;
    let expired =
        desk.received().into_iter().filter(|webhook| webhook.json()["type"] == "checkout.session.expired");
    let ids: Vec<_> = expired.map(|webhook| webhook.json()["data"]["object"]["id"].clone()).collect();
    assert_eq!(ids, [first["id"].clone(), second["id"].clone()]);
    let page = press(&caller, &second, "paid").await;
    assert!(page.status == 410 && page.text.contains("venció"));
}

#[tokio::test]
async fn money_goes_back_in_part_and_in_whole() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let session = create(&caller).await;
    running.control.act(id(&session), Outcome::Delayed).unwrap();
    let intent = id(&running.control.payments()[0]).to_owned();
    let refund = async |key: &str, amount: &str| {
        let mut form = vec![("payment_intent", &*intent), ("metadata[refund]", "7")];
        if !amount.is_empty() {
            form.push(("amount", amount));
        }
        caller.form("/v1/refunds", key, &form).await
    };
    assert!(refund("", "").await.text.contains("does not have a successful charge"));
    running.control.act(id(&session), Outcome::Arrived).unwrap();
    let first = refund("r1", "500000").await.json();
    assert_eq!((&first["status"], &first["amount"]), (&json!("succeeded"), &json!(500_000)));
    assert_eq!(first["metadata"], json!({ "refund": "7" }));
    let large = refund("r2", "1000101").await;
    assert_eq!((large.status, &large.json()["error"]["param"]), (400, &json!("amount")));
    running.control.fail_refund(RefundStatus::Pending);
    let second = refund("r3", "").await.json();
    assert_eq!((&second["status"], &second["amount"]), (&json!("pending"), &json!(1_000_100)));
    assert_eq!(refund("r4", "").await.json()["error"]["code"], "charge_already_refunded");
    assert!(running.control.change_refund(id(&second), RefundStatus::Failed));
    assert_eq!(caller.get(&format!("/v1/refunds/{}", id(&second))).await.json()["status"], "failed");
    assert_eq!(refund("r5", "").await.json()["amount"], 1_000_100);

    let list = caller.get(&format!("/v1/refunds?payment_intent={intent}&limit=2")).await.json();
    assert_eq!((list["data"].as_array().unwrap().len(), &list["has_more"]), (2, &json!(true)));
    let next = format!(
        "/v1/refunds?payment_intent={intent}&starting_after={}",
        list["data"][1]["id"].as_str().unwrap()
    );
    let next = caller.get(&next).await.json();
    assert_eq!((&next["data"][0]["id"], &next["has_more"]), (&first["id"], &json!(false)));
    let charge = running.control.payments()[0]["latest_charge"].clone();
    assert_eq!((&charge["amount_refunded"], &charge["refunded"]), (&json!(1_500_100), &json!(true)));
}

#[tokio::test]
async fn sessions_are_listed_by_time_newest_first() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = stripe(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(create(&caller).await["id"].clone());
        clock.forward(SignedDuration::from_secs(10));
    }
    running.control.act(ids[2].as_str().unwrap(), Outcome::Paid).unwrap();
    let list = async |query: &str| {
        let list = caller.get(&format!("/v1/checkout/sessions?{query}")).await.json();
        let ids: Vec<_> =
            list["data"].as_array().unwrap().iter().map(|session| session["id"].clone()).collect();
        (ids, list["has_more"] == true)
    };
    assert_eq!(list("created[gte]=1788264010").await, (vec![ids[2].clone(), ids[1].clone()], false));
    assert_eq!(list("created%5Blt%5D=1788264010").await, (vec![ids[0].clone()], false));
    assert_eq!(list("limit=2").await, (vec![ids[2].clone(), ids[1].clone()], true));
    let after = format!("limit=2&starting_after={}", ids[1].as_str().unwrap());
    assert_eq!(list(&after).await, (vec![ids[0].clone()], false));
    assert_eq!(list("status=complete").await, (vec![ids[2].clone()], false));
    assert_eq!(caller.get("/v1/checkout/sessions?limit=101").await.status, 400);
    assert_eq!(caller.get("/v1/checkout/sessions/cs_none").await.json()["error"]["code"], "resource_missing");
}
