//! Messages in both directions; the outgoing ones are the outbox.

use domain::message_delivery::Delivery;
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::db::{Engine, Result, Row, Session};

#[derive(Clone, Debug)]
pub struct Message {
    pub id: String,
    pub conversation_id: String,
    pub direction: Direction,
    /// The channel-neutral content.
    pub body: Json,
    /// The provider's own id: known for what came in, and for what went out once it was taken.
    pub external_id: Option<String>,
    pub status: Delivery,
    pub reason: Option<String>,
    pub created_at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    In,
    Out,
}

impl Direction {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::In, Self::Out].into_iter().find(|direction| direction.as_str() == text)
    }
}

const COLUMNS: &str = "id, conversation_id, direction, body, external_id, status, reason, created_at";

pub async fn create(session: &mut Session, message: &Message) -> Result<()> {
    let sql = "insert into message (id, conversation_id, direction, body, external_id, status, reason, created_at, status_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $8)";
    let args = vec![
        message.id.as_str().into(),
        message.conversation_id.as_str().into(),
        message.direction.as_str().into(),
        message.body.clone().into(),
        message.external_id.clone().into(),
        message.status.as_str().into(),
        message.reason.clone().into(),
        message.created_at.into(),
    ];
    session.execute(sql, args).await?;
    Ok(())
}

pub async fn find(session: &mut Session, id: &str) -> Result<Option<Message>> {
    let sql = format!("select {COLUMNS} from message where id = $1");
    session.first(sql, vec![id.into()], read).await
}

pub async fn list(session: &mut Session, conversation_id: &str) -> Result<Vec<Message>> {
    let sql = format!("select {COLUMNS} from message where conversation_id = $1 order by id");
    session.all(sql, vec![conversation_id.into()], read).await
}

/// Claims an outgoing message before the provider is called. A status that came meanwhile is not taken back.
pub async fn mark_sending(session: &mut Session, id: &str, now: Timestamp) -> Result<()> {
    apply_status(session, id, Delivery::Sending, None, now).await
}

/// The provider took it and named it.
pub async fn mark_sent(session: &mut Session, id: &str, external_id: &str, now: Timestamp) -> Result<()> {
    let sql = "update message set external_id = $2 where id = $1 and external_id is null";
    session.execute(sql, vec![id.into(), external_id.into()]).await?;
    apply_status(session, id, Delivery::Sent, None, now).await
}

pub async fn mark_failed(session: &mut Session, id: &str, reason: &str, now: Timestamp) -> Result<()> {
    apply_status(session, id, Delivery::Failed, Some(reason), now).await
}

/// Applies a status by the lattice: it never goes backwards.
pub async fn apply_status(
    session: &mut Session,
    id: &str,
    news: Delivery,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    let lock = match session.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => "for update",
    };
    let sql = format!("select status from message where id = $1 {lock}");
    let before = session.first(sql, vec![id.into()], |row| row.named("status", Delivery::parse)).await?;
    match before {
        Some(before) if before.after(news) != before => set_status(session, id, news, reason, now).await,
        _ => Ok(()),
    }
}

/// The outgoing message that a status speaks of: by our own id that was echoed, or by the provider's id.
pub async fn find_by_echo(
    session: &mut Session,
    our_id: Option<&str>,
    external_id: &str,
) -> Result<Option<Message>> {
    let sql = format!(
        "select {COLUMNS} from message where direction = 'out' and (id = $1 or external_id = $2) order by id limit 1"
    );
    session.first(sql, vec![our_id.map(str::to_owned).into(), external_id.into()], read).await
}

async fn set_status(
    session: &mut Session,
    id: &str,
    status: Delivery,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    let sql = "update message set status = $2, reason = $3, status_at = $4 where id = $1";
    let reason = reason.map(str::to_owned);
    session.execute(sql, vec![id.into(), status.as_str().into(), reason.into(), now.into()]).await?;
    Ok(())
}

fn read(row: &Row) -> Result<Message> {
    Ok(Message {
        id: row.text("id")?,
        conversation_id: row.text("conversation_id")?,
        direction: row.named("direction", Direction::parse)?,
        body: row.json("body")?,
        external_id: row.opt_text("external_id")?,
        status: row.named("status", Delivery::parse)?,
        reason: row.opt_text("reason")?,
        created_at: row.instant("created_at")?,
    })
}
