//! Who changed what, when, from what to what. Rows are only ever added.

use domain::{actor::Actor, cause::Cause, stay::Stay};
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
    /// Where it is not that of the session.
    pub cause: Option<Cause>,
}

/// What was written about one change.
#[derive(Clone, Debug)]
pub struct Past {
    pub at: Timestamp,
    pub actor: String,
    /// Who of the staff, or which key.
    pub actor_id: Option<String>,
    pub caused_by: Option<String>,
    pub trace: Option<String>,
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
            cause: None,
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
        let columns =
            ["noun", "noun_id", "at", "actor", "actor_id", "action", "before", "after", "caused_by", "trace"];
        let values = chunk.iter().flat_map(|entry| {
            let cause = entry.cause.as_ref().or(session.cause());
            [
                entry.noun.into(),
                entry.noun_id.as_str().into(),
                now.into(),
                entry.actor.as_str().into(),
                entry.actor.who().map(|who| who.to_string()).into(),
                entry.action.into(),
                Value::Json(entry.before.clone()),
                Value::Json(entry.after.clone()),
                cause.map(|cause| cause.by.clone()).into(),
                cause.map(|cause| cause.trace.clone()).into(),
            ]
        });
        let values = values.collect();
        session.execute(insert_many("audit", &columns, chunk.len()), values).await?;
    }
    Ok(())
}

pub async fn list(session: &mut Session, noun_id: &str) -> Result<Vec<Past>> {
    let sql = "select at, actor, actor_id, caused_by, trace, action, before, after from audit where noun_id = $1 order by seq";
    session
        .all(sql, vec![noun_id.into()], |row| {
            Ok(Past {
                at: row.instant("at")?,
                actor: row.text("actor")?,
                actor_id: row.opt_text("actor_id")?,
                caused_by: row.opt_text("caused_by")?,
                trace: row.opt_text("trace")?,
                action: row.text("action")?,
                before: row.opt_json("before")?,
                after: row.opt_json("after")?,
            })
        })
        .await
}
