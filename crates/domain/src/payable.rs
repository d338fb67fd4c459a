//! What money is for: a stay, a membership, an appointment, or several of them together. Payments know no more of it than
//! its kind and its id.

use std::fmt;

use crate::ids::StayId;

/// A new business adds its kind here; nothing below the business itself asks which one it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Stay,
    Membership,
    Appointment,
    /// Several payables that are paid with one charge; its parts stand with the charge.
    Group,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Stay, Self::Membership, Self::Appointment, Self::Group];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stay => "stay",
            Self::Membership => "membership",
            Self::Appointment => "appointment",
            Self::Group => "group",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// One thing that is paid for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Payable {
    pub kind: Kind,
    /// The business's own id of it.
    pub id: String,
}

impl Payable {
    pub fn new(kind: Kind, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }

    /// None where it is no stay.
    pub fn stay_id(&self) -> Option<StayId> {
        (self.kind == Kind::Stay).then(|| StayId::new(self.id.as_str()))
    }

    /// What [`Self`]'s `Display` writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':')?;
        (!id.is_empty()).then_some(())?;
        Some(Self::new(Kind::parse(kind)?, id))
    }
}

impl From<&StayId> for Payable {
    fn from(id: &StayId) -> Self {
        Self::new(Kind::Stay, id.as_str())
    }
}

impl fmt::Display for Payable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.as_str(), self.id)
    }
}
