//! Payments, charges, refunds, the ledger.

use reqwest::Method;
use serde_json::{Value, json};

use super::transcript::Transcript;
use crate::{desk_harness::Desk, equal_nights::offered};

#[tokio::test]
async fn money() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-03-05", "2027-03-08").await.json();
        desk.settle().await;
        let path = format!("/api/v1/reservations/{}", held["code"].as_str().unwrap());
        let at = |what: &str| format!("{path}/{what}");
        let mut told = Transcript::of(desk);
        told.staff("list_charges", Method::GET, &at("charges"), None).await;
        let take = |body: Value| Some(body);
        let cash = json!({ "method": "cash", "amount": "20000.00", "note": "en la mano" });
        told.staff("take_payment", Method::POST, &at("payments"), take(cash)).await;
        for refused in [
            json!({ "method": "shells", "amount": "1.00" }),
            json!({ "method": "cash", "amount": "999999.00" }),
            json!({ "method": "cash", "amount": "1.00", "currency": "USD" }),
        ] {
            told.staff("take_payment", Method::POST, &at("payments"), Some(refused)).await;
        }
        told.public("take_payment", Method::POST, &at("payments"), None).await;
        desk.settle().await;
        told.staff("list_payments", Method::GET, &at("payments"), None).await;
        let broken = json!({ "amount": "3000.00", "note": "una ventana" });
        told.staff("add_charge", Method::POST, &at("charges"), Some(broken)).await;
        told.staff("add_charge", Method::POST, &at("charges"), Some(json!({ "amount": "1", "note": " " })))
            .await;
        let part = json!({ "amount": "5000.00", "note": "acordado" });
        told.staff("refund", Method::POST, &at("refunds"), Some(part)).await;
        told.staff("refund", Method::POST, &at("refunds"), Some(json!({ "amount": "0.00" }))).await;
        let refunds = told.staff("list_refunds", Method::GET, &at("refunds"), None).await.json();
        let returned = format!("/api/v1/refunds/{}/returned", refunds[0]["id"].as_str().unwrap());
        told.staff("mark_returned", Method::POST, &returned, None).await;
        told.staff("mark_returned", Method::POST, &returned, None).await;
        desk.settle().await;
        told.staff("get_ledger", Method::GET, &at("ledger"), None).await;
        told.staff("get_ledger", Method::GET, "/api/v1/reservations/AAAAAAAAAA/ledger", None).await;
        told.staff("accept_offer", Method::POST, &at("accept-offer"), None).await;
        told.finish("money");
    })
    .await;
}

/// The guest paid when the nights were gone, and equal ones are kept.
#[tokio::test]
async fn money_late() {
    Desk::each(async |desk| {
        let (late, offer, _) = offered(desk).await;
        let mut told = Transcript::of(desk);
        for code in [&late, &offer] {
            told.staff("get_reservation", Method::GET, &format!("/api/v1/reservations/{code}"), None).await;
        }
        let accept = format!("/api/v1/reservations/{offer}/accept-offer");
        told.staff("accept_offer", Method::POST, &accept, None).await;
        desk.settle().await;
        for code in [&late, &offer] {
            told.staff("get_ledger", Method::GET, &format!("/api/v1/reservations/{code}/ledger"), None).await;
        }
        told.finish("money_late");
    })
    .await;
}
