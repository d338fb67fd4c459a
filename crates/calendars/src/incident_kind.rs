//! What can be wrong with a calendar for a while, and telling staff of it.

use dialog::Trouble;
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

    fn of(trouble: &Trouble) -> Self {
        match trouble {
            Trouble::CalendarFailing { .. } => Self::Failing,
            Trouble::CalendarStale { .. } => Self::Stale,
            Trouble::CalendarSlow { .. } => Self::Slow,
            Trouble::CalendarShrunk { .. } => Self::Shrunk,
            Trouble::CalendarUnreadable { .. } => Self::Unreadable,
            Trouble::CalendarClash { .. } => Self::Clash,
            Trouble::CalendarProbed { .. } => Self::Probed,
            Trouble::CalendarLinkReplaced { .. } => Self::LinkReplaced,
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

pub async fn open(tx: &mut Tx<'_>, trouble: &Trouble, subject: &str) -> Result<(), DbError> {
    incidents::open(tx, Kind::of(trouble).as_str(), trouble, subject).await
}

pub async fn close(tx: &mut Tx<'_>, kind: Kind, subject: &str) -> Result<(), DbError> {
    incidents::close(tx, kind.as_str(), subject).await
}

pub async fn list_subjects(session: &mut Session, kind: Kind) -> Result<Vec<String>, DbError> {
    incidents::list_subjects(session, kind.as_str()).await
}
