//! Handing a conversation to a person and back.

use kernel::{DbError, Tx};
use store::conversation;

/// A person has done their part: the program answers again. The conversation is locked: a message that is being handled
/// right now is not overwritten.
pub async fn hand_back(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    let Some(chat) = conversation::lock(&mut tx.session, id).await? else { return Ok(()) };
    let Some(state) = chat.state else { return Ok(()) };
    let Ok(state) = serde_json::from_value::<dialog::Conversation>(state) else { return Ok(()) };
    let state = serde_json::to_value(state.handed_back()).expect("a conversation is plain data");
    conversation::save_state(&mut tx.session, id, state, tx.now).await
}
