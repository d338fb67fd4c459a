//! Notifications to staff by Slack, Discord and Telegram: once when an incident begins, once when it is over.

use app::config::Secret;
use axum::http::StatusCode;
use serde_json::{Value, json};
use simulators::calendars::{FeedFault, Platform};
use store::db::Engine;

use crate::{chat_receivers::ChatReceivers, desk_harness::Desk, simulated_platforms::Platforms};

#[tokio::test]
async fn an_incident_is_told_everywhere_once_and_its_end_too() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let chats = ChatReceivers::default();
        let (url, served) = chats.start().await;
        let desk = Desk::start(engine, |config| {
            config.alerts.slack_webhook_url = Secret::new(format!("{url}/slack"));
            config.alerts.discord_webhook_url = Secret::new(format!("{url}/discord"));
            config.alerts.telegram_token = Secret::new("1:token");
            config.alerts.telegram_chat_id = "-100".to_owned();
            config.alerts.telegram_base_url.clone_from(&url);
        })
        .await;
        let platforms = Platforms::start(&desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(&desk, &cabin, Platform::Airbnb, "airbnb").await;
        platforms.book(&airbnb.listing, "2027-03-01", "2027-03-09").unwrap();
        desk.after_minutes(7).await;

        // Twice is a hiccup, three times is told, four times is no news.
        platforms.control.misbehave(&airbnb.listing, FeedFault::Html.until_off()).unwrap();
        for (number, told) in [(1, 0), (2, 0), (3, 1), (4, 0)] {
            desk.after_minutes(7).await;
            let slack = chats.take("/slack");
            assert_eq!(slack.len(), told, "{number}: {slack:?}");
        }
        let discord = chats.take("/discord");
        let text = discord[0]["content"].as_str().unwrap();
        assert!(text.contains("El Sauce") && text.contains("airbnb"), "{text}");
        assert_eq!(discord[0]["allowed_mentions"], json!({ "parse": [] }));
        let telegram = chats.take("/bot1:token/sendMessage");
        assert_eq!((telegram.len(), &telegram[0]["chat_id"]), (1, &json!("-100")));
        // Stale comes after half an hour, once.
        desk.after_minutes(7).await;
        desk.after_minutes(7).await;
        assert_eq!(chats.take("/slack").len(), 1);
        let mut waiting = desk.waiting().await;
        waiting.sort();
        assert_eq!(waiting, ["calendar_failing", "calendar_stale"]);
        assert_eq!(desk.get("/api/v1/healthz").await.json()["status"], "degraded");

        platforms.control.behave(&airbnb.listing).unwrap();
        desk.after_minutes(7).await;
        assert_eq!(chats.take("/slack").len(), 2, "the end of each");
        assert_eq!(desk.waiting().await, Vec::<String>::new());
        chats.take("/discord");
        chats.take("/bot1:token/sendMessage");

        // A service that is away or busy hchats of it later.
        let busy = (StatusCode::TOO_MANY_REQUESTS, json!({ "parameters": { "retry_after": 30 } }));
        chats.answer(vec![busy.clone(), busy.clone(), busy]);
        platforms.control.misbehave(&airbnb.listing, FeedFault::EmptyCalendar).unwrap();
        desk.after_minutes(7).await;
        assert_eq!(chats.take("/slack"), Vec::<Value>::new());
        desk.after_minutes(1).await;
        let said: Vec<String> = chats.take("/slack").iter().map(|body| body["text"].to_string()).collect();
        assert!(said[0].contains("8 noches"), "{said:?}");
        desk.after_minutes(7).await;
        platforms.stop().await;
        desk.finish().await;
        served.abort();
    }
}
