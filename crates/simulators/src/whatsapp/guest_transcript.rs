//! Guests, their transcripts, and the limits that hold for each.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{PairRate, Status};
use crate::core::digest;

/// One message in a transcript, from the guest or to the guest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Meta's id of the message.
    pub wamid: String,
    /// Who wrote it.
    pub direction: Direction,
    /// When it was sent, by the simulator's clock.
    pub at: Timestamp,
    /// Its type on the wire: `text`, `interactive`, `image`, …
    pub kind: String,
    /// What a person reads: the text, the body of an interactive message, a caption, the title of a chosen button.
    pub text: Option<String>,
    /// The line above the body.
    pub header: Option<String>,
    /// The line below the body.
    pub footer: Option<String>,
    /// The button that opens a page, or the address of a media file.
    pub link: Option<Link>,
    /// What the guest may choose from, or what was chosen.
    pub choices: Vec<Choice>,
    /// The message that this one answers.
    pub reply_to: Option<String>,
    /// The program's own mark, which comes back in statuses.
    pub biz_opaque_callback_data: Option<String>,
    /// What became of it, in the order of the webhooks. On a guest's message: `read`, when the program said so.
    pub statuses: Vec<StatusChange>,
    /// When the program last showed that it is typing an answer to this message.
    pub typing_at: Option<Timestamp>,
    /// The message as it stood on the wire.
    pub payload: Value,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The guest, to the program.
    FromGuest,
    /// The program, to the guest.
    ToGuest,
}

/// A button that opens an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What stands on the button.
    pub label: String,
    /// What it opens.
    pub url: String,
}

/// A reply button or a row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What comes back when it is chosen.
    pub id: String,
    /// What the guest reads.
    pub title: String,
    /// The second line of a list row.
    pub description: Option<String>,
}

/// A status and when it was announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusChange {
    /// sent, delivered, read or failed.
    pub status: Status,
    /// By the simulator's clock.
    pub at: Timestamp,
    /// The error of a failed message.
    pub code: Option<i64>,
}

/// Somebody who writes to the business, and what was written both ways.
#[derive(Clone, Debug)]
pub(crate) struct Guest {
    /// Digits with the country code.
    pub(crate) phone: String,
    /// The id that Meta gives this person for this business: country code, a dot, alphanumerics.
    pub(crate) user_id: String,
    pub(crate) name: String,
    /// A guest with a username writes without showing the phone.
    pub(crate) username: Option<String>,
    pub(crate) last_inbound_at: Option<Timestamp>,
    pub(crate) entries: Vec<Entry>,
    /// Messages taken from the bucket of the pair rate, as of `spent_at`.
    spent: f64,
    spent_at: Option<Timestamp>,
}

impl Guest {
    pub(crate) fn new(phone: &str) -> Self {
        let mark = digest(phone);
        let digits = u64::from_be_bytes([0, 0, mark[0], mark[1], mark[2], mark[3], mark[4], mark[5]]);
        Self {
            phone: phone.to_owned(),
            user_id: format!("{}.{digits:015}", country(phone)),
            name: format!("Huésped {}", phone.get(phone.len().saturating_sub(4)..).unwrap_or(phone)),
            username: None,
            last_inbound_at: None,
            entries: Vec::new(),
            spent: 0.0,
            spent_at: None,
        }
    }

    pub(crate) fn find_entry(&mut self, wamid: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().rev().find(|entry| entry.wamid == wamid)
    }

    /// Whether anything but a template may be sent: 24 hours from the guest's last message.
    pub(crate) fn window_is_open(&self, now: Timestamp) -> bool {
        self.last_inbound_at.is_some_and(|last| now.duration_since(last) < SignedDuration::from_hours(24))
    }

    /// Counts a message to this guest, or refuses it when the bucket is empty.
    pub(crate) fn spend(&mut self, rate: PairRate, now: Timestamp) -> bool {
        let idle_seconds = self.spent_at.map_or(0.0, |at| now.duration_since(at).as_secs_f64().max(0.0));
        let spent = (self.spent - idle_seconds / f64::from(rate.seconds_per_message.max(1))).max(0.0);
        if spent + 1.0 > f64::from(rate.burst) {
            return false;
        }
        self.spent = spent + 1.0;
        self.spent_at = Some(now);
        true
    }
}

/// The country of a number, for the few that the demo and the tests use.
fn country(phone: &str) -> &'static str {
    const PREFIXES: [(&str, &str); 9] = [
        ("54", "AR"),
        ("55", "BR"),
        ("56", "CL"),
        ("598", "UY"),
        ("595", "PY"),
        ("52", "MX"),
        ("57", "CO"),
        ("51", "PE"),
        ("34", "ES"),
    ];
    PREFIXES.iter().find(|(prefix, _)| phone.starts_with(prefix)).map_or("US", |(_, country)| country)
}
