//! Slack, Discord and Telegram as a test plays them.

use std::sync::{Arc, Mutex};

use axum::{Json, Router, http::StatusCode, response::IntoResponse, routing::post};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// Slack, Discord and Telegram: what each was sent, and how they answer next.
#[derive(Clone, Default)]
pub struct ChatReceivers {
    heard: Arc<Mutex<Vec<(String, Value)>>>,
    answers: Arc<Mutex<Vec<(StatusCode, Value)>>>,
}

impl ChatReceivers {
    pub async fn start(&self) -> (String, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let receivers = self.clone();
        let receive = async move |uri: axum::http::Uri, Json(body): Json<Value>| {
            let next = receivers.answers.lock().unwrap().pop();
            let (status, answer) = next.unwrap_or((StatusCode::OK, json!({ "ok": true })));
            if status.is_success() {
                receivers.heard.lock().unwrap().push((uri.path().to_owned(), body));
            }
            (status, Json(answer)).into_response()
        };
        let router = Router::new().fallback(post(receive));
        #[expect(clippy::disallowed_methods, reason = "a server of the test's own, aborted at its end")]
        let served = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (url, served)
    }

    /// How they answer the next calls, the last one first.
    pub fn answer(&self, next: Vec<(StatusCode, Value)>) {
        *self.answers.lock().unwrap() = next;
    }

    /// What was sent to this path since the last look.
    pub fn take(&self, path: &str) -> Vec<Value> {
        let mut heard = self.heard.lock().unwrap();
        let (mine, others) = std::mem::take(&mut *heard).into_iter().partition(|(to, _)| to == path);
        *heard = others;
        Vec::into_iter(mine).map(|(_, body)| body).collect()
    }
}
