//! What a guest can send.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::guest_transcript::{Choice, Entry, Link};

/// What a guest sends, as a test or the demo says it. Without `type` it is a text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Inbound {
    /// The profile name; kept for later messages.
    #[serde(default)]
    pub name: Option<String>,
    /// A guest with a username hides the phone from now on.
    #[serde(default)]
    pub username: Option<String>,
    /// The message that this one answers.
    #[serde(default)]
    pub reply_to: Option<String>,
    /// Use this message id, for instance to send the same message again days later.
    #[serde(default)]
    pub wamid: Option<String>,
    /// Forwarded from another chat.
    #[serde(default)]
    pub forwarded: bool,
    /// The message itself.
    #[serde(flatten)]
    pub kind: InboundKind,
}

/// The kinds of messages that Meta hands on. `data_base64` is the file that the program can then download.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum InboundKind {
    Text {
        text: String,
    },
    Image {
        #[serde(default)]
        caption: Option<String>,
        #[serde(default)]
        data_base64: Option<String>,
    },
    /// A voice note unless `voice` is false.
    Audio {
        #[serde(default = "yes")]
        voice: bool,
        #[serde(default)]
        data_base64: Option<String>,
    },
    Document {
        #[serde(default)]
        filename: Option<String>,
        #[serde(default)]
        caption: Option<String>,
        #[serde(default)]
        data_base64: Option<String>,
    },
    Location {
        latitude: f64,
        longitude: f64,
        #[serde(default)]
        name_of_place: Option<String>,
        #[serde(default)]
        address: Option<String>,
    },
    /// The title is taken from our last message that offered this button, unless given.
    ButtonReply {
        id: String,
        #[serde(default)]
        title: Option<String>,
    },
    /// The title is taken from our last list that offered this row, unless given.
    ListReply {
        id: String,
        #[serde(default)]
        title: Option<String>,
    },
    /// A quick-reply button of a template.
    TemplateButton {
        payload: String,
        text: String,
    },
    /// Without `emoji` the member is left out, one of the two ways in which a reaction is taken back.
    Reaction {
        message_id: String,
        #[serde(default)]
        emoji: Option<String>,
    },
    Contacts {
        formatted_name: String,
        phone: String,
    },
    /// The guest changed an earlier message.
    Edit {
        message_id: String,
        text: String,
    },
    /// The guest deleted an earlier message.
    Revoke {
        message_id: String,
    },
    /// A poll, a pin, …: Meta says only that there was something.
    Unsupported,
    /// `interactive` without that member, and an error beside the messages.
    BrokenInteractive,
    /// A type that nobody has heard of.
    Unheard {
        #[serde(default)]
        payload: Value,
    },
}

impl Default for InboundKind {
    fn default() -> Self {
        Self::Text { text: String::new() }
    }
}

/// A media file that belongs to a message.
pub(crate) struct Attachment {
    pub(crate) mime_type: &'static str,
    pub(crate) data_base64: Option<String>,
}

impl InboundKind {
    /// The type on the wire.
    pub(crate) fn wire_type(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Image { .. } => "image",
            Self::Audio { .. } => "audio",
            Self::Document { .. } => "document",
            Self::Location { .. } => "location",
            Self::ButtonReply { .. } | Self::ListReply { .. } | Self::BrokenInteractive => "interactive",
            Self::TemplateButton { .. } => "button",
            Self::Reaction { .. } => "reaction",
            Self::Contacts { .. } => "contacts",
            Self::Edit { .. } => "edit",
            Self::Revoke { .. } => "revoke",
            Self::Unsupported => "unsupported",
            Self::Unheard { .. } => "hologram",
        }
    }

    /// The file that comes with the message.
    pub(crate) fn attachment(&self) -> Option<Attachment> {
        let (mime_type, data) = match self {
            Self::Image { data_base64, .. } => ("image/jpeg", data_base64),
            Self::Audio { data_base64, .. } => ("audio/ogg; codecs=opus", data_base64),
            Self::Document { data_base64, .. } => ("application/pdf", data_base64),
            _ => return None,
        };
        Some(Attachment { mime_type, data_base64: data.clone() })
    }

    /// The button or row that was chosen, found in what the program sent before.
    pub(crate) fn offered<'a>(&self, entries: &'a [Entry]) -> Option<(&'a Entry, &'a Choice)> {
        let (Self::ButtonReply { id, .. } | Self::ListReply { id, .. }) = self else { return None };
        let mut newest_first = entries.iter().rev();
        newest_first.find_map(|entry| Some((entry, entry.choices.iter().find(|choice| choice.id == *id)?)))
    }

    /// The member of the message that carries its content. `media` is the file as it stands on the wire.
    pub(crate) fn payload(&self, offered: Option<&Choice>, media: Option<Value>) -> Option<Value> {
        let mut media = media.unwrap_or_else(|| json!({}));
        let chosen = |id: &String, title: &Option<String>| {
            let title = title.clone().or_else(|| offered.map(|choice| choice.title.clone()));
            json!({ "id": id, "title": title.unwrap_or_else(|| id.clone()) })
        };
        Some(match self {
            Self::Text { text } => json!({ "body": text }),
            Self::Image { caption, .. } => {
                put(&mut media, "caption", caption);
                media
            }
            Self::Audio { voice, .. } => {
                media["voice"] = json!(voice);
                media
            }
            Self::Document { filename, caption, .. } => {
                put(&mut media, "caption", caption);
                put(&mut media, "filename", filename);
                media
            }
            Self::Location { latitude, longitude, name_of_place, address } => {
                let mut location = json!({ "latitude": latitude, "longitude": longitude });
                put(&mut location, "name", name_of_place);
                put(&mut location, "address", address);
                location
            }
            Self::ButtonReply { id, title } => {
                json!({ "type": "button_reply", "button_reply": chosen(id, title) })
            }
            Self::ListReply { id, title } => {
                let mut reply = chosen(id, title);
                put(&mut reply, "description", &offered.and_then(|choice| choice.description.clone()));
                json!({ "type": "list_reply", "list_reply": reply })
            }
            Self::TemplateButton { payload, text } => json!({ "payload": payload, "text": text }),
            Self::Reaction { message_id, emoji } => {
                let mut reaction = json!({ "message_id": message_id });
                put(&mut reaction, "emoji", emoji);
                reaction
            }
            Self::Contacts { formatted_name, phone } => json!([{
                "name": { "formatted_name": formatted_name, "first_name": formatted_name },
                "phones": [{ "phone": format!("+{phone}"), "wa_id": phone, "type": "CELL" }],
                "origin": "other",
            }]),
            Self::Edit { message_id, text } => json!({
                "original_message_id": message_id,
                "message": { "type": "text", "text": { "body": text } },
            }),
            Self::Revoke { message_id } => json!({ "original_message_id": message_id }),
            Self::Unheard { payload } => payload.clone(),
            Self::Unsupported | Self::BrokenInteractive => return None,
        })
    }

    /// What a person would read, and a file or place to open.
    pub(crate) fn shown(&self, offered: Option<&Choice>) -> (Option<String>, Option<Link>) {
        let text = match self {
            Self::Text { text } | Self::Edit { text, .. } | Self::TemplateButton { text, .. } => {
                Some(text.clone())
            }
            Self::Image { caption, .. } | Self::Document { caption, .. } => caption.clone(),
            Self::ButtonReply { id, title } | Self::ListReply { id, title } => Some(
                title
                    .clone()
                    .or_else(|| offered.map(|choice| choice.title.clone()))
                    .unwrap_or_else(|| id.clone()),
            ),
            Self::Reaction { emoji, .. } => emoji.clone(),
            Self::Location { name_of_place, address, .. } => {
                name_of_place.clone().or_else(|| address.clone())
            }
            Self::Contacts { formatted_name, .. } => Some(formatted_name.clone()),
            _ => None,
        };
        let link = match self {
            Self::Location { latitude, longitude, .. } => Some(Link {
                label: "location".to_owned(),
                url: format!("https://maps.google.com/?q={latitude},{longitude}"),
            }),
            _ => None,
        };
        (text, link)
    }
}

fn put(object: &mut Value, name: &str, value: &Option<String>) {
    if let Some(value) = value {
        object[name] = json!(value);
    }
}

fn yes() -> bool {
    true
}
