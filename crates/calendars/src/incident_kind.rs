//! What can be wrong with a calendar for a while, and telling staff of it.

use dialog::IncidentFacts;
use kernel::{DbError, Tx, incidents};
use store::db::Session;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A calendar could not be read several times in a row.
    Failing,
    /// A calendar was last read long ago.
    Stale,
    /// A calendar's server takes long.
    Slow,
    /// A calendar has lost more than a cancellation explains.
    Shrunk,
    /// A calendar has events whose days cannot be read.
    Unreadable,
    /// Nights were sold twice.
    Clash,
    /// Somebody tries addresses of calendars out.
    Probed,
    /// A calendar has a new address that its reader must be given.
    LinkReplaced,
}

impl Kind {
    /// Those about one feed: they end with it.
    pub const OF_FEEDS: [Self; 5] = [Self::Failing, Self::Stale, Self::Slow, Self::Shrunk, Self::Unreadable];

    fn of(facts: &IncidentFacts) -> Self {
        match facts {
            IncidentFacts::CalendarFailing { .. } => Self::Failing,
            IncidentFacts::CalendarStale { .. } => Self::Stale,
            IncidentFacts::CalendarSlow { .. } => Self::Slow,
            IncidentFacts::CalendarShrunk { .. } => Self::Shrunk,
            IncidentFacts::CalendarUnreadable { .. } => Self::Unreadable,
            IncidentFacts::CalendarClash { .. } | IncidentFacts::CalendarClashes { .. } => Self::Clash,
            IncidentFacts::CalendarProbed { .. } => Self::Probed,
            IncidentFacts::CalendarLinkReplaced { .. } => Self::LinkReplaced,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Failing => "calendar_failing",
            Self::Stale => "calendar_stale",
            Self::Slow => "calendar_slow",
            Self::Shrunk => "calendar_shrunk",
            Self::Unreadable => "calendar_unreadable",
            Self::Clash => "calendar_clash",
            Self::Probed => "calendar_probed",
            Self::LinkReplaced => "calendar_link_replaced",
        }
    }
}

pub async fn open(tx: &mut Tx<'_>, facts: &IncidentFacts, subject: &str) -> Result<(), DbError> {
    incidents::open(tx, Kind::of(facts).as_str(), facts, subject).await
}

pub async fn close(tx: &mut Tx<'_>, kind: Kind, subject: &str) -> Result<(), DbError> {
    incidents::close(tx, kind.as_str(), subject).await
}

pub async fn list_subjects(session: &mut Session, kind: Kind) -> Result<Vec<String>, DbError> {
    incidents::list_subjects(session, kind.as_str()).await
}
