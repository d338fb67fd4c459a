//! Typed values and how each database takes them.
//!
//! | value   | PostgreSQL    | SQLite                       |
//! |---------|---------------|------------------------------|
//! | Text    | `text`        | `text`                       |
//! | Int     | `bigint`      | `integer`                    |
//! | Bool    | `boolean`     | `boolean` (0 or 1)           |
//! | Date    | `date`        | `date`, text `YYYY-MM-DD`    |
//! | Instant | `timestamptz` | `timestamp`, integer µs, UTC |
//! | Json    | `jsonb`       | `json`, text                 |
//! | Blob    | `bytea`       | `blob`                       |

use domain::ids::Id;
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx as _;
use serde_json::Value as Json;
use sqlx::{AssertSqlSafe, Postgres, Sqlite, postgres::PgArguments, query::Query, sqlite::SqliteArguments};

use super::Sql;

#[derive(Clone, Debug)]
pub enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Bool(Option<bool>),
    Date(Option<Date>),
    Instant(Option<Timestamp>),
    Json(Option<Json>),
    Blob(Option<Vec<u8>>),
}

impl Value {
    /// Serialises `value`; plain data never fails.
    pub fn json(value: &impl serde::Serialize) -> Self {
        Self::Json(Some(serde_json::to_value(value).expect("stored values are plain data with string keys")))
    }
}

/// PostgreSQL keeps U+0000 in no text. Its visible stand-in is kept instead, on both databases: a message that
/// cannot be stored would be sent to us again for days.
fn storable(value: Value) -> Value {
    match value {
        Value::Text(Some(text)) if text.contains('\0') => Value::Text(Some(without_nul(&text))),
        Value::Json(Some(json)) if has_nul(&json) => Value::Json(Some(json_without_nul(json))),
        other => other,
    }
}

fn without_nul(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

fn has_nul(json: &Json) -> bool {
    match json {
        Json::String(text) => text.contains('\0'),
        Json::Array(items) => items.iter().any(has_nul),
        Json::Object(members) => members.iter().any(|(key, value)| key.contains('\0') || has_nul(value)),
        _ => false,
    }
}

fn json_without_nul(json: Json) -> Json {
    match json {
        Json::String(text) => Json::String(without_nul(&text)),
        Json::Array(items) => items.into_iter().map(json_without_nul).collect(),
        Json::Object(members) => {
            members.into_iter().map(|(key, value)| (without_nul(&key), json_without_nul(value))).collect()
        }
        other => other,
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}

impl<K> From<&Id<K>> for Value {
    fn from(value: &Id<K>) -> Self {
        Self::Text(Some(value.as_str().to_owned()))
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<u16> for Value {
    fn from(value: u16) -> Self {
        Self::Int(Some(value.into()))
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(Some(value))
    }
}

impl From<Date> for Value {
    fn from(value: Date) -> Self {
        Self::Date(Some(value))
    }
}

impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Self::Instant(Some(value))
    }
}

impl From<Option<Timestamp>> for Value {
    fn from(value: Option<Timestamp>) -> Self {
        Self::Instant(value)
    }
}

impl From<Json> for Value {
    fn from(value: Json) -> Self {
        Self::Json(Some(value))
    }
}

pub(super) fn sqlite(sql: Sql, args: Vec<Value>) -> Query<'static, Sqlite, SqliteArguments> {
    let query = match sql {
        Sql::Fixed(text) => sqlx::query(text),
        Sql::Built(text) => sqlx::query(AssertSqlSafe(text)),
    };
    args.into_iter().map(storable).fold(query, |query, value| match value {
        Value::Text(value) => query.bind(value),
        Value::Int(value) => query.bind(value),
        Value::Bool(value) => query.bind(value),
        Value::Date(value) => query.bind(value.map(|date| date.to_string())),
        Value::Instant(value) => query.bind(value.map(|instant| instant.as_microsecond())),
        Value::Json(value) => query.bind(value.map(|json| json.to_string())),
        Value::Blob(value) => query.bind(value),
    })
}

pub(super) fn postgres(sql: Sql, args: Vec<Value>) -> Query<'static, Postgres, PgArguments> {
    let query = match sql {
        Sql::Fixed(text) => sqlx::query(text),
        Sql::Built(text) => sqlx::query(AssertSqlSafe(text)),
    };
    args.into_iter().map(storable).fold(query, |query, value| match value {
        Value::Text(value) => query.bind(value),
        Value::Int(value) => query.bind(value),
        Value::Bool(value) => query.bind(value),
        Value::Date(value) => query.bind(value.map(|date| date.to_sqlx())),
        Value::Instant(value) => query.bind(value.map(|instant| instant.to_sqlx())),
        Value::Json(value) => query.bind(value),
        Value::Blob(value) => query.bind(value),
    })
}
