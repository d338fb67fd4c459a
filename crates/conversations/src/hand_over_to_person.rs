//! Handing a conversation to a person and back.

use jiff::Timestamp;
use kernel::{App, DbError};
use store::{conversation, db::Session};

/// A person has done their part: the program answers again. The conversation is locked: a message that is being handled
/// right now is not overwritten.
pub async fn hand_back(_: &App, session: &mut Session, id: &str, now: Timestamp) -> Result<(), DbError> {
    let Some(chat) = conversation::lock(session, id).await? else { return Ok(()) };
    let Some(state) = chat.state else { return Ok(()) };
    let Ok(state) = serde_json::from_value::<dialog::Conversation>(state) else { return Ok(()) };
    let state = serde_json::to_value(state.handed_back()).expect("a conversation is plain data");
    conversation::save_state(session, id, state, now).await
}
