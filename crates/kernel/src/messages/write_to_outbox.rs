//! Writing a message down, with the job that sends it after all earlier ones of this guest.

use dialog::{Button, Locale, Phrase};
use domain::message_delivery::Delivery;
use jiff::Timestamp;
use providers::chat::Outgoing;
use store::{
    conversation,
    db::{DbError, Session},
    message::{self, Direction},
    queue,
};

use super::{SendMessage, Written};
use crate::{App, jobs::Job as _};

/// Tells a guest something that happened outside the chat. Without a conversation there is nobody to tell.
pub async fn tell(
    app: &App,
    session: &mut Session,
    conversation_id: Option<&str>,
    phrase: &Phrase,
    now: Timestamp,
) -> Result<(), DbError> {
    let Some(id) = conversation_id else { return Ok(()) };
    let Some(chat) = conversation::find(session, id).await? else { return Ok(()) };
    let locale = state_of(app, &chat).locale;
    say(app, session, &chat, phrase, locale, now).await
}

/// The dialogue's own state of a conversation; a new one in the property's language where it has none yet.
pub fn state_of(app: &App, chat: &conversation::Conversation) -> dialog::Conversation {
    let stored = chat.state.clone().and_then(|state| serde_json::from_value(state).ok());
    stored.unwrap_or_else(|| dialog::Conversation { locale: app.property.locale, ..Default::default() })
}

/// Writes a message into the outbox, with the job that sends it after all earlier ones of this guest.
pub async fn say(
    app: &App,
    session: &mut Session,
    chat: &conversation::Conversation,
    phrase: &Phrase,
    locale: Locale,
    now: Timestamp,
) -> Result<(), DbError> {
    let body = dialog::render(phrase, locale);
    let whole = match dialog::button(phrase, locale) {
        Some(Button { label, url }) => Outgoing::Link { body, label, url },
        None => Outgoing::Text { body },
    };
    let parts = match app.channels.find(&chat.channel, &chat.account) {
        Some(channel) => channel.split(whole),
        None => vec![whole],
    };
    let parts: Vec<_> = parts.into_iter().map(Written::from).collect();
    write(app, session, chat, &parts, now).await
}

/// Into the outbox, in this order.
pub async fn write(
    app: &App,
    session: &mut Session,
    chat: &conversation::Conversation,
    parts: &[Written],
    now: Timestamp,
) -> Result<(), DbError> {
    let mut jobs = Vec::with_capacity(parts.len());
    for part in parts {
        let outgoing = message::Message {
            id: app.rng.id(now),
            conversation_id: chat.id.clone(),
            direction: Direction::Out,
            body: serde_json::to_value(part).expect("an outgoing message is plain data"),
            external_id: None,
            status: Delivery::Queued,
            reason: None,
            created_at: now,
        };
        message::create(session, &outgoing).await?;
        let job = SendMessage { message_id: outgoing.id, conversation_id: chat.id.clone() };
        jobs.push(job.enqueue_at(now));
    }
    queue::enqueue(session, &jobs, now).await
}
