//! Nights that the host blocks by hand, and who blocks a night.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    calendar_export_and_import::{calendar, event},
    desk_harness::{Answer, Desk},
};

async fn block(desk: &Desk, cabin: &str, from: &str, to: &str, reason: &str) -> Answer {
    let body = json!({ "from": from, "to": to, "reason": reason });
    desk.staff(Method::POST, &format!("/api/v1/accommodations/{cabin}/blocks"), Some(body)).await
}

async fn blockers(desk: &Desk, cabin: &str, date: &str) -> Value {
    let to = testkit::noun_builders::day(date).tomorrow().unwrap();
    let path = format!("/api/v1/accommodations/{cabin}/calendar?from={date}&to={to}");
    assert!(desk.get(&path).await.json()["nights"][0].get("blocked_by").is_none(), "for staff only");
    desk.staff(Method::GET, &path, None).await.json()["nights"][0]["blocked_by"].clone()
}

/// A second repair, a shorter one, a change, the end: nothing is held back against the host herself.
#[tokio::test]
async fn a_host_blocks_moves_and_frees_nights() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let made = block(desk, &cabin, "2027-03-10", "2027-03-14", " pintura ").await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        let made = made.json();
        assert_eq!((made["from"].as_str(), made["reason"].as_str()), (Some("2027-03-10"), Some("pintura")));
        assert_eq!(
            block(desk, &cabin, "2027-04-01", "2027-04-02", "plomero").await.status,
            StatusCode::CREATED
        );
        for (date, state) in [
            ("2027-03-09", "free"),
            ("2027-03-10", "blocked"),
            ("2027-03-13", "blocked"),
            ("2027-03-14", "free"),
        ] {
            assert_eq!(desk.night(&cabin, date).await, state, "{date}");
        }
        assert_eq!(desk.hold(&cabin, "2027-03-12", "2027-03-15").await.code(), "date_overlap");

        let path = format!("/api/v1/accommodations/{cabin}/blocks");
        let one = format!("{path}/{}", made["id"].as_str().unwrap());
        let shorter = desk.staff(Method::PATCH, &one, Some(json!({ "to": "2027-03-12" }))).await;
        assert_eq!(shorter.json()["to"], "2027-03-12", "{}", shorter.text);
        assert_eq!(desk.night(&cabin, "2027-03-13").await, "free", "at once");
        let reason = desk.staff(Method::PATCH, &one, Some(json!({ "reason": "pintura y techo" }))).await;
        assert_eq!((&reason.json()["since"], &reason.json()["to"]), (&made["since"], &json!("2027-03-12")));
        let listed = desk.staff(Method::GET, &path, None).await.json();
        assert_eq!(listed.as_array().unwrap().len(), 2);
        assert_eq!(desk.staff(Method::DELETE, &one, None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(desk.night(&cabin, "2027-03-10").await, "free");
        assert_eq!(desk.staff(Method::DELETE, &one, None).await.code(), "not_found");
        assert_eq!(desk.staff(Method::PATCH, &one, Some(json!({}))).await.code(), "not_found");
        assert_eq!(desk.waiting().await, Vec::<String>::new());
        // It is no calendar that is read.
        assert_eq!(desk.staff(Method::GET, "/api/v1/ical/feeds", None).await.json(), json!([]));
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_blocked_is_refused_with_a_sentence() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-03-10", "2027-03-12").await.json();
        let code = held["code"].as_str().unwrap();
        let over = block(desk, &cabin, "2027-03-11", "2027-03-20", "pintura").await;
        assert_eq!((over.status, over.code().as_str()), (StatusCode::CONFLICT, "date_overlap"));
        assert!(over.text.contains(code), "{}", over.text);
        assert_eq!(
            block(desk, &cabin, "2027-03-12", "2027-03-20", "pintura").await.status,
            StatusCode::CREATED
        );
        let listed =
            desk.staff(Method::GET, &format!("/api/v1/accommodations/{cabin}/blocks"), None).await.json();
        let one = format!("/api/v1/accommodations/{cabin}/blocks/{}", listed[0]["id"].as_str().unwrap());
        let moved = desk.staff(Method::PATCH, &one, Some(json!({ "from": "2027-03-11" }))).await;
        assert_eq!(moved.code(), "date_overlap");
        for (from, to, reason, code) in [
            ("2027-03-20", "2027-03-20", "x", "invalid_dates"),
            ("2020-03-20", "2020-03-22", "x", "invalid_dates"),
            ("2027-03-20", "2037-03-20", "x", "invalid_dates"),
            ("soon", "2027-03-20", "x", "invalid_dates"),
            ("2027-03-20", "2027-03-21", " ", "invalid_request"),
            ("2027-03-20", "2027-03-21", "a\nb", "invalid_request"),
        ] {
            assert_eq!(block(desk, &cabin, from, to, reason).await.code(), code, "{from} {to} {reason:?}");
        }
        assert_eq!(
            block(desk, "nope", "2027-03-20", "2027-03-21", "x").await.code(),
            "accommodation_not_found"
        );
        let body = json!({ "from": "2027-06-01", "to": "2027-06-02", "reason": "x" });
        let path = format!("/api/v1/accommodations/{cabin}/blocks");
        assert_eq!(desk.post(&path, body).await.status.as_u16(), 401);
        desk.settle().await;
    })
    .await;
}

/// Who blocks a night, since when, in which words; and what is held back keeps them.
#[tokio::test]
async fn a_night_says_who_blocks_it() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let import = async |text: String| {
            let body = json!({ "accommodation_id": cabin, "source": "airbnb", "ical_text": text });
            assert_eq!(
                desk.staff(Method::POST, "/api/v1/ical/import", Some(body)).await.status,
                StatusCode::OK
            );
        };
        import(calendar(&event("a", "20270310", "20270314"))).await;
        let first = blockers(desk, &cabin, "2027-03-11").await;
        let since = first[0]["since"].clone();
        assert_eq!(
            first,
            json!([{ "source": "airbnb", "kind": "stay", "since": since, "words": "Reserved" }])
        );
        desk.after_minutes(60).await;
        let made = block(desk, &cabin, "2027-03-11", "2027-03-12", "pintura").await.json();
        let both = blockers(desk, &cabin, "2027-03-11").await;
        assert_eq!(both[0]["since"], since, "not since the last reading");
        assert_eq!(
            both[1],
            json!({ "source": "by hand", "kind": "by_hand", "block_id": made["id"], "since": made["since"],
                "words": "pintura" })
        );
        import(calendar("")).await;
        let held = blockers(desk, &cabin, "2027-03-10").await;
        assert_eq!(
            (&held[0]["words"], held[0]["missing_since"].is_string()),
            (&json!("Reserved"), true),
            "{held}"
        );
        assert_eq!(blockers(desk, &cabin, "2027-03-20").await, Value::Null);
        // Ours for others has the nights, and not the words.
        let link = desk.calendar_link(&cabin, "booking").await;
        let text = desk.get(link.strip_prefix(&desk.url).unwrap()).await.text;
        assert!(text.contains("20270311") && !text.contains("pintura"), "{text}");
        desk.settle().await;
    })
    .await;
}
