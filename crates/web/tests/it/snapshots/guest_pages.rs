//! What guests see in their browser.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

use super::transcript::Transcript;
use crate::{
    desk_harness::{Desk, STAFF},
    equal_nights::offered,
};

#[tokio::test]
async fn guest_pages() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        let (code, token) = (held["code"].as_str().unwrap(), held["token"].as_str().unwrap());
        let (stay, pay) = (format!("/stay/{token}"), format!("/pay/{token}"));
        let mut told = Transcript::of(desk);
        told.call(code, "[code]");
        told.page("the page to pay, before the provider has answered", Method::GET, &pay).await;
        desk.settle().await;
        told.call(&desk.preference(), "[preference]");
        told.page("the way to the provider's page", Method::GET, &pay).await;
        told.page("a stay that is held", Method::GET, &stay).await;
        desk.paid(json!({ "preference_id": desk.preference() })).await;
        told.page("a stay that is confirmed", Method::GET, &stay).await;
        told.page("the choice of a provider for the balance", Method::GET, &pay).await;
        told.page("a provider that is not offered", Method::POST, &format!("{pay}/stripe")).await;
        let cash = json!({ "method": "cash", "amount": "1000.00" });
        let payments = format!("/api/v1/reservations/{code}/payments");
        let taken = desk.call(Method::POST, &payments, Some(STAFF), Some(cash)).await.json();
        let number = &taken["receipt_number"];
        desk.settle().await;
        told.page("a receipt", Method::GET, &format!("{stay}/receipts/{number}")).await;
        told.page("a receipt of nobody", Method::GET, &format!("{stay}/receipts/999")).await;
        told.page("cancelling", Method::POST, &format!("{stay}/cancel")).await;
        desk.settle().await;
        told.page("a stay that is cancelled", Method::GET, &stay).await;
        told.page("a link that is wrong", Method::GET, "/stay/wrong").await;
        told.page("a wrong address", Method::GET, "/nothing").await;
        told.page("a wrong method", Method::POST, &stay).await;
        told.finish("guest_pages");
        desk.test.advance(SignedDuration::from_mins(1));
        desk.settle().await;
    })
    .await;
}

/// Money came too late, and equal nights are kept.
#[tokio::test]
async fn guest_offer() {
    Desk::each(async |desk| {
        let (_, offer, token) = offered(desk).await;
        let stay = format!("/stay/{token}");
        let mut told = Transcript::of(desk);
        told.call(&offer, "[code]");
        told.page("an offer", Method::GET, &stay).await;
        told.page("accepting it", Method::POST, &format!("{stay}/accept")).await;
        desk.settle().await;
        told.page("the stay that was accepted", Method::GET, &stay).await;
        told.finish("guest_offer");
    })
    .await;
}
