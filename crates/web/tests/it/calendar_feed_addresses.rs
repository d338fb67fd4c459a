//! Addresses of calendars as people paste them, those that are refused and why, and one that is registered twice.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    calendar_export_and_import::{calendar, event},
    calendar_host::CalendarHost,
    chat_receivers::ChatReceivers,
    desk_harness::{Answer, Desk},
};

async fn register(desk: &Desk, cabin: &str, source: &str, url: &str) -> Answer {
    let body = json!({ "accommodation_id": cabin, "source": source, "url": url });
    desk.staff(Method::POST, "/api/v1/ical/feeds", Some(body)).await
}

/// None of these is refused for how it is written: there is no such host.
#[tokio::test]
async fn an_address_is_taken_as_people_paste_it() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        for url in [
            " https://calendar.invalid/x.ics",
            "https://calendar.invalid/x.ics \n",
            "HTTPS://calendar.invalid/x.ics",
            "webcal://calendar.invalid/x.ics",
            "webcals://calendar.invalid/x.ics",
            "WebCal://CALENDAR.invalid/x.ics",
            "\u{feff}<https://calendar.invalid/x.ics>",
            "\u{200b}\"https://calendar.invalid/x.ics\"\u{a0}",
        ] {
            let refused = register(desk, &cabin, "x", url).await;
            assert_eq!(refused.code(), "calendar_unreachable", "{url:?}: {}", refused.text);
        }
        for url in ["", "calendar", "ftp://calendar.invalid/x.ics", "javascript:alert(1)"] {
            let refused = register(desk, &cabin, "x", url).await;
            assert_eq!(refused.code(), "invalid_request", "{url:?}");
            assert!(refused.text.contains("beginning with https://"), "{}", refused.text);
        }
    })
    .await;
}

/// Where private networks are not allowed, the refusal says why and what to set.
#[tokio::test]
async fn a_refused_address_is_told_why() {
    Desk::each_with(
        |config| config.ical.allow_private_networks = false,
        async |desk| {
            let cabin = desk.cabin("El Sauce").await;
            for (url, code, why) in [
                ("http://127.0.0.1:8080/x.ics", "invalid_request", "private network"),
                ("http://localhost:8080/x.ics", "invalid_request", "private network"),
                ("http://10.0.0.7/x.ics", "invalid_request", "private network"),
                ("http://[::1]/x.ics", "invalid_request", "private network"),
                ("https://127.0.0.1/x.ics", "calendar_unreachable", "private network"),
                ("http://calendar.example/x.ics", "invalid_request", "the address is a secret"),
            ] {
                let refused = register(desk, &cabin, "x", url).await;
                assert_eq!((refused.status.as_u16(), refused.code().as_str()), (422, code), "{url}");
                assert!(refused.text.contains(why), "{url}: {}", refused.text);
                assert!(refused.text.contains("ICAL_ALLOW_PRIVATE_NETWORKS"), "{url}: {}", refused.text);
            }
        },
    )
    .await;
}

/// Under a second name each stay would be sold twice: the sentence names the first.
#[tokio::test]
async fn an_address_that_is_read_already_is_refused() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let host = CalendarHost::start(desk, &calendar(&event("a", "20270310", "20270314"))).await;
        let first = host.register(desk, &cabin, "airbnb", json!({})).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
        for url in [host.url.clone(), format!(" {}#top", host.url.replace("http://", "HTTP://"))] {
            let second = register(desk, &cabin, "mi-calendario", &url).await;
            assert_eq!(
                (second.status.as_u16(), second.code().as_str()),
                (409, "calendar_already_read"),
                "{url}"
            );
            assert!(second.text.contains("read already, as airbnb"), "{}", second.text);
        }
        assert_eq!(
            register(desk, &cabin, "airbnb", &host.url).await.status,
            StatusCode::CREATED,
            "the same name"
        );
        // By changing an address neither.
        let other = CalendarHost::start(desk, &calendar("")).await;
        let made = other.register(desk, &cabin, "mi-calendario", json!({})).await.json();
        let path = format!("/api/v1/ical/feeds/{}", made["id"].as_str().unwrap());
        let moved = desk.staff(Method::PATCH, &path, Some(json!({ "url": host.url }))).await;
        assert_eq!(moved.code(), "calendar_already_read", "{}", moved.text);
        // A house and its rooms may be one calendar.
        let room = desk.cabin("La Piedra").await;
        assert_eq!(register(desk, &room, "airbnb", &host.url).await.status, StatusCode::CREATED);
        desk.settle().await;
        assert_eq!(desk.conflicts().await.len(), 0);
    })
    .await;
}

/// Thirty stays over thirty: one message, one item for staff, thirty conflicts to look at; over when all are seen to.
#[tokio::test]
async fn what_one_reading_finds_is_told_in_one_message() {
    let chats = ChatReceivers::default();
    let (url, served) = chats.start().await;
    for engine in [store::db::Engine::Sqlite, store::db::Engine::Postgres] {
        chats.take("/slack");
        let desk = Desk::start(engine, |config| {
            config.alerts.slack_webhook_url = app::config::Secret::new(format!("{url}/slack"));
        })
        .await;
        let cabin = desk.cabin("El Sauce").await;
        let stays: String = (0..30)
            .map(|n| {
                let (month, day) = (3 + n / 9, 1 + n % 9 * 3);
                let date = |day: i32| format!("2027{month:02}{day:02}");
                event(&format!("u{n}"), &date(day), &date(day + 2))
            })
            .collect();
        let import = async |source: &str| -> Value {
            let body = json!({ "accommodation_id": cabin, "source": source, "ical_text": calendar(&stays) });
            desk.staff(Method::POST, "/api/v1/ical/import", Some(body)).await.json()
        };
        import("airbnb").await;
        assert_eq!(import("mi-calendario").await["clashes"], 30);
        desk.settle().await;
        assert_eq!(chats.take("/slack").len(), 1, "one message");
        assert_eq!(desk.waiting().await, ["calendar_clash"]);
        let found = desk.conflicts().await;
        assert_eq!(found.len(), 30);
        for conflict in &found[..29] {
            let path = format!("/api/v1/conflicts/{}/resolve", conflict["id"].as_str().unwrap());
            assert_eq!(desk.staff(Method::POST, &path, None).await.status, StatusCode::OK);
        }
        assert_eq!(desk.waiting().await, ["calendar_clash"], "one is left");
        let tasks = desk.staff(Method::GET, "/api/v1/attention", None).await.json();
        let path = format!("/api/v1/attention/{}/resolve", tasks[0]["id"].as_str().unwrap());
        let resolved = desk.staff(Method::POST, &path, None).await;
        assert!(resolved.status.is_success(), "{}", resolved.text);
        desk.settle().await;
        assert_eq!((desk.conflicts().await.len(), desk.waiting().await.len()), (0, 0));
        assert_eq!(chats.take("/slack").len(), 1, "and one when it is over");
        desk.finish().await;
    }
    served.abort();
}
