//! Words for the guest, into the outbox: each with the job that sends it after all earlier ones of this guest.

use dialog::{Locale, Phrase};
use domain::delivery::Delivery;
use jiff::Timestamp;
use providers::chat::Outgoing;
use store::{
    conversation,
    db::{DbError, Session},
    message::{self, Direction},
    queue,
};

use super::state_of;
use crate::{App, jobs::Job};

/// Tells the guest of a stay something that happened outside the chat. Without a conversation there is nobody to tell.
pub(crate) async fn tell(
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
    let whole = match pay_url_of(phrase) {
        Some(url) => Outgoing::Link { body, label: pay_label(locale).to_owned(), url },
        None => Outgoing::Text { body },
    };
    let parts = match &app.chat {
        Some(channel) => channel.split(whole),
        None => vec![whole],
    };
    let mut jobs = Vec::with_capacity(parts.len());
    for part in parts {
        let outgoing = message::Message {
            id: app.entropy.id(now),
            conversation_id: chat.id.clone(),
            direction: Direction::Out,
            body: serde_json::to_value(&part).expect("an outgoing message is plain data"),
            external_id: None,
            status: Delivery::Queued,
            reason: None,
            created_at: now,
        };
        message::create(session, &outgoing).await?;
        let job = Job::SendMessage { message_id: outgoing.id, conversation_id: chat.id.clone() };
        jobs.push(job.enqueue_at(now));
    }
    queue::enqueue(session, &jobs, now).await
}

fn pay_url_of(phrase: &Phrase) -> Option<String> {
    match phrase {
        Phrase::Held { pay_url, .. } | Phrase::HoldExpiring { pay_url, .. } => pay_url.clone(),
        _ => None,
    }
}

/// At most 20 characters: the limit of a WhatsApp button.
fn pay_label(locale: Locale) -> &'static str {
    match locale.language() {
        dialog::Language::Es => "Pagar la seña",
        dialog::Language::Pt => "Pagar o sinal",
        dialog::Language::En => "Pay the deposit",
    }
}
