//! Accommodations and availability.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::desk_harness::Desk;

#[tokio::test]
async fn an_accommodation_says_everything_about_itself() {
    Desk::each(async |desk| {
        let body = json!({
            "name": "La Piedra", "kind": "house", "capacity": 6, "base_price": "100.00", "currency": "MXN",
            "weekend_multiplier": 1.5, "weekend_days": [5, 6], "cleaning_fee": "100", "tax_percent": 16,
            "deposit_percent": 50, "timezone": "America/Merida", "min_nights": 2, "max_nights": 30,
            "check_in_time": "15:00", "check_out_time": "12:00",
            "seasons": [{ "name": "alta", "from": "2027-07-01", "to": "2027-07-31", "base_price": 200, "min_nights": 3 }],
            "length_discounts": [{ "min_nights": 7, "percent": 10 }],
        });
        let made = desk.staff(Method::POST, "/api/v1/accommodations", Some(body)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        let id = made.json()["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/accommodations/{id}");
        let shown = desk.get(&path).await.json();
        for (field, value) in [
            ("weekend_multiplier", json!(1.5)),
            ("deposit_percent", json!(50)),
            ("timezone", json!("America/Merida")),
            ("check_in_time", json!("15:00")),
            ("base_price", json!("100.00")),
            ("currency", json!("MXN")),
        ] {
            assert_eq!(shown[field], value, "{field}");
        }
        assert_eq!(shown["seasons"][0]["base_price"], "200.00");
        assert_eq!(shown.get("ical_export_url"), None, "private to staff");
        let changed = desk.staff(Method::PATCH, &path, Some(json!({ "capacity": 4, "active": false }))).await;
        assert_eq!((changed.json()["capacity"].as_u64(), changed.json()["name"].as_str()), (Some(4), Some("La Piedra")));
        assert_eq!(desk.get(&path).await.code(), "accommodation_not_found");
        assert_eq!(desk.get("/api/v1/accommodations").await.json(), json!([]));
        assert_eq!(desk.staff(Method::GET, &path, None).await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn only_staff_may_make_them_and_nonsense_is_named() {
    Desk::each(async |desk| {
        let good = json!({ "name": "X", "base_price": "10" });
        assert_eq!(desk.post("/api/v1/accommodations", good.clone()).await.status.as_u16(), 401);
        let wrong =
            desk.call(Method::POST, "/api/v1/accommodations", Some("wrong"), Some(good.clone())).await;
        assert_eq!(wrong.status.as_u16(), 403);
        for (field, value) in [
            ("name", json!("")),
            ("base_price", json!("-1")),
            ("base_price", json!("1.234")),
            ("base_price", json!("99999999999999999999")),
            ("currency", json!("XXX")),
            ("timezone", json!("Mars/Base")),
            ("kind", json!("castle")),
            ("capacity", json!(0)),
            ("weekend_days", json!([8])),
            ("deposit_percent", json!(101)),
            ("min_nights", json!(0)),
            ("horizon_days", json!(0)),
            ("description", json!("a\u{0}b")),
            ("check_in_time", json!("25:00")),
            ("seasons", json!([{ "name": "a", "from": "2027-02-02", "to": "2027-02-01", "base_price": 1 }])),
            ("seasons", json!([{ "name": "a", "from": "2027-02-01", "to": "2027-02-02", "base_price": 0 }])),
            ("seasons", json!([{ "name": "", "from": "2027-02-01", "to": "2027-02-02", "base_price": 1 }])),
            ("weekend_multiplier", json!(0)),
            ("weekend_multiplier", json!(101)),
            ("cleaning_fee", json!("-1")),
            ("tax_percent", json!(100.5)),
            (
                "length_discounts",
                json!([{ "min_nights": 7, "percent": 5 }, { "min_nights": 7, "percent": 9 }]),
            ),
            ("length_discounts", json!([{ "min_nights": 0, "percent": 5 }])),
            ("length_discounts", json!([{ "min_nights": 7, "percent": 101 }])),
            ("photos", json!(["javascript:alert(1)"])),
            ("photos", json!(["JavaScript:alert(1)"])),
            ("photos", json!(["data:image/png;base64,AAAA"])),
            ("photos", json!(["//elsewhere.example/1.jpg"])),
            ("photos", json!(["https://"])),
            ("photos", json!(["/a\" onerror=\"alert(1)"])),
            ("colour", json!("red")),
        ] {
            let mut body = good.clone();
            body[field] = value.clone();
            let refused = desk.staff(Method::POST, "/api/v1/accommodations", Some(body)).await;
            assert_eq!(refused.status.as_u16(), 422, "{field} {value}: {}", refused.text);
            let named = refused.json()["errors"][0]["pointer"].as_str().unwrap_or_default().to_owned();
            assert!(named == format!("/{field}") || field == "colour", "{field} {value}: {}", refused.text);
        }
        let mut fine = good.clone();
        fine["photos"] = json!(["https://cabins.example/1.jpg?w=800", "/photos/sauce.svg"]);
        fine["length_discounts"] =
            json!([{ "min_nights": 7, "percent": 5 }, { "min_nights": 28, "percent": 20 }]);
        let made = desk.staff(Method::POST, "/api/v1/accommodations", Some(fine)).await;
        assert_eq!(made.status.as_u16(), 201, "{}", made.text);
    })
    .await;
}

#[tokio::test]
async fn availability_lists_what_is_free_with_its_price() {
    Desk::each(async |desk| {
        let (sauce, talas) = (desk.cabin("El Sauce").await, desk.cabin("Los Talas").await);
        desk.hold(&sauce, "2027-01-08", "2027-01-11").await;
        let search = |check_in: &str, check_out: &str, guests: u16| {
            let path =
                format!("/api/v1/availability?check_in={check_in}&check_out={check_out}&guests={guests}");
            async move { desk.get(&path).await }
        };
        let found = search("2027-01-09", "2027-01-12", 4).await.json();
        let ids: Vec<&Value> =
            found["accommodations"].as_array().unwrap().iter().map(|a| &a["accommodation"]["id"]).collect();
        assert_eq!(ids, [&json!(talas)]);
        let quote = &found["accommodations"][0]["quote"];
        assert_eq!(quote["total_price"], "51000.00");
        assert_eq!(quote["lines"].as_array().unwrap().len(), 3);
        assert_eq!(
            search("2027-01-11", "2027-01-12", 4).await.json()["accommodations"].as_array().unwrap().len(),
            2
        );
        for (answer, code) in [
            (search("2027-01-12", "2027-01-11", 2).await, "invalid_dates"),
            (search("2020-01-11", "2020-01-12", 2).await, "invalid_dates"),
            (search("2027-01-11", "2027-01-12", 9).await, "capacity_exceeded"),
            (search("2027-01-11", "2027-01-12", 0).await, "invalid_guests"),
            (desk.get("/api/v1/availability?check_in=2027-01-11").await, "invalid_request"),
        ] {
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (422, code), "{}", answer.text);
        }
        desk.settle().await;
    })
    .await;
}
