//! The states of a payment, common to all providers.

use serde::{Deserialize, Serialize};

/// The common states of a payment over all providers. Whatever we do not know is pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    Pending,
    Rejected,
    Approved,
    Refunded,
    ChargedBack,
}

impl PaymentStatus {
    pub const ALL: [Self; 5] =
        [Self::Pending, Self::Rejected, Self::Approved, Self::Refunded, Self::ChargedBack];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Rejected => "rejected",
            Self::Approved => "approved",
            Self::Refunded => "refunded",
            Self::ChargedBack => "charged_back",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// States never go backwards: an old answer that arrives late changes nothing.
    #[must_use]
    pub fn after(self, news: Self) -> Self {
        if news.rank() > self.rank() { news } else { self }
    }

    fn rank(self) -> u8 {
        match self {
            Self::Pending => 0,
            Self::Rejected => 1,
            Self::Approved => 2,
            Self::Refunded => 3,
            Self::ChargedBack => 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_never_go_backwards() {
        use PaymentStatus::*;
        assert_eq!(Pending.after(Approved), Approved);
        assert_eq!(Approved.after(Pending), Approved);
        assert_eq!(Refunded.after(Approved), Refunded);
        for first in PaymentStatus::ALL {
            for second in PaymentStatus::ALL {
                assert_eq!(first.after(second), second.after(first));
            }
        }
    }
}
