//! Stories of money by Stripe and by PayPal.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::stripe_and_paypal_tills::{Act, Till};

#[tokio::test]
async fn paid_in_time_confirms_and_the_ledger_says_so() {
    Till::each(async |desk, till| {
        let (_, code, token) = till.holding(desk).await;
        let led = desk.get(&format!("/pay/{token}")).await;
        assert!(led.status.is_success() || led.status.is_redirection(), "{}", led.status);
        till.act(desk, Act::Pay).await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
        let ledger = desk.ledger(&code).await;
        assert_eq!((ledger["paid"].as_str(), ledger["due"].as_str()), (Some("90.00"), Some("210.00")));
        assert_eq!(ledger["payments"][0]["provider"], till.name());
        assert!(desk.waiting().await.is_empty());
        // Told again, nothing happens again.
        till.settle(desk).await;
        assert_eq!(desk.ledger(&code).await["lines"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn money_that_takes_its_time_confirms_when_it_arrives() {
    Till::each(async |desk, till| {
        let (_, code, _) = till.holding(desk).await;
        till.act(desk, Act::PayLater).await;
        assert_eq!(desk.status_of(&code).await, "held");
        assert_eq!(desk.ledger(&code).await["paid"], "0.00");
        till.act(desk, Act::MoneyArrives).await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
    })
    .await;
}

/// The nights went to somebody else meanwhile. PayPal's money is never taken; Stripe's, where it was on its way already,
/// goes back.
#[tokio::test]
async fn paid_late_and_taken_leaves_nobody_poorer() {
    Till::each(async |desk, till| {
        let (cabin, code, _) = till.holding(desk).await;
        till.act(desk, Act::PayLater).await;
        // Longer than a hold waits for money that is on its way.
        desk.test.advance(SignedDuration::from_hours(73));
        assert_eq!(desk.hold(&cabin, "2027-02-03", "2027-02-06").await.status, StatusCode::CREATED);
        till.act(desk, Act::MoneyArrives).await;
        till.settle(desk).await;
        assert_eq!(desk.status_of(&code).await, "expired");
        let ledger = desk.ledger(&code).await;
        assert_eq!(ledger["paid"], "0.00", "{ledger}");
    })
    .await;
}

#[tokio::test]
async fn when_the_house_cancels_the_money_goes_back_the_way_it_came() {
    Till::each(async |desk, till| {
        let (_, code, _) = till.holding(desk).await;
        till.act(desk, Act::Pay).await;
        let cancel = format!("/api/v1/reservations/{code}/cancel");
        let cancelled = desk.staff(Method::POST, &cancel, None).await.json();
        assert_eq!(cancelled["refund"], json!({ "amount": "90.00", "currency": "USD" }));
        till.settle(desk).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (ledger["paid"].as_str(), ledger["refunds"][0]["status"].as_str()),
            (Some("0.00"), Some("done"))
        );
        assert_eq!(ledger["lines"].as_array().unwrap().len(), 2, "{ledger}");
        assert!(desk.waiting().await.is_empty());
    })
    .await;
}

/// A guest far from arrival gets all of it back under the moderate policy.
#[tokio::test]
async fn a_guest_who_cancels_early_gets_back_what_the_policy_says() {
    Till::each(async |desk, till| {
        let (_, code, token) = till.holding(desk).await;
        till.act(desk, Act::Pay).await;
        let page = desk.get(&format!("/stay/{token}")).await.text;
        assert!(page.contains("90.00"), "what was paid is shown before cancelling");
        let cancel = format!("/api/v1/reservations/{code}/cancel");
        let cancelled = desk.call(Method::POST, &cancel, Some(&token), None).await.json();
        assert_eq!(cancelled["refund"]["amount"], "90.00");
        till.settle(desk).await;
        assert_eq!(desk.ledger(&code).await["paid"], "0.00");
    })
    .await;
}

#[tokio::test]
async fn what_they_did_not_sign_changes_nothing() {
    Till::each(async |desk, till| {
        let (_, code, _) = till.holding(desk).await;
        let path = format!("/api/v1/{}/webhook", till.name());
        let event = json!({ "id": "evt_1", "object": "event", "type": "payment_intent.succeeded", "event_type": "x",
            "data": { "object": { "id": "pi_1" } }, "resource": { "id": "1" } });
        let refused = desk.post(&path, event.clone()).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::FORBIDDEN, "invalid_signature".to_owned()));
        assert_eq!(refused.json()["detail"], "Invalid signature");
        assert_eq!(desk.status_of(&code).await, "held");
        let metrics = desk.get("/metrics").await.text;
        assert!(metrics.contains("bad_signature"), "it is counted");
    })
    .await;
}

/// No notification ever comes: the search finds the money.
#[tokio::test]
async fn a_payment_whose_notification_was_lost_is_found() {
    Till::each(async |desk, till| {
        let (_, code, _) = till.holding(desk).await;
        till.go_silent();
        till.act(desk, Act::Pay).await;
        assert_eq!(desk.status_of(&code).await, "held");
        till.capture_behind_our_back(desk).await;
        let since = desk.test.now() - SignedDuration::from_hours(1);
        let found = payments::reconcile(&desk.test.app, since).await.unwrap();
        assert_eq!((found.asked, found.mended, found.unanswered), (1, 1, 0));
        assert_eq!(desk.status_of(&code).await, "confirmed");
        let again = payments::reconcile(&desk.test.app, since).await.unwrap();
        assert_eq!(again.mended, 0, "found once");
        let books = payments::ledger_check::check(&desk.test.app).await.unwrap();
        assert!(books.faults.is_empty(), "{:?}", books.faults);
    })
    .await;
}
