//! The state of a conversation: what has been said so far, and what is waited for.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{locale::Locale, step_facts::Offer};

/// The memory of one conversation. The app stores it as JSON between messages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conversation {
    pub locale: Locale,
    pub check_in: Option<Date>,
    pub check_out: Option<Date>,
    pub nights: Option<u16>,
    pub adults: Option<u16>,
    pub children: Option<u16>,
    pub guests: Option<u16>,
    /// Last shown to the guest, in that order: "the second" means `offered[1]`.
    pub offered: Vec<Offer>,
    /// The one that the guest was asked to say yes to.
    pub chosen: Option<Offer>,
    pub awaiting: Awaiting,
    pub last_heard_at: Option<Timestamp>,
    /// A person answers; the program stays silent until the context ends.
    pub with_person: bool,
}

impl Conversation {
    /// A person has done their part: the next message is answered again.
    #[must_use]
    pub fn handed_back(self) -> Self {
        Self { with_person: false, ..self }
    }
}

/// The question that the program asked last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Awaiting {
    #[default]
    Nothing,
    Dates,
    Guests,
    /// Which of the offered.
    Choice,
    /// A yes to the repetition of `chosen`.
    HoldYes,
    /// A yes to cancelling the stay with this code.
    CancelYes {
        code: String,
    },
}
