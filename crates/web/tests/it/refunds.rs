//! Money that goes back: by staff, twice the same, and one that fails later.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::{
    desk_harness::Desk,
    money_steps::{act, at_provider, charge, confirmed},
    stripe_and_paypal_tills::{Act, Till},
};

#[tokio::test]
async fn staff_charge_and_return_parts() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = confirmed(desk).await;
        let broken = act(desk, &code, "charges", json!({ "amount": "1000.00", "note": "a chair" })).await;
        assert_eq!(broken.status, StatusCode::CREATED, "{}", broken.text);
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (charge(&ledger, "penalty").as_deref(), ledger["charges"][2]["note"].as_str()),
            (Some("1000.00"), Some("a chair"))
        );
        for (list, of) in [("charges", 3), ("payments", 1), ("refunds", 0)] {
            let found =
                desk.staff(Method::GET, &format!("/api/v1/reservations/{code}/{list}"), None).await.json();
            assert_eq!((&found, found.as_array().unwrap().len()), (&ledger[list], of), "{list}");
        }
        let part = act(desk, &code, "refunds", json!({ "amount": "500.00" })).await;
        assert_eq!(part.json()["amount"], "500.00", "{}", part.text);
        let all = act(desk, &code, "refunds", json!({ "amount": "99999999.00" })).await.json();
        let ledger = desk.ledger(&code).await;
        assert_eq!(ledger["paid"], "0.00", "{all}");
        let none = act(desk, &code, "refunds", json!({ "amount": "1.00" })).await;
        assert_eq!((none.status, none.code().as_str()), (StatusCode::CONFLICT, "invalid_state"));
        assert_eq!(
            desk.call(Method::POST, &format!("/api/v1/reservations/{code}/refunds"), None, None).await.status,
            401
        );
    })
    .await;
}

/// Two equal refunds at once, the first answer lost: two are made, and each is known by its own number.
#[tokio::test]
async fn two_equal_refunds_are_two() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = confirmed(desk).await;
        desk.next_call_fails(json!({ "on": "create_refund", "kind": "lost_answer", "http_status": 500 }));
        for _ in 0..2 {
            let path = format!("/api/v1/reservations/{code}/refunds");
            desk.staff(Method::POST, &path, Some(json!({ "amount": "10.00" }))).await;
        }
        for _ in 0..3 {
            desk.test.advance(SignedDuration::from_mins(40));
            desk.settle().await;
        }
        let ledger = desk.ledger(&code).await;
        assert_eq!(ledger["payments"][0]["refunded"], "20.00", "{ledger}");
        assert_eq!(ledger["refunds_pending"], "0.00");
    })
    .await;
}

/// The provider took a refund on, and could not carry it out: the money is here again, and a person is asked.
#[tokio::test]
async fn a_refund_that_fails_later_is_no_refund() {
    Till::each(async |desk, till| {
        let (_, code, _) = till.holding(desk).await;
        till.act(desk, Act::Pay).await;
        act(desk, &code, "cancel", json!({})).await;
        till.settle(desk).await;
        assert_eq!(desk.ledger(&code).await["refunds"][0]["status"], "done");
        till.fail_last_refund(desk).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(ledger["refunds"][0]["status"], "failed", "{ledger}");
        let paid = &ledger["payments"][0];
        assert_eq!((&ledger["paid"], &paid["refunded"]), (&json!("90.00"), &json!("0.00")), "{ledger}");
        assert_eq!(desk.waiting().await, ["refund_refused"]);
        let held = desk.account(&format!("provider:{}", till.name())).await;
        assert_eq!(held.iter().map(|money| money.minor).sum::<i64>(), 9_000, "as the provider has it");
        let refund = ledger["refunds"][0]["id"].as_str().unwrap().to_owned();
        let returned = desk.staff(Method::POST, &format!("/api/v1/refunds/{refund}/returned"), None).await;
        assert_eq!(returned.json()["status"], "done", "{}", returned.text);
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (&ledger["paid"], &ledger["refunds_pending"]),
            (&json!("0.00"), &json!("0.00")),
            "{ledger}"
        );
    })
    .await;
}

/// A notice that was lost long after the page was opened.
#[tokio::test]
async fn what_happens_to_a_payment_months_later_is_found_without_a_notice() {
    Till::each(async |desk, till| {
        let (_, code, _) = till.holding(desk).await;
        till.act(desk, Act::Pay).await;
        till.go_silent();
        desk.test.advance(SignedDuration::from_hours(40 * 24));
        till.settle(desk).await;
        till.refund_behind_our_back(desk, &code).await;
        // When it is older by a quarter.
        desk.test.advance(SignedDuration::from_hours(14 * 24));
        till.settle(desk).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(ledger["paid"], "0.00", "{ledger}");
        assert!(desk.waiting().await.contains(&"foreign_refund".to_owned()));
        assert_eq!(at_provider(desk, till.name()).await, (0, 0));
    })
    .await;
}
