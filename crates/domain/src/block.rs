//! Nights taken elsewhere, by an imported calendar or by the host.

use serde::{Deserialize, Serialize};

use crate::{ids::AccommodationId, period::Period};

/// A range of nights that cannot be sold here. Identity: (feed, uid).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub accommodation_id: AccommodationId,
    pub feed: String,
    pub uid: String,
    pub period: Period,
    pub summary: String,
    pub kind: BlockKind,
}

/// What the other calendar means by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Somebody booked there.
    Stay,
    /// Closed there, nobody comes.
    Closed,
}

impl BlockKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stay => "stay",
            Self::Closed => "closed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Stay, Self::Closed].into_iter().find(|kind| kind.as_str() == text)
    }
}
