//! A client of the API.

use std::{fmt, time::Duration};

use providers::http::Timeouts;
use reqwest::{Method, header::HeaderMap};
use serde_json::Value;

/// Asks one desk; cheap to clone.
#[derive(Clone)]
pub struct Http {
    client: reqwest::Client,
    base: String,
}

/// What came back.
#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// The connection broke before an answer was there: what became of the request is unknown.
#[derive(Debug)]
pub struct NoAnswer;

impl Http {
    pub fn new(base: String) -> Self {
        let timeouts = Timeouts { connect: Duration::from_secs(10), total: Duration::from_secs(60) };
        Self { client: providers::http::client(timeouts).expect("a client can be built"), base }
    }

    pub async fn get(&self, path: &str, token: Option<&str>) -> Answer {
        self.try_send(Method::GET, path, token, &[], None).await.expect("the desk answers")
    }

    pub async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Answer {
        self.try_post(path, token, &[], body).await.expect("the desk answers")
    }

    pub async fn try_post(
        &self,
        path: &str,
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Result<Answer, NoAnswer> {
        let json = [&[("content-type", "application/json")], headers].concat();
        self.try_send(Method::POST, path, token, &json, Some(body.to_string().into_bytes())).await
    }

    pub async fn try_send(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Result<Answer, NoAnswer> {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let response = request.send().await.map_err(|_| NoAnswer)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.map_err(|_| NoAnswer)?.to_vec();
        Ok(Answer { status, headers, body })
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status, String::from_utf8_lossy(&self.body))
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    /// A text member of the body.
    pub fn text(&self, member: &str) -> String {
        let json = self.json();
        json[member].as_str().unwrap_or_else(|| panic!("no text {member} in {json}")).to_owned()
    }

    /// The word for programs of a problem.
    pub fn code(&self) -> String {
        self.text("code")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// # Panics
    /// When the status is another one; the answer is shown.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }
}
