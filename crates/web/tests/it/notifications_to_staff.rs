//! Notifications to staff: once when an incident begins, once when it is over.

use std::sync::{Arc, Mutex};

use app::config::Secret;
use axum::{Json, Router, http::StatusCode, response::IntoResponse, routing::post};
use serde_json::{Value, json};
use simulators::calendars::{FeedFault, Platform};
use store::db::Engine;
use tokio::net::TcpListener;

use crate::{desk_harness::Desk, simulated_platforms::Platforms};

/// Slack, Discord and Telegram: what each was sent, and how they answer next.
#[derive(Clone, Default)]
pub struct Ears {
    heard: Arc<Mutex<Vec<(String, Value)>>>,
    answers: Arc<Mutex<Vec<(StatusCode, Value)>>>,
}

impl Ears {
    pub async fn start(&self) -> (String, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let ears = self.clone();
        let hear = async move |uri: axum::http::Uri, Json(body): Json<Value>| {
            let next = ears.answers.lock().unwrap().pop();
            let (status, answer) = next.unwrap_or((StatusCode::OK, json!({ "ok": true })));
            if status.is_success() {
                ears.heard.lock().unwrap().push((uri.path().to_owned(), body));
            }
            (status, Json(answer)).into_response()
        };
        let router = Router::new().fallback(post(hear));
        #[expect(clippy::disallowed_methods, reason = "a server of the test's own, aborted at its end")]
        let served = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (url, served)
    }

    /// What was sent to this path since the last look.
    pub fn take(&self, path: &str) -> Vec<Value> {
        let mut heard = self.heard.lock().unwrap();
        let (mine, others) = std::mem::take(&mut *heard).into_iter().partition(|(to, _)| to == path);
        *heard = others;
        Vec::into_iter(mine).map(|(_, body)| body).collect()
    }
}

#[tokio::test]
async fn an_incident_is_told_everywhere_once_and_its_end_too() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let ears = Ears::default();
        let (url, served) = ears.start().await;
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
            let slack = ears.take("/slack");
            assert_eq!(slack.len(), told, "{number}: {slack:?}");
        }
        let discord = ears.take("/discord");
        let text = discord[0]["content"].as_str().unwrap();
        assert!(text.contains("El Sauce") && text.contains("airbnb"), "{text}");
        assert_eq!(discord[0]["allowed_mentions"], json!({ "parse": [] }));
        let telegram = ears.take("/bot1:token/sendMessage");
        assert_eq!((telegram.len(), &telegram[0]["chat_id"]), (1, &json!("-100")));
        // Stale comes after half an hour, once.
        desk.after_minutes(7).await;
        desk.after_minutes(7).await;
        assert_eq!(ears.take("/slack").len(), 1);
        let mut waiting = desk.waiting().await;
        waiting.sort();
        assert_eq!(waiting, ["calendar_failing", "calendar_stale"]);
        assert_eq!(desk.get("/api/v1/healthz").await.json()["status"], "degraded");

        platforms.control.behave(&airbnb.listing).unwrap();
        desk.after_minutes(7).await;
        assert_eq!(ears.take("/slack").len(), 2, "the end of each");
        assert_eq!(desk.waiting().await, Vec::<String>::new());
        ears.take("/discord");
        ears.take("/bot1:token/sendMessage");

        // A service that is away or busy hears of it later.
        let busy = (StatusCode::TOO_MANY_REQUESTS, json!({ "parameters": { "retry_after": 30 } }));
        *ears.answers.lock().unwrap() = vec![busy.clone(), busy.clone(), busy];
        platforms.control.misbehave(&airbnb.listing, FeedFault::EmptyCalendar).unwrap();
        desk.after_minutes(7).await;
        assert_eq!(ears.take("/slack"), Vec::<Value>::new());
        desk.after_minutes(1).await;
        let said: Vec<String> = ears.take("/slack").iter().map(|body| body["text"].to_string()).collect();
        assert!(said[0].contains("8 noches"), "{said:?}");
        desk.after_minutes(7).await;
        platforms.stop().await;
        desk.finish().await;
        served.abort();
    }
}

#[tokio::test]
async fn a_slow_calendar_is_told() {
    let impatient = |config: &mut app::config::Config| config.ical.slow_poll_ms = 100;
    Desk::each_with(impatient, async |desk| {
        let platforms = Platforms::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let airbnb = platforms.read_by(desk, &cabin, Platform::Airbnb, "airbnb").await;
        let slow = FeedFault::SlowDrip { ms_per_byte: 3 };
        platforms.control.misbehave(&airbnb.listing, slow).unwrap();
        assert_eq!(desk.sync(&airbnb.feed).await["outcome"], "unchanged");
        assert_eq!(desk.waiting().await, ["calendar_slow"]);
        desk.sync(&airbnb.feed).await;
        assert_eq!(desk.waiting().await, Vec::<String>::new());
        platforms.stop().await;
    })
    .await;
}
