//! A guest's message, from its arrival to the last word about it. `from` is the channel and the account it came to.

use dialog::{Event, Locale};
use domain::message_delivery::Delivery;
use jiff::Timestamp;
use kernel::{Tx, jobs::JobError, messages::state_of};
use providers::chat::incoming::{Content, MediaKind, Message};
use serde_json::{Value, json};
use store::{
    conversation,
    db::DbError,
    message::{self, Direction},
};

use crate::{
    carry_out_effects::carry_out,
    facts_for_step::facts,
    kept_in_context::{StateLabels, room},
};

pub async fn hear(
    tx: &mut Tx<'_>,
    from: (&str, &str),
    heard: Message,
    at: Timestamp,
) -> Result<(), JobError> {
    let Some(chat) = conversation_with(tx, from, &heard).await? else { return Ok(()) };
    conversation::mark_inbound(&mut tx.session, &chat.id, at.min(tx.now)).await?;
    let incoming = message::Message {
        id: tx.app.rng.id(tx.now),
        conversation_id: chat.id.clone(),
        direction: Direction::In,
        body: stored_content(&heard.content),
        external_id: Some(heard.external_id.clone()),
        status: Delivery::Delivered,
        reason: None,
        created_at: tx.now,
    };
    message::create(&mut tx.session, &incoming).await?;
    if tx.app.channels.is_other_account(&chat.channel, &chat.account) {
        let subject = format!("conversation:{}", chat.id);
        let detail = "a guest wrote to a number that is not WHATSAPP_PHONE_ID: nobody answers there";
        tx.open_task(&subject, "other_number", detail).await?;
        return Ok(());
    }

    let status = if chat.state.is_some() { "found" } else { "not_found" };
    room(tx.app).metrics.conversation_state_get.get_or_create(&StateLabels { status }).inc();
    let mut state = state_of(tx.app, &chat);
    let today = tx.app.property.zone.today(tx.now);
    let Some(event) = event_of(heard.content, today, state.locale) else { return Ok(()) };
    let mut todo = vec![event];
    while let Some(event) = todo.pop() {
        let facts = facts(tx, &state, &event, &chat).await?;
        let (next, effects) = dialog::step(state, event, &facts);
        state = next;
        for effect in effects {
            if let Some(outcome) = carry_out(tx, &chat, &state, effect).await? {
                todo.push(outcome);
            }
        }
    }
    let saved = serde_json::to_value(&state)
        .map_err(|_| JobError::fail("the conversation cannot be written down"))?;
    conversation::save_state(&mut tx.session, &chat.id, saved, tx.now).await?;
    room(tx.app).metrics.conversation_state_set.get_or_create(&StateLabels { status: "success" }).inc();
    Ok(())
}

/// The conversation that this message belongs to; None for a message that names no sender.
async fn conversation_with(
    tx: &mut Tx<'_>,
    (channel, account): (&str, &str),
    heard: &Message,
) -> Result<Option<conversation::Conversation>, DbError> {
    let from = &heard.from;
    let Some(guest_key) = from.user_id.as_ref().or(from.phone.as_ref()) else { return Ok(None) };
    let known = conversation::find_person(
        &mut tx.session,
        channel,
        account,
        from.user_id.as_deref(),
        from.phone.as_deref(),
    )
    .await?;
    let new = conversation::Conversation {
        id: tx.app.rng.id(tx.now),
        channel: channel.to_owned(),
        account: account.to_owned(),
        guest_key: known.map_or_else(|| guest_key.clone(), |known| known.guest_key),
        phone: from.phone.clone(),
        user_id: from.user_id.clone(),
        name: from.profile_name.clone(),
        state: None,
        last_inbound_at: None,
    };
    conversation::ensure(&mut tx.session, &new, tx.now).await.map(Some)
}

/// What a message is to the dialogue; None for what needs no answer.
fn event_of(content: Content, today: jiff::civil::Date, locale: Locale) -> Option<Event> {
    let unsupported = |kind: &str| Some(Event::NotSupported { kind: kind.to_owned() });
    match content {
        // A button of ours says what its title says.
        Content::Text { body: text } | Content::ButtonReply { title: text, .. } => {
            let reading = dialog::read(&text, today, locale);
            Some(Event::Heard { text, reading })
        }
        Content::Media(media) => unsupported(match media.kind {
            MediaKind::Image => "image",
            MediaKind::Video => "video",
            MediaKind::Voice | MediaKind::Audio => "audio",
            MediaKind::Document => "document",
            MediaKind::Sticker => "sticker",
        }),
        Content::Location { .. } => unsupported("location"),
        Content::Contacts { .. } => unsupported("contacts"),
        Content::Unsupported { kind } => unsupported(&kind),
        Content::Reaction { .. } | Content::Edit { .. } | Content::Revoke { .. } | Content::System(_) => None,
    }
}

fn stored_content(content: &Content) -> Value {
    match content {
        Content::Text { body } => json!({ "kind": "text", "body": body }),
        Content::ButtonReply { id, title } => json!({ "kind": "button", "id": id, "body": title }),
        Content::Media(media) => json!({ "kind": "media", "id": media.id, "mime_type": media.mime_type }),
        Content::Location { .. } => json!({ "kind": "location" }),
        Content::Contacts { .. } => json!({ "kind": "contacts" }),
        Content::Reaction { to, emoji } => json!({ "kind": "reaction", "to": to, "emoji": emoji }),
        Content::Edit { of, .. } => json!({ "kind": "edit", "of": of }),
        Content::Revoke { of } => json!({ "kind": "revoke", "of": of }),
        Content::System(system) => json!({ "kind": "system", "what": system.kind }),
        Content::Unsupported { kind } => json!({ "kind": "unsupported", "what": kind }),
    }
}
