//! Who makes a change.

use crate::staff::Who;

/// Who made a change; written into the audit trail. Never a person's name or number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    Guest,
    Staff(Who),
    System,
    Payment,
    Feed,
}

impl Actor {
    /// Who of the staff it was.
    pub fn who(self) -> Option<Who> {
        match self {
            Self::Staff(who) => Some(who),
            _ => None,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Staff(_) => "staff",
            Self::System => "desk",
            Self::Payment => "payment",
            Self::Feed => "feed",
        }
    }
}
