//! Closures over stays of ours: who does not tell a stay from a closure may have sold the nights.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    calendar_export_and_import::{calendar, event},
    calendar_host::CalendarHost,
    desk_harness::Desk,
};

fn called(summary: &str, from: &str, to: &str) -> String {
    calendar(&event("1", from, to).replace("SUMMARY:Reserved", &format!("SUMMARY:{summary}")))
}

async fn import(desk: &Desk, cabin: &str, source: &str, text: &str) -> Value {
    let body = json!({ "accommodation_id": cabin, "source": source, "ical_text": text, "confirm": true });
    let imported = desk.staff(Method::POST, "/api/v1/ical/import", Some(body)).await;
    assert_eq!(imported.status, StatusCode::OK, "{}", imported.text);
    imported.json()
}

async fn confirm(desk: &Desk, code: &str) -> crate::desk_harness::Answer {
    desk.staff(Method::POST, &format!("/api/v1/reservations/{code}/confirm"), None).await
}

/// Whatever a manager calls it, in whatever language: the confirmation asks, the host is told.
#[tokio::test]
async fn a_closure_over_a_hold_stops_its_confirmation() {
    Desk::each(async |desk| {
        let words =
            ["Blocked By Manager", "Not available", "Unavailable", "Bloqueado", "CLOSED", "Indisponível"];
        for (number, words) in words.into_iter().enumerate() {
            let cabin = desk.cabin(&format!("Cabaña {number}")).await;
            let held = desk
                .post(
                    "/api/v1/reservations/pre-reserve",
                    crate::desk_harness::hold_body(
                        &cabin,
                        "2027-05-11",
                        "2027-05-15",
                        &format!("+549351555{number:04}"),
                    ),
                )
                .await
                .json();
            let code = held["code"].as_str().unwrap();
            let text = called(words, "20270511", "20270515");
            assert_eq!(import(desk, &cabin, "manager", &text).await["clashes"], 1, "{words}");
            let refused = confirm(desk, code).await;
            assert_eq!(
                (refused.status, refused.code().as_str()),
                (StatusCode::CONFLICT, "date_overlap"),
                "{words}"
            );
            assert_eq!(desk.waiting().await, ["calendar_clash"], "{words}");
            // Somebody looked: it is a closure, and the same once more is no news.
            let conflict = desk.conflicts().await[0]["id"].as_str().unwrap().to_owned();
            desk.staff(Method::POST, &format!("/api/v1/conflicts/{conflict}/resolve"), None).await;
            assert_eq!(import(desk, &cabin, "manager", &text).await["clashes"], 0, "{words}");
            assert_eq!(confirm(desk, code).await.status, StatusCode::OK, "{words}");
            // A closure that was looked into and becomes a stay is another thing.
            let sold = called("Reserved", "20270511", "20270515");
            assert_eq!(import(desk, &cabin, "manager", &sold).await["clashes"], 1, "{words}");
            let conflict = desk.conflicts().await[0]["id"].as_str().unwrap().to_owned();
            desk.staff(Method::POST, &format!("/api/v1/conflicts/{conflict}/resolve"), None).await;
        }
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_closure_over_a_confirmed_stay_is_told() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-05-11", "2027-05-15").await.json();
        assert_eq!(confirm(desk, held["code"].as_str().unwrap()).await.status, StatusCode::OK);
        // Those that are known to keep the two apart have sold nothing.
        for source in ["airbnb", "vrbo"] {
            let closed = called("Blocked", "20270512", "20270513");
            assert_eq!(import(desk, &cabin, source, &closed).await["clashes"], 0, "{source}");
        }
        for (number, source) in ["booking", "google", "manager"].into_iter().enumerate() {
            let closed = called("Blocked", "20270514", "20270516");
            import(desk, &cabin, source, &closed).await;
            let over_ours =
                desk.conflicts().await.iter().filter(|one| one["reservation_code"].is_string()).count();
            assert_eq!(over_ours, number + 1, "{source}");
        }
        desk.settle().await;
    })
    .await;
}

/// What we have shown a reader and it has closed because of that is ours come back, also in a manager's words.
#[tokio::test]
async fn what_a_manager_closed_because_we_showed_it_stays_quiet() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-05-11", "2027-05-15").await.json();
        let link = desk.calendar_link(&cabin, "manager").await;
        assert!(desk.get(link.strip_prefix(&desk.url).unwrap()).await.text.contains("20270511"));
        let host = CalendarHost::start(desk, &called("Blocked By Manager", "20270511", "20270515")).await;
        assert_eq!(host.register(desk, &cabin, "manager", json!({})).await.status, StatusCode::CREATED);
        assert_eq!(desk.conflicts().await.len(), 0);
        assert_eq!(confirm(desk, held["code"].as_str().unwrap()).await.status, StatusCode::OK);
        // A night more than we showed is theirs, and is no stay of ours.
        host.says(&called("Blocked By Manager", "20270511", "20270516"));
        desk.after_minutes(7).await;
        assert_eq!(desk.conflicts().await.len(), 0);
        assert_eq!(desk.night(&cabin, "2027-05-15").await, "blocked");
    })
    .await;
}

/// Nights that the host has blocked by hand are nobody's sale.
#[tokio::test]
async fn a_block_by_hand_is_no_conflict_with_another_calendar() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let body = json!({ "from": "2027-05-11", "to": "2027-05-15", "reason": "pintura" });
        let path = format!("/api/v1/accommodations/{cabin}/blocks");
        assert_eq!(desk.staff(Method::POST, &path, Some(body)).await.status, StatusCode::CREATED);
        for summary in ["Blocked By Manager", "Reserved"] {
            let imported = import(desk, &cabin, "manager", &called(summary, "20270512", "20270514")).await;
            assert_eq!(imported["clashes"], 0, "{summary}");
        }
        desk.settle().await;
    })
    .await;
}
