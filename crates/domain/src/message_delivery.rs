//! How a message's delivery status may move.
//!
//! Providers report statuses out of order and more than once, so a status is a place in a lattice:
//! queued < sending < sent < delivered < read < played. A failure counts only until the message is known to have arrived.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    Queued,
    Sending,
    Sent,
    Delivered,
    Read,
    Played,
    Failed,
}

impl Delivery {
    pub const ALL: [Self; 7] =
        [Self::Queued, Self::Sending, Self::Sent, Self::Delivered, Self::Read, Self::Played, Self::Failed];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
            Self::Failed => "failed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// The status after `news` arrived.
    #[must_use]
    pub fn after(self, news: Self) -> Self {
        if news.rank() > self.rank() { news } else { self }
    }

    /// A failure outranks what we did ourselves, and is outranked by what the guest's phone did.
    fn rank(self) -> u8 {
        match self {
            Self::Queued => 0,
            Self::Sending => 1,
            Self::Sent => 2,
            Self::Failed => 3,
            Self::Delivered => 4,
            Self::Read => 5,
            Self::Played => 6,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_order_of_news_ends_the_same() {
        for first in Delivery::ALL {
            for second in Delivery::ALL {
                assert_eq!(first.after(second), second.after(first));
            }
        }
        assert_eq!(Delivery::Read.after(Delivery::Delivered), Delivery::Read);
        assert_eq!(Delivery::Sent.after(Delivery::Failed), Delivery::Failed);
        assert_eq!(Delivery::Delivered.after(Delivery::Failed), Delivery::Delivered);
    }
}
