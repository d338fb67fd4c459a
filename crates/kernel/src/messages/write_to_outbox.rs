//! Writing a message down, with the job that sends it after all earlier ones of this guest.

use dialog::{Button, Locale, Phrase};
use domain::message_delivery::Delivery;
use providers::chat::Outgoing;
use store::{
    conversation::{self, Conversation},
    db::DbError,
    message::{self, Direction},
};

use super::{SendMessage, Written};
use crate::{App, Tx, jobs::Job as _};

impl Tx<'_> {
    /// Tells a guest something that happened outside the chat. Without a conversation there is nobody to tell.
    ///
    /// # Errors
    /// The database's.
    pub async fn tell(&mut self, conversation_id: Option<&str>, phrase: &Phrase) -> Result<(), DbError> {
        let Some(id) = conversation_id else { return Ok(()) };
        let Some(chat) = conversation::find(&mut self.session, id).await? else { return Ok(()) };
        let locale = state_of(self.app, &chat).locale;
        self.say(&chat, phrase, locale).await
    }

    /// Says something in a conversation, in as many messages as its channel needs.
    ///
    /// # Errors
    /// The database's.
    pub async fn say(&mut self, chat: &Conversation, phrase: &Phrase, locale: Locale) -> Result<(), DbError> {
        let body = dialog::render(phrase, locale);
        let whole = match dialog::button(phrase, locale) {
            Some(Button { label, url }) => Outgoing::Link { body, label, url },
            None => Outgoing::Text { body },
        };
        let parts = match self.app.channels.find(&chat.channel, &chat.account) {
            Some(channel) => channel.split(whole),
            None => vec![whole],
        };
        let parts: Vec<_> = parts.into_iter().map(Written::from).collect();
        self.write(chat, &parts).await
    }

    /// Into the outbox, in this order, with the jobs that send them after all earlier ones of this guest.
    ///
    /// # Errors
    /// The database's.
    pub async fn write(&mut self, chat: &Conversation, parts: &[Written]) -> Result<(), DbError> {
        let mut jobs = Vec::with_capacity(parts.len());
        for part in parts {
            let outgoing = message::Message {
                id: self.app.rng.id(self.now),
                conversation_id: chat.id.clone(),
                direction: Direction::Out,
                body: serde_json::to_value(part).expect("an outgoing message is plain data"),
                external_id: None,
                status: Delivery::Queued,
                reason: None,
                created_at: self.now,
            };
            message::create(&mut self.session, &outgoing).await?;
            let job = SendMessage { message_id: outgoing.id, conversation_id: chat.id.clone() };
            jobs.push(job.enqueue_at(self.now));
        }
        self.enqueue(&jobs).await
    }
}

/// The dialogue's own state of a conversation; a new one in the property's language where it has none yet.
pub fn state_of(app: &App, chat: &Conversation) -> dialog::Conversation {
    let stored = chat.state.clone().and_then(|state| serde_json::from_value(state).ok());
    stored.unwrap_or_else(|| dialog::Conversation { locale: app.property.locale, ..Default::default() })
}
