//! What waits for a person: told once, kept until somebody resolves it.

use jiff::Timestamp;
use store::{
    attention::{self},
    db::Session,
};

pub use store::attention::Attention;

use crate::{
    App, DbError,
    alerts::{self, Kind},
    conversation,
};

pub async fn list(app: &App) -> Result<Vec<Attention>, DbError> {
    attention::list_open(&mut app.read().await?).await
}

/// The cause was removed. A stopped channel is tried again at once; a conversation goes back to the desk.
/// False when there is no such item, or it was resolved before.
pub async fn resolve(app: &App, id: &str) -> Result<bool, DbError> {
    let mut session = app.begin().await?;
    let open = attention::list_open(&mut session).await?;
    let Some(item) = open.into_iter().find(|item| item.id == id) else { return Ok(false) };
    // Before the item, as a message does that is being handled: the other way round they could wait for each other.
    if let Some(id) = item.subject.strip_prefix("conversation:") {
        conversation::hand_back(&mut session, id, app.now()).await?;
    }
    if let Some(id) = item.subject.strip_prefix("conflict:") {
        store::conflict::resolve(&mut session, id, None, app.now()).await?;
    }
    let resolved = attention::resolve(&mut session, id, app.now()).await?;
    if item.subject.starts_with("conflict:") {
        alerts::close(app, &mut session, Kind::CalendarClash, &item.subject, app.now()).await?;
    }
    if let Some((channel, account)) =
        item.subject.strip_prefix("channel:").and_then(|rest| rest.split_once(':'))
    {
        store::message::resume_channel(&mut session, channel, account).await?;
    }
    app.commit(session).await?;
    Ok(resolved)
}

/// Lists something for a person, in the caller's transaction. True when it is news.
///
/// `subject` is `stay:…`, `payment:…`, `conversation:…`, `channel:…`, `feed:…`, `conflict:…` or `job:…`; `detail` names nobody.
pub(crate) async fn raise(
    app: &App,
    session: &mut Session,
    subject: &str,
    reason: &str,
    detail: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    let item = Attention {
        id: app.entropy.id(now),
        subject: subject.to_owned(),
        reason: reason.to_owned(),
        detail: detail.to_owned(),
        created_at: now,
    };
    attention::raise(session, &item).await
}
