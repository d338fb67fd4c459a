//! Events from outside, each stored once: the key and the row that remembers it are one.

use jiff::Timestamp;
use serde_json::Value as Json;

use crate::db::{Result, Row, Session, insert_many, placeholders};

/// An event as it came in.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: String,
    /// `whatsapp`, `mercadopago`, …
    pub source: &'static str,
    /// Whose event: the business number, the collector.
    pub account: String,
    /// The sender's own name for it; unique per source and account.
    pub external_id: String,
    pub payload: Json,
    /// False for what is only recorded.
    pub to_be_handled: bool,
}

#[derive(Clone, Debug)]
pub struct Stored {
    pub id: String,
    pub payload: Json,
    pub received_at: Timestamp,
    pub handled: bool,
}

/// Stores what is new and returns the ids of those rows; an event seen before is left out.
pub async fn store(session: &mut Session, events: &[Event], now: Timestamp) -> Result<Vec<String>> {
    let mut new = Vec::with_capacity(events.len());
    for chunk in events.chunks(100) {
        let columns =
            ["id", "source", "account", "external_id", "payload", "received_at", "handled_at", "outcome"];
        let insert = insert_many("inbox", &columns, chunk.len());
        let values = chunk.iter().flat_map(|event| {
            [
                event.id.as_str().into(),
                event.source.into(),
                event.account.as_str().into(),
                event.external_id.as_str().into(),
                event.payload.clone().into(),
                now.into(),
                (!event.to_be_handled).then_some(now).into(),
                (!event.to_be_handled).then(|| "recorded".to_owned()).into(),
            ]
        });
        let sql = format!("{insert} on conflict (source, account, external_id) do nothing returning id");
        new.extend(session.all(sql, values.collect(), |row| row.text("id")).await?);
    }
    Ok(new)
}

pub async fn find(session: &mut Session, id: &str) -> Result<Option<Stored>> {
    let sql = "select id, payload, received_at, handled_at from inbox where id = $1";
    session.first(sql, vec![id.into()], read).await
}

/// Notes what became of events.
pub async fn mark_handled(session: &mut Session, ids: &[&str], outcome: &str, now: Timestamp) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let among = placeholders(3, ids.len());
    let sql = format!("update inbox set handled_at = $1, outcome = $2 where id in ({among})");
    let args = [now.into(), outcome.into()].into_iter().chain(ids.iter().map(|id| (*id).into()));
    session.execute(sql, args.collect()).await?;
    Ok(())
}

/// Forgets handled events that are older than `before`; senders repeat for at most seven days.
pub async fn delete_handled(session: &mut Session, before: Timestamp) -> Result<u64> {
    session.execute("delete from inbox where handled_at < $1", vec![before.into()]).await
}

fn read(row: &Row) -> Result<Stored> {
    Ok(Stored {
        id: row.text("id")?,
        payload: row.json("payload")?,
        received_at: row.instant("received_at")?,
        handled: row.opt_instant("handled_at")?.is_some(),
    })
}
