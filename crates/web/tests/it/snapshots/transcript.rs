//! One room's requests and answers, in order.

use std::fmt::Write as _;

use reqwest::{Method, header};
use serde_json::Value;

use super::{assert_kept, stand_ins_for_ids::Names, without_style};
use crate::desk_harness::{Answer, Desk, STAFF};

pub struct Transcript<'a> {
    pub desk: &'a Desk,
    names: Names,
    text: String,
}

/// What is measured, or has chance in it, is never twice the same: it is there or it is null.
const NOT_THE_SAME: [&str; 3] = ["fetch_ms", "latency_ms", "next_fetch_at"];

impl<'a> Transcript<'a> {
    pub fn of(desk: &'a Desk) -> Self {
        let mut names = Names::default();
        names.call(&desk.url, "http://desk");
        names.call(&payments::room(&desk.test.app).settings.mercadopago.base_url, "http://mercadopago");
        Self { desk, names, text: String::new() }
    }

    /// This address is another one in each run.
    pub fn call(&mut self, address: &str, name: &str) {
        self.names.call(address, name);
    }

    /// Says in the transcript what happens between two requests.
    pub fn note(&mut self, sentence: &str) {
        writeln!(self.text, "\n({sentence})").unwrap();
    }

    /// Asks as staff. `operation` is the operation's id in the description of the API.
    pub async fn staff(
        &mut self,
        operation: &str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        self.ask(operation, method, path, Some(STAFF), body).await
    }

    /// Asks as anybody.
    pub async fn public(
        &mut self,
        operation: &str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        self.ask(operation, method, path, None, body).await
    }

    /// Asks with this token, or none.
    pub async fn ask(
        &mut self,
        operation: &str,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<Value>,
    ) -> Answer {
        let who = match token {
            None => "anybody",
            Some(STAFF) => "staff",
            Some(_) => "the guest",
        };
        let answer = self.desk.call(method.clone(), path, token, body.clone()).await;
        self.write(&format!("{operation}, {who}"), &format!("{method} {path}"), body.as_ref(), &answer);
        answer
    }

    /// Asks as a browser does.
    pub async fn page(&mut self, what: &str, method: Method, path: &str) -> Answer {
        let request = self.desk.http.request(method.clone(), format!("{}{path}", self.desk.url));
        let answer = self.desk.send(request.header(header::ACCEPT, "text/html")).await;
        self.write(what, &format!("{method} {path}"), None, &answer);
        answer
    }

    /// Sends a request that the test has made.
    pub async fn send(&mut self, operation: &str, what: &str, request: reqwest::RequestBuilder) -> Answer {
        let answer = self.desk.send(request).await;
        self.write(&format!("{operation}, {what}"), "", None, &answer);
        answer
    }

    fn write(&mut self, title: &str, request: &str, body: Option<&Value>, answer: &Answer) {
        let Self { names, text, .. } = self;
        names.call(answer.header("x-request-id"), "[request]");
        let json = serde_json::from_str::<Value>(&answer.text).ok();
        if let Some(json) = &json {
            names.learn(json);
        }
        names.learn_ids(request);
        names.learn_ids(&answer.text);
        write!(text, "\n## {title}\n").unwrap();
        for line in [request.to_owned(), body.map(Value::to_string).unwrap_or_default()] {
            if !line.is_empty() {
                writeln!(text, "{line}").unwrap();
            }
        }
        write!(text, "{}", answer.status.as_u16()).unwrap();
        for name in ["content-type", "location", "retry-after", "idempotent-replayed"] {
            let value = answer.header(name);
            if !value.is_empty() {
                write!(text, "  {name}: {value}").unwrap();
            }
        }
        let shown = match json {
            Some(json) => serde_json::to_string_pretty(&comparable(json)).unwrap(),
            None => without_style(&answer.text.replace("\r\n", "\n")),
        };
        writeln!(text, "\n{}", shown.trim_end()).unwrap();
    }

    /// Compares with what is kept under this name.
    pub fn finish(self, name: &str) {
        assert_kept(name, self.names.apply(&self.text).trim());
    }
}

fn comparable(mut json: Value) -> Value {
    match &mut json {
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                let is_other = NOT_THE_SAME.contains(&key.as_str()) && !member.is_null();
                *member = if is_other { "[not the same]".into() } else { comparable(member.take()) };
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = comparable(item.take())),
        _ => {}
    }
    json
}
