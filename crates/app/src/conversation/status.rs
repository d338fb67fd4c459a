//! News of a message of ours.

use domain::delivery::Delivery;
use jiff::Timestamp;
use providers::chat::incoming::{Status, StatusKind};
use store::{
    db::{DbError, Session},
    message,
};

use crate::{App, payment};

/// A status moves a message of ours by the lattice. Our own id, echoed, names it even when the answer to
/// the sending was lost.
pub async fn note(app: &App, session: &mut Session, status: &Status, now: Timestamp) -> Result<(), DbError> {
    let news = match &status.status {
        StatusKind::Sent => Delivery::Sent,
        StatusKind::Delivered => Delivery::Delivered,
        StatusKind::Read => Delivery::Read,
        StatusKind::Played => Delivery::Played,
        StatusKind::Failed => Delivery::Failed,
        StatusKind::Unknown(_) => return Ok(()),
    };
    let ours = message::find_by_echo(session, status.opaque.as_deref(), &status.wamid).await?;
    let Some(ours) = ours else { return Ok(()) };
    if ours.external_id.is_none() {
        message::mark_sent(session, &ours.id, &status.wamid, now).await?;
    }
    let reason = status.error.as_ref().and_then(|error| error.code).map(|code| format!("code {code}"));
    message::apply_status(session, &ours.id, news, reason.as_deref(), now).await?;
    let has_failed = news == Delivery::Failed && ours.status.after(news) != ours.status;
    if has_failed {
        let reason = reason.as_deref().unwrap_or("no code");
        payment::ask_host_instead(app, session, &ours, reason, now).await?;
    }
    Ok(())
}
