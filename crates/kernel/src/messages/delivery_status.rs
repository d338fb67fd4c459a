//! Whether a message of ours arrived.

use domain::message_delivery::Delivery;
use jiff::Timestamp;
use providers::chat::incoming::{Status, StatusKind};
use store::{
    db::{DbError, Session},
    message,
};

use super::stored_message::follow_up;
use crate::App;

/// A status moves a message of ours by the lattice. Our own id, which the vendor repeats, names it even when the answer
/// to the sending was lost.
pub async fn apply_status(
    app: &App,
    session: &mut Session,
    status: &Status,
    now: Timestamp,
) -> Result<(), DbError> {
    let news = match &status.status {
        StatusKind::Sent => Delivery::Sent,
        StatusKind::Delivered => Delivery::Delivered,
        StatusKind::Read => Delivery::Read,
        StatusKind::Played => Delivery::Played,
        StatusKind::Failed => Delivery::Failed,
        StatusKind::Unknown(_) => return Ok(()),
    };
    let ours = message::find_by_echo(session, status.opaque.as_deref(), &status.external_id).await?;
    let Some(ours) = ours else { return Ok(()) };
    if ours.external_id.is_none() {
        message::mark_sent(session, &ours.id, &status.external_id, now).await?;
    }
    let reason = status.error.as_ref().and_then(|error| error.code).map(|code| format!("code {code}"));
    message::apply_status(session, &ours.id, news, reason.as_deref(), now).await?;
    let has_failed = news == Delivery::Failed && ours.status.after(news) != ours.status;
    if has_failed {
        follow_up(app, session, &ours, reason.as_deref().unwrap_or("no code"), now).await?;
    }
    Ok(())
}
