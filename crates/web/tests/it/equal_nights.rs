//! Money that came when the nights were gone: equal nights are offered, taken, declined.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::{
    desk_harness::{Desk, PHONE},
    money_steps::{act, holding, news},
};

/// The nights are gone, and another cabin, as large and no dearer, is free.
pub async fn offered(desk: &Desk) -> (String, String, String) {
    let cabin = desk.cabin("El Sauce").await;
    let code = holding(desk).await;
    let preference = desk.preference();
    desk.cabin("Los Talas").await;
    desk.test.advance(SignedDuration::from_mins(45));
    assert_eq!(desk.hold(&cabin, "2027-03-05", "2027-03-06").await.status, StatusCode::CREATED);
    desk.settle().await;
    desk.paid(json!({ "preference_id": preference })).await;
    assert_eq!(desk.status_of(&code).await, "expired");
    assert_eq!(news(&desk.heard(PHONE), "Te guardamos Los Talas"), 1, "{:?}", desk.heard(PHONE));
    assert_eq!(desk.waiting().await, ["late_money_offered"], "the host is told");
    let url = desk.last_link(PHONE).unwrap();
    let page = desk.get(url.strip_prefix(&desk.url).unwrap()).await;
    assert!(page.text.contains("Lo acepto") && !page.text.contains("/pay/"), "{}", page.text);
    assert!(!desk.account("waiting:mercadopago").await.is_empty(), "the money waits");
    let token = url.rsplit('/').next().unwrap().to_owned();
    let offer = page.text.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    (code, offer, token)
}

#[tokio::test]
async fn equal_nights_are_offered_and_accepted() {
    Desk::each(async |desk| {
        let (code, offer, token) = offered(desk).await;
        desk.call(Method::POST, &format!("/stay/{token}/accept"), None, None).await;
        desk.settle().await;
        assert_eq!(desk.status_of(&offer).await, "confirmed");
        let (old, new) = (desk.ledger(&code).await, desk.ledger(&offer).await);
        assert_eq!((old["paid"].as_str(), &new["paid"]), (Some("0.00"), &new["deposit_amount"]));
        assert!(desk.account("waiting:mercadopago").await.iter().all(|money| money.minor == 0));
        assert_eq!(news(&desk.heard(PHONE), "confirmada: Los Talas"), 1);
        // Told again of the payment, nothing moves.
        let id = new["payments"][0]["provider_payment_id"].as_str().unwrap().parse().unwrap();
        desk.payment_becomes(id, "approved").await;
        assert_eq!(desk.ledger(&offer).await["paid"], new["paid"]);
        // And it goes back from where it is now.
        act(desk, &offer, "cancel", json!({})).await;
        assert_eq!(desk.ledger(&offer).await["paid"], "0.00");
    })
    .await;
}

/// The word of staff is as good as the guest's.
#[tokio::test]
async fn equal_nights_are_confirmed_by_staff() {
    Desk::each(async |desk| {
        let (_, offer, _) = offered(desk).await;
        act(desk, &offer, "confirm", json!(null)).await;
        let ledger = desk.ledger(&offer).await;
        assert_eq!(
            (desk.status_of(&offer).await.as_str(), &ledger["paid"]),
            ("confirmed", &ledger["deposit_amount"])
        );
        assert!(desk.account("waiting:mercadopago").await.iter().all(|money| money.minor == 0));
    })
    .await;
}

#[tokio::test]
async fn equal_nights_that_nobody_takes_give_the_money_back() {
    Desk::each(async |desk| {
        let (code, offer, token) = offered(desk).await;
        desk.call(Method::POST, &format!("/stay/{token}/cancel"), None, None).await;
        desk.settle().await;
        assert_eq!(desk.status_of(&offer).await, "cancelled");
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (ledger["paid"].as_str(), ledger["refunds"][0]["status"].as_str()),
            (Some("0.00"), Some("done"))
        );
        assert!(desk.account("provider:mercadopago").await.iter().all(|money| money.minor == 0));
        desk.call(Method::POST, &format!("/stay/{token}/accept"), None, None).await;
        assert_eq!(desk.status_of(&offer).await, "cancelled", "too late to accept");
    })
    .await;
}

#[tokio::test]
async fn an_offer_without_an_answer_ends_and_gives_the_money_back() {
    Desk::each(async |desk| {
        let (code, offer, _) = offered(desk).await;
        desk.test.advance(SignedDuration::from_hours(13));
        desk.settle().await;
        assert_eq!(desk.status_of(&offer).await, "expired");
        assert_eq!(desk.ledger(&code).await["refunds"][0]["status"], "done");
        let said = desk.heard(PHONE);
        assert_eq!(
            (news(&said, "Te devolvemos"), news(&said, &format!("{offer} venció"))),
            (1, 0),
            "{said:?}"
        );
    })
    .await;
}

/// Late, and more than the equal nights cost: what they cost is kept. What comes after it for the same hold goes back.
#[tokio::test]
async fn late_money_beyond_the_equal_nights_goes_back() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        holding(desk).await;
        let preference = desk.preference();
        desk.cabin("Los Talas").await;
        desk.cabin("El Ceibo").await;
        desk.test.advance(SignedDuration::from_mins(45));
        assert_eq!(desk.hold(&cabin, "2027-03-05", "2027-03-06").await.status, StatusCode::CREATED);
        desk.settle().await;
        desk.paid(json!({ "preference_id": preference, "amount": 900000 })).await;
        desk.paid(json!({ "preference_id": preference })).await;
        assert_eq!(news(&desk.heard(PHONE), "Te guardamos"), 1, "one equal place for one guest");
        let url = desk.last_link(PHONE).unwrap();
        let token = url.rsplit('/').next().unwrap();
        let page = desk.get(&format!("/stay/{token}")).await;
        let offer = page.text.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let moved =
            act(desk, &offer, "dates", json!({ "check_in": "2027-03-12", "check_out": "2027-03-15" })).await;
        assert_eq!((moved.status, moved.code().as_str()), (StatusCode::CONFLICT, "invalid_state"));
        let cash = act(desk, &offer, "payments", json!({ "method": "cash", "amount": "10.00" })).await;
        assert_eq!((cash.status, cash.code().as_str()), (StatusCode::CONFLICT, "invalid_state"));
        desk.call(Method::POST, &format!("/stay/{token}/accept"), None, None).await;
        desk.settle().await;
        let ledger = desk.ledger(&offer).await;
        assert_eq!((&ledger["paid"], &ledger["due"]), (&ledger["total_price"], &json!("0.00")), "{ledger}");
    })
    .await;
}
