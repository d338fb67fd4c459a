//! A server with one calendar, whose text a test writes.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{Router, extract::State, routing::get};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::desk_harness::{Answer, Desk};

#[derive(Clone)]
pub struct CalendarHost {
    pub url: String,
    text: Arc<Mutex<String>>,
}

impl CalendarHost {
    /// It stops with the desk.
    pub async fn start(desk: &Desk, text: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/calendar.ics", listener.local_addr().unwrap());
        let host = Self { url, text: Arc::new(Mutex::new(text.to_owned())) };
        let router = Router::new().route("/calendar.ics", get(answer)).with_state(host.clone());
        let app = Arc::clone(&desk.test.app);
        desk.test.app.tasks.spawn(async move {
            let stopped = async move { app.tasks.stopping().await };
            axum::serve(listener, router).with_graceful_shutdown(stopped).await.unwrap();
        });
        host
    }

    pub fn says(&self, text: &str) {
        *self.text.lock().unwrap_or_else(PoisonError::into_inner) = text.to_owned();
    }

    /// Registers it under a name, and more members of the body.
    pub async fn register(&self, desk: &Desk, cabin: &str, source: &str, more: Value) -> Answer {
        let mut body = json!({ "accommodation_id": cabin, "source": source, "url": self.url });
        body.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        let made = desk.staff(Method::POST, "/api/v1/ical/feeds", Some(body)).await;
        desk.settle().await;
        made
    }
}

async fn answer(State(host): State<CalendarHost>) -> String {
    host.text.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
