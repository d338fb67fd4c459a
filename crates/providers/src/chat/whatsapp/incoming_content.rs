//! What a message holds. A member that its type promises may be missing (seen: `interactive` without one).

use serde_json::Value;

use crate::{
    chat::incoming::{Content, Media, MediaKind, System},
    lenient_json::{each, text_at},
};

/// Never fails: what cannot be read is `Unsupported` under its type's name.
pub fn read(message: &Value) -> Content {
    let kind = text_at(message, "/type").unwrap_or_else(|| "untyped".to_owned());
    let read = match kind.as_str() {
        "text" => text_at(message, "/text/body").map(|body| Content::Text { body }),
        "interactive" => reply(message),
        // The quick-reply button of a template.
        "button" => button(message),
        "image" => media(message, &kind, MediaKind::Image),
        "video" => media(message, &kind, MediaKind::Video),
        "document" => media(message, &kind, MediaKind::Document),
        "sticker" => media(message, &kind, MediaKind::Sticker),
        "audio" => media(message, &kind, audio_kind(message)),
        "location" => location(message),
        "contacts" => Some(Content::Contacts { phones: phones(message) }),
        "reaction" => reaction(message),
        "edit" => edit(message),
        "revoke" => text_at(message, "/revoke/original_message_id").map(|of| Content::Revoke { of }),
        "system" => Some(Content::System(system(message))),
        _ => None,
    };
    read.unwrap_or(Content::Unsupported { kind })
}

fn reply(message: &Value) -> Option<Content> {
    let interactive = message.get("interactive")?;
    let kind = text_at(interactive, "/type")?;
    if kind != "button_reply" && kind != "list_reply" {
        return Some(Content::Unsupported { kind });
    }
    let reply = interactive.get(&kind)?;
    let title = text_at(reply, "/title").unwrap_or_default();
    Some(Content::ButtonReply { id: text_at(reply, "/id")?, title })
}

fn button(message: &Value) -> Option<Content> {
    let title = text_at(message, "/button/text");
    let id = text_at(message, "/button/payload").or_else(|| title.clone())?;
    Some(Content::ButtonReply { id, title: title.unwrap_or_default() })
}

fn media(message: &Value, member: &str, kind: MediaKind) -> Option<Content> {
    let media = message.get(member)?;
    Some(Content::Media(Media {
        kind,
        id: text_at(media, "/id")?,
        mime_type: text_at(media, "/mime_type"),
        caption: text_at(media, "/caption"),
        file_name: text_at(media, "/filename"),
    }))
}

fn audio_kind(message: &Value) -> MediaKind {
    let voice = message.pointer("/audio/voice").and_then(Value::as_bool);
    if voice == Some(true) { MediaKind::Voice } else { MediaKind::Audio }
}

fn location(message: &Value) -> Option<Content> {
    let degrees = |pointer: &str| text_at(message, pointer)?.parse::<f64>().ok().filter(|n| n.is_finite());
    Some(Content::Location {
        latitude: degrees("/location/latitude")?,
        longitude: degrees("/location/longitude")?,
        name: text_at(message, "/location/name"),
    })
}

/// `wa_id` is the number as WhatsApp knows it; `phone` is as somebody typed it.
fn phones(message: &Value) -> Vec<String> {
    each(message.get("contacts"))
        .into_iter()
        .flat_map(|contact| each(contact.get("phones")))
        .filter_map(|phone| text_at(phone, "/wa_id").or_else(|| text_at(phone, "/phone")))
        .collect()
}

/// A reaction is taken back by an empty emoji or by none.
fn reaction(message: &Value) -> Option<Content> {
    let emoji = text_at(message, "/reaction/emoji");
    Some(Content::Reaction { to: text_at(message, "/reaction/message_id")?, emoji })
}

fn edit(message: &Value) -> Option<Content> {
    let of = text_at(message, "/edit/original_message_id")?;
    Some(Content::Edit { of, body: text_at(message, "/edit/message/text/body") })
}

fn system(message: &Value) -> System {
    System {
        kind: text_at(message, "/system/type").unwrap_or_else(|| "untyped".to_owned()),
        new_phone: text_at(message, "/system/wa_id"),
        new_user_id: text_at(message, "/system/user_id"),
    }
}
