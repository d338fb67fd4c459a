//! Cash that staff take, with a receipt, and give back by hand.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::{
    desk_harness::{Desk, PHONE},
    money_steps::{act, holding, news},
};

#[tokio::test]
async fn cash_confirms_with_a_receipt_and_goes_back_by_hand() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = holding(desk).await;
        let deposit = desk.ledger(&code).await["deposit_amount"].as_str().unwrap().to_owned();
        let cash = json!({ "method": "cash", "amount": deposit, "note": "at the door" });
        let request = || {
            let path = format!("{}/api/v1/reservations/{code}/payments", desk.url);
            desk.http
                .post(path)
                .bearer_auth(crate::desk_harness::STAFF)
                .header("Idempotency-Key", "k1")
                .json(&cash)
        };
        let taken = desk.send(request()).await;
        assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text);
        let again = desk.send(request()).await;
        assert_eq!(
            (again.text, again.headers.contains_key("idempotent-replayed")),
            (taken.text.clone(), true)
        );
        desk.settle().await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (ledger["paid"].as_str(), ledger["payments"][0]["provider"].as_str()),
            (Some(&*deposit), Some("cash"))
        );
        let said = desk.heard(PHONE);
        assert_eq!((news(&said, "confirmada:"), news(&said, "Recibo n.º")), (1, 1), "{said:?}");
        let receipt =
            desk.get(taken.json()["receipt_url"].as_str().unwrap().strip_prefix(&desk.url).unwrap()).await;
        assert!(
            receipt.text.contains("at the door") && receipt.text.contains("Efectivo"),
            "{}",
            receipt.text
        );

        for (body, code_of_problem) in [
            (json!({ "method": "cash", "amount": "999999999.00" }), "invalid_request"),
            (json!({ "method": "shells", "amount": "1.00" }), "invalid_request"),
            (json!({ "method": "bank", "amount": "0" }), "invalid_request"),
            (json!({ "method": "bank", "amount": "-5" }), "invalid_request"),
            (json!({ "method": "bank", "amount": "1.00", "currency": "USD" }), "invalid_request"),
        ] {
            let refused = act(desk, &code, "payments", body).await;
            assert_eq!(
                (refused.status.as_u16(), refused.code().as_str()),
                (422, code_of_problem),
                "{}",
                refused.text
            );
        }
        assert_eq!(desk.ledger(&code).await["payments"].as_array().unwrap().len(), 1);

        let cancelled = act(desk, &code, "cancel", json!({})).await.json();
        assert_eq!(cancelled["refund"]["amount"].as_str(), Some(&*deposit));
        assert_eq!(desk.waiting().await, ["return_by_hand"]);
        let refund = desk.ledger(&code).await["refunds"][0]["id"].as_str().unwrap().to_owned();
        let returned = desk.staff(Method::POST, &format!("/api/v1/refunds/{refund}/returned"), None).await;
        assert_eq!(returned.json()["status"], "done", "{}", returned.text);
        let twice = desk.staff(Method::POST, &format!("/api/v1/refunds/{refund}/returned"), None).await;
        assert_eq!(twice.status, StatusCode::NOT_FOUND, "once");
        assert!(desk.waiting().await.is_empty());
        assert!(desk.account("provider:cash").await.iter().all(|money| money.minor == 0));
    })
    .await;
}

#[tokio::test]
async fn cash_for_nights_that_are_gone_is_not_taken() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let code = holding(desk).await;
        desk.test.advance(SignedDuration::from_mins(45));
        assert_eq!(desk.hold(&cabin, "2027-03-05", "2027-03-06").await.status, StatusCode::CREATED);
        let deposit = desk.ledger(&code).await["deposit_amount"].clone();
        let refused = act(desk, &code, "payments", json!({ "method": "cash", "amount": deposit })).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::CONFLICT, "date_overlap"));
        let ledger = desk.ledger(&code).await;
        assert!(
            ledger["payments"].as_array().unwrap().is_empty()
                && ledger["refunds"].as_array().unwrap().is_empty()
        );
    })
    .await;
}
