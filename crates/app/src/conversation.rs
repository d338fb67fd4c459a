//! Talking with a guest: one inbox event, one transaction. What was understood, what was done about it and what is
//! said of it are committed together with the end of the job, so that nothing is done twice and nothing is said
//! that did not happen.

use std::sync::Arc;

use domain::guest::Contact;
use jiff::Timestamp;
use providers::chat::{incoming::Kind, whatsapp::webhook};
use store::{
    conversation,
    db::{DbError, Session},
    inbox,
    queue::Claim,
};

use crate::{
    App,
    jobs::{Done, JobError, finish},
};

/// What a step wants done, done in the same transaction.
mod effects;
/// What is true at the moment of a step.
mod facts;
/// A guest's message, from its arrival to the last word about it.
mod hear;
/// Words for the guest, into the outbox.
mod say;
/// News of a message of ours.
mod status;

pub(crate) use say::{tell, tell_money, write};

/// Handles one stored event of a chat channel: a guest's message, or news of a message of ours.
pub async fn handle(app: &Arc<App>, claim: &Claim, inbox_id: &str) -> Result<Done, JobError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let stored = inbox::find(&mut session, inbox_id).await?.ok_or(JobError::fail("the inbox row is gone"))?;
    if !stored.handled {
        let body = stored.payload.to_string();
        let events =
            webhook::parse(body.as_bytes()).map_err(|_| JobError::fail("the inbox row is not JSON"))?;
        for event in events {
            let account = event.account.unwrap_or_default();
            match event.kind {
                Kind::Message(message) => {
                    let at = message.at.unwrap_or(stored.received_at);
                    hear::hear(app, &mut session, &account, message, at, now).await?;
                }
                Kind::Status(status) => status::note(app, &mut session, &status, now).await?,
                Kind::Echo(_) | Kind::Notice { .. } => {}
            }
        }
        inbox::mark_handled(&mut session, &[inbox_id], "handled", now).await?;
    }
    finish(app, session, claim).await
}

fn state_of(app: &App, chat: &conversation::Conversation) -> dialog::Conversation {
    let stored = chat.state.clone().and_then(|state| serde_json::from_value(state).ok());
    stored.unwrap_or_else(|| dialog::Conversation { locale: app.defaults.locale, ..Default::default() })
}

/// The person behind a conversation, as the one who books. People without a visible phone are named by the
/// channel's own id.
fn contact_of(chat: &conversation::Conversation) -> Contact {
    Contact {
        name: chat
            .name
            .clone()
            .filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| "WhatsApp".to_owned()),
        phone: chat.phone.clone().unwrap_or_else(|| chat.guest_key.clone()),
        email: None,
    }
}

/// A person has done their part: the desk answers again. The conversation is locked: a message that is being handled
/// right now is not overwritten.
pub(crate) async fn hand_back(session: &mut Session, id: &str, now: Timestamp) -> Result<(), DbError> {
    let Some(chat) = conversation::lock(session, id).await? else { return Ok(()) };
    let Some(mut state) = chat.state else { return Ok(()) };
    state["with_person"] = false.into();
    conversation::save_state(session, id, state, now).await
}
