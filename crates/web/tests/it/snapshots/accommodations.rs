//! Accommodations, their nights, and what is free.

use reqwest::Method;
use serde_json::json;

use super::transcript::Transcript;
use crate::desk_harness::Desk;

const ALL: &str = "/api/v1/accommodations";

#[tokio::test]
async fn accommodations() {
    Desk::each(async |desk| {
        let mut told = Transcript::of(desk);
        let sauce = json!({
            "name": "El Sauce", "kind": "cabin", "description": "Junto al arroyo", "capacity": 4,
            "base_price": "15000.00", "currency": "ARS", "deposit_percent": 30, "cleaning_fee": "5000.00",
            "tax_percent": 21, "min_nights": 2,
            "seasons": [{ "name": "Verano", "from": "2027-01-01", "to": "2027-03-01", "base_price": "20000.00" }],
            "length_discounts": [{ "min_nights": 7, "percent": 10 }],
        });
        let made = told.staff("create_accommodation", Method::POST, ALL, Some(sauce)).await.json();
        let one = format!("{ALL}/{}", made["id"].as_str().unwrap());
        told.staff("create_accommodation", Method::POST, ALL, Some(json!({ "name": "Nada" }))).await;
        told.public("create_accommodation", Method::POST, ALL, Some(json!({ "name": "Nada" }))).await;
        told.ask("create_accommodation", Method::POST, ALL, Some("a-stranger"), None).await;
        told.public("list_accommodations", Method::GET, ALL, None).await;
        told.public("get_accommodation", Method::GET, &one, None).await;
        told.staff("get_accommodation", Method::GET, &one, None).await;
        told.public("get_accommodation", Method::GET, &format!("{ALL}/nobody"), None).await;
        let cheaper = json!({ "base_price": "14000.00", "check_in_time": "15:00" });
        told.staff("update_accommodation", Method::PATCH, &one, Some(cheaper)).await;
        told.staff("update_accommodation", Method::PATCH, &one, Some(json!({ "currency": "USD" }))).await;
        let hold = desk.hold(made["id"].as_str().unwrap(), "2027-01-08", "2027-01-10").await;
        assert!(hold.status.is_success(), "{}", hold.text);
        told.note("A guest holds 8 to 10 January");
        let nights = format!("{one}/calendar?from=2027-01-07&to=2027-01-11");
        told.public("get_calendar", Method::GET, &nights, None).await;
        let backwards = format!("{one}/calendar?from=2027-01-11&to=2027-01-07");
        told.public("get_calendar", Method::GET, &backwards, None).await;
        for stay in ["2027-02-01&check_out=2027-02-09", "2027-01-09&check_out=2027-01-12"] {
            let path = format!("/api/v1/availability?check_in={stay}&guests=2");
            told.public("search_availability", Method::GET, &path, None).await;
        }
        let path = "/api/v1/availability?check_in=2027-02-03&check_out=2027-02-01&guests=0";
        told.public("search_availability", Method::GET, path, None).await;
        told.finish("accommodations");
        desk.settle().await;
    })
    .await;
}
