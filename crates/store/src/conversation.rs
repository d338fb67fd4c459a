//! One row per guest and channel: context, window, how to reach them.

use jiff::Timestamp;
use serde_json::Value as Json;

use crate::db::{Engine, Result, Row, Session};

#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    pub id: String,
    pub channel: String,
    /// Our number or bot that they wrote to.
    pub account: String,
    /// The channel's lasting name for the person: the BSUID, or the phone where there is none.
    pub guest_key: String,
    pub phone: Option<String>,
    pub user_id: Option<String>,
    pub name: Option<String>,
    /// The dialogue's own state; None before the first message was answered.
    pub state: Option<Json>,
    /// The service window of the channel counts from here.
    pub last_inbound_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, channel, account, guest_key, phone, user_id, name, state, last_inbound_at";

/// The conversation with this person, made from `new` if there is none. Phone, user id and name are kept up to date.
pub async fn ensure(session: &mut Session, new: &Conversation, now: Timestamp) -> Result<Conversation> {
    let sql = format!(
        "insert into conversation (id, channel, account, guest_key, phone, user_id, name, state, last_inbound_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, null, null, $8)
         on conflict (channel, account, guest_key) do update set
           phone = coalesce(excluded.phone, conversation.phone),
           user_id = coalesce(excluded.user_id, conversation.user_id),
           name = coalesce(excluded.name, conversation.name), updated_at = excluded.updated_at
         returning {COLUMNS}"
    );
    let args = vec![
        new.id.as_str().into(),
        new.channel.as_str().into(),
        new.account.as_str().into(),
        new.guest_key.as_str().into(),
        new.phone.clone().into(),
        new.user_id.clone().into(),
        new.name.clone().into(),
        now.into(),
    ];
    let rows = session.all(sql, args, read).await?;
    Ok(rows.into_iter().next().expect("an upsert returns its row"))
}

pub async fn find(session: &mut Session, id: &str) -> Result<Option<Conversation>> {
    let sql = format!("select {COLUMNS} from conversation where id = $1");
    session.first(sql, vec![id.into()], read).await
}

/// Reads a conversation and keeps others from changing it until the transaction ends.
pub async fn lock(session: &mut Session, id: &str) -> Result<Option<Conversation>> {
    let lock = match session.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => "for update",
    };
    let sql = format!("select {COLUMNS} from conversation where id = $1 {lock}");
    session.first(sql, vec![id.into()], read).await
}

/// A person is one conversation even when the channel begins to name them differently: by user id, then by phone.
pub async fn find_person(
    session: &mut Session,
    channel: &str,
    account: &str,
    user_id: Option<&str>,
    phone: Option<&str>,
) -> Result<Option<Conversation>> {
    let sql = format!(
        "select {COLUMNS} from conversation where channel = $1 and account = $2 and (user_id = $3 or phone = $4)
         order by case when user_id = $3 then 0 else 1 end, id limit 1"
    );
    let nullable = |text: Option<&str>| text.map(str::to_owned).into();
    session.first(sql, vec![channel.into(), account.into(), nullable(user_id), nullable(phone)], read).await
}

pub async fn save_state(session: &mut Session, id: &str, state: Json, now: Timestamp) -> Result<()> {
    let sql = "update conversation set state = $2, updated_at = $3 where id = $1";
    session.execute(sql, vec![id.into(), state.into(), now.into()]).await?;
    Ok(())
}

pub async fn mark_inbound(session: &mut Session, id: &str, at: Timestamp) -> Result<()> {
    let sql = "update conversation set last_inbound_at = $2
      where id = $1 and (last_inbound_at is null or last_inbound_at < $2)";
    session.execute(sql, vec![id.into(), at.into()]).await?;
    Ok(())
}

fn read(row: &Row) -> Result<Conversation> {
    Ok(Conversation {
        id: row.text("id")?,
        channel: row.text("channel")?,
        account: row.text("account")?,
        guest_key: row.text("guest_key")?,
        phone: row.opt_text("phone")?,
        user_id: row.opt_text("user_id")?,
        name: row.opt_text("name")?,
        state: row.opt_json("state")?,
        last_inbound_at: row.opt_instant("last_inbound_at")?,
    })
}
