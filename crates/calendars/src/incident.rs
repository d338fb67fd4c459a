//! What can be wrong with a calendar for a while, and telling staff of it.

use dialog::Trouble;
use jiff::Timestamp;
use kernel::{App, DbError, incidents};
use store::db::Session;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A calendar could not be read several times in a row.
    CalendarFailing,
    /// A calendar was last read long ago.
    CalendarStale,
    /// A calendar's server takes long.
    CalendarSlow,
    /// A calendar has lost more than a cancellation explains.
    CalendarShrunk,
    /// A calendar has events whose days cannot be read.
    CalendarUnreadable,
    /// Nights were sold twice.
    CalendarClash,
    /// Somebody tries addresses of calendars out.
    CalendarProbed,
    /// A calendar has a new address that its reader must be given.
    CalendarLinkReplaced,
}

impl Kind {
    /// Those about one feed: they end with it.
    pub const OF_FEEDS: [Self; 5] = [
        Self::CalendarFailing,
        Self::CalendarStale,
        Self::CalendarSlow,
        Self::CalendarShrunk,
        Self::CalendarUnreadable,
    ];

    fn of(trouble: &Trouble) -> Self {
        match trouble {
            Trouble::CalendarFailing { .. } => Self::CalendarFailing,
            Trouble::CalendarStale { .. } => Self::CalendarStale,
            Trouble::CalendarSlow { .. } => Self::CalendarSlow,
            Trouble::CalendarShrunk { .. } => Self::CalendarShrunk,
            Trouble::CalendarUnreadable { .. } => Self::CalendarUnreadable,
            Trouble::CalendarClash { .. } => Self::CalendarClash,
            Trouble::CalendarProbed { .. } => Self::CalendarProbed,
            Trouble::CalendarLinkReplaced { .. } => Self::CalendarLinkReplaced,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::CalendarFailing => "calendar_failing",
            Self::CalendarStale => "calendar_stale",
            Self::CalendarSlow => "calendar_slow",
            Self::CalendarShrunk => "calendar_shrunk",
            Self::CalendarUnreadable => "calendar_unreadable",
            Self::CalendarClash => "calendar_clash",
            Self::CalendarProbed => "calendar_probed",
            Self::CalendarLinkReplaced => "calendar_link_replaced",
        }
    }
}

pub async fn open(
    app: &App,
    session: &mut Session,
    trouble: &Trouble,
    subject: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    incidents::open(app, session, Kind::of(trouble).as_str(), trouble, subject, now).await
}

pub async fn close(
    app: &App,
    session: &mut Session,
    kind: Kind,
    subject: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    incidents::close(app, session, kind.as_str(), subject, now).await
}

pub async fn list_subjects(session: &mut Session, kind: Kind) -> Result<Vec<String>, DbError> {
    incidents::list_subjects(session, kind.as_str()).await
}
