//! The life of a stay: a state machine whose illegal moves cannot be written.
//!
//! ```text
//! held ──confirm──▶ confirmed ──complete──▶ completed
//!  │ ├─cancel─▶ cancelled ◀─cancel─┤
//!  │ └─expire─▶ expired ──revive──▶ (confirmed, paid late while its nights were still free)
//!  └─extend (once)                 └─no_show──▶ no_show
//! ```
//! Each state is a type of its own and has only the moves that are legal from it; a move consumes the state.

use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    cancellation_policy::Policy,
    guest::{Channel, Contact},
    ids::{AccommodationId, StayCode, StayId},
    money::Money,
    period::Period,
    price::Quote,
};

/// What every state of a stay has in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    pub id: StayId,
    pub code: StayCode,
    /// Whoever has it may see and cancel the stay: at least 128 random bits.
    pub token: String,
    pub accommodation_id: AccommodationId,
    pub period: Period,
    pub guests: u16,
    pub channel: Channel,
    pub contact: Contact,
    /// The chat in which the guest is told what happens, if the stay began in one.
    pub conversation_id: Option<String>,
    pub total: Money,
    pub deposit: Money,
    /// What comes back on cancelling, as it was when the nights were held.
    pub policy: Policy,
    pub created_at: Timestamp,
    /// Grows by one with every change; a write names the version that it saw.
    pub version: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Stay {
    Held(Held),
    Confirmed(Confirmed),
    Expired(Expired),
    Cancelled(Cancelled),
    Completed(Completed),
    NoShow(NoShow),
}

/// The nights are kept until `expires_at`.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    pub terms: Terms,
    pub expires_at: Timestamp,
    pub extended: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Confirmed {
    pub terms: Terms,
    pub confirmed_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Expired {
    pub terms: Terms,
    pub expires_at: Timestamp,
    pub ended_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cancelled {
    pub terms: Terms,
    pub ended_at: Timestamp,
    pub reason: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Completed {
    pub terms: Terms,
    pub ended_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub struct NoShow {
    pub terms: Terms,
    pub ended_at: Timestamp,
}

/// The name of a state, as it is stored and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Held,
    Confirmed,
    Expired,
    Cancelled,
    Completed,
    NoShow,
}

/// Why a move was refused; the state did not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the hold has ended")]
    HoldEnded,
    #[error("a hold is extended only once")]
    ExtendedBefore,
    #[error("the hold has not ended yet")]
    StillHeld,
    #[error("the stay has not ended yet")]
    NotOverYet,
    #[error("the stay has not begun yet")]
    NotBegunYet,
    #[error("the reservation is {} and cannot do that", .0.as_str())]
    WrongState(Status),
}

impl Held {
    /// An expired hold cannot be confirmed, whether or not anybody tidied it up.
    pub fn confirm(self, now: Timestamp) -> Result<Confirmed, Refused> {
        if self.has_ended(now) {
            return Err(Refused::HoldEnded);
        }
        Ok(Confirmed { terms: self.terms, confirmed_at: now })
    }

    pub fn cancel(self, now: Timestamp, reason: Option<String>) -> Cancelled {
        Cancelled { terms: self.terms, ended_at: now, reason }
    }

    pub fn expire(self, now: Timestamp) -> Result<Expired, Refused> {
        if !self.has_ended(now) {
            return Err(Refused::StillHeld);
        }
        Ok(Expired { terms: self.terms, expires_at: self.expires_at, ended_at: now })
    }

    /// Adds `by` to the end of the hold; once.
    pub fn extend(self, now: Timestamp, by: SignedDuration) -> Result<Self, Refused> {
        if self.has_ended(now) {
            return Err(Refused::HoldEnded);
        }
        if self.extended {
            return Err(Refused::ExtendedBefore);
        }
        Ok(Self { expires_at: self.expires_at + by, extended: true, ..self })
    }

    /// Keeps the nights until money that is on its way can have arrived; never shorter than before.
    pub fn wait_until(self, now: Timestamp, until: Timestamp) -> Result<Self, Refused> {
        if self.has_ended(now) {
            return Err(Refused::HoldEnded);
        }
        Ok(Self { expires_at: self.expires_at.max(until), ..self })
    }

    /// The money that it waited for does not come: the hold ends at `until`, if not before.
    pub fn wait_no_longer(self, now: Timestamp, until: Timestamp) -> Result<Self, Refused> {
        if self.has_ended(now) {
            return Err(Refused::HoldEnded);
        }
        Ok(Self { expires_at: self.expires_at.min(until), ..self })
    }

    pub fn change_dates(self, now: Timestamp, period: Period, quote: &Quote) -> Result<Self, Refused> {
        if self.has_ended(now) {
            return Err(Refused::HoldEnded);
        }
        Ok(Self { terms: self.terms.moved(period, quote), ..self })
    }

    pub fn has_ended(&self, now: Timestamp) -> bool {
        self.expires_at <= now
    }
}

impl Confirmed {
    pub fn cancel(self, now: Timestamp, reason: Option<String>) -> Cancelled {
        Cancelled { terms: self.terms, ended_at: now, reason }
    }

    /// `today` in the property's zone: from the day of departure on.
    pub fn complete(self, now: Timestamp, today: Date) -> Result<Completed, Refused> {
        if today < self.terms.period.check_out() {
            return Err(Refused::NotOverYet);
        }
        Ok(Completed { terms: self.terms, ended_at: now })
    }

    /// `today` in the property's zone: from the day of arrival on.
    pub fn no_show(self, now: Timestamp, today: Date) -> Result<NoShow, Refused> {
        if today < self.terms.period.check_in() {
            return Err(Refused::NotBegunYet);
        }
        Ok(NoShow { terms: self.terms, ended_at: now })
    }

    #[must_use]
    pub fn change_dates(self, period: Period, quote: &Quote) -> Self {
        Self { terms: self.terms.moved(period, quote), ..self }
    }
}

impl Expired {
    /// Takes the nights again for a deposit that came late. The caller has seen in the same transaction
    /// that they are still free.
    #[must_use]
    pub fn revive(self, now: Timestamp) -> Confirmed {
        Confirmed { terms: self.terms, confirmed_at: now }
    }
}

impl Terms {
    fn moved(self, period: Period, quote: &Quote) -> Self {
        Self { period, total: quote.total, deposit: quote.deposit, ..self }
    }
}

impl Stay {
    pub fn terms(&self) -> &Terms {
        match self {
            Self::Held(stay) => &stay.terms,
            Self::Confirmed(stay) => &stay.terms,
            Self::Expired(stay) => &stay.terms,
            Self::Cancelled(stay) => &stay.terms,
            Self::Completed(stay) => &stay.terms,
            Self::NoShow(stay) => &stay.terms,
        }
    }

    pub fn status(&self) -> Status {
        match self {
            Self::Held(_) => Status::Held,
            Self::Confirmed(_) => Status::Confirmed,
            Self::Expired(_) => Status::Expired,
            Self::Cancelled(_) => Status::Cancelled,
            Self::Completed(_) => Status::Completed,
            Self::NoShow(_) => Status::NoShow,
        }
    }

    /// As it is shown at `now`: a hold whose time is over has expired, tidied up or not.
    pub fn status_at(&self, now: Timestamp) -> Status {
        match self {
            Self::Held(held) if held.has_ended(now) => Status::Expired,
            other => other.status(),
        }
    }

    /// Whether its nights are taken at `now`: an expired hold blocks nobody, tidied up or not.
    pub fn is_live(&self, now: Timestamp) -> bool {
        match self {
            Self::Held(held) => !held.has_ended(now),
            Self::Confirmed(_) => true,
            _ => false,
        }
    }

    pub fn held(self) -> Result<Held, Refused> {
        match self {
            Self::Held(held) => Ok(held),
            Self::Expired(_) => Err(Refused::HoldEnded),
            other => Err(Refused::WrongState(other.status())),
        }
    }

    pub fn confirmed(self) -> Result<Confirmed, Refused> {
        match self {
            Self::Confirmed(confirmed) => Ok(confirmed),
            other => Err(Refused::WrongState(other.status())),
        }
    }

    /// Cancels a held or confirmed stay.
    pub fn cancel(self, now: Timestamp, reason: Option<String>) -> Result<Cancelled, Refused> {
        match self {
            Self::Held(held) if held.has_ended(now) => Err(Refused::HoldEnded),
            Self::Held(held) => Ok(held.cancel(now, reason)),
            Self::Confirmed(confirmed) => Ok(confirmed.cancel(now, reason)),
            other => Err(Refused::WrongState(other.status())),
        }
    }

    /// Moves a live stay to other dates; the difference of the totals is what remains to be paid or returned.
    pub fn change_dates(
        self,
        now: Timestamp,
        period: Period,
        quote: &Quote,
    ) -> Result<(Self, Money), Refused> {
        let before = self.terms().total;
        let moved = match self {
            Self::Held(held) => Self::Held(held.change_dates(now, period, quote)?),
            Self::Confirmed(confirmed) => Self::Confirmed(confirmed.change_dates(period, quote)),
            other => return Err(Refused::WrongState(other.status())),
        };
        Ok((moved, quote.total.minus(before)))
    }
}

impl Status {
    pub const ALL: [Self; 6] =
        [Self::Held, Self::Confirmed, Self::Expired, Self::Cancelled, Self::Completed, Self::NoShow];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Confirmed => "confirmed",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Completed => "completed",
            Self::NoShow => "no_show",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

macro_rules! into_stay {
    ($($state:ident),*) => {
        $(impl From<$state> for Stay {
            fn from(state: $state) -> Self {
                Self::$state(state)
            }
        })*
    };
}
into_stay!(Held, Confirmed, Expired, Cancelled, Completed, NoShow);

#[cfg(test)]
mod tests;
