//! Who changed what, when, from what to what. Rows are only ever added.

use domain::stay::{Actor, Stay};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use crate::db::{Result, Session, Value, insert_many};

pub struct Entry {
    pub noun: &'static str,
    pub noun_id: String,
    pub actor: Actor,
    pub action: &'static str,
    pub before: Option<Json>,
    pub after: Option<Json>,
}

/// What was written about one change.
#[derive(Clone, Debug)]
pub struct Past {
    pub at: Timestamp,
    pub actor: String,
    pub action: String,
    pub before: Option<Json>,
    pub after: Option<Json>,
}

impl Entry {
    pub fn of_stay(actor: Actor, action: &'static str, before: Option<&Stay>, after: &Stay) -> Self {
        Self {
            noun: "stay",
            noun_id: after.terms().id.as_str().to_owned(),
            actor,
            action,
            before: before.map(summary),
            after: Some(summary(after)),
        }
    }
}

/// What can change about a stay; nothing that says who the guest is.
fn summary(stay: &Stay) -> Json {
    let terms = stay.terms();
    json!({
        "status": stay.status(),
        "check_in": terms.period.check_in(),
        "check_out": terms.period.check_out(),
        "guests": terms.guests,
        "total": terms.total.to_string(),
        "deposit": terms.deposit.to_string(),
    })
}

pub async fn write(session: &mut Session, entries: &[Entry], now: Timestamp) -> Result<()> {
    for chunk in entries.chunks(100) {
        let columns = ["noun", "noun_id", "at", "actor", "action", "before", "after"];
        let values = chunk.iter().flat_map(|entry| {
            [
                entry.noun.into(),
                entry.noun_id.as_str().into(),
                now.into(),
                entry.actor.as_str().into(),
                entry.action.into(),
                Value::Json(entry.before.clone()),
                Value::Json(entry.after.clone()),
            ]
        });
        session.execute(insert_many("audit", &columns, chunk.len()), values.collect()).await?;
    }
    Ok(())
}

pub async fn list(session: &mut Session, noun_id: &str) -> Result<Vec<Past>> {
    let sql = "select at, actor, action, before, after from audit where noun_id = $1 order by seq";
    session
        .all(sql, vec![noun_id.into()], |row| {
            Ok(Past {
                at: row.instant("at")?,
                actor: row.text("actor")?,
                action: row.text("action")?,
                before: row.opt_json("before")?,
                after: row.opt_json("after")?,
            })
        })
        .await
}
