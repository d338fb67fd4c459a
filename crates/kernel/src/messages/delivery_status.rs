//! Whether a message of ours arrived.

use domain::message_delivery::Delivery;
use providers::chat::incoming::{Status, StatusKind};
use store::{db::DbError, message};

use super::stored_message::follow_up;
use crate::Tx;

/// A status moves a message of ours by the lattice. Our own id, which the vendor repeats, names it even when the answer
/// to the sending was lost.
pub async fn apply_status(tx: &mut Tx<'_>, status: &Status) -> Result<(), DbError> {
    let news = match &status.status {
        StatusKind::Sent => Delivery::Sent,
        StatusKind::Delivered => Delivery::Delivered,
        StatusKind::Read => Delivery::Read,
        StatusKind::Played => Delivery::Played,
        StatusKind::Failed => Delivery::Failed,
        StatusKind::Unknown(_) => return Ok(()),
    };
    let ours = message::find_by_echo(&mut tx.session, status.opaque.as_deref(), &status.external_id).await?;
    let Some(ours) = ours else { return Ok(()) };
    if ours.external_id.is_none() {
        message::mark_sent(&mut tx.session, &ours.id, &status.external_id, tx.now).await?;
    }
    let reason = status.error.as_ref().and_then(|error| error.code).map(|code| format!("code {code}"));
    message::apply_status(&mut tx.session, &ours.id, news, reason.as_deref(), tx.now).await?;
    let has_failed = news == Delivery::Failed && ours.status.after(news) != ours.status;
    if has_failed {
        follow_up(tx, &ours, reason.as_deref().unwrap_or("no code")).await?;
    }
    Ok(())
}
