//! A deposit by a slow slip, in parts, or beyond the price.

use jiff::SignedDuration;
use reqwest::StatusCode;
use serde_json::json;

use crate::{
    desk_harness::{Desk, PHONE},
    money_steps::{holding, news},
};

#[tokio::test]
async fn a_cash_slip_keeps_the_nights_and_is_not_offered_for_soon() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = holding(desk).await;
        let page = desk.mercadopago.preferences().pop().unwrap();
        assert_eq!(page["payment_methods"]["excluded_payment_types"], json!([{ "id": "" }]), "{page}");
        let id = desk.paid(json!({ "preference_id": desk.preference(), "status": "pending" })).await;
        assert_eq!(news(&desk.heard(PHONE), "está en camino"), 1);
        desk.test.advance(SignedDuration::from_hours(71));
        desk.settle().await;
        assert_eq!(desk.status_of(&code).await, "held");
        desk.payment_becomes(id, "approved").await;
        assert_eq!(desk.status_of(&code).await, "confirmed");

        let other = "5493515550102";
        desk.guest_says(other, "del 7 al 9 de enero para 4").await;
        desk.guest_says(other, "sí").await;
        let page = desk.mercadopago.preferences().pop().unwrap();
        let excluded = json!([{ "id": "ticket" }, { "id": "atm" }]);
        assert_eq!(page["payment_methods"]["excluded_payment_types"], excluded, "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_part_of_the_deposit_goes_back_with_the_end_of_the_hold() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = holding(desk).await;
        desk.paid(json!({ "preference_id": desk.preference(), "amount": 100 })).await;
        assert_eq!(desk.status_of(&code).await, "held");
        desk.test.advance(SignedDuration::from_mins(45));
        desk.settle().await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (ledger["paid"].as_str(), ledger["refunds"][0]["reason"].as_str()),
            (Some("0.00"), Some("hold_ended"))
        );
        let said = desk.heard(PHONE);
        assert_eq!((news(&said, "faltó una parte"), news(&said, "Te devolvemos")), (1, 1), "{said:?}");
        assert!(desk.waiting().await.is_empty(), "nobody has to act");
    })
    .await;
}

/// More in one payment than the whole stay costs: what it costs is kept, the rest goes back.
#[tokio::test]
async fn what_is_paid_beyond_the_price_goes_back() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = holding(desk).await;
        let total = desk.ledger(&code).await["total_price"].clone();
        desk.paid(json!({ "preference_id": desk.preference(), "amount": 900000 })).await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
        let ledger = desk.ledger(&code).await;
        assert_eq!((&ledger["paid"], ledger["refunds"][0]["reason"].as_str()), (&total, Some("surplus")));
        assert_eq!(news(&desk.heard(PHONE), "más de lo que faltaba"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_slip_that_is_given_up_keeps_the_nights_no_longer() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let code = holding(desk).await;
        let id = desk.paid(json!({ "preference_id": desk.preference(), "status": "pending" })).await;
        desk.payment_becomes(id, "cancelled").await;
        desk.test.advance(SignedDuration::from_mins(31));
        desk.settle().await;
        assert_eq!(desk.status_of(&code).await, "expired");
        assert_eq!(desk.hold(&cabin, "2027-03-05", "2027-03-06").await.status, StatusCode::CREATED);
    })
    .await;
}
