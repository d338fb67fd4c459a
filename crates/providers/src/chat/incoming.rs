//! What a webhook brought, whoever the vendor is: our own form, which is what the database keeps.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One event out of a delivery, which may hold many.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Incoming {
    /// Which of our numbers it is for; for WhatsApp the phone number id. Account-level notices have none.
    pub account: Option<String>,
    pub kind: Kind,
    /// Just this event as the vendor sent it: stored beside our own form, for people who look into a mystery.
    pub raw: Value,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Message(Message),
    Status(Status),
    /// The owner wrote from the phone app. Never to be answered as a guest's; the program may fall silent.
    Echo(Echo),
    /// Anything else: stored, never acted upon. `field` is the vendor's name for it.
    Notice {
        field: String,
    },
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub external_id: String,
    pub from: Sender,
    /// When the guest sent it. `None` where the vendor does not say: take the time of arrival.
    pub at: Option<Timestamp>,
    pub content: Content,
    /// The message of ours that this one answers.
    pub reply_to: Option<String>,
}

/// Who wrote. Every part may be missing: phones are hidden from businesses for people with a username.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// Digits with country code.
    pub phone: Option<String>,
    /// The vendor's id of the person towards this business; changes when the phone changes.
    pub user_id: Option<String>,
    pub profile_name: Option<String>,
    pub username: Option<String>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    Text {
        body: String,
    },
    /// A button or a list row of ours; `id` is what we gave it.
    ButtonReply {
        id: String,
        title: String,
    },
    Media(Media),
    Location {
        latitude: f64,
        longitude: f64,
        name: Option<String>,
    },
    /// Phone numbers the guest sent, their own or others'.
    Contacts {
        phones: Vec<String>,
    },
    /// `emoji: None` takes a reaction back.
    Reaction {
        to: String,
        emoji: Option<String>,
    },
    /// The guest changed a message; `body` is the new text where it is one.
    Edit {
        of: String,
        body: Option<String>,
    },
    Revoke {
        of: String,
    },
    System(System),
    /// A type that the program does not read; `kind` is the vendor's name for it.
    Unsupported {
        kind: String,
    },
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    pub kind: MediaKind,
    /// For the download; expires after seven days.
    pub id: String,
    pub mime_type: Option<String>,
    pub caption: Option<String>,
    pub file_name: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    Image,
    Video,
    /// A voice note, or an audio file.
    Voice,
    Audio,
    Document,
    Sticker,
}

/// Something happened to the person's account, such as a new phone number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct System {
    pub kind: String,
    pub new_phone: Option<String>,
    pub new_user_id: Option<String>,
}

/// A delivery status of a message that we sent. Statuses come in any order and more than once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    pub external_id: String,
    pub status: StatusKind,
    pub at: Option<Timestamp>,
    pub error: Option<StatusError>,
    /// Our own id, as we gave it when sending.
    pub opaque: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusKind {
    Sent,
    Delivered,
    Read,
    Played,
    Failed,
    Unknown(String),
}

/// Why a message was not delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusError {
    /// `None` where the vendor's code is no number.
    pub code: Option<u32>,
    /// The vendor's title, for people; decide on the code only.
    pub title: Option<String>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Echo {
    pub external_id: String,
    pub to: Sender,
    pub at: Option<Timestamp>,
    pub content: Content,
}

impl StatusKind {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
            Self::Failed => "failed",
            Self::Unknown(name) => name,
        }
    }

    pub fn parse(text: &str) -> Self {
        [Self::Sent, Self::Delivered, Self::Read, Self::Played, Self::Failed]
            .into_iter()
            .find(|known| known.as_str() == text)
            .unwrap_or_else(|| Self::Unknown(text.to_owned()))
    }
}

impl Incoming {
    /// The same for every delivery of the same event, different for different ones. Meta redelivers for seven
    /// days; keep keys at least that long.
    pub fn dedupe_key(&self) -> String {
        let account = self.account.as_deref().unwrap_or("-");
        match &self.kind {
            Kind::Message(message) => format!("message:{account}:{}", message.external_id),
            Kind::Status(status) => {
                format!("status:{account}:{}:{}", status.external_id, status.status.as_str())
            }
            Kind::Echo(echo) => format!("echo:{account}:{}", echo.external_id),
            Kind::Notice { .. } => format!("notice:{account}:{}", digest(&self.raw)),
        }
    }
}

/// SHA-256 of the element in hex. A redelivery repeats the same bytes, so the same element gives the same digest.
fn digest(raw: &Value) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(raw.to_string().as_bytes()))
}

impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Incoming").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Names, numbers and texts stay out of logs: these print their kind only.
macro_rules! silent_debug { ($($name:ident),*) => {$(
    impl std::fmt::Debug for $name {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(concat!(stringify!($name), "(…)"))
        }
    }
)*}}

silent_debug!(Message, Sender, Media, System, Status, Echo, Content);
